"""What a line of 待办 tells is read as JSON and becomes a row again that knows this and nothing else."""

import json

import pytest
from django.db import connection

from casework.models import Case
from studio import todo
from studio.waiting import READ
from studio.waiting.facts import Facts
from tests.factories import CaseFactory, NextStepFactory

CASE = Facts(Case, ("title", "due_on", "neighbourhood__name", "owner__name"))


def told(facts, pk):
    text, params = facts.sql("shown.pk")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({text}) FROM (SELECT %s::bigint AS pk) shown", [*params, pk])
        (found,) = cursor.fetchone()
    return found and facts.row(json.loads(found))


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.__name__)
def test_the_facts_of_every_kind_can_be_asked(db, kind):
    assert told(READ[kind], 0) is None


def test_a_row_knows_its_days_and_the_rows_it_points_to(cast, django_assert_num_queries):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, neighbourhood=None)
    with django_assert_num_queries(1):
        row = told(CASE, case.pk)
        assert (row.pk, row.title, row.due_on) == (case.pk, case.title, case.due_on)
        assert (row.owner.pk, row.owner.name) == (cast.a.apprentice.pk, cast.a.apprentice.name)
        assert row.neighbourhood is None
    assert row.get_deferred_fields() >= {"story", "question"}


def test_all_kinds_are_listed_by_one_query(cast, django_assert_num_queries):
    CaseFactory.create_batch(2, studio=cast.a.studio, owner=cast.a.apprentice)
    NextStepFactory(studio=cast.a.studio, person=cast.a.staff, by=cast.a.mentor)
    assert cast.a.staff.standing.staff
    todo.waiting_for(cast.a.staff)
    with django_assert_num_queries(1):
        assert len({item.action for item in todo.waiting_for(cast.a.staff)}) == 2
