"""A kept queryset answers as the queryset itself: for every person, id and list of ids, day after day."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Count, Prefetch
from django.http import Http404

from people.kept import KeptQuery
from people.models import Counter, Membership, Person
from people.roles import Role

pytestmark = pytest.mark.django_db


def colleagues(person):
    """Memberships of the studios where one works, with their persons."""
    mates = Membership.objects.filter(studio__in=person.standing.member_studios)
    return mates.select_related("person", "studio").order_by("pk")


def fresh(person):
    return Person.objects.get(pk=person.pk)


def test_it_answers_as_the_queryset_for_everybody(cast):
    kept = KeptQuery(colleagues)
    for person in [one for one in cast.roles().values() if one is not None] * 2:
        assert kept.all(fresh(person)) == list(colleagues(fresh(person)))


def test_related_rows_come_along(cast, django_assert_num_queries):
    kept = KeptQuery(colleagues)
    staff = fresh(cast.a.staff)
    assert kept.all(staff)
    with django_assert_num_queries(1):
        assert {row.person.name for row in kept.all(staff)} >= {cast.a.mentor.name, cast.a.peer.name}


def test_ids_are_filled_in(cast):
    kept = KeptQuery(lambda person, pk: Person.objects.visible_to(person).filter(pk=pk))
    staff = fresh(cast.a.staff)
    assert kept.get_or_404(staff, pk=cast.a.mentor.pk) == cast.a.mentor
    assert kept.get_or_404(staff, pk=str(cast.a.peer.pk)) == cast.a.peer
    for unseen in (cast.b.mentor.pk, 0):
        with pytest.raises(Http404):
            kept.get_or_404(staff, pk=unseen)


def test_days_are_filled_in(cast):
    def ask(person, studio, first: date, last: date):
        found = Membership.objects.filter(studio=studio, starts_on__range=(first, last))
        return found.order_by("pk")

    kept, staff = KeptQuery(ask), fresh(cast.a.staff)
    Membership.objects.filter(person=cast.a.mentor).update(starts_on=date(2020, 2, 29))
    asked = {"studio": cast.a.studio.pk, "first": date(2020, 2, 1), "last": date(2020, 2, 29)}
    assert [one.person for one in kept.all(staff, **asked)] == [cast.a.mentor]
    assert kept.all(staff, **{**asked, "last": date(2020, 2, 28)}) == []


def test_small_numbers_are_filled_in(cast):
    def ask(person, studio, year: int):
        return Counter.objects.filter(studio=studio, year=year)

    kept, studio = KeptQuery(ask), cast.a.studio
    counters = [Counter.objects.create(studio=studio, series="三联单", year=year) for year in (2025, 2026)]
    assert [kept.all(studio=studio.pk, year=one.year) for one in counters] == [[one] for one in counters]
    assert kept.all(studio=studio.pk, year=2024) == []


def test_words_are_filled_in_and_stay_words(cast):
    def ask(person, studio, role: str):
        return Membership.objects.filter(studio=studio, role=role)

    kept, staff = KeptQuery(ask), fresh(cast.a.staff)
    for role in (Role.MENTOR, Role.STAFF, "1", "it's 100 %"):
        found = kept.all(staff, studio=cast.a.studio.pk, role=role)
        assert set(found) == set(ask(None, cast.a.studio.pk, role))
    assert kept.all(staff, studio=cast.a.studio.pk, role=Role.STAFF)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_list_of_ids_may_have_any_length(cast, number):
    kept = KeptQuery(lambda person, pks: Person.objects.filter(pk__in=[pks]).order_by("pk"))
    wanted = sorted(one.pk for one in (cast.a.mentor, cast.a.peer, cast.b.staff))[:number]
    assert [one.pk for one in kept.all(fresh(cast.a.staff), pks=wanted)] == wanted


def test_one_studio_and_several_are_asked_alike(cast):
    kept = KeptQuery(colleagues)
    both = fresh(cast.a.staff)
    assert len(kept.all(both)) == Membership.objects.filter(studio=cast.a.studio).count()
    Membership.objects.create(person=both, studio=cast.b.studio, role=Role.STAFF)
    both = fresh(both)
    assert {row.studio_id for row in kept.all(both)} == {cast.a.studio.pk, cast.b.studio.pk}


def test_values_and_figures_are_kept_too(cast):
    def asked(person, studios):
        found = Membership.objects.filter(studio__in=[studios]).order_by("studio")
        return found.values_list("studio").annotate(number=Count("pk"))

    kept = KeptQuery(asked)
    for ids in ([cast.a.studio.pk], [cast.a.studio.pk, cast.b.studio.pk]):
        assert dict(kept.all(studios=ids)) == dict(asked(None, ids[0])) | dict(asked(None, ids[-1]))


def test_behind_a_pooler_nothing_is_kept_on_the_connection(cast, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)

    def kept_statements():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            return cursor.fetchone()

    before, staff = kept_statements(), fresh(cast.a.staff)
    assert KeptQuery(lambda person, pk: Person.objects.filter(pk=pk)).all(staff, pk=staff.pk) == [staff]
    assert kept_statements() == before


def test_a_prefetch_that_depends_on_the_person_is_refused(cast):
    """It would be asked with placeholders instead of ids, and find nothing without a word."""

    def asked(person):
        mine = Membership.objects.filter(studio__in=person.standing.staff)
        return Person.objects.prefetch_related(Prefetch("memberships", mine, to_attr="here"))

    with pytest.raises(ValueError, match="here"):
        KeptQuery(asked).all(fresh(cast.a.staff))
