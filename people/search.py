"""Finding: which rows a person may read that hold the typed words, the best first.

One statement asks the index. It looks at this month and the last one first, and at older ones, step by step,
only where those do not give enough: a common word stands in hundreds of thousands of texts, and nobody reads
more than the newest. Place and month are one mark, so that no list of all texts of a studio is walked. Only
the newest MOST are ranked; what is matched is fenced off (MATERIALIZED), or the planner would walk the days
backwards and test every row for a rare word. Then the rows themselves are asked, kind by
kind in one statement, whether this person may see them; and only what is shown is read.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from inspect import Parameter, Signature
from typing import NamedTuple
from unicodedata import is_normalized

from django.db import connection
from django.db.models import CharField, Value
from django.utils import timezone

from .kept import KeptQuery
from .search_index import (
    EVERYBODY,
    UNDATED,
    district_scope,
    first_day,
    in_month,
    kinds,
    month_number,
    studio_scope,
)
from .search_words import all_of, asks, folded, one_of, typed

MOST, PAGE = 200, 20
# Where words give few hits, so many of the newest texts are read letter by letter for what the words miss.
FEW, MOST_READ = 10, 5000
_COLUMNS = 's.kind, s.source_id, s."on", s.category, s.place_kind, s.id'
# Months back from now at which a step ends, and months ahead at which the first begins; then comes the rest.
STEPS, AHEAD = (1, 5, 17), 2


def _write_sql():
    """Each step is asked only where those before it have found fewer than MOST."""
    steps = []
    for number in range(len(STEPS) + 1):
        found = " + ".join(f"(SELECT count(*) FROM step{before})" for before in range(number))
        steps.append(
            f'step{number} AS MATERIALIZED (SELECT ctid AS row, id, "on" FROM people_searchtext'
            f" WHERE tokens @@ %(step{number})s::tsquery"
            + (f" AND {found} < {MOST}" if found else "")
            + (' AND ("on" < %(oldest)s OR "on" >= %(latest)s))' if number == len(STEPS) else ")")
        )
    hits = " UNION ALL ".join(f"SELECT * FROM step{number}" for number in range(len(STEPS) + 1))
    return f"""
WITH {", ".join(steps)},
newest AS MATERIALIZED (SELECT row FROM ({hits}) hits ORDER BY "on" DESC, id DESC LIMIT {MOST})
SELECT {_COLUMNS}
  FROM newest JOIN people_searchtext s ON s.ctid = newest.row
 ORDER BY ts_rank(s.tokens, %(words)s::tsquery) DESC, s."on" DESC, s.id DESC
