"""擂台比武: opening, one's sheets, who is missing, closing, the result without ranks."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.once import once, sent_before
from people.views.base import id_of, show_form

from ..actions import contests as acts
from ..forms.contests import AbsentForm, CloseContestForm, ContestForm
from ..forms.score_sheet import ScoreSheetForm
from ..models import Contest, ContestJudge, ContestSheet
from .brands import LATEST, SOONEST, STAFF_ONLY

CLOSED = "比武已经公布，打分表不能再改"


def contest_new(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    asked = id_of(request.GET.get("year"))
    year = asked if asked and SOONEST <= asked <= LATEST else timezone.localdate().year
    form = ContestForm(request.POST or None, studio=studio, year=year)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = once(request, lambda: acts.open_contest(studio=studio, year=year, by=request.user, **data))
        messages.success(request, "比武开始了，评委都收到了通知")
        return redirect(done)
    return show_form(request, "growth/contest/form.html", form, year=year)


def found_contest(request, pk):
    return get_object_or_404(Contest.objects.visible_to(request.user).select_related("studio"), pk=pk)


@require_safe
def contest_detail(request, pk):
    contest = found_contest(request, pk)
    staff = contest.studio_id in request.standing.staff
    mine = contest.sheets.filter(judge__person=request.user, judge__absent="")
    sent, total = {}, {}
    for judge, at in contest.sheets.values_list("judge", "sent_at"):
        total[judge] = total.get(judge, 0) + 1
        sent[judge] = sent.get(judge, 0) + bool(at)
    judges = contest.judges.select_related("person") if staff else []
    context = {
        "contest": contest,
        "is_staff": staff,
        # A judge from outside reads the sheets alone.
        "reads_brands": contest.studio_id in request.standing.member_studios,
        "own": list(mine.select_related("entry__brand__neighbourhood")) if not contest.closed_at else [],
        "judges": [(judge, sent.get(judge.pk, 0), total.get(judge.pk, 0)) for judge in judges],
        "entries": contest.entries.select_related("brand__neighbourhood", "brand__owner"),
        "items": contest.items.all(),
        "sheets": _all_sheets(request, contest) if contest.closed_at and staff else [],
    }
    return render(request, "growth/contest/detail.html", context)


def _all_sheets(request, contest):
    """What the panel wrote, after closing: words for each project, no totals."""
    seen = ContestSheet.objects.visible_to(request.user).filter(contest=contest, sent_at__isnull=False)
    seen = seen.select_related("judge__person", "entry__brand__neighbourhood").prefetch_related("marks__item")
    return [(sheet, list(sheet.marks.all())) for sheet in seen if not sheet.judge.absent]


def contest_sheet(request, pk):
    sheets = ContestSheet.objects.select_related("contest", "judge", "entry__brand__neighbourhood")
    sheet = get_object_or_404(sheets, pk=pk, judge__person=request.user)
    contest = sheet.contest
    require(contest.closed_at is None, CLOSED)
    done = sent_before(request)
    if done:
        return redirect(done)
    items, key = list(contest.items.all()), f"contest-sheet-{sheet.pk}"
    known = {mark.item_id: (mark.value, mark.words) for mark in sheet.marks.all()}
    form = ScoreSheetForm(request.POST or None, items=items, marks=known, draft_key=key)
    if request.method == "POST" and form.is_valid():

        def act():
            drafts.clear(request.user, key)
            return acts.mark(sheet, marks=form.marks(), by=request.user)

        once(request, act, path=lambda sent: contest.get_absolute_url())
        messages.success(request, f"“{sheet.entry.brand.name}”的打分表交了，公布以前还可以改")
        return redirect(contest)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    context = {"sheet": sheet, "contest": contest, "brand": sheet.entry.brand, "rows": form.rows()}
    return show_form(request, "growth/contest/sheet.html", form, draft=draft, other=other, **context)


def judge_absent(request, pk):
    judges = ContestJudge.objects.filter(studio__in=request.standing.staff)
    require(request.standing.staff, STAFF_ONLY)
    judge = get_object_or_404(judges.select_related("person", "contest"), pk=pk)
    form = AbsentForm(request.POST or None, initial={"absent": judge.absent})
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["absent"]
        once(
            request,
            lambda: acts.set_absent(judge, why=why, by=request.user),
            path=lambda done: judge.contest.get_absolute_url(),
        )
        return redirect(judge.contest)
    return show_form(request, "growth/contest/absent.html", form, judge=judge, contest=judge.contest)


def contest_close(request, pk):
    contest = found_contest(request, pk)
    require(contest.studio_id in request.standing.staff, STAFF_ONLY)
    form = CloseContestForm(request.POST or None)
    form.fields["version"].initial = contest.version
    if request.method == "POST" and form.is_valid():
        contest.version = form.cleaned_data["version"] or 0
        done = once(request, lambda: acts.close_contest(contest, by=request.user))
        messages.success(request, "公布了")
        return redirect(done)
    context = {"contest": contest, "missing": list(acts.unsent(contest)[:20])}
    return show_form(request, "growth/contest/close.html", form, **context)
