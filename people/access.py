"""What a person may do where. Roles are data; this module is the one place that reads them.

`person.standing` is worked out once per request: one query for the current memberships, one more for a
district viewer's streets and one for a mentor's pupils, when asked. Querysets and views read it.
"""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property

from .kept import KeptQuery
from .roles import DESK_ORDER, MENTOR_ROLES, Role

# The mentoring floor tells who is whose pupil and peer; this floor knows nothing of pairings.
_ties = {"pupils": [], "peers": [], "mentors": []}


def tell_ties(**told):
    """Register `source(person)` by name: `pupils` and `peers` give ids (whom the person guides, who shares
    the group), `mentors` gives the persons who guide this one."""
    for name, source in told.items():
        _ties[name].append(source)


def standing_of(person):
    return Standing(person)


def _ask_memberships(nobody, person):
    found = apps.get_model("people", "Membership").objects.current().filter(person=person)
    return found.select_related("person", "studio", "studio__street").order_by()


def _ask_below(nobody, heads):
    return apps.get_model("people", "Studio").objects.filter(parent__in=[heads]).values_list("pk", flat=True)


_MEMBERSHIPS, _BELOW = KeptQuery(_ask_memberships), KeptQuery(_ask_below)


def person_with_standing(pk):
    """A person and all that they are now, in one query; None for somebody without a current role."""
    found = _MEMBERSHIPS.all(person=pk)
    if not found:
        return None
    person = found[0].person
    person.standing.memberships = _by_desk(found)
    return person


def _by_desk(memberships):
    return sorted(memberships, key=lambda m: (DESK_ORDER.index(m.role), m.pk))


class Standing:
    """Sets of studio ids by what the person is there. All empty for someone without a current role."""

    def __init__(self, person):
        self.person = person

    @cached_property
    def memberships(self):
        """Current memberships with their studios, in the order of the desks."""
        return _by_desk(_MEMBERSHIPS.all(person=self.person.pk))

    def _where(self, *roles):
        return frozenset(m.studio_id for m in self.memberships if m.role in roles)

    @cached_property
    def staff(self):
        return self._where(Role.STAFF)

    @cached_property
    def mentor(self):
        """Studios where the person is a mentor, lead mentors included."""
        return self._where(*MENTOR_ROLES)

    @cached_property
    def lead(self):
        return self._where(Role.LEAD)

    @cached_property
    def apprentice(self):
        return self._where(Role.APPRENTICE)

    @cached_property
    def consultant(self):
        return self._where(Role.CONSULTANT)

    @cached_property
    def district(self):
        """The district studios one may view and every studio below them."""
        heads = self._where(Role.DISTRICT)
        if not heads:
            return frozenset()
        return heads.union(_BELOW.all(heads=heads))

    @cached_property
    def member_studios(self):
        """Studios whose people one works with; a guest has none, the district viewer the district's own."""
        return self.staff | self.mentor | self.apprentice | self._where(Role.DISTRICT)

    @cached_property
    def studios(self):
        """Every studio the person has to do with."""
        return self.member_studios | self.consultant | self.district

    @cached_property
    def pupils(self):
        """Ids of the apprentices whom this person guides now."""
        if not self.mentor:
            return frozenset()
        return frozenset(pk for source in _ties["pupils"] for pk in source(self.person))

    @cached_property
    def peers(self):
        """Ids of the apprentices who share a group with this apprentice now."""
        if not self.apprentice:
            return frozenset()
        return frozenset(pk for source in _ties["peers"] for pk in source(self.person))

    @cached_property
    def mentors(self):
        """The persons who guide this apprentice now; usually one."""
        if not self.apprentice:
            return []
        return [mentor for source in _ties["mentors"] for mentor in source(self.person)]

    @cached_property
    def desks(self):
        """The homes open to this person, first one first: staff, mentor, apprentice, district, consultant."""
        names = ["mentor" if m.role in MENTOR_ROLES else m.role for m in self.memberships]
        return list(dict.fromkeys(names))

    def studio_as(self, desk):
        """The studio in which the person works at this desk, or None. With several, the first."""
        roles = MENTOR_ROLES if desk == "mentor" else (desk,)
        return next((m.studio for m in self.memberships if m.role in roles), None)


def require(allowed, why=""):
    """Refuse (403) unless `allowed`; `why` is a Chinese sentence for the page."""
    if not allowed:
        raise PermissionDenied(why)
