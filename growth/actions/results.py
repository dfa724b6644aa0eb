"""Weighing, moderating, showing and publishing results; appeals; corrections afterwards."""

from collections import defaultdict
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, F, Max, Min, Sum
from django.urls import reverse
from django.utils import timezone

from people.actions.notices import tell
from people.kept import KeptQuery
from people.models import Membership, Person
from people.roles import Role
from people.stale import Refused, save_version
from people.words import moment, short_day

from .. import weighing
from ..models import Adjustment, Appeal, Assessed, Mark, NextStep, Result, Round, Side
from ..models.score import BALLOTS
from . import ledger, next_steps

State = Round.State
CHUNK = 500
WORDS_MOST = 60
# How far two marks may lie apart before a page points to it.
WIDE = 2


# ── weighing ────────────────────────────────────────────────────────────────────────────────────────────────


def weigh_round(round_, *, by, people=None):
    """Write the first version of everybody's result, or of `people` (ids of Assessed)."""
    chosen = round_.assessed.present().select_related("person")
    if people is not None:
        chosen = chosen.filter(pk__in=people)
    chosen = list(chosen)
    indicators = list(round_.indicators.indicators.all())
    marks, adjusted = _marks(round_, people), _adjusted(round_, people)
    worded = _mentor_words(round_, people)
    kept = set(
        Result.objects.filter(assessed__in=[one.pk for one in chosen], version__gt=1).values_list(
            "assessed", flat=True
        )
    )
    fresh, known = [], []
    for one in chosen:
        result = _weighed(round_, one, indicators, marks[one.pk], adjusted[one.pk], worded.get(one.pk), by)
        (known if one.pk in kept else fresh).append(result)
    _write(fresh, "total", "grade", "copy", "strengths", "improve")
    _write(known, "total", "grade", "copy")


def _write(found, *fields):
    Result.objects.bulk_create(
        found,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=("studio", "assessed", "number"),
        update_fields=fields,
    )


def _marks(round_, people):
    """{assessed: {indicator: {side: (sum, number)}}} of the sheets that were sent."""
    rows = Mark.objects.filter(
        sheet__round=round_, sheet__sent_at__isnull=False, value__isnull=False, studio=round_.studio_id
    )
    if people is not None:
        rows = rows.filter(sheet__assessed__in=people)
    found = defaultdict(lambda: defaultdict(dict))
    rows = rows.order_by().values_list("sheet__assessed", "indicator", "sheet__side")
    for assessed, indicator, side, total, number in rows.annotate(Sum("value"), Count("value")):
        found[assessed][indicator][side] = (total, number)
    return found


def _adjusted(round_, people):
    """{assessed: {indicator: adjustment}}."""
    rows = Adjustment.objects.filter(assessed__round=round_)
    if people is not None:
        rows = rows.filter(assessed__in=people)
    found = defaultdict(dict)
    for row in rows.order_by():
        found[row.assessed_id][row.indicator_id] = row
    return found


def _mentor_words(round_, people):
    """{assessed: the mentor's sheet}, of those that were sent."""
    sheets = round_.sheets.filter(side=Side.MENTOR, sent_at__isnull=False)
    if people is not None:
        sheets = sheets.filter(assessed__in=people)
    return {sheet.assessed_id: sheet for sheet in sheets.order_by("pk")}


def _weighed(round_, assessed, indicators, marks, adjusted, sheet, by):
    judged = [
        weighing.Judged(
            indicator.pk,
            indicator.name,
            indicator.competency,
            marks.get(indicator.pk, {}),
            adjusted[indicator.pk].value if indicator.pk in adjusted else None,
            adjusted[indicator.pk].why if indicator.pk in adjusted else "",
        )
        for indicator in indicators
    ]
    given = {"weights": round_.weights, "masses": assessed.masses, "bounds": round_.bounds}
    outcome = weighing.weigh(judged, **given)
    strengths, improve = proposed_words(indicators, outcome.values, sheet)
    return Result(
        studio_id=round_.studio_id,
        assessed=assessed,
        total=outcome.total,
        grade=outcome.grade,
        strengths=strengths,
        improve=improve,
        copy=weighing.as_copy(judged, outcome, **given, round=round_.name, name=assessed.person.name),
        by=by,
    )


