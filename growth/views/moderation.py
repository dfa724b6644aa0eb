"""打分 and 汇总, for staff: who has sent, closing, the marks of a person, adjustments."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.addresses import address_of
from people.history import history_of
from people.kept import KeptQuery
from people.models import Membership, Person
from people.once import once, sent_before
from people.paging import Page
from people.roles import MENTOR_ROLES, Role
from people.views.base import id_of, show_form

from ..actions import results, rounds, sheets
from ..forms.assessments import CloseForm, PersonChoiceForm, ProlongForm
from ..forms.moderation import AdjustForm, BallotsForm, DropForm, WordsForm
from ..models import Adjustment, Assessed, Grade, Indicator, Mark, Result, Round, Sheet, Side
from ..models.score import BALLOTS
from .rounds import assessed_for_staff, round_for_staff

LIST_SIZE = 40
LATE_WORDS = "没交的师傅和学员可以补打，交了的也可以改。街道已经看过各方的分，不再打。调整过的分都留着。"
State = Round.State
ORDER = Side.values
AFTER = (State.MODERATING, State.PUBLICISED)


# What the two tables say of a person; plain rows, since there are many of them.
TOLD = ("pk", "person_id", "person__name", "dropped_at", "dropped_why")


def _of_round(viewer, round_, studio, after):
    """People are taken in one after another, so that their ids are in the fixed order, too."""
    rows = Assessed.objects.visible_to(viewer).filter(studio=studio, round=round_, pk__gt=after)
    return rows.order_by("order", "pk")


def _left_of_round(viewer, round_, studio, after):
    unsent = Sheet.objects.filter(assessed=OuterRef("pk"), sent_at__isnull=True)
    return _of_round(viewer, round_, studio, after).filter(Exists(unsent))


def _kept(rows):
    def told(viewer, round_, studio, after):
        return rows(viewer, round_, studio, after).values(*TOLD)[: LIST_SIZE + 1]

    return KeptQuery(told)


_EVERYBODY, _LEFT = _kept(_of_round), _kept(_left_of_round)


def _people_page(request, kept, round_):
    """A page of those assessed in their fixed order."""
    after = id_of(request.GET.get("page")) or 0
    found = kept.all(request.user, round_=round_.pk, studio=round_.studio_id, after=after)
    older = str(found[LIST_SIZE - 1]["pk"]) if len(found) > LIST_SIZE else ""
    return Page(found[:LIST_SIZE], older, first=not after)


# ── while scoring is open ───────────────────────────────────────────────────────────────────────────────────


@require_safe
def matrix(request, pk):
    """People × sides: sent or not, never what was marked."""
    found = round_for_staff(request, pk)
    left = "left" in request.GET
    page = _people_page(request, _LEFT if left else _EVERYBODY, found)
    sheets_of = _sheets_of([one["pk"] for one in page])
    waiting = {one["scorer_id"] for of_one in sheets_of.values() for one in of_one if not one["sent_at"]}
    learn, held = _present(found.studio_id, [one["person_id"] for one in page], waiting)
    sides, scoring = found.sides, found.state == State.SCORING
    page.rows = [
        {
            **one,
            "here": one["person_id"] in learn,
            "cells": _cells(sides, sheets_of.get(one["pk"], ()), held, scoring and not one["dropped_at"]),
            "ballots": address_of("growth:assessed-ballots", one["pk"]),
            "drop": address_of("growth:assessed-drop", one["pk"]),
        }
        for one in page
    ]
    context = {
        "round": found,
        "page": page,
        "sides": sides,
        "left": left,
        "open": found.state not in (State.PREPARING, State.PUBLISHED),
        "progress": rounds.progress(found),
    }
    return render(request, "growth/round/matrix.html", context)


_SHEETS = KeptQuery(
    lambda viewer, people: (
        Sheet.objects.filter(assessed__in=[people])
        .order_by("pk")
        .values("pk", "assessed_id", "side", "scorer_id", "scorer__name", "sent_at")
    )
)


def _sheets_of(people):
    """{assessed: sheets} of these."""
    found = {}
    for one in _SHEETS.all(people=people):
        found.setdefault(one["assessed_id"], []).append(one)
    return found


def _cells(sides, sheets_of_one, held, may_change):
    """[(side, its sheets)]; each sheet with `gone`, and `change` where somebody else may take it over."""
    for sheet in sheets_of_one:
        open_ = not sheet["sent_at"]
        sheet["gone"] = open_ and sheet["scorer_id"] not in held
        changeable = open_ and may_change and sheet["side"] != Side.SELF
        sheet["change"] = address_of("growth:sheet-reassign", sheet["pk"]) if changeable else ""
    return [(side.label, [one for one in sheets_of_one if one["side"] == side]) for side in sides]


_HELD = KeptQuery(
    lambda viewer, studio, people: (
        Membership.objects.current().filter(studio=studio, person__in=[people]).values_list("person", "role")
    )
)


def _present(studio, people, scorers=()):
    """(ids of those of `people` who still learn in the studio, ids of all of them who are still in it)."""
    held = _HELD.all(studio=studio, people={*people, *scorers})
    return {person for person, role in held if role == Role.APPRENTICE}, {person for person, _ in held}


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
    counted = rounds.progress(found)
    unsent = counted["all"] - counted["sent"]
    form = CloseForm(request.POST or None, unsent=unsent)
    if request.method == "POST" and form.is_valid():
        without = form.cleaned_data.get("without", False)
        once(request, lambda: rounds.close(found, without_unsent=without, by=request.user))
        messages.success(request, "打分结束了。请看看分差大的，再公示。")
        return redirect("growth:round-moderate", found.pk)
    context = {"round": found, "unsent": unsent, "waiting": _WAITING.all(round_=found.pk)}
    return show_form(request, "growth/round/close.html", form, **context)


_WAITING = KeptQuery(
    lambda viewer, round_: (
        Person.objects.filter(pk__in=Sheet.objects.filter(round=round_).unsent().order_by().values("scorer"))
        .order_by("pk")
        .values("name")[:20]
    )
)


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
    page = _people_page(request, _EVERYBODY, found)
    ids = [one["pk"] for one in page]
    newest = {key: rest for key, *rest in _GRADES.all(people=ids)}
    wide, names = results.far_apart(ids), dict(_INDICATORS.all(set_=found.indicators_id))
    adjusted = set(_ADJUSTED.all(people=ids))
    page.rows = [_summed_up(one, newest, wide, names, adjusted) for one in page]
    return render(request, "growth/round/moderate.html", {"round": found, "page": page})


def _summed_up(one, newest, wide, names, adjusted):
    """(address, name, grade in words, total, what lies far apart), or why somebody is not assessed."""
    address, name = address_of("growth:assessed-moderate", one["pk"]), one["person__name"]
    if one["dropped_at"]:
        return address, name, "", "", one["dropped_why"]
    grade, total = newest.get(one["pk"], ("", None))
    words = GRADES.get(grade, "没法评") + ("（有调整）" if one["pk"] in adjusted else "")
    far = _far_apart(wide.get(one["pk"], {}), names)
    return address, name, words, "" if total is None else str(total), far


GRADES = dict(Grade.choices)
_INDICATORS = KeptQuery(
    lambda viewer, set_: Indicator.objects.filter(set=set_).order_by("order").values_list("pk", "name")
)
_ADJUSTED = KeptQuery(
    lambda viewer, people: (
        Adjustment.objects.filter(assessed__in=[people]).order_by().values_list("assessed", flat=True)
    )
)
_GRADES = KeptQuery(
    lambda viewer, people: (
        Result.objects.filter(assessed__in=[people])
        .order_by("number")
        .values_list("assessed", "grade", "total")
    )
)


def _far_apart(wide, names):
    """「办成实事 2到5，…」 of the indicators whose marks lie far apart, in their order."""
    return "，".join(f"{name} {wide[key][0]}到{wide[key][1]}" for key, name in names.items() if key in wide)


_SHEETS_OF_ONE = KeptQuery(
    lambda viewer, assessed: Sheet.objects.filter(assessed=assessed).select_related("scorer").order_by("pk")
)
_NEWEST = KeptQuery(lambda viewer, assessed: Result.objects.filter(assessed=assessed).order_by("-number")[:1])
_ADJUSTMENTS = KeptQuery(
    lambda viewer, assessed: Adjustment.objects.filter(assessed=assessed).select_related("by")
)
_MARKS = KeptQuery(
    lambda viewer, assessed: Mark.objects.filter(
        sheet__assessed=assessed, sheet__sent_at__isnull=False
    ).order_by("indicator__order")
)


@require_safe
def person(request, pk):
    """One person: each indicator with every mark, how far apart they lie, and what was adjusted."""
    assessed = assessed_for_staff(request, pk, *AFTER, State.PUBLISHED)
    scorers = {sheet.pk: sheet for sheet in _SHEETS_OF_ONE.all(assessed=assessed.pk)}
    result = next(iter(_NEWEST.all(assessed=assessed.pk)), None)
    adjusted = _ADJUSTMENTS.all(assessed=assessed.pk)
    round_, open_ = assessed.round, assessed.round.state in AFTER and not assessed.dropped_at
    context = {
        "assessed": assessed,
        "round": round_,
        "result": result,
        "rows": _rows(assessed, scorers, result, {row.indicator_id: row for row in adjusted}),
        "unsent": [sheet for sheet in scorers.values() if not sheet.sent_at],
        "masses": [(label, getattr(assessed, name)) for name, _, label in BALLOTS],
        "voted": any(assessed.masses.values()),
        "open": open_,
        "gone": open_ and assessed.person_id not in _present(assessed.studio_id, [assessed.person_id])[0],
        "appeals": assessed.appeals.order_by("pk") if round_.results_shown else [],
        "history": history_of(assessed, *adjusted),
    }
    return render(request, "growth/round/person.html", context)


def _rows(assessed, scorers, result, adjusted):
    """A row an indicator: its marks with their sheets, how far apart, the adjustment, what counts."""
    marks = {}
    for mark in _MARKS.all(assessed=assessed.pk):
        marks.setdefault(mark.indicator_id, []).append((scorers[mark.sheet_id], mark))
    found = []
    for key, name, value in _judged(assessed.round, result):
        given = sorted(marks.get(key, []), key=lambda pair: ORDER.index(pair[0].side))
        known = [mark.value for _, mark in given if mark.value is not None]
        low, high = min(known, default=None), max(known, default=None)
        found.append(
            {
                "key": key,
                "name": name,
                "marks": given,
                "low": low,
                "high": high,
                "wide": bool(known) and high - low >= results.WIDE,
                "adjusted": adjusted.get(key),
                "value": value,
            }
        )
    return found


def _judged(round_, result):
    """[(indicator, name, value that counts)]; of somebody left out before the closing nothing counts."""
    if result:
        return [(row["key"], row["name"], row["value"]) for row in result.copy["indicators"]]
    return [(*row, None) for row in _INDICATORS.all(set_=round_.indicators_id)]


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
