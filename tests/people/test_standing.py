"""Who stands where, and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from people.models import Person
from tests.factories import PairingFactory


def test_a_mentor_knows_pupils_and_an_apprentice_knows_peers(cast):
    assert cast.a.mentor.standing.pupils == {cast.a.apprentice.pk, cast.a.peer.pk}
    assert cast.a.apprentice.standing.peers == {cast.a.peer.pk}
    assert cast.b.mentor.standing.pupils.isdisjoint(cast.a.mentor.standing.pupils)


def test_the_district_views_its_streets_and_meets_only_its_own_people(cast):
    assert cast.district.standing.district == {cast.district_studio.pk, cast.a.studio.pk, cast.b.studio.pk}
    assert list(Person.objects.visible_to(cast.district)) == [cast.district]


def test_people_of_another_street_are_not_seen(cast):
    seen = set(Person.objects.visible_to(cast.a.staff))
    assert {cast.a.staff, cast.a.mentor, cast.a.apprentice, cast.guest} <= seen
    assert not seen & {cast.b.staff, cast.b.mentor, cast.b.apprentice, cast.stranger}


def test_the_database_refuses_a_sixth_apprentice(cast):
    PairingFactory.create_batch(3, group=cast.a.group)
    with pytest.raises(IntegrityError, match="pairing_capacity"), transaction.atomic():
        PairingFactory(group=cast.a.group)


def test_the_database_refuses_a_second_mentor_at_a_time(cast):
    with (
        pytest.raises(IntegrityError, match="one_current_mentor"),
        transaction.atomic(),
    ):
        PairingFactory(group=cast.a.other_group, apprentice=cast.a.apprentice)
