"""The fixed cast that most tests play with: one district over two streets, and those who stand outside.

Street A and street B each have staff, a lead mentor and two mentors with a group (two apprentices and
one) in one running cohort; a guest consultant belongs to street A; the stranger has an account and no role.
"""

from dataclasses import dataclass
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from mentoring.models import Cohort, Group
from people.models import Person, Studio
from people.roles import Role

from .factories import (
    CohortFactory,
    DistrictStudioFactory,
    GroupFactory,
    NeighbourhoodFactory,
    PairingFactory,
    PersonFactory,
    StudioFactory,
    make_person,
)


@dataclass
class StreetCast:
    """One street: `group` is mentor's, with `apprentice` and `peer`; `other_group` is other_mentor's."""

    studio: Studio
    staff: Person
    lead: Person
    mentor: Person
    other_mentor: Person
    apprentice: Person
    peer: Person
    other_apprentice: Person
    cohort: Cohort
    group: Group
    other_group: Group


@dataclass
class Cast:
    district_studio: Studio
    district: Person
    a: StreetCast
    b: StreetCast
    guest: Person
    stranger: Person

    def client(self, person=None):
        """A test client signed in as the person, or anonymous."""
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    def roles(self):
        """Role name → person, as the matrix names them; "anonymous" is None."""
        own, other = self.a, self.b
        return {
            "anonymous": None,
            "stranger": self.stranger,
            "guest": self.guest,
            "district": self.district,
            "staff": own.staff,
            "lead": own.lead,
            "mentor": own.mentor,
            "other_mentor": own.other_mentor,
            "apprentice": own.apprentice,
            "peer": own.peer,
            "other_apprentice": own.other_apprentice,
            "b_staff": other.staff,
            "b_mentor": other.mentor,
            "b_apprentice": other.apprentice,
        }


def make_street(parent, street_name):
    studio = StudioFactory(parent=parent, street__name=street_name)
    places = NeighbourhoodFactory.create_batch(3, street=studio.street)
    staff, lead = make_person(studio, Role.STAFF), make_person(studio, Role.LEAD)
    mentor, other_mentor = make_person(studio, Role.MENTOR), make_person(studio, Role.MENTOR)
    apprentice, peer, other_apprentice = (
        make_person(studio, Role.APPRENTICE, neighbourhood=place) for place in places
    )
    cohort = CohortFactory(studio=studio)
    group = GroupFactory(cohort=cohort, mentor=mentor, number=1)
    other_group = GroupFactory(cohort=cohort, mentor=other_mentor, number=2)
    for of_group, one in ((group, apprentice), (group, peer), (other_group, other_apprentice)):
        PairingFactory(group=of_group, apprentice=one, made_by=staff)
    return StreetCast(
        studio,
        staff,
        lead,
        mentor,
        other_mentor,
        apprentice,
        peer,
        other_apprentice,
        cohort,
        group,
        other_group,
    )


def ship_methods():
    """The methods that a migration ships: tests that flush the database take them away."""
    import_module("growth.migrations.0002_methods").ship(apps, None)


def make_cast():
    ship_methods()
    head = DistrictStudioFactory()
    a, b = make_street(head, "甲街道"), make_street(head, "乙街道")
    district = make_person(head, Role.DISTRICT)
    guest = make_person(a.studio, Role.CONSULTANT, unit="房管所")
    return Cast(head, district, a, b, guest, PersonFactory())


@pytest.fixture
def cast(db):
    return make_cast()
