"""A choice among rows that the page has at hand, usually from a KeptQuery (people/kept.py)."""

from django import forms

from people.forms.dress import PICK


class RowChoice(forms.ChoiceField):
    """One of `rows` by its id; gives the row itself, or None. As ModelChoiceField, without a queryset."""

    def __init__(self, rows, *, label_of=str, empty=PICK, **kwargs):
        self.rows = {str(row.pk): row for row in rows}
        first = [] if empty is None else [("", empty)]
        choices = [*first, *((key, label_of(row)) for key, row in self.rows.items())]
        super().__init__(choices=choices, **kwargs)

    def clean(self, value):
        return self.rows.get(super().clean(value))
