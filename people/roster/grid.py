"""Cells with their true addresses, whatever the file was: a workbook, a CSV or a pasted block."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

Value = str | int | float | date


class RosterRefused(Exception):
    """The file as a whole cannot be read. `str(error)` is the sentence for the person at the screen."""


class Ref(NamedTuple):
    """One cell: sheet counts from 0, row and column from 1."""

    sheet: int
    row: int
    column: int

    @property
    def a1(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    @property
    def key(self) -> str:
        """A name that a form field can carry, read back by `from_key`."""
        return f"c-{self.sheet}-{self.row}-{self.column}"

    @classmethod
    def from_key(cls, key: str) -> "Ref | None":
        prefix, *numbers = key.split("-")
        if (
            prefix != "c"
            or len(numbers) != 3
            or not all(n.isascii() and n.isdigit() and len(n) < 6 for n in numbers)
        ):
            return None
        return cls(*map(int, numbers))


def column_letters(column: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@dataclass
class Sheet:
    """`cells` holds only what is not empty, by (row, column). `merges` are (top, left, bottom, right)."""

    name: str
    cells: dict[tuple[int, int], Value]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)

    @classmethod
    def from_rows(cls, rows: Iterable[Iterable[Value | None]], name: str = "", **more) -> "Sheet":
        cells = {
            (r, c): value
            for r, row in enumerate(rows, 1)
            for c, value in enumerate(row, 1)
            if value is not None and value != ""
        }
        return cls(name, cells, **more)


@dataclass
class Grid:
    """`hidden` names the sheets that were in the file but hidden, and are not read."""

    sheets: list[Sheet] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def to_json(self) -> dict:
        """Plain lists for a JSON column; dates become {"d": "1984-02-01"}."""
        return {
            "sheets": [
                {
                    "name": sheet.name,
                    "cells": [[r, c, _packed(value)] for (r, c), value in sheet.cells.items()],
                    "merges": [list(merge) for merge in sheet.merges],
                    "formulas": [list(place) for place in sorted(sheet.formulas)],
                }
                for sheet in self.sheets
            ],
            "hidden": self.hidden,
        }

    @classmethod
    def from_json(cls, data: dict) -> "Grid":
        sheets = [
            Sheet(
                part["name"],
                {(r, c): _unpacked(value) for r, c, value in part["cells"]},
                tuple(tuple(merge) for merge in part["merges"]),
                frozenset(tuple(place) for place in part["formulas"]),
            )
            for part in data["sheets"]
        ]
        return cls(sheets, list(data["hidden"]))


def _packed(value: Value):
    return {"d": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value) -> Value:
    return date.fromisoformat(value["d"]) if isinstance(value, dict) else value
