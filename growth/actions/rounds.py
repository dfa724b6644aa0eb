"""考核评估: preparing a round, opening it, closing the scoring, going back."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import BooleanField, Case, Count, Exists, F, Max, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from people.actions.notices import tell
from people.kept import KeptQuery
from people.models import Membership, Person
from people.roles import MENTOR_ROLES, Role
from people.stale import Refused
from people.words import short_day

from ..indicators import SHIPPED
from ..models import Assessed, Indicator, IndicatorSet, Round, Sheet, Side, StreetScorer
from . import results

State = Round.State
COPIED = (
    "indicators_id", "self_weight", "mentor_weight", "street_weight", "mass_weight", "excellent_from",
    "good_from", "pass_from", "publicised", "appeal_days", "street_split",
)  # fmt: skip


def locked(round_):
    """The round as it is now, held until the transaction ends: moves wait for each other."""
    return Round.objects.select_for_update().get(pk=round_.pk)


def must_be(round_, *states):
    if round_.state not in states:
        raise Refused(f"“{round_.name}”现在是“{round_.get_state_display()}”，不能这样改")


# ── indicators ──────────────────────────────────────────────────────────────────────────────────────────────


def newest_set(studio, *, by):
    """The studio's newest indicators; the shipped twelve for a studio that has none yet."""
    found = IndicatorSet.objects.filter(studio=studio).order_by("-number").first()
    return found or write_set(studio=studio, rows=SHIPPED, by=by)


@transaction.atomic
def write_set(*, studio, rows, by, at=None):
    """A new version: `rows` are (name, competency, words for 1, 3, 5)."""
    number = IndicatorSet.objects.filter(studio=studio).aggregate(last=Coalesce(Max("number"), 0))["last"]
    made = IndicatorSet.objects.create(
        studio=studio, number=number + 1, made_by=by, made_at=at or timezone.now()
    )
    Indicator.objects.bulk_create(
        Indicator(
            studio=studio,
            set=made,
            order=order,
            name=name,
            competency=competency,
            words_1=one,
            words_3=three,
            words_5=five,
        )
        for order, (name, competency, one, three, five) in enumerate(rows, 1)
    )
    return made


@transaction.atomic
def change_indicators(round_, *, rows, by):
    """Another version. A round in preparation takes it; one that is open keeps its own.

    Returns (the new set, whether the round took it).
    """
    round_ = locked(round_)
    made = write_set(studio=round_.studio, rows=rows, by=by)
    if round_.state != State.PREPARING:
        return made, False
    Round.objects.filter(pk=round_.pk).update(indicators=made, version=F("version") + 1)
    return made, True


# ── preparing ───────────────────────────────────────────────────────────────────────────────────────────────


def last_round(studio):
    return Round.objects.filter(studio=studio).order_by("-until", "-pk").first()


@transaction.atomic
def prepare(*, studio, by, at=None, copy_people_of=None, **fields):
    """A new round in preparation. `copy_people_of`: a round whose people and scorers come along."""
    fields.setdefault("indicators", None)
    if fields["indicators"] is None:
        fields["indicators"] = newest_set(studio, by=by)
    made = Round.objects.create(studio=studio, made_by=by, made_at=at or timezone.now(), **fields)
    if copy_people_of:
        _copy_people(copy_people_of, made)
    return made


def _copy_people(old, new):
    """Those who still learn here, with the mentors who still teach here, and the street's scorers."""
    learners = _holders(new.studio, Role.APPRENTICE)
    people = old.assessed.present().filter(person__in=learners).order_by("order", "pk")
    mentors = dict(
        old.sheets.filter(side=Side.MENTOR, scorer__in=_holders(new.studio, *MENTOR_ROLES)).values_list(
            "assessed__person", "scorer"
        )
    )
    add_people(new, [(person, mentors.get(person)) for person in people.values_list("person", flat=True)])
    staff = _holders(new.studio, Role.STAFF)
    scorers = old.street_scorers.filter(person__in=staff).values_list("person", flat=True)
    set_street(new, list(scorers), split=old.street_split)


def _holders(studio, *roles):
    """Ids of those who hold one of the roles in the studio now, as a queryset."""
    return Membership.objects.current().filter(studio=studio, role__in=roles).values("person")


def scorers_to_choose(studio, *roles):
    """The persons who may score in one of the roles."""
    return Person.objects.filter(pk__in=_holders(studio, *roles)).order_by("pk")


@transaction.atomic
def add_people(round_, pairs):
    """Take in [(person id, mentor id or None)]; those in stay as they are. Returns how many are new."""
    round_ = locked(round_)
    must_be(round_, State.PREPARING)
    present = set(round_.assessed.values_list("person", flat=True))
    last = round_.assessed.aggregate(last=Coalesce(Max("order"), 0))["last"]
    fresh = {person: mentor for person, mentor in pairs if person not in present}
    made = Assessed.objects.bulk_create(
        [
            Assessed(studio_id=round_.studio_id, round=round_, person_id=person, order=order)
            for order, person in enumerate(fresh, last + 1)
        ],
        batch_size=1000,
    )
    Sheet.objects.bulk_create(
        [
            _sheet(round_, one.pk, fresh[one.person_id], Side.MENTOR)
            for one in made
            if fresh[one.person_id] and fresh[one.person_id] != one.person_id
        ],
        batch_size=1000,
    )
    return len(made)


