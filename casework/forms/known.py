"""Choosing among rows that the page has read already: what comes back is looked up, not asked for again."""

from django import forms

from growth.models import Method
from people.kept import KeptQuery
from people.models import Neighbourhood

PICK = "请选"


class _Known:
    rows = {}

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


_PLACE = KeptQuery(
    lambda person, studio, pk: Neighbourhood.objects.filter(street__studio=studio).filter(pk=pk)
)
_METHODS = KeptQuery(lambda person, studio: Method.objects.of_studio(studio))
_PLACES = KeptQuery(lambda person, studios: Neighbourhood.objects.filter(street__studio__in=[studios]))


def places_of_studios(studios):
    """The neighbourhoods of these studios (ids), for a filter."""
    return _PLACES.all(studios=list(studios))


def methods_of(studio):
    """The methods that can be ticked in the studio (an id)."""
    return _METHODS.all(studio=studio)


def places_known(person, studio):
    """As `places_of` (forms/visits.py), read: the street for staff and mentors, the own place for others."""
    if studio.pk in person.standing.staff | person.standing.mentor:
        return places_of_studios([studio.pk])
    return _PLACE.all(studio=studio.pk, pk=person.neighbourhood_id or 0)
