"""Keyset paging: every page costs the same, however many rows there are."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Q

_signer = Signer(salt="page")
PAGE_SIZE = 25


@dataclass
class Page:
    """Rows of one page; `older` is the GET parameter of the next page or ""; `first`: this is the first."""

    rows: list
    older: str = ""
    first: bool = True

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def page_of(request, queryset, *, by="held_on", size=PAGE_SIZE):
    """One page of `queryset`, newest first by the non-null column `by`, then by id.

    The place is carried in `?page=`; a forged one, or that of another list, shows the first page.
    """
    place = _read(request.GET.get("page"), queryset.model._meta.get_field(by))
    if place:
        value, pk = place
        queryset = queryset.filter(Q(**{f"{by}__lt": value}) | Q(**{by: value, "pk__lt": pk}))
    return _page(newest(queryset, by=by, size=size), by, size, first=not place)


def newest(queryset, *, by="held_on", size=PAGE_SIZE):
    """The rows that `first_page` needs, as a queryset: for a KeptQuery (people/kept.py)."""
    return queryset.order_by(f"-{by}", "-pk")[: size + 1]


def first_page(rows, *, by="held_on", size=PAGE_SIZE):
    """The first Page of a list, from the rows of `newest`."""
    return _page(rows, by, size, first=True)


def _page(rows, by, size, *, first):
    rows = list(rows)
    more = rows[size - 1] if len(rows) > size else None
    older = _signer.sign(f"{getattr(more, by).isoformat()}~{more.pk}") if more else ""
    return Page(rows[:size], older, first=first)


def _read(signed, field):
    try:
        value, pk = _signer.unsign(signed or "").split("~")
        return field.to_python(value), int(pk)
    except (BadSignature, ValueError, ValidationError):
        return None
