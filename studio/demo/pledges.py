"""聘书 and 拜师帖 of the demonstration, told in pledges.toml."""

from mentoring.actions import appointments, pledges
from mentoring.models import Pairing

from .clock import Thread

ENTERED = -188


def stories(cast, told, cohort, clock):
    for row in told.get("appointment", []):
        yield appointment_story(cast, row, cohort, clock)
    for row in told.get("pledge", []):
        yield pledge_story(cast, row, clock)


def appointment_story(cast, row, cohort, clock):
    """Older letters were of paper: they are entered together with those of this cohort."""
    office = cast.staff[0]
    first, last = (clock.date(day) for day in row["term"])
    at = Thread(clock).at(ENTERED, text=row["mentor"])
    yield at, office
    appointments.appoint(
        studio=cast.studio, mentors=[cast[row["mentor"]]], starts_on=first, ends_on=last,
        issued_on=clock.day(row["issued"]), by=office, at=at,
        cohort=cohort if first >= cohort.starts_on else None,
    )  # fmt: skip


def pledge_story(cast, row, clock):
    """Written, answered by the mentor, its day and witness set; as far as it has come."""
    apprentice, thread = cast[row["apprentice"]], Thread(clock)
    at = thread.at(row["day"], text=row["text"])
    yield at, apprentice
    pair = Pairing.objects.current().select_related("studio", "mentor", "apprentice")
    pledge = pledges.pledge_of(pair.get(apprentice=apprentice))
    pledges.send(pledge, text=row["text"].strip(), by=apprentice, at=at)
    if "words" in row:
        at = thread.at(row["day"] + 1, text=row["words"])
        yield at, pledge.pairing.mentor
        pledges.add_words(pledge, words=row["words"], by=pledge.pairing.mentor, at=at)
    if "witness" in row:
        office = cast[row["witness"]]
        at = thread.at(max(row["day"] + 2, row["held"] - 2), text=row["witness"])
        yield at, office
        pledges.settle(pledge, held_on=clock.day(row["held"]), witness=row["witness"], by=office, at=at)
