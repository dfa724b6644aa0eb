"""The meetings of the demonstration: called, held, minuted, and what was decided done."""

from datetime import time

from growth.actions import next_steps
from mentoring.actions import meetings
from mentoring.models import Meeting

from .clock import Thread
from .content import value_of

# A meeting is called so many days before.
BEFORE = 5


def stories(cast, told, clock, replay):
    """One story for each meeting of a street. `told`: the rows of its meetings.toml."""
    for row in told:
        yield meeting_story(cast, row, clock, replay)


def meeting_story(cast, row, clock, replay):
    office, thread = cast.staff[-1], Thread(clock)
    at = thread.at(row.get("told", row["day"] - BEFORE), text=row["subject"])
    yield at, office
    host = row.get("neighbourhood")
    meeting = meetings.plan(
        studio=cast.studio,
        kind=value_of(Meeting.Kind, row["kind"]),
        held_on=clock.day(row["day"]),
        starts_at=time.fromisoformat(row["time"]),
        place=row["place"],
        neighbourhood=cast[host].neighbourhood if host else None,
        subject=row["subject"],
        agenda=row.get("agenda", ""),
        chair=cast[row["chair"]],
        members=[cast[name] for name in row["with"]],
        by=office,
        at=at,
    )
    for name, reason in row.get("answers", {}).items():
        at = thread.at(row["told"], text=name)
        yield at, cast[name]
        meetings.answer(meeting, person=cast[name], coming=not reason, reason=reason, at=at)
    if "minutes" not in row:
        return
    at = thread.at(row["day"], "16:40")
    if row["time"] > "16:00":
        at = thread.at(row["day"] + 1, "09:10")
    yield at, office
    meetings.write_minutes(
        meeting,
        version=meeting.version,
        came=[cast[name] for name in row["with"] if name not in row["away"]],
        minutes=row["minutes"],
        units=row.get("units", []),
        decisions=[
            meetings.Decided(one["text"], cast[one["owner"]], clock.day(one["due"])) for one in row["decided"]
        ],
        by=office,
        at=at,
    )
    for decision, one in zip(meeting.decisions.order_by("order"), row["decided"], strict=True):
        if "done" in one:
            replay.start(done_story(decision, cast[one["owner"]], one["done"], at, clock))


def done_story(decision, owner, day, after, clock):
    thread = Thread(clock)
    thread.last = after
    at = thread.at(day, text=decision.text)
    yield at, owner
    next_steps.close(next_steps.of_source(decision).get(), by=owner, at=at)
