"""A block pasted without its heading row: the columns are told by what stands in them."""

import re

from . import values
from .grid import Sheet
from .headings import LABELS, Field, Table

GUESSED = "没有标题行，是按内容认的，请看看各列认得对不对"
POST = re.compile(r"书记|主任|干部|党务|委员|干事")
PLACE = re.compile(r"(居委会|居民区|村委会|社区|居委)$")


def guessed(sheet: Sheet) -> Table | None:
    """A table over the whole sheet, or None where no column holds names or none mobile numbers."""
    columns: dict[Field, int] = {}
    unused = []
    written: dict[int, list[str]] = {}
    for (_, column), value in sheet.cells.items():
        written.setdefault(column, []).append(values.squeezed(value))
    for column, texts in sorted(written.items()):
        found = _field_of([text for text in texts if text])
        if found and found not in columns:
            columns[found] = column
        elif found is not Field.SERIAL and any(texts):
            unused.append(f"第{column}列")
    if Field.NAME not in columns or Field.MOBILE not in columns:
        return None
    titles = {name: LABELS[name] for name in columns if name in LABELS}
    return Table(1, sheet.last_row, columns, titles, unused=unused)


def _field_of(texts: list[str]) -> Field | None:
    for name, fits in (
        (Field.MOBILE, _is_mobile),
        (Field.NEIGHBOURHOOD, PLACE.search),
        (Field.POST, POST.search),
        (Field.NAME, re.compile(r"[\u3400-\u9fff·]{2,4}").fullmatch),
        (Field.SERIAL, re.compile(r"\d{1,4}").fullmatch),
    ):
        if texts and sum(bool(fits(text)) for text in texts) * 2 > len(texts):
            return name
    return None


def _is_mobile(text: str) -> bool:
    try:
        return bool(values.mobile(text))
    except values.Unclear:
        return False