def _sheet(round_, assessed_id, scorer_id, side):
    return Sheet(
        studio_id=round_.studio_id, round=round_, assessed_id=assessed_id, scorer_id=scorer_id, side=side
    )


@transaction.atomic
def remove_person(assessed):
    """Before the round is open somebody is simply not in it."""
    must_be(locked(assessed.round), State.PREPARING)
    assessed.delete()


@transaction.atomic
def set_mentor(assessed, mentor):
    """Who scores this person as mentor, before the round is open."""
    must_be(locked(assessed.round), State.PREPARING)
    if mentor.pk == assessed.person_id:
        raise Refused(f"{mentor.name}不能给自己当师傅打分，请另选一位")
    assessed.sheets.filter(side=Side.MENTOR).delete()
    _sheet(assessed.round, assessed.pk, mentor.pk, Side.MENTOR).save()


@transaction.atomic
def set_street(round_, person_ids, *, split):
    """Who of the staff scores for the street; `split`: each takes a part of the people."""
    round_ = locked(round_)
    must_be(round_, State.PREPARING)
    round_.street_scorers.exclude(person__in=person_ids).delete()
    StreetScorer.objects.bulk_create(
        [StreetScorer(studio_id=round_.studio_id, round=round_, person_id=person) for person in person_ids],
        ignore_conflicts=True,
    )
    Round.objects.filter(pk=round_.pk).update(street_split=split, version=F("version") + 1)


# ── opening ─────────────────────────────────────────────────────────────────────────────────────────────────

SHOWN_NAMES, MOST_NAMED = 8, 100


def problems(round_, on=None):
    """[(sentence, page)] of what keeps the round from being opened; `page` is the part to go to."""
    street, found = street_of(round_), []
    if not round_.assessed.present().exists():
        found.append(("还没有选考核谁", "people"))
    if round_.score_by < (on or timezone.localdate()):
        found.append((f"几号前打完写的是{short_day(round_.score_by)}，已经过了，请往后改", "edit"))
    if round_.street_weight and not street:
        found.append(("还没有定街道由谁打分", "scorers"))
    if round_.street_weight and not all(one.here for one in street):
        found.append(("选好的街道打分人里有人已经不在工作室，请重新选", "scorers"))
    rows = list(_wrongly_scored(round_, [one.person_id for one in street])[:MOST_NAMED])
    for flag, sentence, page in WRONG:
        names = [one.person.name for one in rows if getattr(one, flag)]
        if names:
            found.append((f"{sentence}：{_told(names)}", page))
    return found


def street_of(round_):
    """Who scores for the street, each with `here`: still of the staff."""
    staff = _holders(round_.studio, Role.STAFF).filter(person=OuterRef("person"))
    return list(round_.street_scorers.select_related("person").annotate(here=Exists(staff)))


WRONG = (
    ("no_mentor", "还没有师傅来打分", "people"),
    ("both", "一个人不能替两方打分，请换街道打分人或者师傅", "scorers"),
    ("left", "打分的师傅已经不在工作室，请换一位", "people"),
)


def _wrongly_scored(round_, street):
    """Those without a mentor, with one scorer for two sides, or with a mentor who left; told by flags."""
    mentor = Sheet.objects.filter(assessed=OuterRef("pk"), side=Side.MENTOR)
    never = Value(False, BooleanField())
    no_mentor, left, both = never, never, never
    if round_.mentor_weight:
        no_mentor = ~Exists(mentor)
        left = Exists(mentor.exclude(scorer__in=_holders(round_.studio, *MENTOR_ROLES)))
    if round_.street_weight and street:
        held = mentor.filter(scorer__in=street) if round_.mentor_weight else mentor.none()
        both = Case(When(Q(person__in=street) | Exists(held), then=True), default=False)
    flagged = round_.assessed.present().annotate(no_mentor=no_mentor, left=left, both=both)
    wrong = flagged.filter(Q(no_mentor=True) | Q(left=True) | Q(both=True))
    return wrong.select_related("person").order_by("order", "pk")


def _told(names):
    """「赵某一、钱某二等」: the first of them."""
    return "、".join(names[:SHOWN_NAMES]) + ("等" if len(names) > SHOWN_NAMES else "")


