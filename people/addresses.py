"""Addresses of rows. A list asks for dozens, and Django works out each anew from all patterns of the site."""

from functools import lru_cache

from django.urls import NoReverseMatch, reverse

_PLACE = 987654321


def address_of(name, *args):
    """`reverse(name, args=args)`, worked out once for each name and the words among `args`.

    `args` are ids of rows, years, and words of which there are few, such as the key of a kind.
    """
    words = tuple(str(arg) if isinstance(arg, str) else None for arg in args)
    numbers = tuple(int(arg) for arg in args if not isinstance(arg, str))
    return _pattern(name, words) % numbers


@lru_cache(maxsize=1024)
def _pattern(name, words):
    address = reverse(name, args=[_PLACE if word is None else word for word in words])
    if address.count(str(_PLACE)) != words.count(None):
        raise NoReverseMatch(f"{name} with {words}: the place of its numbers cannot be told")
    return address.replace("%", "%%").replace(str(_PLACE), "%d")
