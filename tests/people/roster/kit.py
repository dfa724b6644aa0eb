"""What the tests of the roster reader share: sample files, official places, workbooks made on the spot."""

import csv
import io
from datetime import date
from pathlib import Path

import xlsxwriter

from people.roster import Grid, Places, Roster, Sheet, read_roster, understand

DATA = Path(__file__).parent / "data"
PLACES = Path(__file__).parents[3] / "people" / "data" / "places.csv"
TODAY = date(2026, 9, 1)


def places(district: str = "普陀区") -> Places:
    with PLACES.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["district"] == district]
    return Places((row["neighbourhood_code"], row["neighbourhood"], row["street"]) for row in rows)


def sample(name: str) -> Grid:
    return read_roster((DATA / name).read_bytes(), name)


def understood(rows, edits=None, merges=(), name="", **more) -> Roster:
    """Understands one sheet given as rows of values."""
    grid = Grid([Sheet.from_rows(rows, name, merges=tuple(merges))])
    return understand(grid, edits, today=TODAY, **more)


def told(roster: Roster) -> list[str]:
    return [str(problem) for problem in roster.problems]


def workbook(fill) -> bytes:
    """An .xlsx file; `fill(book, sheet)` writes into its first sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        fill(book, book.add_worksheet())
    return buffer.getvalue()
