"""Who is whose pupil and peer: answers for people/access.py."""

from people.kept import KeptQuery
from people.models import Membership, Person
from people.roles import MENTOR_ROLES, Role

from .models import Group, Pairing


def pupils(person):
    """Apprentices the person guides now. A proposed pair does not guide yet; a paused one still may look."""
    return _PUPILS.all(person)


def peers(person):
    """The others who share a current group with this apprentice."""
    return _PEERS.all(person)


def mentors(person):
    """The mentors who guide this apprentice now."""
    return _MENTORS.all(person)


def _ask_pupils(person):
    return Pairing.objects.filter(mentor=person, state__in=("active", "paused")).values_list(
        "apprentice", flat=True
    )


def _ask_peers(person):
    own = Group.objects.filter(pairings__apprentice=person, pairings__state__in=("active", "paused"))
    mates = Pairing.objects.filter(group__in=own, state__in=("active", "paused"))
    return mates.exclude(apprentice=person).values_list("apprentice", flat=True)


def _ask_mentors(person):
    return Person.objects.filter(
        pairings_as_mentor__apprentice=person, pairings_as_mentor__state__in=("active", "paused")
    ).distinct()


_PUPILS, _PEERS, _MENTORS = KeptQuery(_ask_pupils), KeptQuery(_ask_peers), KeptQuery(_ask_mentors)


def still_paired(membership, on):
    """Why this role cannot end yet, or "": a change in the register leaves nobody without a mentor."""
    current = Pairing.objects.current().filter(studio=membership.studio_id)
    if membership.role in MENTOR_ROLES and not _another_mentor_role(membership):
        number = current.filter(mentor=membership.person_id).count()
        return f"还带着{number}名徒弟，请先给他们安排好师傅" if number else ""
    if membership.role == Role.APPRENTICE and current.filter(apprentice=membership.person_id).exists():
        return "还在结对，请先到师徒结对里把结对结束"
    return ""


def _another_mentor_role(membership):
    """Whether the person stays a mentor of the studio: 领衔人 and 带教书记 are both."""
    held = Membership.objects.current().filter(studio=membership.studio_id, person=membership.person_id)
    return held.filter(role__in=MENTOR_ROLES).exclude(pk=membership.pk).exists()