def proposed_words(indicators, values, sheet=None):
    """Two strengths and two next steps to begin with: the mentor's words, else those of the marks."""
    judged = [one for one in indicators if values[one.pk] is not None]
    best = sorted(judged, key=lambda one: -values[one.pk])[:2]
    rest = [one for one in judged if one not in best]
    weak = sorted(rest, key=lambda one: values[one.pk])[:2]
    strengths = [f"{one.name}：{one.words_5 if values[one.pk] >= 4 else one.words_3}" for one in best]
    improve = [f"{one.name}：做到{one.words_3 if values[one.pk] < 3 else one.words_5}" for one in weak]
    said = sheet.strengths if sheet else [], sheet.improve if sheet else []
    return [
        [*mine, *(text[:WORDS_MOST] for text in others)][:2]
        for mine, others in zip(said, (strengths, improve), strict=True)
    ]


# ── moderating ──────────────────────────────────────────────────────────────────────────────────────────────


def _held(assessed, *states):
    """The round of `assessed`, kept from moving on while this transaction runs."""
    round_ = Round.objects.select_for_update(of=("self",), no_key=True).get(pk=assessed.round_id)
    if round_.state not in states:
        raise Refused(f"“{round_.name}”现在是“{round_.get_state_display()}”，不能这样改")
    return round_


@transaction.atomic
def adjust(assessed, indicator, *, value, why, by, at=None):
    """Put `value` in place of the marks of one indicator; None takes an adjustment back."""
    round_ = _held(assessed, State.MODERATING, State.PUBLICISED)
    if value is None:
        assessed.adjustments.filter(indicator=indicator).delete()
    else:
        written = {"value": value, "why": why, "by": by, "at": at or timezone.now()}
        Adjustment.objects.update_or_create(
            studio_id=assessed.studio_id, assessed=assessed, indicator=indicator, defaults=written
        )
    weigh_round(round_, by=by, people=[assessed.pk])


@transaction.atomic
def count_ballots(assessed, *, counts, by):
    """群众测评: `counts` {field name: number}. Until results are published; afterwards `correct`."""
    round_ = _held(assessed, State.SCORING, State.MODERATING, State.PUBLICISED)
    for name, number in counts.items():
        setattr(assessed, name, number)
    save_version(assessed, tuple(name for name, _, _ in BALLOTS))
    if round_.state != State.SCORING:
        weigh_round(round_, by=by, people=[assessed.pk])
    return assessed


@transaction.atomic
def put_words(result, *, strengths, improve):
    """The two strengths and two next steps that the apprentice will read."""
    _held(result.assessed, State.MODERATING, State.PUBLICISED)
    result.strengths, result.improve = strengths, improve
    save_version(result, ("strengths", "improve"))
    return result


@transaction.atomic
def drop(assessed, *, why, by, at=None):
    """这一轮不评了, for instance after a move. What was scored is kept and counts nowhere."""
    _held(assessed, State.SCORING, State.MODERATING, State.PUBLICISED)
    assessed.dropped_at, assessed.dropped_by, assessed.dropped_why = at or timezone.now(), by, why
    save_version(assessed, ("dropped_at", "dropped_by", "dropped_why"))
    return assessed


@transaction.atomic
def take_back(assessed, *, by):
    """还是要评."""
    round_ = _held(assessed, State.SCORING, State.MODERATING, State.PUBLICISED)
    assessed.dropped_at, assessed.dropped_by, assessed.dropped_why = None, None, ""
    save_version(assessed, ("dropped_at", "dropped_by", "dropped_why"))
    if round_.state != State.SCORING:
        weigh_round(round_, by=by, people=[assessed.pk])
    return assessed


