"""Querysets that a page asks at every request: put together once per process, asked for any person and row.

    PAGE = KeptQuery(lambda person, pk: on_page(Case.objects.visible_to(person)).filter(pk=pk))
    case = PAGE.get_or_404(person, pk=pk)

Building and printing a queryset with a few joins takes Django longer than all the rest of asking it. The
function is called with a stand-in (people/stand_in.py) and placeholders, once for each shape of standing and
each day; later only the ids are filled in. What is asked stays in one place, in Django's words, and the rows
are the usual ones.
"""

import copy
import inspect
from types import SimpleNamespace

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import Http404
from django.utils import timezone
from psycopg2.extensions import AsIs

from .stand_in import NAMES, PERSON, Texts, value_of

# Asks in nobody's name: for figures, which are the same for whoever may see them.
NOBODY = SimpleNamespace(pk=0, standing=None)

# Placeholders of the arguments after the person.
FIRST_SLOT = PERSON + 1000


class KeptQuery:
    """`build(person, **ids) -> queryset` may depend on the person's id and standing, the day, and ids.

    An id is used as a number; where the queryset says `__in=[id]`, it may be filled in by a list of ids.
    """

    def __init__(self, build):
        _, *ids = inspect.signature(build).parameters.values()
        names = [one.name for one in ids if one.default is one.empty]
        self.slots = {FIRST_SLOT + place: name for place, name in enumerate(names)}
        self.build = build
        self._known = None, None

    def all(self, person=NOBODY, /, **ids):
        """A list of the rows."""
        day, texts = self._known
        if day != timezone.localdate():
            day, texts = self._known = timezone.localdate(), Texts(self._compile)
        _, kept = texts.of(person)
        if kept is None or [] in ids.values():
            return []
        queryset, compiler, text, params = kept
        given = [self._fill(param, person, ids) if isinstance(param, int) else param for param in params]
        asked = queryset._chain()
        asked.query.get_compiler = lambda *args, **kwargs: _ready(compiler, text, given)
        return list(asked)

    def get_or_404(self, person, /, **ids):
        """The only row there is, or Http404."""
        rows = self.all(person, **ids)
        if not rows:
            raise Http404
        return rows[0]

    def _compile(self, stand_in):
        queryset = self.build(stand_in, **{name: number for number, name in self.slots.items()})
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            text, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        return queryset, compiler, text, params

    def _fill(self, param, person, ids):
        if param in self.slots:
            found = ids[self.slots[param]]
        elif param == PERSON or param in NAMES:
            found = value_of(param, person)
        else:
            return param
        if isinstance(found, list | tuple | set | frozenset):
            return AsIs(", ".join(str(int(pk)) for pk in found))
        return int(found)


def _ready(compiler, text, params):
    """A compiler whose work is done, on this thread's connection."""
    ready = copy.copy(compiler)
    ready.connection = connections[DEFAULT_DB_ALIAS]
    ready.as_sql = lambda *args, **kwargs: (text, params)
    return ready
