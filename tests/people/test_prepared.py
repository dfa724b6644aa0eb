"""A prepared query answers as the queryset does, for every shape of standing, day after day."""

import pytest
from django.db import connection, transaction

from people.models import Membership, Person
from people.prepared import Prepared

pytestmark = pytest.mark.django_db


def write_colleagues(person):
    mates = Membership.objects.filter(studio__in=person.standing.staff).exclude(person=person)
    if not person.standing.staff:
        mates = Membership.objects.filter(person=person, role__contains="a%")
    return mates.order_by("pk").values("pk").query.sql_with_params()


def expected(person):
    sql, params = write_colleagues(person)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@pytest.fixture
def colleagues(request):
    return Prepared(request.node.name, write_colleagues)


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_it_answers_as_the_queryset_for_each_person(cast, colleagues):
    for person in (cast.a.staff, cast.b.staff, cast.a.staff):
        rows = colleagues.fetch(fresh(person))
        assert rows == expected(fresh(person))
        assert len(rows) >= 6


def test_a_set_that_is_empty_has_a_text_of_its_own(cast, colleagues):
    assert colleagues.fetch(fresh(cast.a.staff))
    assert colleagues.fetch(fresh(cast.a.mentor)) == []


def test_behind_a_pooler_nothing_is_kept_on_the_connection(cast, colleagues, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert colleagues.fetch(fresh(cast.a.staff)) == expected(fresh(cast.a.staff))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'test_behind%'")
        assert cursor.fetchone() == (0,)


def test_a_set_that_is_read_for_some_people_only_is_told_apart(cast, colleagues):
    """Staff never read `pupils` here; whoever is asked first, the others' texts stay right."""

    def write(person):
        mine = person.standing.staff or person.standing.mentor
        return Membership.objects.filter(studio__in=mine).order_by("pk").values("pk").query.sql_with_params()

    asked = Prepared("told_apart", write)
    assert len(asked.fetch(fresh(cast.a.staff))) == len(asked.fetch(fresh(cast.a.mentor))) == 8
    assert asked.fetch(fresh(cast.a.staff)) == asked.fetch(fresh(cast.a.lead))


@pytest.mark.django_db(transaction=True)
class TestMemory:
    """An answer stands until somebody writes."""

    def test_it_is_given_again_while_nobody_has_written(self, cast, colleagues, django_assert_num_queries):
        person = fresh(cast.a.staff)
        first = colleagues.fetch(person)
        with django_assert_num_queries(1):
            assert colleagues.fetch(person) == first

    def test_it_is_asked_anew_after_any_write(self, cast, colleagues):
        person = fresh(cast.a.staff)
        before = colleagues.fetch(person)
        Membership.objects.filter(pk=before[-1][0]).delete()
        assert colleagues.fetch(person) == before[:-1] == expected(person)

    def test_what_a_transaction_wrote_shows_within_it_and_goes_with_it(self, cast, colleagues):
        person = fresh(cast.a.staff)
        before = colleagues.fetch(person)
        with transaction.atomic():
            Membership.objects.filter(pk=before[-1][0]).delete()
            assert colleagues.fetch(person) == before[:-1]
            transaction.set_rollback(True)
        assert colleagues.fetch(person) == before

    def test_nobody_is_given_what_another_was_told(self, cast, colleagues):
        mine = colleagues.fetch(fresh(cast.a.staff))
        assert colleagues.fetch(fresh(cast.b.staff)) != mine
        assert colleagues.fetch(fresh(cast.b.staff)) == expected(fresh(cast.b.staff))

    def test_what_is_remembered_has_an_end(self, cast, colleagues, monkeypatch):
        monkeypatch.setattr("people.prepared.MOST", 1)
        for person in (cast.a.staff, cast.b.staff):
            assert colleagues.fetch(fresh(person)) == expected(fresh(person))
        assert len(colleagues._answers) == 1