# ── 公示, appeals ───────────────────────────────────────────────────────────────────────────────────────────


def _locked(round_):
    return Round.objects.select_for_update().get(pk=round_.pk)


def _people_of(round_):
    return Person.objects.filter(pk__in=round_.assessed.present().values("person")).only("pk")


@transaction.atomic
def publicise(round_, *, by, at=None):
    """公示: everybody reads the own result and may appeal until a day."""
    round_, at = _locked(round_), at or timezone.now()
    if not round_.publicised:
        raise Refused("这一轮定的是不公示，可以直接公布")
    until = timezone.localdate(at) + timedelta(days=round_.appeal_days)
    round_.move_to(State.PUBLICISED, appeal_until=until)
    text = f"考核评估“{round_.name}”开始公示，您的结果可以看了，有不同意见请在{short_day(until)}前提"
    tell(_people_of(round_), text, link=reverse("growth:my-results"), studio=round_.studio, at=at)
    return round_


@transaction.atomic
def appeal(assessed, *, text, by, at=None):
    round_, at = _held(assessed, State.PUBLICISED), at or timezone.now()
    if timezone.localdate(at) > round_.appeal_until:
        raise Refused(f"公示到{short_day(round_.appeal_until)}已经结束了。还有意见，请打电话给街道")
    if assessed.appeals.waiting().exists():
        raise Refused("上一条意见街道还没答复，请等答复以后再提")
    made = Appeal.objects.create(
        studio_id=assessed.studio_id, round=round_, assessed=assessed, text=text, at=at
    )
    staff = Membership.objects.current().filter(studio=assessed.studio_id, role=Role.STAFF)
    told = [one.person for one in staff.select_related("person")]
    link = reverse("growth:appeal-answer", args=[made.pk])
    tell(told, f"{by.name}对考核结果提了申诉，请答复", link=link, studio=round_.studio, at=at)
    return made


@transaction.atomic
def answer(made, *, text, outcome, by, at=None):
    """Answer an appeal. Marks are adjusted on the page of the person, before or after."""
    _held(made.assessed, State.PUBLICISED)
    if made.answered_at:
        raise Refused(f"{made.answered_by.called}在{moment(made.answered_at)}已经答复了")
    made.answer, made.outcome, made.answered_at, made.answered_by = text, outcome, at or timezone.now(), by
    save_version(made, ("answer", "outcome", "answered_at", "answered_by"))
    person = made.assessed.person
    link = made.assessed.get_absolute_url()
    tell([person], "您的申诉街道答复了", link=link, studio=made.round.studio, at=at)
    return made


# ── publishing ──────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def publish(round_, *, by, at=None):
    """公布: results stand from now on; files, 接下来 and notices are written with it."""
    round_, at = _locked(round_), at or timezone.now()
    if round_.state == State.PUBLISHED:
        raise Refused(f"{round_.published_by.called}在{moment(round_.published_at)}已经公布了，不用再公布")
    if round_.state == State.MODERATING and round_.publicised:
        raise Refused("公布以前要先公示")
    waiting = round_.appeals.waiting().count()
    if waiting:
        raise Refused(f"还有{waiting}条申诉没有答复，答复以后再公布")
    if round_.state == State.PUBLICISED and timezone.localdate(at) <= round_.appeal_until:
        raise Refused(f"公示到{short_day(round_.appeal_until)}，过了这一天再公布")
    round_.move_to(State.PUBLISHED, published_at=at, published_by=by)
    newest = list(
        Result.objects.filter(assessed__round=round_, assessed__dropped_at__isnull=True)
        .select_related("assessed")
        .defer("copy")
    )
    _into_files(round_, newest)
    _into_next_steps(round_, newest, by, at)
    text = f"考核评估“{round_.name}”公布了，下一步做什么已经放进“接下来”"
    tell(_people_of(round_), text, link=reverse("growth:my-results"), studio=round_.studio, at=at)
    mentors = Person.objects.filter(pk__in=round_.sheets.filter(side=Side.MENTOR).values("scorer")).only("pk")
    text = f"考核评估“{round_.name}”公布了，可以看徒弟的结果"
    tell(mentors, text, link=round_.get_absolute_url(), studio=round_.studio, at=at)
    return round_


