"""A person as understood from one row, and what there is to mend."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from people.roles import MENTOR_ROLES

from .grid import Ref
from .headings import Field
from .places import Places

FAULT, WARNING = "fault", "warning"


@dataclass(frozen=True)
class Problem:
    """One thing to mend (fault) or to look at (warning). `ref` is None for the file as a whole."""

    ref: Ref | None
    field: Field | None
    sentence: str
    severity: str = FAULT
    sheet: str = ""

    @property
    def row(self) -> int | None:
        return self.ref and self.ref.row

    @property
    def column(self) -> int | None:
        return self.ref and self.ref.column

    @property
    def cell(self) -> str:
        return self.ref.a1 if self.ref else ""

    def __str__(self) -> str:
        place = f"“{self.sheet}”{self.cell}" if self.sheet else self.cell
        return f"{place}：{self.sentence}" if place else self.sentence


class Cell(NamedTuple):
    """Where a value stands (for a merged cell: its first) and how it reads on screen."""

    ref: Ref
    text: str


@dataclass
class Entry:
    """A person as one row tells it. `mentor` is the name as written; `source` the sheet and row."""

    sheet: int
    row: int
    role: str = ""
    name: str = ""
    mobile: str = ""
    kind: str = ""
    street: str = ""
    neighbourhood: str = ""
    unit: str = ""
    post: str = ""
    post_since: date | None = None
    birth_year: int | None = None
    party_work_years: int | None = None
    expertise: list[str] = field(default_factory=list)
    weak_points: list[str] = field(default_factory=list)
    salutation: str = ""
    note: str = ""
    group: str = ""
    mentor: str = ""
    mentor_mobile: str = ""
    cells: dict[Field, Cell] = field(default_factory=dict)

    @property
    def source(self) -> tuple[int, int]:
        return self.sheet, self.row

    @property
    def is_mentor(self) -> bool:
        return self.role in MENTOR_ROLES

    def ref(self, name: Field) -> Ref:
        """The cell of a field, or the first of the row when the table has no such column."""
        cell = self.cells.get(name)
        return cell.ref if cell else Ref(self.sheet, self.row, 1)


@dataclass
class Reading:
    """What all rows are read with."""

    today: date
    places: Places
    left_out: frozenset[tuple[int, int]]
    several_sheets: bool = False
    found: dict[Problem, None] = field(default_factory=dict)

    def add(
        self, ref: Ref | None, name: Field | None, sentence: str, severity: str = FAULT, sheet: str = ""
    ) -> None:
        """A merged cell is read once for each row it covers and told of once."""
        self.found[Problem(ref, name, sentence, severity, sheet if self.several_sheets else "")] = None

    def has_problem_at(self, ref: Ref) -> bool:
        return any(problem.ref == ref for problem in self.found)
