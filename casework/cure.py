"""Who may do what while a case is being cured: for views, and for the `can_*` flags of the case page.

Each asks about the person and about the state the case is in. Actions hold the rules that hold for everybody.
"""

from django.db.models import OuterRef, Q, Subquery

from mentoring.models import Pairing
from people.kept import KeptQuery
from people.models import Membership, Person
from people.roles import Role

from . import roles
from .models import CaseConsultant, Outcome, State, Step, StepState

KIND_OF_ROLE = {
    Role.STAFF: Step.OwnerKind.STREET,
    Role.LEAD: Step.OwnerKind.MENTOR,
    Role.MENTOR: Step.OwnerKind.MENTOR,
    Role.APPRENTICE: Step.OwnerKind.APPRENTICE,
    Role.CONSULTANT: Step.OwnerKind.DEPARTMENT,
    Role.DISTRICT: Step.OwnerKind.DEPARTMENT,
}


def is_staff(case, person):
    return case.studio_id in person.standing.staff


def leads(case, person):
    """The chair of the consultation, or staff of the studio."""
    return case.chair_id == person.pk or is_staff(case, person)


def is_asked(case, person):
    """Whether the person is asked for an opinion in this round: invited, or in the chair. Never the owner."""
    if case.owner_id == person.pk:
        return False
    return case.chair_id == person.pk or case.round in _ROUNDS.all(person, case=case.pk)


# The rounds of a case for which this person was asked.
_ROUNDS = KeptQuery(
    lambda person, case: (
        CaseConsultant.objects.filter(case=case, person=person).order_by().values_list("round", flat=True)
    )
)


def may_speak(case, person):
    """Give an opinion of one's own now, or ask back."""
    return case.state == State.CONSULTING and is_asked(case, person)


def may_write_down(case, person):
    """Write down what somebody said on the phone."""
    return case.state == State.CONSULTING and is_staff(case, person)


def may_change_opinion(opinion, person):
    """Its author, or the staff member who wrote it down, until the round is prescribed."""
    now = opinion.case.state == State.CONSULTING and opinion.round == opinion.case.round
    return now and person.pk in (opinion.author_id, opinion.written_by_id)


def may_answer(case, person):
    """Answer what was asked back: the owner, or staff who had it by telephone."""
    return case.state == State.CONSULTING and (case.owner_id == person.pk or is_staff(case, person))


def may_change_steps(prescription, person):
    """The chair, staff, and who looks at the follow-up may change what was agreed."""
    case = prescription.case
    return is_current(prescription) and (leads(case, person) or prescription.followup_by_id == person.pk)


def is_current(prescription):
    """Whether the prescription is being carried out now."""
    case = prescription.case
    return case.state == State.TREATING and prescription.round == case.round


def may_report(step, person):
    """Who does the step, while there is something to report."""
    if not is_current(step.prescription) or step.state in (StepState.DONE, StepState.DROPPED):
        return False
    return does(step, person)


def does(step, person):
    """The step's owner; for an owner without an account staff, or the case's owner. Nobody whose roles in
    the studio are over.
    """
    case = step.prescription.case
    if step.studio_id not in person.standing.studios:
        return False
    if step.owner_id:
        return step.owner_id == person.pk
    return case.owner_id == person.pk or is_staff(case, person)


def may_judge(followup, person):
    """Who looks at follow-ups, the chair, staff; nobody judges a report of one's own."""
    prescription = followup.step.prescription
    looks = prescription.followup_by_id == person.pk or leads(prescription.case, person)
    return is_current(prescription) and looks and followup.by_id != person.pk and not followup.verdict


def may_check_up(prescription, person):
    case = prescription.case
    looks = prescription.followup_by_id == person.pk or leads(case, person)
    return is_current(prescription) and looks and not prescription.followed_up_at


def side_of(case, prescription, person):
    """The side this person evaluates for, or "": the owner for the apprentice, who guides for the mentor."""
    if case.owner_id == person.pk:
        return Outcome.Side.APPRENTICE
    guides = case.chair_id == person.pk or (prescription and prescription.followup_by_id == person.pk)
    return Outcome.Side.MENTOR if guides else ""


def step_owners(case):
    """[(Step.OwnerKind, person)] who can be given a step: the owner, those around the case, staff."""
    people = {case.owner_id: (Step.OwnerKind.APPRENTICE, case.owner)}
    for held in _HELD.all(studio=case.studio_id, around=_around(case)):
        people.setdefault(held.person_id, (KIND_OF_ROLE[held.role], held.person))
    return list(people.values())


def may_follow_up(case):
    """People who can look at the follow-up: in the consultation, or the owner's mentor; never the owner."""
    people = {person.pk: person for person in [*_guests(case), case.chair] if person and person.is_active}
    return [people[pk] for pk in sorted(people) if pk != case.owner_id]


def _ask_held(person, studio, around):
    """Present roles in the studio of the people around a case, and of its staff."""
    staff = roles.staff_of(studio).order_by().values("pk")
    current = Membership.objects.current().filter(studio=studio, person__is_active=True)
    current = current.filter(Q(person__in=[around]) | Q(person__in=staff))
    return current.select_related("person__neighbourhood").order_by("person_id", "pk")


_HELD = KeptQuery(_ask_held)


def mentor_around(case):
    """The person who guides the owner now, or None; as `roles.mentor_of`, without a query of its own."""
    guides = [person for person in _guests(case) if person.guides_by]
    return max(guides, key=lambda person: person.guides_by, default=None)


def _around(case):
    return ({case.owner_id, case.chair_id} | {person.pk for person in _guests(case)}) - {None}


def _guests(case):
    """Who was asked and who guides the owner, read once for a case."""
    if "_guests_read" not in case.__dict__:
        case._guests_read = _GUESTS.all(case=case.pk, owner=case.owner_id)
    return case._guests_read


def _ask_guests(person, case, owner):
    """`guides_by`: the id of the latest pair in which this person guides the owner, or None."""
    asked = CaseConsultant.objects.filter(case=case).order_by().values("person")
    pairs = Pairing.objects.filter(apprentice=owner, state__in=("active", "paused"))
    latest = pairs.filter(mentor=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    # The ids as one list: with "or" every person there is would be looked at.
    found = Person.objects.filter(pk__in=asked.union(pairs.order_by().values("mentor")))
    return found.select_related("neighbourhood").annotate(guides_by=Subquery(latest))


_GUESTS = KeptQuery(_ask_guests)
