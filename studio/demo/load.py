"""Loading the demonstration: people first, then every story side by side, in one transaction."""

from django.db import transaction

from growth.actions import ratings
from mentoring.actions import pairings
from mentoring.models import Pairing
from people.actions import places
from people.competencies import Competency
from people.models import Street, Studio

from . import (
    assessments,
    brands,
    cadence,
    careers,
    consultations,
    content,
    ground,
    growing,
    library,
    meetings,
    pledges,
    sessions,
    studying,
)
from .cases import CaseStory
from .clock import Clock, Thread
from .content import value_of
from .people import Registrar
from .replay import Replay

# When apprentices rated themselves, in days from today: at the start, and lately.
RATED = {"first": -186, "lately": -7}


@transaction.atomic
def load(today=None):
    """Write the whole demonstration. Returns False, and writes nothing, where a studio exists already."""
    if Studio.objects.exists():
        return False
    if not Street.objects.exists():
        places.load_shipped()
    clock, replay = Clock(today), Replay()
    registrar = Registrar(clock)
    district = registrar.open_district(content.district())
    for street in content.streets():
        cast = registrar.open_street(street, parent=district)
        replay.start(opening(cast, street, clock, replay))
    replay.run()
    return True


def opening(cast, street, clock, replay):
    """The cohort is opened and paired; from then on its groups and cases live their own stories."""
    told = street.people["cohort"]
    thread, office = Thread(clock), cast.staff[0]
    at = thread.at(told["starts"], "09:30")
    yield at, office
    first_day = clock.date(told["starts"])
    cohort = pairings.open_cohort(
        studio=cast.studio, name=told["name"], starts_on=first_day, ends_on=clock.date(told["ends"])
    )
    for row in street.people["apprentice"]:
        mentor, apprentice = cast[row.get("first_mentor", row["mentor"])], cast[row["name"]]
        pairing = pairings.pair(
            cohort=cohort,
            mentor=mentor,
            apprentice=apprentice,
            by=office,
            starts_on=first_day,
            goal=row.get("goal", ""),
            at=at,
        )
        if "changed" in row:
            replay.start(change_story(cast, pairing, row, clock))
    for group in street.groups:
        own = pairings.group_of(cohort=cohort, mentor=cast[group["mentor"]])
        for story in sessions.stories(cast, own, group, clock, replay):
            replay.start(story)
    for story in meetings.stories(cast, street.meetings, clock, replay):
        replay.start(story)
    for story in ground.stories(cast, street.ground, clock, replay):
        replay.start(story)
    for story in studying.stories(cast, street.studying, clock, replay):
        replay.start(story)
    for story in growing.stories(cast, street.growth, clock):
        replay.start(story)
    for story in careers.stories(cast, street.careers, clock):
        replay.start(story)
    for case in street.cases:
        replay.start(CaseStory(cast, case, clock).tell())
    for story in library.stories(cast, street.library, clock):
        replay.start(story)
    for story in consultations.stories(cast, street.consult, clock):
        replay.start(story)
    for story in assessments.stories(cast, street, clock, replay):
        replay.start(story)
    for story in cadence.stories(cast, street.cadence, cohort, clock):
        replay.start(story)
    for story in pledges.stories(cast, street.pledges, cohort, clock):
        replay.start(story)
    for story in brands.stories(cast, street.brands, clock):
        replay.start(story)
    for when, day in RATED.items():
        for name, levels in street.ratings[when].items():
            replay.start(rating_story(cast, name, levels, day, clock))


def change_story(cast, pairing, row, clock):
    """调整结对: the apprentice goes on with another mentor."""
    told = row["changed"]
    at = Thread(clock).at(told["day"], "10:30")
    yield at, cast.staff[0]
    pairings.change_mentor(
        pairing,
        mentor=cast[row["mentor"]],
        reason=value_of(Pairing.Reason, told["reason"]),
        note=told["note"],
        on=clock.date(told["day"]),
        by=cast.staff[0],
        at=at,
    )


def rating_story(cast, name, levels, day, clock):
    person = cast[name]
    yield Thread(clock).at(day, text=name), person
    ratings.rate(
        studio=cast.studio,
        person=person,
        levels=dict(zip(Competency.values, levels, strict=True)),
        by=person,
        on=clock.day(day),
    )
