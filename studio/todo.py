"""待办: only what waits for this person, found by asking, cleared by doing. Nothing here is stored.

One query counts all sources (studio/waiting/) on every page; where they are listed, another one counts and
tells the rows. Both are put together once (people/prepared.py).
"""

import json
from datetime import date, timedelta
from itertools import groupby

from django.core.exceptions import EmptyResultSet
from django.utils import timezone

from people.prepared import Prepared

from .waiting import READ, SOURCES, Waiting

__all__ = ["SOURCES", "Waiting", "by_urgency", "counts", "waiting_for"]

# Of each source the list shows so many; the front page of staff needs fewer.
MOST, FEW = 25, 5
_BY_KEY = {source.key: source for source in SOURCES}
LATE, TODAY, WEEK, LATER = "逾期", "今天", "本周", "以后"


def counts(person):
    """{source key: number} for one person, in one query; kept on the person for the request."""
    kept = person.__dict__.get("_todo_counts")
    if kept is None:
        kept = person.__dict__["_todo_counts"] = dict(_COUNTS.fetch(person))
    return kept


def _write_counts(person):
    """One row (key, number) for each source that can hold anything; those with something come back."""
    parts, params = [], []
    for source in SOURCES:
        try:
            sql, given = source.find(person).order_by().values("pk").distinct().query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT '{source.key}' AS key, count(*) AS number FROM ({sql}) waiting")
        params.extend(given)
    return f"SELECT key, number FROM ({' UNION ALL '.join(parts)}) told WHERE number > 0", params


_COUNTS = Prepared("todo_counts", _write_counts)


def _write_rows(person, limit):
    """(key, number of all, facts) for each of the first `limit` rows of each source, in its order."""
    parts, params = [], []
    for source in SOURCES:
        try:
            sql, given = source.find(person).values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        facts, names = READ[source.kind].sql("shown.pk")
        shown = f"SELECT pk, count(*) OVER () AS number FROM ({sql}) waiting(pk) LIMIT {limit}"
        parts.append(f"(SELECT '{source.key}', number, ({facts}) FROM ({shown}) shown)")
        params.extend((*names, *given))
    return " UNION ALL ".join(parts), params


_ROWS = {
    limit: Prepared(f"todo_rows_{limit}", lambda person, limit=limit: _write_rows(person, limit))
    for limit in (MOST, FEW)
}


def waiting_for(person, limit=MOST, leaving_out=()):
    """What waits for a person, the most urgent first, without a day last; `limit` of each source."""
    numbers, found = {}, []
    for key, number, told in _ROWS[limit].fetch(person):
        numbers[key] = number
        if key not in leaving_out:
            source = _BY_KEY[key]
            found.append(source.tell(READ[source.kind].row(json.loads(told))))
    person.__dict__["_todo_counts"] = numbers
    return sorted(found, key=lambda item: (item.due is None, item.due or date.max))


def by_urgency(items, today=None):
    """[(逾期 | 今天 | 本周 | 以后, items)] in that order, without empty parts."""
    today = today or timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())

    def part(item):
        if item.due is None or item.due > sunday:
            return LATER
        return LATE if item.due < today else TODAY if item.due == today else WEEK

    order = (LATE, TODAY, WEEK, LATER)
    placed = sorted(items, key=lambda item: order.index(part(item)))
    return [(name, list(group)) for name, group in groupby(placed, key=part)]
