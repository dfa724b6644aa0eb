"""Choosing among rows that the page has read already, usually by a kept query (people/kept.py).

As Django's ModelChoiceField, without a queryset: what comes back is looked up, not asked for again.
"""

from django import forms

from .dress import PICK


class _Known:
    def __init__(self, *, rows=(), told=str, blank=None, **kwargs):
        super().__init__(**kwargs)
        self.offer(rows, told, blank)

    def offer(self, rows, told=str, blank=None):
        """`told(row)` words a row; `blank` is the empty choice of a list, None where there is none."""
        self.rows = {str(row.pk): row for row in rows}
        first = [] if blank is None else [("", blank)]
        self.choices = [*first, *((pk, told(row)) for pk, row in self.rows.items())]


class KnownRow(_Known, forms.ChoiceField):
    """Gives the row, or None."""

    def prepare_value(self, value):
        return getattr(value, "pk", value)

    def clean(self, value):
        return self.rows.get(super().clean(value))


class KnownRows(_Known, forms.MultipleChoiceField):
    """Gives a list of rows, in the order in which they are offered."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return [getattr(one, "pk", one) for one in value or ()]

    def clean(self, value):
        chosen = set(super().clean(value))
        return [row for pk, row in self.rows.items() if pk in chosen]


__all__ = ["PICK", "KnownRow", "KnownRows"]
