"""布置的事: what a mentor gives the apprentices of one session to do. Each becomes a line of their 接下来."""

from typing import NamedTuple

from growth.actions import next_steps
from growth.models import NextStep
from people.kept import KeptQuery
from people.models import Person

from ..models import Session


class Task(NamedTuple):
    """`to`: ids of those present who get it, None for all; `was`: its text before this edit, if reworded."""

    text: str
    due_on: object = None
    to: tuple[int, ...] | None = None
    was: str = ""


def _ask_given(person, session, studio):
    found = next_steps.of_source(Session(pk=session, studio_id=studio))
    return found.exclude(state=NextStep.State.DROPPED).order_by("pk")


_GIVEN = KeptQuery(_ask_given)


def given(session):
    """The tasks of the session as Tasks, in the order in which they were given; dropped ones are left out."""
    kept = _GIVEN.all(session=session.pk, studio=session.studio_id)
    tasks = {step.text: Task(step.text, step.due_on) for step in reversed(kept)}
    return list(reversed(tasks.values()))


def settle(session, present, tasks, *, by, at):
    """Make the next steps that came from `session` say what `tasks` say, for exactly those present.

    A reworded task stays the same step; one that was ticked off stays ticked off; what is no longer given, or
    whose apprentice was not there after all, is dropped while it is still open.
    """
    tasks = [Task(*task) for task in tasks]
    reworded = {task.was: task for task in tasks if task.was}
    wanted = {(pk, task.text): task for task in tasks for pk in _receivers(task, present)}
    for step in next_steps.of_source(session).exclude(state=NextStep.State.DROPPED):
        task = reworded.get(step.text)
        task = wanted.pop((step.person_id, task.text if task else step.text), None)
        if task is not None:
            _rewrite(step, task)
        elif step.state == NextStep.State.OPEN:
            next_steps.close(step, by=by, state=NextStep.State.DROPPED, at=at)
    people = Person.objects.in_bulk([pk for pk, _ in wanted])
    for (pk, text), task in wanted.items():
        next_steps.assign(
            studio=session.studio, person=people[pk], text=text, origin=NextStep.Origin.SESSION, by=by,
            due_on=task.due_on, source=session, link=session.get_absolute_url(), at=at,
        )  # fmt: skip


def _receivers(task, present):
    there = [person.pk for person in present]
    return there if task.to is None else [pk for pk in there if pk in task.to]


def _rewrite(step, task):
    if (step.text, step.due_on) != (task.text, task.due_on):
        step.text, step.due_on = task.text, task.due_on
        step.save(update_fields=["text", "due_on"])


def drop_all(session, *, by, at):
    """The session is taken away: what it gave to do and is still open is dropped."""
    for step in next_steps.of_source(session).open():
        next_steps.close(step, by=by, state=NextStep.State.DROPPED, at=at)


def reopen(session):
    """The session is back: what was dropped with it, at that very moment, is open again."""
    removals = session.pgh_event_model.objects.filter(pgh_obj_id=session.pk, removed_at__isnull=False)
    last = removals.order_by("-pgh_id").values_list("removed_at", flat=True).first()
    gone = next_steps.of_source(session).filter(state=NextStep.State.DROPPED, closed_at=last)
    gone.update(state=NextStep.State.OPEN, closed_at=None, closed_by=None)