def _into_files(round_, newest):
    def told():
        for result in newest:
            result.assessed.round = round_
            yield result.assessed, [result.assessed.line(result)]

    ledger.record_first(told())


def _into_next_steps(round_, newest, by, at):
    """What to do next; what still stands open from an earlier round is not said twice."""
    kind = ContentType.objects.get_for_model(Assessed)
    known = NextStep.objects.open().filter(studio=round_.studio_id, origin=NextStep.Origin.ASSESSMENT)
    standing = set(known.order_by().values_list("person", "text"))
    NextStep.objects.bulk_create(
        (
            NextStep(
                studio_id=round_.studio_id,
                person_id=result.assessed.person_id,
                text=text,
                origin=NextStep.Origin.ASSESSMENT,
                by=by,
                link=result.assessed.get_absolute_url(),
                source_type=kind,
                source_id=result.assessed_id,
                at=at,
            )
            for result in newest
            for text in result.improve
            if (result.assessed.person_id, text) not in standing
        ),
        batch_size=CHUNK,
    )


@transaction.atomic
def correct(assessed, *, why, values, masses, strengths, improve, by, at=None):
    """After publication: a new version beside the old ones, with its reason.

    `values`: {indicator id: mark} that take the place of the old ones; `masses`: {mark: ballots}.
    """
    Assessed.objects.select_for_update(of=("self",)).get(pk=assessed.pk)
    if assessed.round.state != State.PUBLISHED:
        raise Refused("结果还没有公布，请在汇总那一页改")
    last = assessed.results.order_by("-number").first()
    judged, given = weighing.from_copy(last.copy)
    for one in judged:
        if one.key in values:
            one.adjusted, one.why = values[one.key], why
    given["masses"] = masses
    outcome = weighing.weigh(judged, **given)
    at = at or timezone.now()
    number = assessed.results.aggregate(last=Max("number"))["last"] + 1
    named = {name: last.copy[name] for name in ("round", "name")}
    made = Result.objects.create(
        studio_id=assessed.studio_id,
        assessed=assessed,
        number=number,
        total=outcome.total,
        grade=outcome.grade,
        strengths=strengths,
        improve=improve,
        copy=weighing.as_copy(judged, outcome, **given, **named),
        why=why,
        by=by,
        at=at,
    )
    ledger.record(assessed)
    link, studio, person = assessed.get_absolute_url(), assessed.round.studio, assessed.person
    for text in improve:
        if text not in last.improve:
            next_steps.assign(
                studio=studio,
                person=person,
                text=text,
                origin=NextStep.Origin.ASSESSMENT,
                by=by,
                source=assessed,
                link=link,
                at=at,
            )
    mentors = [sheet.scorer for sheet in assessed.sheets.filter(side=Side.MENTOR).select_related("scorer")]
    text = f"{person.name}的考核结果有更正，请看看"
    tell([person, *mentors], text, link=link, studio=studio, at=at)
    return made


_FAR_APART = KeptQuery(
    lambda viewer, people: (
        Mark.objects.filter(sheet__assessed__in=[people], sheet__sent_at__isnull=False)
        .order_by()
        .values("sheet__assessed", "indicator")
        .annotate(low=Min("value"), high=Max("value"))
        .filter(high__gte=F("low") + WIDE)
        .values_list("sheet__assessed", "indicator", "low", "high")
    )
)


def far_apart(assessed_ids):
    """{assessed: {indicator: (lowest, highest)}} where the marks of sent sheets lie `WIDE` or more apart."""
    found = defaultdict(dict)
    for assessed, indicator, low, high in _FAR_APART.all(people=assessed_ids):
        found[assessed][indicator] = low, high
    return found
