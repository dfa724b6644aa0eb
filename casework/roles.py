"""Who stands around a case: the staff, the mentors, the guests of a studio, and the owner's own mentor."""

from mentoring.models import Pairing
from people.kept import KeptQuery
from people.models import Membership, Person
from people.roles import MENTOR_ROLES, Role


def holding(studio, *roles):
    """People of the studio who hold one of the roles now, in a fixed order."""
    current = Membership.objects.current().filter(studio=studio, role__in=roles)
    return Person.objects.filter(pk__in=current.values("person"), is_active=True).order_by("pk")


def _present(*roles):
    """Memberships of those who hold one of the roles now, with their people."""

    def ask(person, studio):
        found = Membership.objects.current().filter(studio=studio, role__in=roles, person__is_active=True)
        return found.select_related("person__neighbourhood").order_by("person")

    return KeptQuery(ask)


_AROUND = _present(Role.STAFF, *MENTOR_ROLES, Role.CONSULTANT)
_MEMBERS = _present(*MENTOR_ROLES, Role.APPRENTICE)
_AT_WORK = _present(Role.STAFF, *MENTOR_ROLES, Role.APPRENTICE)


def _each_once(memberships):
    return list({held.person_id: held.person for held in memberships}.values())


def at_work(studio):
    """Staff, mentors and apprentices of the studio, each once, with neighbourhoods. One query."""
    return _each_once(_AT_WORK.all(studio=studio.pk))


def members_of(studio):
    """Mentors and apprentices of the studio, as `at_work`."""
    return _each_once(_MEMBERS.all(studio=studio.pk))


def around(studio):
    """{role: [Person]} of everybody but the apprentices, in a fixed order; with neighbourhoods. One query."""
    found = {}
    for membership in _AROUND.all(studio=studio.pk):
        found.setdefault(membership.role, []).append(membership.person)
    return found


def of_roles(people, *roles):
    """Those of `around` who hold one of the roles, each once, in the same order."""
    known = {person.pk: person for role in roles for person in people.get(role, ())}
    return [known[pk] for pk in sorted(known)]


def staff_of(studio):
    return holding(studio, Role.STAFF)


def mentors_of(studio):
    """Mentors and lead mentors."""
    return holding(studio, *MENTOR_ROLES)


def leads_of(studio):
    return holding(studio, Role.LEAD)


def may_consult(studio):
    """Mentors and the invited guests (会诊专家、职能部门)."""
    return holding(studio, *MENTOR_ROLES, Role.CONSULTANT)


def mentor_of(apprentice):
    """The person who guides this apprentice now, or None."""
    return next((pairing.mentor for pairing in _PAIRING.all(apprentice=apprentice.pk)), None)


def _ask_pairing(person, apprentice):
    found = Pairing.objects.filter(apprentice=apprentice, state__in=("active", "paused"))
    return found.select_related("mentor").order_by("-pk")[:1]


_PAIRING = KeptQuery(_ask_pairing)