# Each person's own sheet; then the street's: everybody's by each scorer, or dealt out in turn.
_OWN_SHEETS = """
    INSERT INTO growth_sheet (studio_id, round_id, assessed_id, scorer_id, side, version, strengths, improve)
    SELECT a.studio_id, a.round_id, a.id, a.person_id, 'self', 1, '{}', '{}'
      FROM growth_assessed a WHERE a.round_id = %(round)s AND a.dropped_at IS NULL ORDER BY a."order", a.id
"""
_STREET_SHEETS = """
    INSERT INTO growth_sheet (studio_id, round_id, assessed_id, scorer_id, side, version, strengths, improve)
    SELECT a.studio_id, a.round_id, a.id, t.person_id, 'street', 1, '{}', '{}'
      FROM (SELECT *, row_number() OVER (ORDER BY "order", id) - 1 AS place FROM growth_assessed
             WHERE round_id = %(round)s AND dropped_at IS NULL) a
      JOIN (SELECT person_id, row_number() OVER (ORDER BY id) - 1 AS turn, count(*) OVER () AS number
              FROM growth_streetscorer WHERE round_id = %(round)s) t
        ON NOT %(split)s OR a.place %% t.number = t.turn
     ORDER BY a.place, t.turn
"""


@transaction.atomic
def open_round(round_, *, by, at=None):
    """开始打分: every sheet is dealt out and its scorer is told. Raises Refused with the first problem."""
    round_ = locked(round_)
    must_be(round_, State.PREPARING)
    at = at or timezone.now()
    if found := problems(round_, timezone.localdate(at)):
        raise Refused(found[0][0])
    given = {"round": round_.pk, "split": round_.street_split}
    round_.sheets.exclude(side=Side.MENTOR).delete()
    if not round_.mentor_weight:
        round_.sheets.all().delete()
    with connection.cursor() as cursor:
        if round_.self_weight:
            cursor.execute(_OWN_SHEETS, given)
        if round_.street_weight:
            cursor.execute(_STREET_SHEETS, given)
    round_.move_to(State.SCORING, opened_at=at)
    told = Person.objects.filter(pk__in=round_.sheets.values("scorer")).only("pk")
    text = f"考核评估“{round_.name}”开始打分，请在{short_day(round_.score_by)}前打完"
    tell(told, text, link=my_sheets_url(round_), studio=round_.studio, at=at)
    return round_


def my_sheets_url(round_):
    return f"/assess/{round_.pk}/mine/"


@transaction.atomic
def withdraw(round_):
    """退回准备, while nobody has sent a sheet yet."""
    round_ = locked(round_)
    must_be(round_, State.SCORING)
    sent = round_.sheets.filter(sent_at__isnull=False).count()
    if sent:
        raise Refused(
            f"已经交了{sent}张打分表，这一轮的指标和比重不能再改。改好的指标会存成新的一版，下一轮用"
        )
    round_.sheets.exclude(side=Side.MENTOR).delete()
    round_.move_to(State.PREPARING)
    return round_


@transaction.atomic
def prolong(round_, *, score_by):
    """再等几天: another day by which sheets are asked for."""
    round_ = locked(round_)
    must_be(round_, State.SCORING)
    Round.objects.filter(pk=round_.pk).update(score_by=score_by, version=F("version") + 1)


# ── closing ─────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def close(round_, *, without_unsent=False, by, at=None):
    """打分结束: what was sent is weighed. Sheets not sent count nowhere, and only if staff say so."""
    round_ = locked(round_)
    must_be(round_, State.SCORING)
    unsent = round_.sheets.unsent().count()
    if unsent and not without_unsent:
        raise Refused(f"还有{unsent}张打分表没交。可以再等几天、换人打，或者选“不等了”，没交的不算在内")
    if not round_.sheets.filter(sent_at__isnull=False).exists():
        raise Refused("一张打分表都还没交，汇总不了。请再等几天，或者退回准备")
    round_.move_to(State.MODERATING, closed_at=at or timezone.now())
    results.weigh_round(round_, by=by)
    return round_


@transaction.atomic
def reopen(round_, *, score_by):
    """继续打分: for those who come late, until results are shown."""
    round_ = locked(round_)
    must_be(round_, State.MODERATING)
    round_.move_to(State.SCORING, score_by=score_by)
    return round_


_NUMBER = KeptQuery(
    lambda viewer, round_, studio: (
        Assessed.objects.filter(round=round_, studio=studio)
        .present()
        .order_by()
        .values("round")
        .annotate(number=Count("*"))
        .values_list("number", flat=True)
    )
)


def number_of(round_):
    """How many people are assessed."""
    return (_NUMBER.all(round_=round_.pk, studio=round_.studio_id) or [0])[0]


_PROGRESS = KeptQuery(
    lambda viewer, round_, studio: (
        Sheet.objects.filter(round=round_, studio=studio)
        .present()
        .order_by()
        .values("round")
        .annotate(all=Count("*"), sent=Count("sent_at"))
    )
)


def progress(round_):
    """{"sent": number, "all": number} of sheets that count."""
    counted = _PROGRESS.all(round_=round_.pk, studio=round_.studio_id)
    return counted[0] if counted else {"all": 0, "sent": 0}


def later(day, days):
    return day + timedelta(days=days)
