"""Querysets that a page asks at every request: put together once per process, asked for any person and row.

    PAGE = KeptQuery(lambda person, pk: on_page(Case.objects.visible_to(person)).filter(pk=pk))
    case = PAGE.get_or_404(person, pk=pk)

Building and printing a queryset with a few joins takes Django longer than all the rest of asking it.
The function is called with a stand-in (people/stand_in.py) and placeholders, once for each shape of
standing and each day; PostgreSQL keeps the plan (people/statements.py), and later only the ids are
sent. What is asked stays in one place, in Django's words, and the rows are the usual ones.
"""

import copy
import inspect
from datetime import date, timedelta
from itertools import count
from types import SimpleNamespace

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import Http404
from django.utils import timezone

from .stand_in import NAMES, PERSON, Texts, value_of
from .statements import Statement

# Asks in nobody's name: for figures, which are the same for whoever may see them.
NOBODY = SimpleNamespace(pk=0, standing=None)

# Placeholders of the arguments after the person: small numbers that are no year and stand in no query, ids
# that no row has, days that nothing is on, words that nobody writes.
FIRST_SMALL = 32_001
FIRST_SLOT, FIRST_DAY = PERSON + 1000, date(9000, 1, 1)
_serial = count(1)


class KeptQuery:
    """`build(person, **given) -> queryset` may depend on the person's id and standing, today, what is given.

    An id is used as a number; where the queryset says `__in=[id]`, it may be filled in by a list of ids.
    It is compared with bigint columns only: of a smaller one Django knows that it never holds the placeholder
    and finds nothing. For those (a year, a month) the argument is marked `: int`.
    A day is an argument marked `: date`, a word one marked `: str`.
    """

    def __init__(self, build):
        _, *ids = inspect.signature(build).parameters.values()
        asked = [one for one in ids if one.default is one.empty]
        self.slots = {_placeholder(one, place): one.name for place, one in enumerate(asked)}
        self.build = build
        self._known = None, None

    def all(self, person=NOBODY, /, **ids):
        """A list of the rows. `ids`: the ids and days by their names."""
        day, texts = self._known
        if day != timezone.localdate():
            day, texts = self._known = timezone.localdate(), Texts(self._compile)
        _, kept = texts.of(person)
        if kept is None or [] in ids.values():
            return []
        values = {
            slot: str(ids[name]) if _is_word(slot) else _plain(ids[name]) for slot, name in self.slots.items()
        }
        return kept.rows(lambda slot: values[slot] if slot in values else value_of(slot, person))

    def get_or_404(self, person, /, **ids):
        """The only row there is, or Http404."""
        rows = self.all(person, **ids)
        if not rows:
            raise Http404
        return rows[0]

    def _compile(self, stand_in):
        queryset = self.build(stand_in, **{name: number for number, name in self.slots.items()})
        compiler, placeholders = queryset.query.get_compiler(DEFAULT_DB_ALIAS), {PERSON, *NAMES, *self.slots}
        _refuse_personal_prefetch(queryset, placeholders)
        try:
            text, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        return _Compiled(queryset, compiler, text, params, placeholders)


def _placeholder(argument, place):
    if argument.annotation is int:
        return FIRST_SMALL + place
    if argument.annotation is date:
        return FIRST_DAY + timedelta(days=place)
    return f"kept_word_{place}" if argument.annotation is str else FIRST_SLOT + place


def _refuse_personal_prefetch(queryset, placeholders):
    """A prefetch is asked anew each time: placeholders in it would never be filled in."""
    for lookup in queryset._prefetch_related_lookups:
        inner = getattr(lookup, "queryset", None)
        if inner is not None and placeholders.intersection(_plain_values(inner.query.sql_with_params()[1])):
            raise ValueError(
                f"prefetch of {lookup.prefetch_to} depends on the person or an id: annotate instead"
            )


def _plain_values(params):
    """What among the parameters may be a placeholder."""
    return {param for param in params if type(param) in (int, date, str)}


class _Compiled:
    """A queryset and its text. A list of one id is told apart: `IN (5)` finds ways that `= ANY` does not."""

    def __init__(self, queryset, compiler, text, params, placeholders):
        self.queryset, self.compiler, self.text, self.params = queryset, compiler, text, params
        used = placeholders.intersection(_plain_values(params))
        self.names = {slot: _name(slot) for slot in sorted(used, key=_name)}
        self.statements = {}

    def rows(self, value):
        """`value(slot)` is what the placeholder stands for: a day, an id or a collection of ids."""
        given, many = {}, []
        for slot, name in self.names.items():
            found = value(slot)
            if not isinstance(found, int | date | str):
                found = list(found)
                if len(found) == 1:
                    found = found[0]
                else:
                    many.append(name)
            given[name] = found
        many = tuple(many)
        if many not in self.statements:
            statement = Statement(self.text, self.params, self.names, lists=many)
            self.statements[many] = statement, f"kept_{next(_serial)}"
        statement, name = self.statements[many]
        call = statement.call(name)
        asked = self.queryset._chain()
        asked.query.get_compiler = lambda *args, **kwargs: _ready(self.compiler, call, given)
        return list(asked)


def _name(slot):
    if _is_word(slot):
        return slot
    if isinstance(slot, date):
        return f"day_{slot:%m%d}"
    return f"small_{slot}" if slot < PERSON else f"id_{slot - PERSON}"


def _is_word(slot):
    return isinstance(slot, str)


def _plain(value):
    """A day, or an id as the number it is, whatever it came as."""
    if isinstance(value, date):
        return value
    return [int(pk) for pk in value] if isinstance(value, list | tuple | set | frozenset) else int(value)


def _ready(compiler, text, params):
    """A compiler whose work is done, on this thread's connection."""
    ready = copy.copy(compiler)
    ready.connection = connections[DEFAULT_DB_ALIAS]
    ready.as_sql = lambda *args, **kwargs: (text, params)
    return ready
