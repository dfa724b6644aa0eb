"""`visible_to` rules whose SQL is put together once per process instead of at every query.

The rules are long: several EXISTS for mentors, peers and consultants. Django takes longer to build and
print such a rule than PostgreSQL to answer the query. `@kept` keeps the rule's text for each shape of
standing and fills in the ids; what the rule says stays in the queryset method, in Django's words.
"""

import re
from functools import wraps

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BooleanField, Expression, F
from psycopg2.extensions import AsIs

from .stand_in import NotKept, Texts, is_stand_in, value_of


def kept(rule):
    """Decorates `visible_to(self, person)`, whose answer depends on the person's id and standing alone.

    A rule that joins other tables to the listed one is asked in full: its text could not stand alone.
    """
    texts_of = {}

    @wraps(rule)
    def visible_to(self, person):
        texts = texts_of.get(self.model)
        if texts is None:
            texts = texts_of[self.model] = Texts(lambda stand_in: _write(rule, self.model, stand_in))
        _, written = texts.of(person)
        if written is None:
            return rule(self, person)
        return self.filter(_Seen(*written, person)) if written else self.none()

    visible_to.in_full = rule
    return visible_to


def _write(rule, model, stand_in):
    """(text, params); () when nobody of this shape sees anything, None when it cannot stand alone."""
    try:
        query = rule(model._default_manager.all(), stand_in).query
    except NotKept:
        return None
    if sum(bool(count) for count in query.alias_refcount.values()) > 1:
        return None
    try:
        text, params = query.get_compiler(DEFAULT_DB_ALIAS).compile(query.where)
    except EmptyResultSet:
        return ()
    except FullResultSet:
        return "true", ()
    # Aliases of the rule's own subqueries must not meet those of a query that the rule becomes part of.
    table = model._meta.db_table
    text = re.sub(r"\b([T-Z]\d+)\b", rf"{table}_\1", text)
    return text.replace(f'"{table}".', "{table}."), tuple(params)


class _Seen(Expression):
    """The rule as a condition on the table that `key` belongs to, under whatever alias it goes."""

    conditional = True

    def __init__(self, text, params, person):
        super().__init__(output_field=BooleanField())
        self.text, self.params, self.person, self.key = text, params, person, F("pk")

    # Comparing by what it was made of would cost more than all the rest.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def get_source_expressions(self):
        return [self.key]

    def set_source_expressions(self, expressions):
        (self.key,) = expressions

    def as_sql(self, compiler, connection):
        table = compiler.quote_name_unless_alias(self.key.alias)
        return f"({self.text.replace('{table}', table)})", [self._fill(param) for param in self.params]

    def _fill(self, param):
        found = value_of(param, self.person) if isinstance(param, int) else param
        if not isinstance(found, frozenset):
            return found
        # For a stand-in this is part of a longer text: its placeholder stays one.
        return (
            next(iter(found)) if is_stand_in(self.person) else AsIs(", ".join(str(int(pk)) for pk in found))
        )
