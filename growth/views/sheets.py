"""我的打分表: whom one scores in a round, and one sheet."""

from django.contrib import messages
from django.db.models import BigIntegerField, CharField, Count, Exists, OuterRef, Value, Window
from django.db.models.functions import Cast, Concat
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from people.actions import drafts
from people.addresses import address_of
from people.kept import KeptQuery
from people.models import Draft
from people.once import once, sent_before
from people.paging import Page
from people.views.base import id_of, show_form

from ..actions import sheets
from ..evidence import evidence_of
from ..forms.score_sheet import AssessmentSheetForm
from ..models import Indicator, Round, Sheet, Side

LIST_SIZE = 50
TOLD = (
    "side",
    "sent_at",
    "assessed__order",
    "assessed__person__name",
    "assessed__person__unit",
    "assessed__person__neighbourhood__name",
)
WITH = ("round", "assessed__person__neighbourhood", "scorer")


def _own(viewer, round_):
    own = Sheet.objects.visible_to(viewer).filter(scorer=viewer.pk, round=round_)
    return own.filter(assessed__dropped_at__isnull=True)


def _own_page(viewer, round_, after):
    begun = Draft.objects.filter(
        person=viewer.pk, key=Concat(Value("sheet-"), Cast(OuterRef("pk"), CharField()))
    )
    # A kept id is wider than the column: compared as wide.
    rows = _own(viewer, round_).annotate(
        begun=Exists(begun), place=Cast("assessed__order", BigIntegerField())
    )
    rows = rows.filter(place__gt=after).select_related("assessed__person__neighbourhood").only(*TOLD)
    return rows.order_by("assessed__order")[: LIST_SIZE + 1]


_PAGE = KeptQuery(_own_page)
_UNSENT = KeptQuery(
    lambda viewer, round_: (
        _own(viewer, round_)
        .filter(sent_at__isnull=True)
        .annotate(left=Window(Count("pk")))
        .order_by("assessed__order")
        .values_list("pk", "left")[:1]
    )
)
_SHEET = KeptQuery(lambda viewer, pk: Sheet.objects.visible_to(viewer).filter(pk=pk).select_related(*WITH))
_INDICATORS = KeptQuery(lambda viewer, set_: Indicator.objects.filter(set=set_))


@require_safe
def my_sheets(request, pk):
    """The people one scores, in their fixed order: what is still to do, what was begun, what was sent."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("studio"), pk=pk)
    after = id_of(request.GET.get("page")) or 0
    rows = _PAGE.all(request.user, round_=pk, after=after)
    older = str(rows[LIST_SIZE - 1].assessed.order) if len(rows) > LIST_SIZE else ""
    following, left = (_UNSENT.all(request.user, round_=pk) or [(None, 0)])[0]
    context = {
        "round": round_,
        "page": Page(rows[:LIST_SIZE], older, first=not after),
        "left": left,
        "next": address_of("growth:sheet", following) if following else "",
        "scoring": round_.state == Round.State.SCORING,
    }
    return render(request, "growth/sheet/list.html", context)


def sheet(request, pk):
    """One sheet: a form for its scorer while scoring is open, else what was marked."""
    found = _SHEET.get_or_404(request.user, pk=pk)
    mine = found.scorer_id == request.user.pk
    if not (mine and found.round.state == Round.State.SCORING and not found.assessed.dropped_at):
        return _too_late(request, found) if request.method == "POST" else _read(request, found)
    done = sent_before(request)
    if done:
        return redirect(done)
    return _score(request, found)


def _too_late(request, found):
    """Scoring is over: what was typed is kept for the day on which it may be opened again."""
    if found.scorer_id == request.user.pk and not sent_before(request):
        drafts.save(request.user, sheets.draft_key(found), request.POST, device=drafts.device_of(request))
        messages.info(request, f"{sheets.CLOSED.format(found.round.name)}。您写的留着")
    return redirect(found)


def _score(request, found):
    indicators = _INDICATORS.all(set_=found.round.indicators_id)
    key = sheets.draft_key(found)
    # Marks are written when a sheet is sent, not before.
    sent = found.marks.order_by() if found.sent_at else ()
    known = {mark.indicator_id: (mark.value, mark.words) for mark in sent}
    said = (found.strengths, found.improve) if found.side == Side.MENTOR else None
    given = {"items": indicators, "marks": known, "draft_key": key, "said": said}
    if "save_draft" in request.POST:
        drafts.save(request.user, key, request.POST, device=drafts.device_of(request))
        messages.success(request, "先存着了，还没有交。")
        return redirect(found)
    form = AssessmentSheetForm(request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        given = {"marks": form.marks(), "strengths": form.said("strength"), "improve": form.said("improve")}
        sent = once(request, lambda: sheets.send(found, **given, by=request.user), path=_next_page)
        messages.success(request, f"{found.assessed.person.name}的打分表交了。")
        return redirect(_next_page(sent) if isinstance(sent, Sheet) else sent)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    asked = request.GET.get("evidence", "")
    evidence = evidence_of(
        request.user, found.assessed, indicators, url=found.get_absolute_url(), asked=asked
    )
    if request.htmx and id_of(asked) in evidence:
        context = {"evidence": evidence[int(asked)], "key": asked}
        return render(request, "growth/sheet/_score_evidence.html", context)
    context = {"sheet": found, "rows": form.rows(evidence), "draft": draft, "other": other}
    return show_form(request, "growth/sheet/form.html", form, **context)


def _next_page(sent):
    """The next sheet that this scorer has not sent, in the order of the people; else the list."""
    own = Sheet.objects.filter(scorer=sent.scorer_id, round=sent.round_id).unsent()
    following = own.filter(assessed__order__gt=sent.assessed.order).order_by("assessed__order").first()
    left = following or own.order_by("assessed__order").first()
    return left.get_absolute_url() if left else sheets.my_sheets_url(sent.round)


@require_safe
def _read(request, found):
    context = {"sheet": found, "marks": found.marks.select_related("indicator")}
    return render(request, "growth/sheet/detail.html", context)
