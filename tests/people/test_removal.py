"""Taking away and finding again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from growth.models import Reflection
from people.actions import removal
from people.models import Person
from people.stale import Refused
from tests.factories import ReflectionFactory, days_ago


@pytest.fixture
def reflection(cast):
    return ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice)


def test_what_is_removed_is_hidden_and_can_be_found_by_whom_it_concerns(cast, reflection):
    removal.remove(reflection, by=cast.a.apprentice)
    assert not Reflection.objects.visible_to(cast.a.apprentice).exists()
    found = {
        name: removal.found_by(person, Reflection).count()
        for name, person in cast.roles().items()
        if person is not None
    }
    assert {name for name, count in found.items() if count} == {"staff", "apprentice"}


def test_restoring_brings_the_row_back(cast, reflection):
    removal.remove(reflection, by=cast.a.staff)
    removal.restore(reflection, by=cast.a.staff)
    assert Reflection.objects.visible_to(cast.a.apprentice).get() == reflection
    assert reflection.removed_by is None


def test_an_edit_that_was_open_meanwhile_becomes_stale(reflection, cast):
    before = reflection.version
    removal.remove(reflection, by=cast.a.staff)
    assert Reflection._base_manager.get().version == reflection.version == before + 1


def test_removing_twice_keeps_the_first(cast, reflection):
    first = timezone.now() - timedelta(days=2)
    removal.remove(reflection, by=cast.a.apprentice, at=first)
    removal.remove(Reflection._base_manager.get(), by=cast.a.staff)
    again = Reflection._base_manager.get()
    assert (again.removed_by, again.removed_at) == (cast.a.apprentice, first)


def test_after_thirty_days_it_stays_away(cast, reflection):
    removal.remove(reflection, by=cast.a.apprentice, at=timezone.now() - timedelta(days=31))
    with pytest.raises(Refused, match="去掉超过30天了"):
        removal.restore(reflection, by=cast.a.apprentice)
    assert not removal.found_by(cast.a.apprentice, Reflection).exists()


def test_only_what_can_be_removed_is_registered():
    with pytest.raises(TypeError, match="Person is not Removable"):
        removal.register(Person)


def test_whoever_has_no_role_there_any_more_finds_nothing_again(cast):
    reflection = ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice, learned="怎样敲开门")
    removal.remove(reflection, by=cast.a.apprentice)
    client = cast.client(cast.a.apprentice)
    assert "怎样敲开门" in client.get("/removed/").content.decode()
    cast.a.apprentice.memberships.update(ends_on=days_ago(1))
    client = cast.client(cast.a.apprentice)
    assert "怎样敲开门" not in client.get("/removed/").content.decode()
