"""我的打分表: whom one scores in a round, and one sheet."""

from django.contrib import messages
from django.db.models import CharField, Count, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from people.actions import drafts
from people.addresses import address_of
from people.kept import KeptQuery
from people.models import Draft
from people.models.place import short_name_of
from people.once import once, sent_before
from people.paging import Page
from people.views.base import id_of, show_form
from people.words import near_day

from ..actions import sheets
from ..evidence import evidence_of
from ..forms.score_sheet import AssessmentSheetForm
from ..models import Indicator, Round, Sheet, Side
from .rounds import ROUND

LIST_SIZE = 50
TOLD = (
    "pk",
    "assessed_id",
    "side",
    "sent_at",
    "begun",
    "assessed__person__name",
    "assessed__person__unit",
    "assessed__person__neighbourhood__name",
)
WITH = ("round", "assessed__person__neighbourhood", "scorer")


def _own(viewer, round_):
    """People are taken in one after another: their ids are in the fixed order, and an index has them so."""
    own = Sheet.objects.visible_to(viewer).filter(scorer=viewer.pk, round=round_)
    return own.present().order_by("assessed_id")


def _own_page(viewer, round_, after):
    begun = Draft.objects.filter(
        person=viewer.pk, key=Concat(Value("sheet-"), Cast(OuterRef("pk"), CharField()))
    )
    rows = _own(viewer, round_).filter(assessed__gt=after).annotate(begun=Exists(begun))
    return rows.values(*TOLD)[: LIST_SIZE + 1]


_PAGE = KeptQuery(_own_page)
_NEXT = KeptQuery(
    lambda viewer, round_: _own(viewer, round_).filter(sent_at__isnull=True).values_list("pk", flat=True)[:1]
)
# While scoring is open, one's own sheets are all one's to see: the count reads nothing but an index.
_LEFT = KeptQuery(
    lambda viewer, round_: (
        Sheet.objects.filter(scorer=viewer.pk, round=round_)
        .unsent()
        .order_by()
        .values("round")
        .annotate(left=Count("*"))
        .values_list("left", flat=True)
    )
)
_SHEET = KeptQuery(lambda viewer, pk: Sheet.objects.visible_to(viewer).filter(pk=pk).select_related(*WITH))
_INDICATORS = KeptQuery(lambda viewer, set_: Indicator.objects.filter(set=set_))


@require_safe
def my_sheets(request, pk):
    """The people one scores, in their fixed order: what is still to do, what was begun, what was sent."""
    round_ = ROUND.get_or_404(request.user, pk=pk)
    after = id_of(request.GET.get("page")) or 0
    rows = _PAGE.all(request.user, round_=pk, after=after)
    older = str(rows[LIST_SIZE - 1]["assessed_id"]) if len(rows) > LIST_SIZE else ""
    scoring = round_.state == Round.State.SCORING
    following = _NEXT.all(request.user, round_=pk) if scoring else []
    context = {
        "round": round_,
        "page": Page([_told(one, scoring) for one in rows[:LIST_SIZE]], older, first=not after),
        "left": _LEFT.all(request.user, round_=pk)[0] if following else 0,
        "next": address_of("growth:sheet", following[0]) if following else "",
        "scoring": scoring,
    }
    return render(request, "growth/sheet/list.html", context)


def _told(one, scoring):
    """(address, name, words under it) of one sheet."""
    if one["side"] == Side.SELF:
        place = Side.SELF.label
    else:
        place = one["assessed__person__neighbourhood__name"]
        place = short_name_of(place) if place else one["assessed__person__unit"]
    if one["sent_at"]:
        state = f"已交 {near_day(one['sent_at'])}"
    elif not scoring:
        state = "没交，不算在内"
    else:
        state = "已存草稿，还没有交" if one["begun"] else "还没打"
    return address_of("growth:sheet", one["pk"]), one["assessed__person__name"], f"{place} · {state}"


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
        request.user,
        found.assessed.person_id,
        indicators,
        since=found.round.since,
        until=found.round.until,
        url=found.get_absolute_url(),
        asked=asked,
    )
    if request.htmx and id_of(asked) in evidence:
        context = {"evidence": evidence[int(asked)], "key": asked}
        return render(request, "growth/sheet/_score_evidence.html", context)
    context = {"sheet": found, "rows": form.rows(evidence), "draft": draft, "other": other}
    return show_form(request, "growth/sheet/form.html", form, **context)


def _next_page(sent):
    """The next sheet that this scorer has not sent, in the order of the people; else the list."""
    own = Sheet.objects.filter(scorer=sent.scorer_id, round=sent.round_id).unsent()
    own = own.order_by("assessed_id")
    left = own.filter(assessed__gt=sent.assessed_id).first() or own.first()
    return left.get_absolute_url() if left else sheets.my_sheets_url(sent.round)


@require_safe
def _read(request, found):
    context = {"sheet": found, "marks": found.marks.select_related("indicator")}
    return render(request, "growth/sheet/detail.html", context)
