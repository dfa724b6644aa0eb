"""The sessions of the demonstration, what they gave to do, and the reflections they brought."""

from datetime import time, timedelta

from django.utils import timezone

from growth.actions import next_steps, reflections
from growth.models import Entry, Kind, NextStep, Reflection
from mentoring.actions import invitations, session_answers, session_plans, sessions
from mentoring.actions.session_tasks import Task
from mentoring.models import Base, Session
from mentoring.session_modes import PARTICULARS
from people.competencies import Topic

from .clock import Thread
from .content import methods_of, value_of

# Whoever comes home later than this writes it down the next morning.
EVENING = 21


def stories(cast, group, told, clock, replay):
    """One story for each session, planned session and reflection of the group of one mentor."""
    for row in told["session"]:
        yield session_story(cast, group, row, clock, replay)
    for row in told.get("planned", []):
        yield plan_story(cast, group, row, clock, replay)


def participants(cast, group, row):
    """The Persons a session names; 全组 is everybody paired."""
    if row["with"] != "全组":
        return [cast[name] for name in row["with"]]
    paired = group.pairings.current().select_related("apprentice").order_by("pk")
    return [cast[pairing.apprentice.name] for pairing in paired]


def where(group, row):
    """`base` when the place is a teaching base of the studio, else `place` in words."""
    place = row.get("place", "")
    base = Base.objects.filter(studio=group.studio, name=place).first()
    return {"base": base} if base else {"place": place}


def session_story(cast, group, row, clock, replay):
    mentor = cast[group.mentor.name]
    writer = cast.staff[-1] if "proxy" in row else mentor
    thread = Thread(clock)
    ends = thread.at(row["day"], row["time"]) + timedelta(minutes=row["minutes"] + 10)
    if timezone.localtime(ends).hour >= EVENING:
        ends = thread.at(row["day"] + 1, "08:40")
    yield ends, writer

    present = participants(cast, group, row)
    tasks = [
        Task(task["text"], clock.day(task["due"]), tuple(cast[name].pk for name in task["to"]))
        for task in row.get("tasks", [])
    ]
    session = sessions.log(
        group=group,
        present=present,
        held_on=clock.day(row["day"]),
        by=writer,
        minutes=row["minutes"],
        topics=[value_of(Topic, label) for label in row["topics"]],
        note=row["note"],
        mode=value_of(Session.Mode, row["mode"]),
        methods=methods_of(group.studio, row),
        tasks=tasks,
        proxy_source=value_of(Session.ProxySource, row["proxy"]) if "proxy" in row else "",
        others=[cast[name] for name in row.get("others", [])],
        theme=row.get("theme", ""),
        at=ends,
        **{name: row[name] for name in PARTICULARS if name in row},
        **where(group, row),
    )
    for said in row.get("answer", []):
        session_answers.note(session, by=writer, at=ends, **said)
    for task in row.get("tasks", []):
        if "done" in task:
            for name in task["to"]:
                replay.start(task_story(cast[name], session, task, ends, clock))
    if "confirmed" in row:
        replay.start(confirm_story(session, row, ends, clock))
    for reflection in row.get("reflection", []):
        replay.start(reflection_story(cast, session, row, reflection, ends, clock))


def confirm_story(session, row, after, clock):
    """The mentor finds what the office wrote right."""
    thread = Thread(clock)
    thread.last = after
    at = thread.at(row["day"] + row["confirmed"], "09:05")
    yield at, session.mentor
    sessions.confirm(session, by=session.mentor, at=at)


def plan_story(cast, group, row, clock, replay):
    """A session to come, or one that was called off again (`cancelled`: the day on which)."""
    mentor = cast[group.mentor.name]
    thread = Thread(clock)
    at = thread.at(row.get("told", -2), text=row["subject"])
    yield at, mentor
    session = session_plans.plan(
        group=group,
        held_on=clock.day(row["day"]),
        by=mentor,
        participants=participants(cast, group, row),
        starts_at=time.fromisoformat(row["time"]),
        mode=value_of(Session.Mode, row["mode"]),
        theme=row["subject"],
        at=at,
        **where(group, row),
    )
    for person in participants(cast, group, row):
        if person.name not in row.get("silent", []):
            replay.start(answer_story(person, session, row, at, clock))
    if "cancelled" in row:
        at = thread.at(row["cancelled"])
        yield at, mentor
        session_plans.cancel_plan(session, by=mentor, at=at)


def answer_story(person, session, row, after, clock):
    """能来 or 来不了, the day after one was asked."""
    thread = Thread(clock)
    thread.last = after
    at = thread.at(row.get("told", -2) + 1, text=person.name)
    yield at, person
    reason = row.get("cannot", {}).get(person.name, "")
    invitations.answer(session, person=person, coming=not reason, reason=reason, at=at)


def task_story(person, session, task, after, clock):
    at = max(clock.at(task["done"], "16:30"), after + Thread.GAP)
    yield at, person
    step = next_steps.of_source(session).get(person=person, text=task["text"])
    next_steps.close(step, by=person, state=NextStep.State.DONE, at=at)


def reflection_story(cast, session, row, told, after, clock):
    author, thread = cast[told["by"]], Thread(clock)
    thread.last = after
    day = row["day"] + told["after"]
    at = thread.at(day, text=told["learned"])
    yield at, author
    reflection = reflections.write(
        studio=session.studio,
        person=author,
        mentor=session.mentor,
        learned=told["learned"],
        plan=told.get("use", ""),
        puzzle=told.get("puzzle", ""),
        shared=told.get("shared", False),
        session=Entry.objects.get(person=author, source_id=session.pk, kind=Kind.SESSION),
        at=at,
    )
    if "reply" in told:
        reply = told["reply"]
        at = thread.at(day + reply["after"], text=reply.get("text", ""))
        yield at, session.mentor
        quick = value_of(Reflection.QuickReply, reply["quick"]) if "quick" in reply else ""
        reflections.reply(reflection, by=session.mentor, text=reply.get("text", ""), quick=quick, at=at)
