"""What the actions on a case share: the day by which a state should end, one move, telling people."""

from datetime import timedelta

from django.utils import timezone

from growth.actions import ledger, next_steps
from growth.models import NextStep
from people.actions.notices import tell
from people.workdays import after_workdays, next_workday, workdays_between

from ..models import Case, State


def due_for(case, state, at):
    """By which day a case that enters `state` at `at` should leave it, by the studio's rules; or None."""
    day, studio = timezone.localdate(at), case.studio
    if state == State.SUBMITTED:
        urgent = case.urgency == Case.Urgency.TODAY
        return next_workday(day) if urgent else after_workdays(day, _left_to_accept(case))
    if state == State.RETURNED:
        return after_workdays(day, studio.return_workdays)
    days = {State.CONSULTING: studio.consult_days, State.REVIEWING: studio.review_days}.get(state)
    return day + timedelta(days=days) if days else None


def _left_to_accept(case):
    """Working days that the office has left, at least one: its clock stood while the owner had the case."""
    used, since = 0, None
    for one in case.moves.all():
        if one.after == State.SUBMITTED:
            since = one.at
        elif one.before == State.SUBMITTED and since:
            used += workdays_between(timezone.localdate(since), timezone.localdate(one.at))
            since = None
    return max(case.studio.accept_workdays - used, 1)


def move(case, state, *, by, note="", at=None, due_on=None):
    """Move the locked case, write the ledger, close what its owner had to do in the state it leaves."""
    at, before = at or timezone.now(), case.state
    done = case.move_to(state, by=by, note=note, at=at, due_on=due_on or due_for(case, State(state), at))
    # While a case that was sent back is held, its owner still has to complete it afterwards.
    completed = before == State.RETURNED and case.state != State.HELD
    if completed or case.state in (State.TRANSFERRED, State.WITHDRAWN, State.MERGED):
        sent = case.state == State.SUBMITTED
        ended = NextStep.State.DONE if sent else NextStep.State.DROPPED
        for step in next_steps.of_source(case).filter(state=NextStep.State.OPEN):
            next_steps.close(step, by=by, state=ended, at=at)
    ledger.record(case)
    return done


def pause(case, *, at):
    """Nothing is due while the case waits; the day is remembered. A case that is paused stays as it is.

    `case` is locked; the caller saves `PAUSED` or moves the case.
    """
    if case.paused_on is None:
        case.paused_on, case.paused_due, case.due_on = timezone.localdate(at), case.due_on, None


PAUSED = ("paused_on", "paused_due", "due_on")
COUNTED_IN_WORKDAYS = (State.SUBMITTED, State.RETURNED)


def due_after_pause(case, state, at):
    """The day that was due, moved on by the time the case was paused; without one, the usual day."""
    day, due, since = timezone.localdate(at), case.paused_due, case.paused_on
    if due is None or since is None:
        return due_for(case, state, at)
    if state in COUNTED_IN_WORKDAYS:
        return after_workdays(due, workdays_between(since, day))
    return due + (day - since)


def notify(case, persons, text, *, by, at=None):
    """A notice with a link to the case for everybody but the one who acts."""
    others = [person for person in persons if person is not None and person.pk != by.pk]
    tell(others, text[:200], link=case.get_absolute_url(), studio=case.studio, at=at)
