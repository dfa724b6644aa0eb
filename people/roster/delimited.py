"""Reads CSV files (UTF-8, UTF-16 or GBK) and blocks pasted from Excel."""

import csv
import io
import re

from .grid import Grid, RosterRefused, Sheet
from .preflight import (
    BROKEN,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    NOT_A_TABLE,
    TOO_BIG,
    TOO_LONG,
    TOO_WIDE,
)

ONE_COLUMN = "只看到一列。请在 Excel 里把姓名、手机号码等几列一起选中，复制，再粘贴到这里"
NOTHING = "这里还没有内容。请先从 Excel 里复制，再粘贴到这里"
EMPTY_FILE = "这个文件是空的，请换一个"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
AS_TEXT = re.compile(r'="([^"]*)"')


def read_csv(data: bytes, filename: str = "") -> Grid:
    """A comma, tab or semicolon separated file. Raises RosterRefused."""
    if len(data) > MAX_BYTES:
        raise RosterRefused(TOO_BIG)
    text = _decode(data)
    if not text.strip():
        raise RosterRefused(EMPTY_FILE)
    return Grid([_sheet(text, _delimiter(text))])


def read_pasted(text: str) -> Grid:
    """A block copied from Excel (tab separated); commas do as well. Raises RosterRefused."""
    if not text.strip():
        raise RosterRefused(NOTHING)
    if len(text) > MAX_BYTES:
        raise RosterRefused(TOO_BIG)
    delimiter = _delimiter(text)
    if delimiter not in text:
        raise RosterRefused(ONE_COLUMN)
    return Grid([_sheet(text, delimiter)])


def _decode(data: bytes) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text):
            return text
    raise RosterRefused(NOT_A_TABLE)


def _delimiter(text: str) -> str:
    head = text[:5000]
    return max("\t,;", key=head.count)


def _sheet(text: str, delimiter: str) -> Sheet:
    # A lone quotation mark would swallow the rest of the block; Excel always writes them in pairs.
    quoting = csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL
    text = CONTROL.sub("", text)
    rows, formulas = [], set()
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, quoting=quoting), 1):
            if len(row) > MAX_COLUMNS and any(cell.strip() for cell in row[MAX_COLUMNS:]):
                raise RosterRefused(TOO_WIDE)
            if number > MAX_ROWS:
                raise RosterRefused(TOO_LONG)
            rows.append([AS_TEXT.sub(r"\1", cell) for cell in row[:MAX_COLUMNS]])
            formulas.update(
                (number, column) for column, cell in enumerate(rows[-1], 1) if cell.startswith("=")
            )
    except csv.Error as error:
        raise RosterRefused(BROKEN) from error
    return Sheet.from_rows(rows, formulas=frozenset(formulas))
