"""What a source says about itself to the ledger, and the register of sources."""

from dataclasses import dataclass
from datetime import date

_sources = []


@dataclass(frozen=True)
class Line:
    """One future ledger entry: whose, what kind, when, in one sentence of at most 200 characters."""

    person_id: int
    kind: str
    on: date
    text: str
    by_id: int | None = None
    aspect: str = ""
    milestone: bool = False
    competencies: tuple[str, ...] = ()
    link: str = ""


def source(model):
    """Class decorator: rows of `model` tell the ledger by `ledger_lines() -> list[Line]`."""
    _sources.append(model)
    return model


def sources():
    return tuple(_sources)
