"""Common problems: what comes again in cases, visits and slips, by category and type of neighbourhood."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

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
    """Problems told at least COMMON times in the last year, the most frequent first. Three queries."""
    since = timezone.localdate() - timedelta(days=DAYS)
    labels = dict(Case.Category.choices)
    sent = Case.objects.filter(studio__in=studios, removed_at__isnull=True, submitted_at__gte=midnight(since))
    found = [
        _problem("疑难案例", labels.get(category, ""), kind, number, category)
        for category, kind, number in _counted(sent, "category")
    ]
    told = Visit.objects.filter(studio__in=studios, held_on__gte=since, case__isnull=True).exclude(problem="")
    counted = told.order_by().values_list("neighbourhood__kind").annotate(Count("pk"))
    found += [_problem("接待与走访", "还没归类的", kind, number) for kind, number in counted]
    slips = Slip.objects.filter(studio__in=studios, received_on__gte=since)
    counted = _counted(slips, "category__name")
    found += [_problem("三联单", name, kind, number) for name, kind, number in counted]
    common = [problem for problem in found if problem.number >= COMMON]
    return sorted(common, key=lambda problem: (-problem.number, problem.origin, problem.category))


def _counted(rows, column):
    return rows.order_by().values_list(column, "neighbourhood__kind").annotate(Count("pk"))


def _problem(origin, label, kind, number, category=""):
    given = (("category", category), ("place_kind", kind))
    chosen = "&".join(f"{name}={value}" for name, value in given if value)
    url = reverse("casework:topic-new") + (f"?{chosen}" if chosen else "")
    return Problem(origin, label, PLACES.get(kind, "类型没有写"), number, url)
