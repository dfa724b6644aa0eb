"""Writing the search index. Models that derive from `Searched` keep their own row in it.

    class Session(Searched, Versioned, Removable):
        search_kind, search_label = "session", "带教活动"
        search_watches = ("note", "theme", "state")
        def search_text(self): return Text(title=…, body=…, on=self.held_on)

`save()`, `save_version` and 去掉/找回 write through; whoever changes words by other ways calls
`instance.keep_searchable()`. `rebuild` derives everything anew and on a sound database changes nothing.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from .models import Searched, SearchText
from .search_words import BODY, LEAD, TITLE, vector

MOST_BODY = 6000
CHUNK = 500
_UPSERT = """
INSERT INTO people_searchtext (studio_id, kind, source_id, "on", title, body, category, place_kind, tokens)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::tsvector)
ON CONFLICT (studio_id, kind, source_id) DO UPDATE SET
  "on" = EXCLUDED."on", title = EXCLUDED.title, body = EXCLUDED.body, category = EXCLUDED.category,
  place_kind = EXCLUDED.place_kind, tokens = EXCLUDED.tokens
WHERE (people_searchtext."on", people_searchtext.title, people_searchtext.body, people_searchtext.category,
       people_searchtext.place_kind, people_searchtext.tokens)
   IS DISTINCT FROM
      (EXCLUDED."on", EXCLUDED.title, EXCLUDED.body, EXCLUDED.category, EXCLUDED.place_kind, EXCLUDED.tokens)
"""


@dataclass(frozen=True)
class Text:
    """What can be found of a row. `lead` counts more than `body`; `scope`: who may search it at all.

    `scope` is `studio_scope(…)`, `district_scope(…)` or EVERYBODY; the rows themselves are asked in the end.
    """

    title: str
    body: str = ""
    lead: str = ""
    on: date | None = None
    category: str = ""
    place_kind: str = ""
    scope: str = ""


EVERYBODY = "all"
# Stands for the month of a text without a day.
UNDATED = 0


def studio_scope(pk):
    return f"s{pk}"


def district_scope(pk):
    return f"d{pk}"


@cache
def kinds():
    """{kind: model} of everything that is found, in a fixed order."""
    found = {model.search_kind: model for model in apps.get_models() if issubclass(model, Searched)}
    return {kind: found[kind] for kind in sorted(found)}


def marks(kind, text, studio_id):
    """The words of the vector that say where a text belongs."""
    scope = text.scope or studio_scope(studio_id)
    told = [scope, f"k{kind}"]
    told += [f"c{text.category}"] if text.category else []
    told += [f"p{text.place_kind}"] if text.place_kind else []
    told += [f"y{text.on.year}"] if text.on else []
    return [*told, in_month(scope, month_number(text.on) if text.on else UNDATED)]


def in_month(scope, number):
    """The word for a place in a month."""
    return f"{scope}m{number}"


def month_number(day):
    """A number for the month of a year, counted on through the years."""
    return day.year * 12 + day.month - 1


def first_day(number):
    """The day on which the month of this number begins."""
    return date(number // 12, number % 12 + 1, 1)


def keep(instance):
    """Make the index agree with the row as it is in the database now. Inside the row's transaction."""
    rows = type(instance)._base_manager.select_related(*instance.search_along)
    row = rows.filter(pk=instance.pk).first()
    if row is not None:
        _write(row)


def keep_around(place):
    """As `keep`, for every row that tells of this neighbourhood, when its type is another."""
    for model in kinds().values():
        if "neighbourhood" in model.search_along:
            rows = model._base_manager.filter(neighbourhood=place).select_related(*model.search_along)
            for row in rows.iterator(CHUNK):
                _write(row)


def _write(row):
    text = row.search_text()
    if text is None:
        return forget(row)
    title, body = text.title[:200], "\n".join(filter(None, (text.lead, text.body)))[:MOST_BODY]
    parts = [(TITLE, title), (LEAD, text.lead), (BODY, text.body[:MOST_BODY])]
    tokens = vector(parts, marks(row.search_kind, text, row.studio_id))
    with connection.cursor() as cursor:
        where = [row.studio_id, row.search_kind, row.pk, text.on]
        cursor.execute(_UPSERT, [*where, title, body, text.category, text.place_kind, tokens])
        return cursor.rowcount


def forget(row):
    """Take the row out of the index."""
    found = SearchText.objects.filter(kind=row.search_kind, source_id=row.pk, studio=row.studio_id)
    return found.delete()[0]


@transaction.atomic
def add_missing():
    """Write the rows that are not in the index although they could be; returns how many there were.

    After an upgrade, whose migrations know nothing of the index; and once a day.
    """
    added = 0
    for kind, model in kinds().items():
        there = SearchText.objects.filter(kind=kind, source_id=OuterRef("pk"))
        rows = model._base_manager.filter(~Exists(there)).select_related(*model.search_along)
        added += sum(_write(row) for row in rows.iterator(CHUNK))
    return added


@transaction.atomic
def rebuild():
    """Write every row anew and drop what has none; returns (rows read, rows changed)."""
    read = changed = 0
    for kind, model in kinds().items():
        rows = model._base_manager.order_by("pk")
        gone = SearchText.objects.filter(kind=kind).exclude(source_id__in=rows.values("pk"))
        changed += gone.delete()[0]
        for row in rows.select_related(*model.search_along).iterator(CHUNK):
            read, changed = read + 1, changed + _write(row)
    changed += SearchText.objects.exclude(kind__in=kinds()).delete()[0]
    return read, changed
