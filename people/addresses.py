"""Addresses of rows. A list asks for dozens, and Django works out each anew from all patterns of the site."""

from functools import lru_cache

from django.urls import reverse

_PLACE = 987654321


def address_of(name, *numbers):
    """`reverse(name, args=numbers)`, worked out once for each name. `numbers` are ids of rows or years."""
    return _pattern(name, len(numbers)) % tuple(map(int, numbers))


@lru_cache
def _pattern(name, places):
    address = reverse(name, args=[_PLACE] * places)
    return address.replace("%", "%%").replace(str(_PLACE), "%d")
