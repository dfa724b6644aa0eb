"""What changed in pairs, which trainings were called, who took up a post, what was honoured and decided."""

from datetime import time

from growth.actions import career
from growth.models import Entry, Post
from mentoring.actions import advancements, course, handovers, pairings
from mentoring.course import topics_of
from mentoring.models import Advancement, Base, Group, Handover, Pairing, TrainingList
from people.actions import neighbourhoods
from people.competencies import Competency

from .clock import Thread
from .content import value_of

# Records that stand as evidence for a 培养晋级: the newest so many.
EVIDENCE = 5


def stories(cast, told, clock):
    """One story for each row of careers.toml."""
    for kind, tell in TOLD.items():
        for row in told.get(kind, []):
            yield tell(cast, row, clock)


def pair_of(cast, name):
    pairs = Pairing.objects.current().filter(studio=cast.studio, apprentice=cast[name])
    return pairs.select_related(*pairings.TOLD).get()


def topic_story(cast, row, clock):
    at = Thread(clock).at(row["day"], "09:10")
    yield at, cast.staff[0]
    axis = value_of(Competency, row["competency"])
    course.add_topic(studio=cast.studio, competency=axis, name=row["name"], words=row["words"])


def pause_story(cast, row, clock):
    thread, office = Thread(clock), cast.staff[0]
    at = thread.at(row["day"], "15:20")
    yield at, office
    why = {"reason": value_of(Pairing.Reason, row["reason"]), "note": row["note"]}
    pairings.pause(pair_of(cast, row["apprentice"]), on=clock.day(row["day"]), by=office, at=at, **why)
    at = thread.at(row["back"], "09:30")
    yield at, office
    pairings.resume(pair_of(cast, row["apprentice"]), on=clock.day(row["back"]), by=office, at=at)


def station_story(cast, row, clock):
    """A neighbourhood without a committee yet, where the mentor is stationed from now on."""
    yield Thread(clock).at(row["day"], "10:40"), cast.staff[0]
    place = neighbourhoods.add(
        street=cast.studio.street, name=row["place"], kind="new", has_committee=False, by=cast.staff[0]
    )
    pairings.set_kind(pair_of(cast, row["apprentice"]), kind=Pairing.Kind.STATIONED, station=place)


def handover_story(cast, row, clock):
    handover = Handover.objects.filter(studio=cast.studio, pairing__apprentice=cast[row["apprentice"]])
    at = Thread(clock).at(row["day"], "19:40")
    yield at, cast.staff[0]
    note = handover.select_related("from_mentor", "to_mentor", "studio", "pairing__apprentice").get()
    parts = {name: row[name] for name in handovers.PARTS}
    handovers.write(note, by=note.from_mentor, at=at, **parts)


def training_story(cast, row, clock):
    thread, office = Thread(clock), cast.staff[0]
    at = thread.at(row["day"], "11:00")
    yield at, office
    topics = [one for one in topics_of(cast.studio.pk) if one.name in row["topics"]]
    pair = pair_of(cast, row["with"][0])
    chosen = [(cast[name], f"还没讲到{'、'.join(row['topics'])}") for name in row["with"]]
    kind = value_of(TrainingList.Kind, row["kind"])
    made = course.confirm(cohort=pair.cohort, kind=kind, topics=topics, chosen=chosen, by=office, at=at)
    if "mentor" not in row:
        return
    at = thread.at(row["day"], "16:00")
    yield at, office
    group = Group.objects.get(cohort=pair.cohort, mentor=cast[row["mentor"]])
    base = Base.objects.filter(studio=cast.studio, name=row["where"]).first()
    course.plan(
        made, group=group, held_on=clock.day(row["on"]), starts_at=time.fromisoformat(row["time"]), base=base,
        by=office, at=at,
    )  # fmt: skip


def post_story(cast, row, clock):
    at = Thread(clock).at(max(row["day"], -55), "10:05")
    yield at, cast.staff[-1]
    career.add_post(
        studio=cast.studio,
        person=cast[row["person"]],
        rank=value_of(Post.Rank, row["rank"]),
        title=row["title"],
        starts_on=clock.day(row["day"]),
        ends_on=clock.day(row["until"]) if "until" in row else None,
        counted=row.get("counted", False),
        note=row.get("note", ""),
        by=cast.staff[-1],
        at=at,
    )


def honour_story(cast, row, clock):
    person = cast[row["person"]]
    at = Thread(clock).at(max(row["day"], -54), "20:10")
    yield at, person
    said = {"title": row["title"], "given_by": row["given_by"], "on": clock.date(row["day"])}
    career.add_honour(studio=cast.studio, person=person, by=person, at=at, **said)


def advancement_story(cast, row, clock):
    """Proposed by the office, signed, answered, decided: as far as the row tells."""
    thread, office, chief = Thread(clock), cast.staff[-1], cast.staff[0]
    at = thread.at(row["proposed"], "09:45")
    yield at, office
    pair = pair_of(cast, row["apprentice"])
    lines = Entry.objects.of(pair.apprentice).exclude(kind="pairing").order_by("-on", "-pk")[:EVIDENCE]
    one = advancements.propose(
        pairing=pair,
        entries=list(lines),
        proposal=value_of(Advancement.Proposal, row["proposal"]),
        reasons=row["reasons"],
        starts_on=clock.date(row["from"]),
        rank=value_of(Post.Rank, row["rank"]) if "rank" in row else "",
        title=row.get("title", ""),
        by=office,
        at=at,
    )
    at = thread.at(row["mentor_day"], "18:20")
    yield at, pair.mentor
    advancements.sign(one, side="mentor", words=row["mentor_words"], by=pair.mentor, at=at)
    at = thread.at(row["word_day"], "12:15")
    yield at, pair.apprentice
    advancements.say(one, word=row["word"], by=pair.apprentice, at=at)
    if "street_day" not in row:
        return
    at = thread.at(row["street_day"], "10:30")
    yield at, chief
    advancements.sign(one, side="street", words=row["street_words"], by=chief, at=at)
    at = thread.at(row["decided"], "15:00")
    yield at, chief
    advancements.decide(one, decision=Advancement.Decision.APPROVED, words="", by=chief, at=at)


TOLD = {
    "topic": topic_story,
    "pause": pause_story,
    "station": station_story,
    "handover": handover_story,
    "training": training_story,
    "post": post_story,
    "honour": honour_story,
    "advancement": advancement_story,
}
