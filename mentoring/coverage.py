"""Who has been taught what: read from the logged sessions of a cohort."""

from collections import defaultdict

from django.db.models import F, Func, Max, Value

from growth.models import Rating, Weakness
from people.kept import KeptQuery

from .models import Attendance, Pairing, Session
from .needs import Need

ON_THE_SPOT = (Session.Mode.VISIT, Session.Mode.ONSITE, Session.Mode.STATIONED)
# Stands for a level where a 短板 was named.
NAMED = 0


class Unnest(Func):
    """The elements of an array, each in a row of its own."""

    function = "unnest"
    set_returning = True


def _held(cohort):
    return Attendance.objects.filter(
        session__cohort=cohort, session__state=Session.State.LOGGED, session__removed_at__isnull=True
    ).order_by()


def _covered(held):
    """(apprentice, topic key, last day)."""
    found = held.filter(session__course__isnull=False)
    found = found.annotate(key=Unnest(F("session__course__keys"))).values("apprentice", "key")
    return found.annotate(last=Max("session__held_on")).values_list("apprentice", "key", "last")


def _modes(held):
    """(apprentice, way of teaching, last day) of those that decide about a training."""
    wanted = (*ON_THE_SPOT, Session.Mode.SELECTED)
    found = held.filter(session__mode__in=wanted).values("apprentice", "session__mode")
    return found.annotate(last=Max("session__held_on")).values_list("apprentice", "session__mode", "last")


# What the page says of a pair; the rest of two persons stays where it is.
SHOWN = ("studio", "cohort", "group", "mentor__name", "mentor__salutation")
SHOWN += (
    "apprentice__name",
    "apprentice__unit",
    "apprentice__weak_points",
    "apprentice__neighbourhood__name",
)


def _ask_pairs(person, cohort):
    pairs = Pairing.objects.current().filter(cohort=cohort).only(*SHOWN)
    return pairs.select_related("mentor", "apprentice__neighbourhood").order_by("group__number", "pk")


_PAIRS = KeptQuery(_ask_pairs)
_LED = KeptQuery(lambda person, cohort: _ask_pairs(person, cohort).filter(mentor=person))
# Of a whole cohort, and of a few in it, for whom the way by their own attendance is the shorter one.
_ALL_COVERED = KeptQuery(lambda person, cohort: _covered(_held(cohort)))
_COVERED = KeptQuery(lambda person, cohort, few: _covered(_held(cohort).filter(apprentice__in=[few])))
_ALL_MODES = KeptQuery(lambda person, cohort: _modes(_held(cohort)))
_MODES = KeptQuery(lambda person, cohort, few: _modes(_held(cohort).filter(apprentice__in=[few])))


def covered(cohort, few=None):
    """{apprentice id: {topic key: last day}} of a cohort, or of these few ids in it."""
    rows = _ALL_COVERED.all(cohort=cohort.pk) if few is None else _COVERED.all(cohort=cohort.pk, few=few)
    found = defaultdict(dict)
    for apprentice, key, last in rows:
        found[apprentice][key] = last
    return found


def pairs_of(cohort, mentor=None):
    """Current pairs of a cohort in the order of groups, with what is shown of mentor and apprentice.

    `mentor`: only those of this Person.
    """
    return _LED.all(mentor, cohort=cohort.pk) if mentor else _PAIRS.all(cohort=cohort.pk)


def needs_of(cohort, persons, *, few=True, visited=True):
    """[Need] of these Persons, in their order; key is the person's id.

    `few`: not the whole cohort; `visited`: with the last days of a visit and of a 双月选训, too.
    """
    ids = [person.pk for person in persons]
    known, modes = covered(cohort, ids if few else None), defaultdict(dict)
    levels, weaknesses = _levels_and_weaknesses(cohort.studio_id, ids)
    if visited:
        rows = _MODES.all(cohort=cohort.pk, few=ids) if few else _ALL_MODES.all(cohort=cohort.pk)
        for apprentice, mode, last in rows:
            modes[apprentice][mode] = last
    return [
        Need(
            key=person.pk,
            levels=levels.get(person.pk, {}),
            weak_points=(*person.weak_points, *weaknesses[person.pk]),
            covered=known.get(person.pk, {}),
            onsite=max((modes[person.pk][m] for m in ON_THE_SPOT if m in modes[person.pk]), default=None),
            selected=modes[person.pk].get(Session.Mode.SELECTED),
        )
        for person in persons
    ]


def _ask_levels(person, studio, persons):
    """(person, competency, level) of the latest self-rating of each axis, and with level NAMED of the 短板
    that are named and not made good yet.
    """
    own = Rating.objects.filter(studio=studio, person__in=[persons], by=F("person"))
    rated = own.order_by("person", "competency", "-on", "-pk").distinct("person", "competency")
    named = Weakness.objects.standing().filter(studio=studio, person__in=[persons]).exclude(competency="")
    weak = named.order_by().values_list("person", "competency", Value(NAMED))
    return rated.values_list("person", "competency", "level").union(weak, all=True)


_LEVELS = KeptQuery(_ask_levels)


def _levels_and_weaknesses(studio, persons):
    """({person: {competency: level}}, {person: {competency}}), in one query."""
    levels, weaknesses = defaultdict(dict), defaultdict(set)
    for person, axis, level in _LEVELS.all(studio=studio, persons=persons):
        if level == NAMED:
            weaknesses[person].add(axis)
        else:
            levels[person][axis] = level
    return levels, weaknesses
