"""依据: what the ledger says of a person in a period. Shown beside a mark, never turned into one."""

from .forms.score_sheet import Evidence
from .models import Entry

MOST_READ, MOST_SHOWN = 2000, 20


def evidence_of(viewer, assessed, indicators, *, url, asked=""):
    """{indicator pk: Evidence}; `asked`: the pk of the one whose lines are wanted, as text."""
    round_ = assessed.round
    known = Entry.objects.visible_to(viewer).filter(
        person=assessed.person_id, on__gte=round_.since, on__lte=round_.until
    )
    topics = list(known.order_by("-on", "-pk").values_list("competencies", flat=True)[:MOST_READ])
    found = {}
    for one in indicators:
        count = sum(one.competency in named for named in topics) if one.competency else len(topics)
        found[one.pk] = Evidence(count, f"{url}?evidence={one.pk}")
        if str(one.pk) == asked:
            found[one.pk].lines = list(_lines(known, one)[:MOST_SHOWN])
    return found


def _lines(known, indicator):
    about = known.filter(competencies__contains=[indicator.competency]) if indicator.competency else known
    return about.order_by("-on", "-pk")
