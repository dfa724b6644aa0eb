"""Reads rosters as offices write them. Pure: no database, no requests, no clock.

    grid = read_roster(data, filename)          # or read_pasted(text); raises RosterRefused
    roster = understand(grid, edits, today=…, places=Places(rows))
    roster.entries, roster.groups, roster.problems

The grid keeps true cell addresses, so that every problem names the cell a person sees in Excel, and so that
a cell can be mended on the preview page (`edits`) and everything understood again.
"""

from .delimited import read_csv, read_pasted
from .entries import FAULT, WARNING, Cell, Entry, Problem
from .grid import Grid, Ref, RosterRefused, Sheet
from .headings import LABELS, Field
from .places import Places
from .understand import Group, Roster, understand
from .workbook import read_workbook

__all__ = [
    "FAULT", "LABELS", "WARNING", "Cell", "Entry", "Field", "Grid", "Group", "Places", "Problem", "Ref",
    "Roster", "RosterRefused", "Sheet", "read_csv", "read_pasted", "read_roster", "read_workbook",
    "understand",
]  # fmt: skip


def read_roster(data: bytes, filename: str) -> Grid:
    """An uploaded file of either kind, told apart by its first bytes and its name. Raises RosterRefused."""
    looks_like_text = filename.lower().endswith((".csv", ".txt", ".tsv"))
    if looks_like_text and data[:2] != b"PK":
        return read_csv(data, filename)
    return read_workbook(data, filename)
