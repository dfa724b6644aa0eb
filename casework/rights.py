"""Who may move a case outside the cure itself; casework/cure.py has the rest."""

from .actions.triage import answered_by_district
from .models import State

HOLDABLE = (State.SUBMITTED, State.RETURNED, State.CONSULTING, State.TREATING, State.REVIEWING)
MERGEABLE = (State.SUBMITTED, State.RETURNED, State.CONSULTING)
REOPENABLE = (State.TREATING, State.REVIEWING, State.CLOSED, State.PUBLISHED)


def is_staff(case, person):
    return case.studio_id in person.standing.staff


def may_triage(case, person):
    return case.state == State.SUBMITTED and is_staff(case, person)


def may_withdraw(case, person):
    return case.state in (State.SUBMITTED, State.RETURNED) and case.owner_id == person.pk


def may_hold(case, person):
    return case.state in HOLDABLE and is_staff(case, person)


def may_resume(case, person):
    """What is held; and what the district has answered."""
    if not is_staff(case, person):
        return False
    return case.state == State.HELD or (case.state == State.TRANSFERRED and answered_by_district(case))


def may_merge(case, person):
    return case.state in MERGEABLE and is_staff(case, person)


def may_transfer(case, person):
    return (case.state in HOLDABLE or case.state == State.HELD) and is_staff(case, person)


def may_reopen(case, person):
    return case.state in REOPENABLE and (is_staff(case, person) or case.chair_id == person.pk)


def may_publish(case, person):
    return case.state == State.CLOSED and (is_staff(case, person) or case.chair_id == person.pk)


def sees_residents(case, person):
    return person.pk in (case.owner_id, case.writer_id) or is_staff(case, person)
