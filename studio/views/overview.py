"""区级总览: what the streets do and where it sticks. Administrative order, no ranks, no single persons."""

from django.db.models import Count, F, OuterRef
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.models import Case, DistrictRequest
from growth.outcomes import RANKS, told
from people.access import require
from people.counting import number_of
from people.kept import KeptQuery
from people.models import Feedback, Studio
from people.words import than

from .. import figures

MOST_REQUESTS = 30


@require_safe
def overview(request):
    heads = request.standing.district
    require(heads, "区级总览只有区里能看")
    studios = _STUDIOS.all(studios=heads)
    streets = [studio for studio in studios if studio.level == Studio.Level.STREET]
    ids = [studio.pk for studio in streets]
    rows = street_rows(streets)
    context = {
        "rows": rows,
        "tiles": tiles(rows),
        "slips": slip_tiles(rows),
        "problems": common_problems(ids),
        "requests": requests_of(request.user),
        "transferred": sum(row["transferred"] for row in rows),
        "feedback": sum(studio.said for studio in studios),
        "as_of": timezone.localtime(),
    }
    return render(request, "studio/overview.html", context)


@require_safe
def street(request, pk):
    """One street in numbers: the months so far, and its open kinds of problems."""
    below = {studio.pk: studio for studio in _STUDIOS.all(studios=request.standing.district)}
    studio = below.get(pk)
    if studio is None or studio.level != Studio.Level.STREET:
        raise Http404
    today = timezone.localdate()
    months = figures.months_back(today, 12)
    per_month = dict.fromkeys(months, 0)
    for day, number in figures.session_days(studio, len(months)).items():
        per_month[day.replace(day=1)] += number
    rows = street_rows([studio])
    context = {
        "studio": studio,
        "tiles": tiles(rows),
        "slips": slip_tiles(rows),
        "bars": [(f"{first.month}月", per_month[first]) for first in reversed(months)],
        "problems": common_problems([studio.pk]),
        "as_of": timezone.localtime(),
    }
    return render(request, "studio/overview_street.html", context)


def _ask_studios(nobody, studios):
    """With `said`: how many words of 意见建议 of a studio wait for an answer."""
    unanswered = Feedback.objects.filter(studio=OuterRef("pk"), answered_at__isnull=True)
    found = Studio.objects.filter(pk__in=[studios]).select_related("street")
    return found.annotate(said=number_of(unanswered, "studio"))


_STUDIOS = KeptQuery(_ask_studios)


def requests_of(person):
    """需要区里协调的: what is not answered, then what was answered last, with the street and no names."""
    return _REQUESTS.all(person)


def _ask_requests(person):
    found = DistrictRequest.objects.visible_to(person).filter(studio__in=person.standing.district)
    order = (F("answered_at").desc(nulls_first=True), "asked_at", "pk")
    shown = DistrictRequest.objects.filter(pk__in=found.order_by(*order).values("pk")[:MOST_REQUESTS])
    told = ("reason", "asked_at", "answer", "answered_at", "case__title")
    shown = shown.select_related("studio", "case").order_by(*order)
    return shown.only(*told, "studio__name", "studio__brand_name")


_REQUESTS = KeptQuery(_ask_requests)


def street_rows(streets):
    """One dict per street, in administrative order."""
    ids = [studio.pk for studio in streets]
    held, cases = figures.sessions(ids), figures.cases(ids)
    steps, pairs = figures.steps_on_time(ids), figures.pairs(ids)
    words = ("consulting", "treating", "transferred", "closed", "closed_before", *RANKS, *figures.SLIPS)
    nothing = dict.fromkeys(words, 0)
    return [
        {
            "studio": studio,
            "pairs": pairs.get(studio.pk, 0),
            "held": held.get(studio.pk, (0, 0))[0],
            "held_before": held.get(studio.pk, (0, 0))[1],
            "in_time": steps.get(studio.pk, (0, 0))[0],
            "steps_due": steps.get(studio.pk, (0, 0))[1],
            **cases.get(studio.pk, nothing),
        }
        for studio in streets
    ]


def outcome_tile(counts, url=""):
    """培养成果 as a tile. `counts`: {rank: persons} of each studio."""
    added = {rank: sum(one.get(rank, 0) for one in counts) for rank in RANKS}
    tile = {"label": "培养成果", "value": sum(added.values()), "unit": "名", "note": told(added)}
    return tile | ({"url": url} if url else {})


def tiles(rows):
    """The sums over the streets, each with its comparison in words."""

    def total(name):
        return sum(row[name] for row in rows)

    return [
        {"label": "在期结对", "value": total("pairs"), "unit": "对"},
        {
            "label": "本月带教",
            "value": total("held"),
            "unit": "次",
            "note": than(total("held"), total("held_before")),
        },
        {"label": "会诊中", "value": total("consulting"), "unit": "件"},
        {"label": "执行药方", "value": total("treating"), "unit": "件"},
        {"label": "药方按时做到", "value": total("in_time"), "unit": f"步，到期{total('steps_due')}步"},
        {
            "label": "本月结案",
            "value": total("closed"),
            "unit": "件",
            "note": than(total("closed"), total("closed_before"), "件"),
        },
        outcome_tile(rows),
    ]


def slip_tiles(rows):
    """收集问题 · 派单 · 办结 of this year, as the report counts them."""
    told = (("收集问题", "slips", "个"), ("派单", "slips_sent", "张"), ("办结", "slips_finished", "件"))
    return [
        {"label": label, "value": sum(row[name] for row in rows), "unit": unit, "note": "今年"}
        for label, name, unit in told
    ]


def common_problems(ids):
    """[(kind of problem, number of open cases)] in the fixed order of the kinds."""
    found = dict(_PROBLEMS.all(studios=ids))
    return [(kind.label, found[kind]) for kind in Case.Category if found.get(kind)]


def _ask_problems(nobody, studios):
    live = Case.objects.open().filter(studio__in=[studios], removed_at__isnull=True)
    return live.values_list("category").annotate(Count("pk")).order_by("category")


_PROBLEMS = KeptQuery(_ask_problems)
