"""One round of 考核评估 at the size that a studio must bear: 2,000 apprentices × 3 scorers × 12 indicators.

The parts follow each other in one scratch database; what is timed is the action of a page alone.
"""

from datetime import timedelta

import pghistory
import pgtrigger
from django.db import connection
from django.utils import timezone

from growth.actions import results, rounds
from growth.models import Round, Sheet
from people.models import Membership, Notice, Person, Street, Studio
from people.roles import Role

PEOPLE, MENTORS = 2000, 400
RESTING = (
    "growth.Mark:insert_insert",
    "growth.Mark:only_while_the_round_allows",
    "growth.Sheet:update_update",
)


def _everybody():
    """A studio with its staff, mentors and apprentices, in an empty database. Returns (studio, persons)."""
    district = Studio.objects.create(level="district", name="量区")
    street = Street.objects.create(
        province="量省", city="量市", district="量区", name="量街", code="990000001"
    )
    studio = Studio.objects.create(level="street", name="量街", parent=district, street=street)
    named = ["量工", *(f"师{n}" for n in range(MENTORS)), *(f"徒{n}" for n in range(PEOPLE))]
    persons = Person.objects.bulk_create(
        Person(mobile=f"1{n:010}", name=name, password="") for n, name in enumerate(named, 1)
    )
    roles = [Role.STAFF, *[Role.MENTOR] * MENTORS, *[Role.APPRENTICE] * PEOPLE]
    today = timezone.localdate()
    Membership.objects.bulk_create(
        Membership(
            studio=studio,
            person=person,
            role=role,
            apprentice_kind="deputy" if role == Role.APPRENTICE else "",
            starts_on=today - timedelta(days=400),
        )
        for person, role in zip(persons, roles, strict=True)
    )
    return studio, persons


def made_ready():
    """A round in preparation with everybody in it."""
    studio, persons = _everybody()
    staff, mentors, learners = persons[0], persons[1 : MENTORS + 1], persons[MENTORS + 1 :]
    today = timezone.localdate()
    fields = {"since": today - timedelta(days=180), "until": today, "score_by": today + timedelta(days=9)}
    found = rounds.prepare(studio=studio, by=staff, name="量一轮", **fields)
    pairs = [(one.pk, mentors[place % MENTORS].pk) for place, one in enumerate(learners)]
    rounds.add_people(found, pairs)
    rounds.set_street(found, [staff.pk], split=False)


def opened():
    _round_with(rounds.open_round)
    _there(Sheet.objects.count(), 3 * PEOPLE)


def scored():
    """Every sheet is sent with its twelve marks; they come one by one in life, so triggers rest here."""
    with pgtrigger.ignore(*RESTING), connection.cursor() as cursor:
        cursor.execute("UPDATE growth_sheet SET sent_at = now()")
        cursor.execute(
            "INSERT INTO growth_mark (studio_id, sheet_id, indicator_id, value, words)"
            " SELECT s.studio_id, s.id, i.id, 2 + mod(s.id + i.id, 3), ''"
            " FROM growth_sheet s, growth_round r JOIN growth_indicator i ON i.set_id = r.indicators_id"
        )


def weighed():
    _round_with(rounds.close)


def publicised():
    _round_with(results.publicise)


def shown_long_enough():
    """The days of 公示 are over."""
    Round.objects.update(appeal_until=timezone.localdate() - timedelta(days=1))
    Notice.objects.all().delete()


def published():
    _round_with(results.publish)
    _there(Notice.objects.count(), PEOPLE + MENTORS)


def _round_with(act):
    by = Person.objects.get(name="量工")
    # As a page does: the history knows who acts.
    with pghistory.context(user=by.pk):
        act(Round.objects.get(), by=by)


def _there(number, wanted):
    # A quick wrong answer would be a good figure.
    if number != wanted:
        raise AssertionError(f"{number} instead of {wanted}")
