"""Cohorts as growth/rosters.py asks for them: who learns together, in the order of the pairs."""

from django.db.models import Count, Q

from growth.rosters import Learner, Roster

from .models import Cohort, Pairing
from .models.pairing import CURRENT

PREFIX = "cohort-"
MOST = 12


def of_studio(studio):
    """The studio's newest cohorts that have anybody in them."""
    number = Count("pairings", filter=Q(pairings__state__in=CURRENT))
    cohorts = Cohort.objects.filter(studio=studio).annotate(size=number).filter(size__gt=0)
    return [
        Roster(f"{PREFIX}{cohort.pk}", cohort.name, cohort.starts_on, cohort.ends_on, cohort.size)
        for cohort in cohorts.order_by("-starts_on", "-pk")[:MOST]
    ]


def learners(studio, key):
    number = key.removeprefix(PREFIX)
    if not key.startswith(PREFIX) or not number.isdigit() or len(number) > 18:
        return []
    pairs = Pairing.objects.current().filter(studio=studio, cohort=number)
    rows = pairs.order_by("group__number", "pk").values_list("apprentice", "mentor")
    return [Learner(apprentice, mentor) for apprentice, mentor in rows]
