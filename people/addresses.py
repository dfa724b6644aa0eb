"""Addresses of rows. A list asks for dozens, and Django works out each anew from all patterns of the site."""

from functools import lru_cache

from django.urls import reverse

_PLACE = 987654321


def address_of(name, pk):
    """`reverse(name, args=[pk])` for a number `pk`, worked out once for each name."""
    return _pattern(name).replace(str(_PLACE), str(int(pk)))


@lru_cache
def _pattern(name):
    return reverse(name, args=[_PLACE])
