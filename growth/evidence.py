"""依据: what the ledger says of a person in a period. Shown beside a mark, never turned into one."""

from datetime import date

from people.kept import KeptQuery

from .forms.score_sheet import Evidence
from .models import Entry

MOST_READ, MOST_SHOWN = 2000, 20


def _known(viewer, person, since, until):
    return Entry.objects.visible_to(viewer).filter(person=person, on__gte=since, on__lte=until)


def _topics(viewer, person, since: date, until: date):
    rows = _known(viewer, person, since, until).order_by("-on", "-pk")
    return rows.values_list("competencies", flat=True)[:MOST_READ]


_TOPICS = KeptQuery(_topics)


def evidence_of(viewer, person, indicators, *, since, until, url, asked=""):
    """{indicator pk: Evidence}; `person`: an id; `asked`: the pk of the one whose lines are wanted."""
    topics = _TOPICS.all(viewer, person=person, since=since, until=until)
    found = {}
    for one in indicators:
        count = sum(one.competency in named for named in topics) if one.competency else len(topics)
        found[one.pk] = Evidence(count, f"{url}?evidence={one.pk}")
        if str(one.pk) == asked:
            found[one.pk].lines = list(_lines(_known(viewer, person, since, until), one)[:MOST_SHOWN])
    return found


def _lines(known, indicator):
    about = known.filter(competencies__contains=[indicator.competency]) if indicator.competency else known
    return about.order_by("-on", "-pk")
