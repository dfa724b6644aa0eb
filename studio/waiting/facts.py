"""What a line of 待办 tells, read for all kinds of rows in the very query that finds them.

A query of its own for each kind would cost more than all the rest of the page. The columns (`READ`) come as
one JSON object a row, and become an instance of the model again that knows these and no others.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject

DATED = (models.DateField, models.TimeField)


@dataclass(frozen=True)
class Facts:
    """`names` are columns of `model`, with `__` of rows it points to."""

    model: type[models.Model]
    names: tuple[str, ...]

    def sql(self, key: str) -> tuple[str, tuple]:
        """A scalar subquery with its parameters: the facts of the row whose id is the SQL `key`."""
        rows = self.model._base_manager.filter(pk=RawSQL(key, ())).order_by()
        return rows.values(facts_of_row=self._object()).query.sql_with_params()

    def row(self, told: dict[str, Any]) -> models.Model:
        """The instance that knows what was told."""
        row = self._own_row(told)
        for name, facts in self._along.items():
            there = told[name]
            setattr(row, name, facts.row(there) if there["pk"] is not None else None)
        return row

    def _object(self, path=""):
        """The names and the id, and an object of the same kind for each row on the way."""
        own = {name: F(f"{path}{name}") for name in ("pk", *self._own)}
        there = {name: facts._object(f"{path}{name}__") for name, facts in self._along.items()}
        return JSONObject(**own, **there)

    @cached_property
    def _own(self):
        return [name for name in self.names if "__" not in name]

    @cached_property
    def _along(self):
        """{name of a foreign key: the Facts of the row it points to}."""
        parts = defaultdict(list)
        for name in self.names:
            first, along, rest = name.partition("__")
            if along:
                parts[first].append(rest)
        field = self.model._meta.get_field
        return {name: Facts(field(name).related_model, tuple(rest)) for name, rest in parts.items()}

    def _own_row(self, told):
        values = [told["pk" if name is None else name] for name, _ in self._columns]
        read = [
            value if to is None else to(value) for value, (_, to) in zip(values, self._columns, strict=True)
        ]
        return self.model.from_db(DEFAULT_DB_ALIAS, self._attnames, read)

    @cached_property
    def _fields(self):
        """{field of the row itself: the name by which it was asked}, in the model's order."""
        wanted = {self.model._meta.get_field(name): name for name in self._own} | {self.model._meta.pk: "pk"}
        return {field: wanted[field] for field in self.model._meta.concrete_fields if field in wanted}

    @cached_property
    def _columns(self):
        """[(name, what makes a day or a moment of its text, or None)]."""
        dated = {field: field.to_python for field in self._fields if isinstance(field, DATED)}
        return [(name, dated.get(field)) for field, name in self._fields.items()]

    @cached_property
    def _attnames(self):
        return [field.attname for field in self._fields]
