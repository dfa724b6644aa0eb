"""2,000 apprentices × 3 scorers × 12 indicators in one round: few statements, and the times told."""

import time
from contextlib import contextmanager

import pgtrigger
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from growth.actions import results, rounds
from growth.models import Entry, NextStep, Result
from people.models import Membership, Person
from people.roles import ApprenticeKind, Role
from tests.factories import days_ago, days_ahead, make_person

from . import assessing

PEOPLE, MENTORS = 2000, 40
# While the marks are put in by one statement.
RESTING = (
    "growth.Mark:insert_insert",
    "growth.Mark:only_while_the_round_allows",
    "growth.Sheet:update_update",
)
_MARKS = """
    INSERT INTO growth_mark (studio_id, sheet_id, indicator_id, value, words)
    SELECT s.studio_id, s.id, i.id,
           CASE WHEN (s.id + i.id) %% 13 = 0 THEN NULL ELSE 2 + (s.id + i.id) %% 3 END, ''
      FROM growth_sheet s JOIN growth_indicator i ON i.set_id = %s WHERE s.round_id = %s
"""


@contextmanager
def within(queries, what, capsys):
    """At most so many statements; the time is told, not judged: other work on the machine takes its share."""
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        yield
    with capsys.disabled():
        print(f"\n{what}: {time.perf_counter() - began:.2f} s, {len(asked)} statements")
    assert len(asked) <= queries


def large_round(street):
    """Everybody with a mentor, in preparation."""
    people = Person.objects.bulk_create(
        Person(mobile=f"188{number:08d}", name="孙某一", password="!") for number in range(PEOPLE)
    )
    Membership.objects.bulk_create(
        Membership(
            studio=street.studio, person=one, role=Role.APPRENTICE, apprentice_kind=ApprenticeKind.DEPUTY
        )
        for one in people
    )
    mentors = [make_person(street.studio, Role.MENTOR).pk for _ in range(MENTORS)]
    round_ = rounds.prepare(
        studio=street.studio,
        by=street.staff,
        name="全区考核",
        since=days_ago(90),
        until=days_ago(1),
        score_by=days_ahead(7),
    )
    rounds.add_people(round_, [(one.pk, mentors[place % MENTORS]) for place, one in enumerate(people)])
    rounds.set_street(round_, [street.staff.pk], split=False)
    return assessing.now(round_)


def test_a_round_of_two_thousand_keeps_its_bounds(cast, capsys):
    round_ = large_round(cast.a)
    with within(30, "opening", capsys):
        round_ = rounds.open_round(round_, by=cast.a.staff)
    assert round_.sheets.count() == 3 * PEOPLE
    with pgtrigger.ignore(*RESTING), connection.cursor() as cursor:
        cursor.execute(_MARKS, [round_.indicators_id, round_.pk])
        cursor.execute("UPDATE growth_sheet SET sent_at = now() WHERE round_id = %s", [round_.pk])
    client = cast.client(cast.a.staff)
    client.get(reverse("growth:round-matrix", args=[round_.pk]))
    with within(12, "matrix page", capsys):
        client.get(reverse("growth:round-matrix", args=[round_.pk]))
    with within(40, "closing, weighing", capsys):
        rounds.close(round_, by=cast.a.staff)
    with within(12, "moderation page", capsys):
        client.get(reverse("growth:round-moderate", args=[round_.pk]))
    with within(15, "publicising", capsys):
        results.publicise(assessing.now(round_), by=cast.a.staff)
    round_ = assessing.over(round_)
    with within(40, "publishing", capsys):
        results.publish(round_, by=cast.a.staff)
    assert Result.objects.filter(assessed__round=round_).count() == PEOPLE
    assert Entry.objects.filter(kind="assessment").count() == PEOPLE
    assert NextStep.objects.filter(origin="assessment").count() == 2 * PEOPLE
