"""2,000 apprentices × 3 scorers × 12 indicators in one round: opened in under five seconds."""

import time
from contextlib import contextmanager

import pgtrigger
from django.db import connection
from django.urls import reverse

from growth.actions import results, rounds
from growth.models import Entry, NextStep, Result
from people.models import Membership, Person
from people.roles import ApprenticeKind, Role
from tests.factories import days_ago, days_ahead, make_person

from . import assessing

PEOPLE, MENTORS = 2000, 40
_MARKS = """
    INSERT INTO growth_mark (studio_id, sheet_id, indicator_id, value, words)
    SELECT s.studio_id, s.id, i.id,
           CASE WHEN (s.id + i.id) %% 13 = 0 THEN NULL ELSE 2 + (s.id + i.id) %% 3 END, ''
      FROM growth_sheet s JOIN growth_indicator i ON i.set_id = %s WHERE s.round_id = %s
"""


@contextmanager
def within(seconds, what, capsys):
    began = time.perf_counter()
    yield
    took = time.perf_counter() - began
    with capsys.disabled():
        print(f"\n{what}: {took:.2f} s")
    assert took < seconds


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


def test_a_round_of_two_thousand_keeps_its_bounds(cast, capsys, django_assert_max_num_queries):
    round_ = large_round(cast.a)
    with within(5, "opening", capsys):
        round_ = rounds.open_round(round_, by=cast.a.staff)
    assert round_.sheets.count() == 3 * PEOPLE
    with pgtrigger.ignore("growth.Mark", "growth.Sheet"), connection.cursor() as cursor:
        cursor.execute(_MARKS, [round_.indicators_id, round_.pk])
        cursor.execute("UPDATE growth_sheet SET sent_at = now() WHERE round_id = %s", [round_.pk])
    client = cast.client(cast.a.staff)
    client.get(reverse("growth:round-matrix", args=[round_.pk]))
    with within(2, "matrix page", capsys), django_assert_max_num_queries(12):
        client.get(reverse("growth:round-matrix", args=[round_.pk]))
    with within(20, "closing, weighing", capsys):
        rounds.close(round_, by=cast.a.staff)
    with within(2, "moderation page", capsys), django_assert_max_num_queries(12):
        client.get(reverse("growth:round-moderate", args=[round_.pk]))
    with within(5, "publicising", capsys):
        results.publicise(assessing.now(round_), by=cast.a.staff)
    round_ = assessing.over(round_)
    with within(10, "publishing", capsys):
        results.publish(round_, by=cast.a.staff)
    assert Result.objects.filter(assessed__round=round_).count() == PEOPLE
    assert Entry.objects.filter(kind="assessment").count() == PEOPLE
    assert NextStep.objects.filter(origin="assessment").count() == 2 * PEOPLE
