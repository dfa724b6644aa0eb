"""Reads .xlsx with python-calamine, after the preflight."""

import io
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from . import preflight
from .delimited import CONTROL
from .grid import Grid, RosterRefused, Sheet, Value


def read_workbook(data: bytes, filename: str = "") -> Grid:
    """The visible sheets of an .xlsx file. Raises RosterRefused with the sentence to show."""
    if filename.lower().endswith((".xlsm", ".xltm", ".xlam")):
        raise RosterRefused(preflight.MACRO)
    checked = preflight.check(data)
    grid = Grid(hidden=[name for name, hidden, _ in checked.sheets if hidden])
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(checked.data)) as book:
            kinds = {meta.name: meta.typ for meta in book.sheets_metadata}
            for name, hidden, facts in checked.sheets:
                if hidden or kinds.get(name) != SheetTypeEnum.WorkSheet:
                    continue
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                plain = ((_plain(value) for value in row) for row in rows)
                merges, formulas = tuple(facts.merges), frozenset(facts.formulas)
                grid.sheets.append(Sheet.from_rows(plain, name, merges=merges, formulas=formulas))
    except (CalamineError, ValueError, OverflowError) as error:
        raise RosterRefused(preflight.BROKEN) from error
    return grid


def _plain(value) -> Value | None:
    """A whole number as int, a moment as its day; times and truth values become text."""
    match value:
        case None | "":
            return None
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer():
            return int(value)
        case float() if value != value or value in (float("inf"), float("-inf")):
            return str(value)
        case datetime():
            return value.date()
        case time() | timedelta():
            return str(value)
        case str():
            return CONTROL.sub("", value)
        case int() | float() | date():
            return value
    return str(value)
