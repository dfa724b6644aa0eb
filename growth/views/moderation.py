"""打分 and 汇总, for staff: who has sent, closing, the marks of a person, adjustments."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.history import history_of
from people.models import Membership, Person
from people.once import once, sent_before
from people.paging import Page
from people.roles import MENTOR_ROLES, Role
from people.views.base import id_of, show_form

from ..actions import results, rounds, sheets
from ..forms.assessments import (
    AdjustForm,
    BallotsForm,
    CloseForm,
    DropForm,
    PersonChoiceForm,
    ProlongForm,
    WordsForm,
)
from ..models import Adjustment, Assessed, Indicator, Mark, Result, Round, Sheet, Side
from ..models.score import BALLOTS
from .rounds import assessed_for_staff, round_for_staff

LIST_SIZE = 50
# How far two marks may lie apart before the page points to it.
WIDE = 2
LATE_WORDS = "没交的师傅和学员可以补打，交了的也可以改。街道已经看过各方的分，不再打。调整过的分都留着。"
State = Round.State
ORDER = Side.values
AFTER = (State.MODERATING, State.PUBLICISED)


def _people_page(request, rows):
    """A page of Assessed in their fixed order."""
    after = id_of(request.GET.get("page")) or 0
    found = list(
        rows.filter(order__gt=after)
        .select_related("person__neighbourhood", "dropped_by")
        .order_by("order", "pk")[: LIST_SIZE + 1]
    )
    older = str(found[LIST_SIZE - 1].order) if len(found) > LIST_SIZE else ""
    return Page(found[:LIST_SIZE], older, first=not after)


# ── while scoring is open ───────────────────────────────────────────────────────────────────────────────────


@require_safe
def matrix(request, pk):
    """People × sides: sent or not, never what was marked."""
    found = round_for_staff(request, pk)
    left = "left" in request.GET
    rows = Assessed.objects.visible_to(request.user).filter(round=found)
    if left:
        rows = rows.filter(Exists(Sheet.objects.filter(assessed=OuterRef("pk"), sent_at__isnull=True)))
    page = _people_page(request, rows)
    by_person = {}
    shown = Sheet.objects.filter(assessed__in=[one.pk for one in page]).select_related("scorer")
    for sheet in shown.defer("strengths", "improve").order_by("pk"):
        by_person.setdefault(sheet.assessed_id, {}).setdefault(sheet.side, []).append(sheet)
    sides = found.sides
    here = _here(found.studio, page)
    page.rows = [
        (one, one.person_id in here, [by_person.get(one.pk, {}).get(side.value, []) for side in sides])
        for one in page
    ]
    context = {
        "round": found,
        "page": page,
        "sides": sides,
        "left": left,
        "gone": _gone(found.studio, [sheet for row in page.rows for cell in row[2] for sheet in cell]),
        "scoring": found.state == State.SCORING,
        "open": found.state not in (State.PREPARING, State.PUBLISHED),
        "progress": rounds.progress(found),
    }
    return render(request, "growth/round/matrix.html", context)


def _here(studio, people):
    """Ids of those of `people` who still learn in the studio."""
    held = Membership.objects.current().filter(studio=studio, role=Role.APPRENTICE)
    return set(held.filter(person__in=[one.person_id for one in people]).values_list("person", flat=True))


def _gone(studio, shown):
    """Ids of the scorers of unsent sheets who left the studio."""
    waiting = {sheet.scorer_id for sheet in shown if not sheet.sent_at}
    held = Membership.objects.current().filter(studio=studio, person__in=waiting)
    return waiting - set(held.values_list("person", flat=True))


def sheet_reassign(request, pk):
    """换人打."""
    done = sent_before(request)
    if done:
        return redirect(done)
    row = get_object_or_404(Sheet.objects.select_related("assessed__person", "scorer"), pk=pk)
    found = round_for_staff(request, row.round_id, State.SCORING)
    path = reverse("growth:round-matrix", args=[found.pk])
    roles = {Side.MENTOR.value: MENTOR_ROLES, Side.STREET.value: (Role.STAFF,)}.get(row.side, MENTOR_ROLES)
    people = rounds.scorers_to_choose(found.studio, *roles).exclude(pk=row.scorer_id)
    form = PersonChoiceForm(request.POST or None, people=people, label="换成", submit="换人打")
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["person"]
        once(request, lambda: sheets.reassign(row, to=to, by=request.user), path=lambda nothing: path)
        messages.success(request, f"换成{to.name}打了，已经通知。")
        return redirect(path)
    context = {
        "up_url": path,
        "up": "谁打了谁没打",
        "heading": f"{row.assessed.person.name}的打分表换人打",
        "lead": f"现在由{row.scorer.name}打（{row.get_side_display()}）。换人以后，原来没写完的不留。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


def round_close(request, pk):
    """打分结束: what was not sent is named, with the ways on."""
    done = sent_before(request)
    if done:
        return redirect(done)
    found = round_for_staff(request, pk, State.SCORING)
    unsent = found.sheets.unsent().count()
    form = CloseForm(request.POST or None, unsent=unsent)
    if request.method == "POST" and form.is_valid():
        without = form.cleaned_data.get("without", False)
        once(request, lambda: rounds.close(found, without_unsent=without, by=request.user))
        messages.success(request, "打分结束了。请看看分差大的，再公示。")
        return redirect("growth:round-moderate", found.pk)
    waiting = Person.objects.filter(pk__in=found.sheets.unsent().values("scorer")).order_by("pk")[:20]
    context = {"round": found, "unsent": unsent, "waiting": waiting}
    return show_form(request, "growth/round/close.html", form, **context)


def round_prolong(request, pk):
    """再等几天; after the closing: 继续打分, for those who come late."""
    done = sent_before(request)
    if done:
        return redirect(done)
    found = round_for_staff(request, pk, State.SCORING, State.MODERATING)
    form = ProlongForm(request.POST or None, initial={"score_by": found.score_by})
    late = found.state == State.MODERATING
    if request.method == "POST" and form.is_valid():
        act = rounds.reopen if late else rounds.prolong
        path = found.get_absolute_url()
        once(request, lambda: act(found, **form.cleaned_data), path=lambda nothing: path)
        return redirect(found)
    context = {
        "up_url": found.get_absolute_url(),
        "up": found.name,
        "heading": "再打几天" if late else "再等几天",
        "lead": LATE_WORDS if late else "改一下几号前打完。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


# ── 汇总 ────────────────────────────────────────────────────────────────────────────────────────────────────


@require_safe
def moderate(request, pk):
    """Everybody in the fixed order, with what lies far apart pointed out. No ranks."""
    found = round_for_staff(request, pk, *AFTER, State.PUBLISHED)
    rows = Assessed.objects.visible_to(request.user).filter(round=found)
    page = _people_page(request, rows)
    ids = [one.pk for one in page]
    newest = {row.assessed_id: row for row in Result.objects.filter(assessed__in=ids).order_by("number")}
    wide, names = results.spread(ids), dict(found.indicators.indicators.values_list("pk", "name"))
    adjusted = set(Adjustment.objects.filter(assessed__in=ids).values_list("assessed", flat=True))
    page.rows = [
        (one, newest.get(one.pk), _far_apart(wide[one.pk], names), one.pk in adjusted) for one in page
    ]
    context = {"round": found, "page": page, "open": found.state in AFTER}
    return render(request, "growth/round/moderate.html", context)


def _far_apart(spread, names):
    """「办成实事 2到5」 of the indicators whose marks lie far apart, in their order."""
    return [
        f"{name} {spread[key][0]}到{spread[key][1]}"
        for key, name in names.items()
        if key in spread and spread[key][1] - spread[key][0] >= WIDE
    ]


@require_safe
def person(request, pk):
    """One person: each indicator with every mark, how far apart they lie, and what was adjusted."""
    assessed = assessed_for_staff(request, pk, *AFTER, State.PUBLISHED)
    scorers = {sheet.pk: sheet for sheet in assessed.sheets.select_related("scorer").order_by("pk")}
    result = assessed.results.order_by("-number").first()
    context = {
        "assessed": assessed,
        "round": assessed.round,
        "result": result,
        "rows": _rows(assessed, scorers, result),
        "unsent": [sheet for sheet in scorers.values() if not sheet.sent_at],
        "masses": [(label, getattr(assessed, name)) for name, _, label in BALLOTS],
        "open": assessed.round.state in AFTER and not assessed.dropped_at,
        "here": assessed.person_id in _here(assessed.round.studio, [assessed]),
        "appeals": assessed.appeals.order_by("pk"),
        "history": history_of(assessed, *assessed.adjustments.all()),
    }
    return render(request, "growth/round/person.html", context)


def _rows(assessed, scorers, result):
    """[(indicator, marks with their sheet, wide, adjustment, value that counts)]."""
    marks = {}
    for mark in Mark.objects.filter(sheet__in=[key for key, one in scorers.items() if one.sent_at]):
        marks.setdefault(mark.indicator_id, []).append((scorers[mark.sheet_id], mark))
    adjusted = {row.indicator_id: row for row in assessed.adjustments.select_related("by")}
    values = {row["key"]: row["value"] for row in result.copy["indicators"]} if result else {}
    found = []
    for indicator in Indicator.objects.filter(set=assessed.round.indicators_id):
        given = sorted(marks.get(indicator.pk, []), key=lambda pair: ORDER.index(pair[0].side))
        known = [mark.value for _, mark in given if mark.value is not None]
        wide = max(known) - min(known) >= WIDE if known else False
        found.append(
            {
                "indicator": indicator,
                "marks": given,
                "low": min(known, default=None),
                "high": max(known, default=None),
                "wide": wide,
                "adjusted": adjusted.get(indicator.pk),
                "value": values.get(indicator.pk),
            }
        )
    return found


def adjust(request, pk, indicator):
    assessed = assessed_for_staff(request, pk, *AFTER)
    chosen = get_object_or_404(Indicator, pk=indicator, set=assessed.round.indicators_id)
    known = assessed.adjustments.filter(indicator=chosen).first()
    initial = {"value": known.value, "why": known.why} if known else {}
    form = AdjustForm(request.POST or None, initial=initial)
    path = reverse("growth:assessed-moderate", args=[assessed.pk])
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "by": request.user}
        once(request, lambda: results.adjust(assessed, chosen, **given), path=lambda nothing: path)
        return redirect(path)
    context = {
        "up_url": path,
        "up": assessed.person.name,
        "heading": f"调整“{chosen.name}”",
        "lead": "打的分都留着，合计时用您写的这一个。原因会一直留着。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


def ballots(request, pk):
    assessed = assessed_for_staff(request, pk, State.SCORING, *AFTER)
    form = BallotsForm(request.POST or None, instance=assessed)
    page = "growth:assessed-moderate" if assessed.round.state in AFTER else "growth:round-matrix"
    path = reverse(page, args=[assessed.pk if assessed.round.state in AFTER else assessed.round_id])
    if request.method == "POST" and form.is_valid():
        assessed.version = form.cleaned_data["version"] or 0
        given = {"counts": form.counts(), "by": request.user}
        once(request, lambda: results.count_ballots(assessed, **given), path=lambda nothing: path)
        return redirect(path)
    context = {
        "up_url": path,
        "up": assessed.round.name,
        "heading": f"{assessed.person.name}的群众测评",
        "lead": "只记票数，不记是谁投的。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


def words(request, pk):
    assessed = assessed_for_staff(request, pk, *AFTER)
    result = get_object_or_404(assessed.results.filter(number=1))
    result.assessed = assessed
    form = WordsForm(request.POST or None, instance=result)
    path = reverse("growth:assessed-moderate", args=[assessed.pk])
    if request.method == "POST" and form.is_valid():
        result.version = form.cleaned_data["version"] or 0
        once(request, lambda: results.put_words(result, **form.words()), path=lambda nothing: path)
        return redirect(path)
    context = {
        "up_url": path,
        "up": assessed.person.name,
        "heading": f"{assessed.person.name}的长处和下一步",
        "lead": "本人看得到。下一步在公布以后会放进他的“接下来”。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


def drop(request, pk):
    """这一轮不评了, or 还是要评."""
    done = sent_before(request)
    if done:
        return redirect(done)
    assessed = assessed_for_staff(request, pk, State.SCORING, *AFTER)
    path = reverse("growth:round-matrix", args=[assessed.round_id])
    back = bool(assessed.dropped_at)
    form = DropForm(request.POST or None, instance=assessed)
    if back:
        del form.fields["why"]
        form.submit_label = "还是要评"
    if request.method == "POST" and form.is_valid():
        assessed.version = form.cleaned_data["version"] or 0
        act = results.take_back if back else results.drop
        why = {} if back else {"why": form.cleaned_data["why"]}
        once(request, lambda: act(assessed, by=request.user, **why), path=lambda nothing: path)
        return redirect(path)
    context = {
        "up_url": path,
        "up": "谁打了谁没打",
        "heading": f"还是要评{assessed.person.name}？" if back else f"这一轮不评{assessed.person.name}了？",
        "lead": f"原来写的原因：{assessed.dropped_why}" if back else "打过的分留着，不算在内。可以再改回来。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)