"""


_SQL = _write_sql()
_LETTERS = f"""
SELECT {_COLUMNS} FROM (
  SELECT * FROM people_searchtext
   WHERE tokens @@ %(scope)s::tsquery ORDER BY id DESC LIMIT {MOST_READ}
) s WHERE {{conditions}} ORDER BY s."on" DESC, s.id DESC LIMIT {MOST}
"""


class Hit(NamedTuple):
    kind: str
    source_id: int
    on: object
    category: str
    place_kind: str
    pk: int


@dataclass
class Found:
    """`hits`: all that may be read, the best first; `facets`: {"kind": {value: number}, …} of them."""

    words: list[str]
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, Counter] = field(default_factory=dict)
    capped: bool = False


def scopes(person):
    """Where this person may search at all; the rows themselves are asked afterwards."""
    studios = sorted(person.standing.studios)
    heads = {one.studio.parent_id or one.studio_id for one in person.standing.memberships}
    return [EVERYBODY, *map(studio_scope, studios), *map(district_scope, sorted(heads))]


def find(person, text, *, kind="", category="", year=None, place_kind=""):
    """Found: what holds all typed words. An empty question finds nothing."""
    words = typed(text)
    wanted = asks(words)
    if not wanted:
        return Found(words)
    marks = [f"k{kind}"] if kind else []
    marks += [f"c{category}"] if category else []
    marks += [f"y{year}"] if year else []
    marks += [f"p{place_kind}"] if place_kind else []
    places = scopes(person)
    hits = by_words(wanted, places, marks)
    if len(hits) < FEW:
        known = {hit.pk for hit in hits}
        hits += [hit for hit in _by_letters(words, all_of(one_of(places), marks)) if hit.pk not in known]
    capped = len(hits) >= MOST
    seen = readable(person, hits)
    hits = [hit for hit in hits if (hit.kind, hit.source_id) in seen]
    return Found(words, hits, _facets(hits), capped)


def by_words(wanted, places, marks=()):
    """The Hits of a tsquery `wanted` in the scopes `places` with all `marks`, the best first."""
    month, since, asked = month_number(timezone.localdate()), -AHEAD, {}
    for number, back in enumerate(STEPS):
        months = [month - ago for ago in range(since, back + 1)] + [UNDATED] * (not number)
        there = one_of(in_month(place, one) for place in places for one in months)
        asked[f"step{number}"] = f"{wanted} & {all_of(there, marks)}"
        since = back + 1
    asked[f"step{len(STEPS)}"] = f"{wanted} & {all_of(one_of(places), marks)}"
    days = {"oldest": first_day(month - STEPS[-1]), "latest": first_day(month + AHEAD + 1)}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, asked | days | {"words": wanted})
        return [Hit(*row) for row in cursor.fetchall()]


def _by_letters(words, where):
    """Texts that hold the words although they were cut otherwise: 车库 in 停车库."""
    condition = "lower(s.title || s.body) LIKE %s"
    escaped = [word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") for word in words]
    with connection.cursor() as cursor:
        sql = _LETTERS.format(conditions=" AND ".join([condition] * len(words)))
        sql = sql.replace("%(scope)s", "%s")
        cursor.execute(sql, [where, *(f"%{word}%" for word in escaped)])
        return [Hit(*row) for row in cursor.fetchall()]


def readable(person, hits):
    """{(kind, id)} of the hits that the person may read, by the models' own rule; one statement."""
    ids = {kind: [0, 0] for kind in kinds()}
    for hit in hits:
        if hit.kind in ids:
            ids[hit.kind].append(hit.source_id)
    if not hits:
        return set()
    return set(_seen().all(person, **ids))


def _ask(person, **ids):
    parts = [
        model.search_seen(person).filter(pk__in=[ids[kind]]).order_by().values_list(_named(kind), "pk")
        for kind, model in kinds().items()
    ]
    return parts[0].union(*parts[1:], all=True)


def _named(kind):
    return Value(kind, CharField())


_kept = []


def _seen():
    """The statement that asks all kinds; made when the models are there."""
    if not _kept:
        names = ["person", *kinds()]
        _ask.__signature__ = Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names])
        _kept.append(KeptQuery(_ask))
    return _kept[0]


def _facets(hits):
    return {
        "kind": Counter(hit.kind for hit in hits),
        "category": Counter(hit.category for hit in hits if hit.category),
        "year": Counter(hit.on.year for hit in hits if hit.on),
        "place_kind": Counter(hit.place_kind for hit in hits if hit.place_kind),
    }


# --- The words around a hit -------------------------------------------------------------------------------

AROUND = 34


class Piece(NamedTuple):
    text: str
    hit: bool = False


def marked(text, words):
    """The Pieces of a text, the typed words apart."""
    plain, places = folded_in_place(text), []
    for word in words:
        at = plain.find(word)
        while at >= 0:
            places.append((at, at + len(word)))
            at = plain.find(word, at + len(word))
    pieces, at = [], 0
    for start, end in sorted(places):
        if start >= at:
            pieces += [Piece(text[at:start]), Piece(text[start:end], True)]
            at = end
    return [piece for piece in (*pieces, Piece(text[at:])) if piece.text]


def snippet(text, words):
    """A piece of the text around the first word that stands in it, as Pieces."""
    found = _places(text, words) or _places(folded_in_place(text), words)
    start = max(0, min(found, default=0) - AROUND)
    end = min(len(text), start + 3 * AROUND)
    cut = text[start:end].replace("\n", " ")
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return marked(f"{before}{cut}{after}", words)


def _places(text, words):
    return [at for word in words if (at := text.find(word)) >= 0]


def folded_in_place(text):
    """As `folded`, with every mark in its own place."""
    if is_normalized("NFKC", text) and len(plain := text.lower()) == len(text):
        return plain
    return "".join(map(_folded_mark, text))


@lru_cache(maxsize=8192)
def _folded_mark(mark):
    plain = folded(mark)
    return plain if len(plain) == 1 else mark
