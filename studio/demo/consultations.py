"""会诊会 and guests of the demonstration: called, held, taken down, ended; and one that is to come."""

from casework.actions import guests, meetings, minutes
from casework.models import Case, CaseGuest
from casework.models.meeting import NOTED

from .clock import Thread

NOON = "11:30"


def stories(cast, told, clock):
    """Stories of a street's consult.toml."""
    for row in told.get("guest", []):
        yield guest_story(cast, row, clock)
    for row in told.get("meeting", []):
        yield meeting_story(cast, row, clock)


def _case(cast, title):
    return Case.objects.get(studio=cast.studio, title=title)


def guest_story(cast, row, clock):
    thread, by = Thread(clock), cast[row["by"]]
    at = thread.at(row["day"], "16:10")
    yield at, by
    department = row.get("department")
    guest, _ = guests.invite(
        case=_case(cast, row["case"]),
        organisation=row["organisation"],
        name=row["name"],
        post=row["post"],
        speaks_for=CaseGuest.SpeaksFor.DEPARTMENT if department else CaseGuest.SpeaksFor.SELF,
        days=14,
        by=by,
        at=at,
    )
    if "said" in row:
        at = thread.at(row["said"]["day"], row["said"]["time"])
        yield at, by
        guests.say(guest=guest, text=row["said"]["text"], at=at)


def meeting_story(cast, row, clock):
    thread, office, chair = Thread(clock), cast.staff[0], cast[row["chair"]]
    at = thread.at(row["called"], "17:00")
    yield at, office
    meeting = meetings.call(
        studio=cast.studio,
        at=clock.at(row["day"], row["time"]),
        place=row["place"],
        chair=chair,
        cases=[_case(cast, title) for title in row["cases"]],
        by=office,
        called_at=at,
    )
    if "ended" not in row:
        return
    at = thread.at(row["day"], row["time"])
    yield at, chair
    people = [cast[name] for name in row["people"]]
    meetings.seat(meeting=meeting, people=people, outside=[tuple(one) for one in row["outside"]], by=chair)
    for told in row["item"]:
        at = thread.at(row["day"])
        yield at, chair
        take_down(cast, meeting, told, clock, chair, at)
    at = thread.at(row["day"], row["ended"])
    yield at, chair
    meetings.end(meeting=meeting, by=chair, at=at)


def take_down(cast, meeting, told, clock, by, at):
    """The six blocks of one case."""
    item = meeting.items.select_related("case__studio", "meeting").get(case__title=told["case"])
    texts = {block.value: told.get(block.value, "") for block in NOTED}
    minutes.keep(item=item, values=texts, was={}, minutes=told.get("minutes"), by=by, at=at)
    for name, text in told["ideas"]:
        speaker = cast[name] if name in cast else meeting.seats.get(name=name)
        minutes.take_down(item=item, speaker=speaker, text=text, by=by, at=at)
    if "followup" in told:
        minutes.set_followup(item, clock.day(told["followup"]))
