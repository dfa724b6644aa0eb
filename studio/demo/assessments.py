"""考核评估 of the demonstration: rounds prepared, scored by everybody, disputed, published."""

from datetime import timedelta

from growth.actions import results, rounds, sheets
from growth.models import Appeal, Sheet, Side
from growth.models.score import BALLOTS
from growth.rosters import learners_of, rosters_of
from people.competencies import Competency

from .clock import Thread
from .content import value_of

# What scorers see differently from the apprentice, in turn: small, and never the same for two people.
SHIFTS = {Side.SELF: (0, 0, 1, 0, 0, -1), Side.MENTOR: (0, 1, 0, -1, 0, 1, 0), Side.STREET: (1, 0, 0, -1, 0)}
BALLOTS_USUAL = ((14, 16, 8, 1, 0), (22, 13, 5, 0, 0), (11, 19, 9, 2, 1), (18, 11, 10, 1, 0))
# In the round that is still open so many sheets of ten were sent.
SENT_OF_TEN = 6


def stories(cast, street, clock, replay):
    """One story a round."""
    for told in street.assessments:
        yield round_story(cast, street, told, clock, replay)


def round_story(cast, street, told, clock, replay):
    thread, office = Thread(clock), cast.staff[0]
    at = thread.at(told["opened"], "09:10")
    yield at, office
    round_ = rounds.prepare(
        studio=cast.studio,
        name=told["name"],
        since=clock.date(told["since"]),
        until=clock.date(told["until"]),
        score_by=clock.day(told["opened"]) + timedelta(days=told["score_days"]),
        by=office,
        at=at,
    )
    key = rosters_of(cast.studio)[0].key
    rounds.add_people(round_, [(one.person_id, one.mentor_id) for one in learners_of(cast.studio, key)])
    rounds.set_street(round_, [one.pk for one in cast.staff[1:]], split=True)
    round_ = rounds.open_round(round_, by=office, at=at)
    _start_sheets(round_, street, told, clock, replay)
    if "closed" not in told:
        return
    at = thread.at(told["closed"], "16:40")
    yield at, office
    _count_ballots(round_, told, office)
    round_ = rounds.close(round_, by=office, without_unsent=True, at=at)
    at = thread.at(told["publicised"], "10:20")
    yield at, office
    round_ = results.publicise(round_, by=office, at=at)
    if "appeal" in told:
        replay.start(appeal_story(cast, round_, told["appeal"], clock))
    at = thread.at(told["published"], "14:30")
    yield at, office
    results.publish(round_, by=office, at=at)


def _start_sheets(round_, street, told, clock, replay):
    """Everybody sends in the days after the opening; of the open round only a part by today."""
    found = Sheet.objects.filter(round=round_).select_related("round", "scorer", "assessed__person")
    indicators = list(round_.indicators.indicators.all())
    # Not everybody has rated anew: the first ratings stand for the others.
    levels = {**street.ratings["first"], **street.ratings[told["ratings"]]}
    for place, sheet in enumerate(found.order_by("assessed__order", "pk")):
        if "closed" not in told and place * 7 % 10 >= SENT_OF_TEN:
            continue
        # Three days before the closing at the latest: a weekend folds two days back.
        day = told["opened"] + (1 + place % 3 if "closed" in told else place % 3)
        given = _marks(sheet, indicators, levels, told, place)
        replay.start(sheet_story(sheet, given, min(day, -1), clock))


def sheet_story(sheet, given, day, clock):
    """A sheet is sent at a quiet hour."""
    hour = f"{17 + sheet.pk % 4}:{sheet.pk * 7 % 50 + 5:02}"
    at = Thread(clock).at(day, hour)
    yield at, sheet.scorer
    sheets.send(sheet, by=sheet.scorer, at=at, **given)


def _marks(sheet, indicators, levels, told, place):
    """Marks around the person's own levels; what the content says in full takes their place."""
    name = sheet.assessed.person.name
    # Who has not rated herself yet, or is new, stands in the middle.
    own = dict(zip(Competency.values, levels.get(name, [3] * len(Competency.values)), strict=True))
    # Another round, another day: whoever has not changed is still not marked the very same twice.
    shifts, turn = SHIFTS[Side(sheet.side)], abs(told["opened"]) // 10
    marks = {}
    for number, one in enumerate(indicators):
        level = own.get(one.competency, 3) + shifts[(place + number + turn) % len(shifts)]
        # So many of four marks are a step better than what the apprentice said of herself.
        level += (place + number) % 4 < told["better"]
        marks[one.pk] = (max(2, min(4, level)), "")
    keys = {one.name: one.pk for one in indicators}
    for row in told.get("mark", []):
        if (row["of"], row["side"]) == (name, sheet.side):
            value = None if row["value"] == "none" else row["value"]
            marks[keys[row["indicator"]]] = (value, row["words"])
    said = next((row for row in told.get("said", []) if row["of"] == name), {})
    if sheet.side != Side.MENTOR:
        said = {}
    return {"marks": marks, "strengths": said.get("strengths", []), "improve": said.get("improve", [])}


def _count_ballots(round_, told, office):
    """群众测评, as the office counted it."""
    counted = {row["of"]: row["counts"] for row in told.get("ballots", [])}
    for place, one in enumerate(round_.assessed.select_related("person", "round")):
        numbers = counted.get(one.person.name, BALLOTS_USUAL[place % len(BALLOTS_USUAL)])
        counts = {name: number for (name, _, _), number in zip(BALLOTS, numbers, strict=True)}
        results.count_ballots(one, counts=counts, by=office)


def appeal_story(cast, round_, told, clock):
    """申诉: one does not agree; the office looks again, adjusts and answers."""
    thread, person = Thread(clock), cast[told["of"]]
    assessed = round_.assessed.select_related("person", "round").get(person=person)
    thread.last = thread.clock.at(told["day"], "08:00")
    at = thread.at(told["day"], "20:05")
    yield at, person
    made = results.appeal(assessed, text=told["text"], by=person, at=at)
    at = thread.at(told["answered"], "15:45")
    yield at, cast.staff[0]
    indicator = round_.indicators.indicators.get(name=told["indicator"])
    results.adjust(assessed, indicator, value=told["value"], why=told["why"], by=cast.staff[0], at=at)
    results.answer(
        Appeal.objects.get(pk=made.pk),
        text=told["answer"],
        outcome=value_of(Appeal.Outcome, told["outcome"]),
        by=cast.staff[0],
        at=at,
    )
