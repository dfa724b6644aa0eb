"""Who is whose pupil and peer: answers for people/access.py."""

from people.models import Person

from .models import Group, Pairing


def pupils(person):
    """Apprentices the person guides now. A proposed pair does not guide yet; a paused one still may look."""
    return Pairing.objects.filter(mentor=person, state__in=("active", "paused")).values_list(
        "apprentice", flat=True
    )


def peers(person):
    """The others who share a current group with this apprentice."""
    own = Group.objects.filter(pairings__apprentice=person, pairings__state__in=("active", "paused"))
    mates = Pairing.objects.filter(group__in=own, state__in=("active", "paused"))
    return mates.exclude(apprentice=person).values_list("apprentice", flat=True)


def mentors(person):
    """The mentors who guide this apprentice now."""
    return Person.objects.filter(
        pairings_as_mentor__apprentice=person, pairings_as_mentor__state__in=("active", "paused")
    ).distinct()
