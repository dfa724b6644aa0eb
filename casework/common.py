"""Common problems: what comes again in cases, visits and slips, by category and type of neighbourhood."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from people.kept import KeptQuery
from people.models import Neighbourhood
from people.workdays import midnight

from .models import Case, Slip, Visit

DAYS, COMMON = 365, 2
PLACES = dict(Neighbourhood.Kind.choices)


@dataclass(frozen=True)
class Problem:
    """One cell: `number` times in the last year. `url` begins a topic about it."""

    origin: str
    category: str
    place: str
    number: int
    url: str


def problems(studios):
    """Problems told at least COMMON times in the last year, the most frequent first. Four queries."""
    kinds = dict(_KINDS.all(studios=studios))
    labels = dict(Case.Category.choices)
    found = [
        _problem("疑难案例", labels.get(category, ""), kind, number, category)
        for (category, kind), number in _counted(_CASES.all(studios=studios), kinds)
    ]
    told = [("还没归类的", *row) for row in _VISITS.all(studios=studios)]
    for origin, rows in (("接待与走访", told), ("三联单", _SLIPS.all(studios=studios))):
        found += [_problem(origin, *cell, number) for cell, number in _counted(rows, kinds)]
    common = [problem for problem in found if problem.number >= COMMON]
    return sorted(common, key=lambda problem: (-problem.number, problem.origin, problem.category))


def _counted(rows, kinds):
    """((category, kind), number) from (category, neighbourhood, number), which no join makes dear."""
    cells = Counter()
    for category, neighbourhood, number in rows:
        cells[category, kinds.get(neighbourhood)] += number
    return cells.items()


def _ask_cases(person, studios):
    sent = Case.objects.filter(studio__in=[studios], removed_at__isnull=True)
    sent = sent.filter(submitted_at__gte=midnight(_since()))
    return sent.order_by().values_list("category", "neighbourhood").annotate(number=Count("*"))


def _ask_visits(person, studios):
    told = Visit.objects.filter(studio__in=[studios], held_on__gte=_since(), case__isnull=True)
    return told.exclude(problem="").order_by().values_list("neighbourhood").annotate(number=Count("*"))


def _ask_slips(person, studios):
    slips = Slip.objects.filter(studio__in=[studios], received_on__gte=_since()).order_by()
    return slips.values_list("category__name", "neighbourhood").annotate(number=Count("*"))


def _ask_kinds(person, studios):
    return Neighbourhood.objects.filter(street__studio__in=[studios]).values_list("pk", "kind")


_CASES, _VISITS, _SLIPS = KeptQuery(_ask_cases), KeptQuery(_ask_visits), KeptQuery(_ask_slips)
_KINDS = KeptQuery(_ask_kinds)


def _since():
    return timezone.localdate() - timedelta(days=DAYS)


def _problem(origin, label, kind, number, category=""):
    given = (("category", category), ("place_kind", kind))
    chosen = "&".join(f"{name}={value}" for name, value in given if value)
    url = reverse("casework:topic-new") + (f"?{chosen}" if chosen else "")
    return Problem(origin, label, PLACES.get(kind, "类型没有写"), number, url)
