"""What a kind of 待办 is: how it is found, and what its line says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, from whom, until when, and the action as a link."""

    name: str
    origin: str
    action: str
    url: str
    due: date | None = None


@dataclass(frozen=True)
class Source:
    """`find(person)` gives a queryset of `kind`, `tell(row)` a Waiting. studio/nav.py knows `key`."""

    key: str
    find: Callable
    tell: Callable
    kind: type
