"""做法: 带回一条, the list, one with its lineage, 我也试试, and what came of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.history import history_of
from people.kept import KeptQuery
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.views.base import show_form

from ..actions import practices
from ..forms.practices import LATER, BringForm, CheckForm, PracticeForm, TryForm
from ..models import Participant, Practice, Uptake, Visit

LIST_SIZE = 20
MEMBERS_ONLY = "做法只有本工作室和区里的人能看"
LEARNERS = "试做法的是学员和师傅"


def listed(person):
    return Practice.objects.visible_to(person).select_related("seen_by").with_counts()


_FIRST_PAGE = KeptQuery(lambda person: newest(listed(person), by="seen_on", size=LIST_SIZE))


def may_try(person, studio_id):
    return studio_id in person.standing.apprentice | person.standing.mentor


@require_safe
def practice_list(request):
    """Newest first, all or those one tries oneself; no counts decide what stands where."""
    standing = request.standing
    require(standing.member_studios | standing.district, MEMBERS_ONLY)
    mine = "mine" in request.GET
    if mine or "page" in request.GET:
        found = listed(request.user)
        if mine:
            found = found.filter(pk__in=Uptake.objects.filter(person=request.user).values("practice"))
        page = page_of(request, found, by="seen_on", size=LIST_SIZE)
    else:
        page = first_page(_FIRST_PAGE.all(request.user), by="seen_on", size=LIST_SIZE)
    learns = bool(standing.apprentice or standing.mentor)
    context = {
        "page": page,
        "mine": mine,
        "can_bring": learns,
        "filters": [
            {"label": "全部", "url": request.path, "current": not mine},
            {"label": "我在试的", "url": f"{request.path}?mine=1", "current": mine},
        ],
    }
    return render(request, "mentoring/practice/list.html", context)


def visit_bring(request, pk):
    """带回一条, by somebody who went along."""
    found = Visit.objects.visible_to(request.user).prefetch_related("stops").select_related("studio")
    visit = get_object_or_404(found, pk=pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    along = Participant.objects.filter(visit=visit, person=request.user).exists()
    require(along and visit.has_begun(), "带回一条由去的人来写，去过以后再写")
    own = Practice.objects.filter(visit=visit, seen_by=request.user).first()
    if own:
        messages.info(request, "这次观摩您已经带回一条了。")
        return redirect(own)
    return _bring(request, visit.studio, visit)


def practice_new(request):
    """A practice seen somewhere else."""
    standing = request.standing
    studio = standing.studio_as("apprentice") or standing.studio_as("mentor")
    require(studio, LEARNERS)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    return _bring(request, studio, None)


def _bring(request, studio, visit):
    key = practices.bring_key(visit)
    if "save_draft" in request.POST:
        drafts.save(request.user, key, request.POST, device=drafts.device_of(request))
        messages.info(request, "先存着了，还没有带回来。")
        return redirect(request.path)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    form = drafts.fill(BringForm(request.POST or None, visit=visit), draft)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "studio": studio, "person": request.user, "visit": visit}
        brought = once(request, lambda: practices.bring_back(**given))
        messages.success(request, "带回来了。到时候会请您说说试得怎么样。")
        return redirect(brought)
    return show_form(request, "mentoring/practice/bring.html", form, visit=visit, draft=draft, other=other)


def _ask_one(person, pk):
    return Practice.objects.visible_to(person).filter(pk=pk).select_related("seen_by", "visit", "studio")


def _ask_uptakes(person, practice):
    found = Uptake.objects.filter(practice=practice).select_related("person__neighbourhood")
    return found.order_by("at", "pk")


_ONE, _UPTAKES = KeptQuery(_ask_one), KeptQuery(_ask_uptakes)


@require_safe
def practice_detail(request, pk):
    """The practice and its lineage: seen at, taken up by, result; in the order of time."""
    practice, person = _ONE.get_or_404(request.user, pk=pk), request.user
    uptakes = _UPTAKES.all(person, practice=practice.pk)
    mine = next((uptake for uptake in uptakes if uptake.person_id == person.pk), None)
    edits = practice.editable_by(person)
    context = {
        "practice": practice,
        "uptakes": uptakes,
        "told": sum(uptake.checked_at is not None for uptake in uptakes),
        "worked": sum(uptake.result == Uptake.Result.WORKED for uptake in uptakes),
        "mine": mine,
        "sees_visit": practice.studio_id in person.standing.member_studios,
        "can_try": mine is None and may_try(person, practice.studio_id),
        "can_check": mine is not None and mine.checked_at is None,
        "can_edit": edits,
        "history": history_of(practice) if edits else [],
    }
    return render(request, "mentoring/practice/detail.html", context)


def practice_edit(request, pk):
    practice = _ONE.get_or_404(request.user, pk=pk)
    require(practice.editable_by(request.user), "只有带回来的人和街道能改")
    form = PracticeForm(request.POST or None, instance=practice)
    if request.method == "POST" and form.is_valid():
        practice.version = form.cleaned_data.pop("version") or 0
        edited = once(request, lambda: practices.edit(practice, **form.cleaned_data))
        messages.success(request, "改好了。")
        return redirect(edited)
    return show_form(request, "mentoring/practice/edit.html", form, practice=practice)


def practice_try(request, pk):
    """我也试试."""
    practice = _ONE.get_or_404(request.user, pk=pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    require(may_try(request.user, practice.studio_id), LEARNERS)
    form = TryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"person": request.user, "plan": form.cleaned_data["plan"]}
        taken = once(request, lambda: practices.take_up(practice, **given))
        messages.success(request, "记下了。到时候会请您说说试得怎么样。")
        return redirect(taken)
    return show_form(request, "mentoring/practice/try.html", form, practice=practice)


def uptake_check(request, pk):
    """What came of it, by whoever tries it; 还在试 names another day."""
    found = Uptake.objects.visible_to(request.user).select_related("practice__seen_by", "practice__studio")
    uptake = get_object_or_404(found.select_related("person"), pk=pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    require(uptake.person_id == request.user.pk, "试得怎么样，由试的人来说")
    key = practices.check_key(uptake)
    form = CheckForm(request.POST or None, uptake=uptake)
    if request.method == "GET":
        drafts.fill(form, drafts.newest(request.user, key))
    if request.method == "POST" and form.is_valid():
        uptake.version = form.cleaned_data["version"] or 0
        checked = once(request, lambda: _check(uptake, form.cleaned_data, request.user))
        messages.success(request, "说好了。")
        return redirect(checked)
    return show_form(request, "mentoring/practice/check.html", form, uptake=uptake)


def _check(uptake, data, person):
    if data["result"] == LATER:
        return practices.check_later(uptake, on=data["on"], told=data["told"], by=person)
    return practices.check(uptake, result=data["result"], told=data["told"], by=person)
