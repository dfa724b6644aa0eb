"""Rows that forms of this floor offer: neighbourhoods and methods, read by kept queries."""

from growth.models import Method
from people.kept import KeptQuery
from people.models import Neighbourhood

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
