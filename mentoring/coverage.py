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


def _ask_covered(person, cohort):
    """(apprentice, topic key, last day)."""
    found = _held(cohort).filter(session__course__isnull=False)
    found = found.annotate(key=Unnest(F("session__course__keys"))).values("apprentice", "key")
    return found.annotate(last=Max("session__held_on")).values_list("apprentice", "key", "last")


def _ask_modes(person, cohort):
    """(apprentice, way of teaching, last day) of those that decide about a training."""
    wanted = (*ON_THE_SPOT, Session.Mode.SELECTED)
    found = _held(cohort).filter(session__mode__in=wanted).values("apprentice", "session__mode")
    return found.annotate(last=Max("session__held_on")).values_list("apprentice", "session__mode", "last")


def _ask_pairs(person, cohort):
    pairs = Pairing.objects.current().filter(cohort=cohort)
    return pairs.select_related("mentor", "apprentice__neighbourhood", "group").order_by(
        "group__number", "pk"
    )


_COVERED, _MODES, _PAIRS = map(KeptQuery, (_ask_covered, _ask_modes, _ask_pairs))


def covered(cohort):
    """{apprentice id: {topic key: last day}} of a cohort."""
    found = defaultdict(dict)
    for apprentice, key, last in _COVERED.all(cohort=cohort.pk):
        found[apprentice][key] = last
    return found


def pairs_of(cohort):
    """Current pairs of a cohort in the order of groups, with mentor and apprentice."""
    return _PAIRS.all(cohort=cohort.pk)


def needs_of(cohort, persons):
    """[Need] of these Persons, in their order; key is the person's id."""
    ids = [person.pk for person in persons]
    known, modes = covered(cohort), defaultdict(dict)
    levels, weaknesses = _levels_and_weaknesses(cohort.studio_id, ids)
    for apprentice, mode, last in _MODES.all(cohort=cohort.pk):
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


def _levels_and_weaknesses(studio, persons):
    """({person: {competency: level}} of the latest self-rating of each axis, {person: {competency}} of the
    短板 that are named and not made good yet), in one query.
    """
    own = Rating.objects.filter(studio=studio, person__in=persons, by=F("person"))
    rated = own.order_by("person", "competency", "-on", "-pk").distinct("person", "competency")
    named = Weakness.objects.standing().filter(studio=studio, person__in=persons).exclude(competency="")
    weak = named.order_by().values_list("person", "competency", Value(NAMED))
    levels, weaknesses = defaultdict(dict), defaultdict(set)
    for person, axis, level in rated.values_list("person", "competency", "level").union(weak, all=True):
        if level == NAMED:
            weaknesses[person].add(axis)
        else:
            levels[person][axis] = level
    return levels, weaknesses
