"""The people of the demonstration: studios, accounts, roles, teaching bases."""

from django.contrib.auth.hashers import make_password

from mentoring.models import Base
from people.actions import setup
from people.competencies import Competency
from people.models import Membership, Neighbourhood, Person, Street, Studio
from people.roles import ApprenticeKind, Role

from . import PASSWORD
from .content import value_of


class Cast:
    """Who is who in one studio: `cast["江一舟"]` is the person; `staff` are those of the office."""

    def __init__(self, studio):
        self.studio = studio
        self.persons = {}
        self.staff = []

    def __getitem__(self, name):
        return self.persons[name]

    def __contains__(self, name):
        return name in self.persons


class Registrar:
    """Opens studios and accounts. One hash serves everybody: the password is public anyway."""

    def __init__(self, clock):
        self.clock = clock
        self.hashed = make_password(PASSWORD)

    def open_district(self, content):
        studio = setup.create_studio(
            level=Studio.Level.DISTRICT,
            name=content["studio"]["name"],
            brand_name=content["studio"]["brand"],
            contact_name=content["viewer"][0]["salutation"],
            contact_phone=content["studio"]["phone"],
        )
        cast = Cast(studio)
        for told in content["viewer"]:
            self.enrol(cast, told, Role.DISTRICT, joined=told["since"])
        return studio

    def open_street(self, content, *, parent):
        """The street studio with its staff, guests, mentors, apprentices and bases; returns the Cast."""
        told = content.people
        street = Street.objects.get(code=told["studio"]["street_code"])
        studio = setup.create_studio(
            level=Studio.Level.STREET,
            parent=parent,
            street=street,
            name=told["studio"]["name"],
            brand_name=told["studio"]["brand"],
            contact_name=told["staff"][0]["salutation"],
            contact_phone=told["studio"]["phone"],
        )
        self.set_kinds(told["studio"]["street_code"], told.get("kinds", {}))
        cast = Cast(studio)
        joined = told["cohort"]["starts"] - 1
        for row in told["staff"]:
            self.enrol(cast, row, Role.STAFF, joined=row["since"])
        for row in told.get("guest", []):
            self.enrol(cast, row, Role.CONSULTANT, joined=joined)
        for row in told["mentor"]:
            self.enrol(cast, row, Role(row.get("role", Role.MENTOR)), joined=row["since"])
        for row in told["apprentice"]:
            self.enrol(cast, row, Role.APPRENTICE, joined=joined)
        self.set_up_bases(studio, told["base"])
        return cast

    def set_kinds(self, street_code, kinds):
        for label, endings in kinds.items():
            codes = [f"{street_code}{ending}" for ending in endings]
            kind = value_of(Neighbourhood.Kind, label)
            Neighbourhood.objects.filter(code__in=codes).update(kind=kind)

    def enrol(self, cast, told, role, *, joined):
        """An account with one role since `joined` (days from today)."""
        is_mentor = role in (Role.MENTOR, Role.LEAD)
        person = Person.objects.create(
            mobile=told["mobile"],
            password=self.hashed,
            name=told["name"],
            salutation=told["salutation"],
            post=told["post"],
            post_since=self.clock.date(told["since"]),
            birth_year=told["born"],
            neighbourhood=Neighbourhood.objects.get(code=told["place"]) if "place" in told else None,
            expertise=told.get("specialities", []),
            weak_points=[value_of(Competency, label) for label in told.get("weakest", [])],
            text_size=Person.TextSize.LARGE if is_mentor else Person.TextSize.STANDARD,
            text_size_chosen=True,
        )
        Membership.objects.create(
            studio=cast.studio,
            person=person,
            role=role,
            apprentice_kind=value_of(ApprenticeKind, told["kind"]) if "kind" in told else "",
            starts_on=self.clock.date(joined),
        )
        cast.persons[person.name] = person
        if role == Role.STAFF:
            cast.staff.append(person)

    def set_up_bases(self, studio, bases):
        for told in bases:
            place = Neighbourhood.objects.get(code=told["place"])
            Base.objects.create(studio=studio, name=told["name"], neighbourhood=place, focus=told["focus"])
