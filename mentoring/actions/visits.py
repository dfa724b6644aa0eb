"""Study visits: arranging, changing, calling off, saying who went, photos; and series."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from people import words
from people.actions import drafts
from people.actions.notices import tell
from people.models import Membership, Person
from people.stale import Refused, save_version

from ..models import Participant, SeriesSession, Stop, Visit
from . import cadence_counts

NEW = "visit-new"
MOST_PEOPLE = 100
WRITTEN = ("title", "on", "starts_at", "about", "series")
OVER = "这次观摩已经去过，或者不去了，安排不能再改"


@transaction.atomic
def plan(*, studio, title, on, stops, people, by, series=None, starts_at=None, about="", at=None):
    """Arrange a visit. `stops`: (place, host, focus) in their order; those who go along are told."""
    visit = Visit.objects.create(
        studio=studio, series=series, title=title, on=on, starts_at=starts_at, about=about, by=by,
        at=at or timezone.now(),
    )  # fmt: skip
    _set_stops(visit, stops)
    new = _set_people(visit, people)
    drafts.clear(by, NEW)
    _tell(visit, new, f"{words.day(on)}观摩“{title}”，请您一起去", by, at)
    return visit


@transaction.atomic
def edit(visit, *, stops, people, by, at=None, **values):
    """Change what is arranged; those who go hear of a moved day or hour. Raises Refused, StaleEdit."""
    if visit.state != Visit.State.PLANNED:
        raise Refused(OVER)
    was = Visit.objects.values_list("on", "starts_at").get(pk=visit.pk)
    for name in WRITTEN:
        setattr(visit, name, values[name])
    save_version(visit, WRITTEN)
    _set_stops(visit, stops)
    new = _set_people(visit, people)
    _tell(visit, new, f"{words.day(visit.on)}观摩“{visit.title}”，请您一起去", by, at)
    if was != (visit.on, visit.starts_at):
        fresh = {person.pk for person in new}
        others = [person for person in people if person.pk not in fresh]
        when = words.day(visit.on) + (words.clock(visit.starts_at) if visit.starts_at else "")
        _tell(visit, others, f"观摩“{visit.title}”改到{when}", by, at)
    return visit


@transaction.atomic
def cancel(visit, *, why, by, at=None):
    """不去了: with a reason, told to those who were to go."""
    if visit.state != Visit.State.PLANNED:
        raise Refused(OVER)
    visit.state, visit.why = Visit.State.CANCELLED, why
    save_version(visit, ("state", "why"))
    _tell(visit, list(visit.participants.all()), f"观摩“{visit.title}”不去了：{why}", by, at)
    return visit


@transaction.atomic
def hold(visit, *, people, note="", counts=(), by, at=None):
    """去过了: who really went, and what was seen. It goes into their files; a second time corrects it.

    `counts`: slots of 三个一 that this visit was.
    """
    if visit.state == Visit.State.CANCELLED or visit.on > timezone.localdate(at):
        raise Refused("还没有去，或者不去了，等去过再记")
    first = visit.state == Visit.State.PLANNED
    visit.state, visit.note = Visit.State.HELD, note
    save_version(visit, ("state", "note"))
    _set_people(visit, people)
    ledger.record(visit)
    cadence_counts.count(counts, lambda slot: visit, day=visit.on, by=by, at=at)
    if first:
        text = f"观摩“{visit.title}”回来了，带回一条：看到的一个做法，回去先试什么"
        _tell(visit, people, text, None, at)
    return visit


@transaction.atomic
def put_into_series(series, session, *, by, at=None):
    """A session that was one of the series. A second time changes nothing."""
    SeriesSession.objects.get_or_create(
        studio=series.studio, series=series, session=session, defaults={"by": by, "at": at or timezone.now()}
    )
    return series


def may_be_asked(studio):
    """Everybody who may go along: mentors and apprentices of the studio, in their fixed order."""
    held = Membership.objects.current().filter(studio=studio, role__in=("lead", "mentor", "apprentice"))
    people = Person.objects.filter(pk__in=held.values("person"))
    return people.select_related("neighbourhood").order_by("pk")


def _set_stops(visit, stops):
    present = {stop.order: stop for stop in visit.stops.all()}
    for order, (place, host, focus) in enumerate(stops, start=1):
        stop = present.pop(order, None) or Stop(studio=visit.studio, visit=visit, order=order)
        if (stop.place, stop.host, stop.focus) != (place, host, focus) or stop.pk is None:
            stop.place, stop.host, stop.focus = place, host, focus
            stop.save()
    Stop.objects.filter(pk__in=[stop.pk for stop in present.values()]).delete()


def _set_people(visit, people):
    """Make those who go along exactly `people`; returns those who are new."""
    wanted = {person.pk: person for person in people}
    there = set(visit.along.values_list("person", flat=True))
    visit.along.exclude(person__in=wanted).delete()
    new = [person for pk, person in wanted.items() if pk not in there]
    Participant.objects.bulk_create(
        Participant(studio=visit.studio, visit=visit, person=person) for person in new
    )
    return new


def _tell(visit, persons, text, by, at):
    told = [person for person in persons if by is None or person.pk != by.pk]
    tell(told, text, link=visit.get_absolute_url(), studio=visit.studio, at=at)
