"""Looks at an .xlsx file before it is read, so that a hostile one costs nothing.

A workbook is a zip of XML parts. Only the few parts that hold cells are unpacked, against a running limit
that does not trust the sizes the zip declares; every sheet is then walked once, up to the first limit passed.
What survives is packed anew, so that the reader behind sees these parts and nothing else.
"""

import io
import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from .grid import RosterRefused, column_number

MAX_BYTES = 5 * 1024 * 1024
MAX_PARTS = 500
MAX_UNPACKED = 30 * 1024 * 1024
MAX_RATIO = 150
MAX_SHEETS = 20
MAX_ROWS = 1_000
MAX_COLUMNS = 100
MAX_ELEMENTS = 400_000
MAX_FORMULAS = 1_000

NOT_A_TABLE = "这个文件不是表格。请选 Excel 文件（.xlsx）或 .csv 文件"
OLD_EXCEL = "这是旧格式的 Excel 文件。请在 Excel 里点“另存为”，选 .xlsx，再传一次"
LOCKED = "这个文件设了打开密码。请在 Excel 里去掉密码，再传一次"
MACRO = "这个文件里带有宏。请在 Excel 里点“另存为”，选不带宏的 .xlsx，再传一次"
OUTSIDE = "这个文件连着别的文件。请把内容复制到一张新表里，另存为 .xlsx，再传一次"
TOO_BIG = "这个文件太大，不像是名册。请只留名册那张表，另存为 .xlsx，再传一次"
TOO_WIDE = f"这张表的列太多，最多能读{MAX_COLUMNS}列。请只留名册要用的列，再传一次"
TOO_LONG = f"这张表的行太多，最多能读{MAX_ROWS}行。请分成几个文件，再传一次"
TOO_MANY_FORMULAS = "这个文件里公式太多。请全选、复制，再“选择性粘贴”成数值，另存后再传一次"
BROKEN = "这个文件打不开。请在 Excel 里打开看看，另存为 .xlsx，再传一次"

NEEDED = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedStrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml)",
    re.IGNORECASE,
)
# What a formula may not do: reach another file ([1]Sheet!A1), another program (cmd|…) or the network.
REACHES_OUT = re.compile(r"\[\d+\]|\[[^\]]+\.xl|\|\s*'|WEBSERVICE|\bDDE\b|\bCALL\(|\bREGISTER", re.IGNORECASE)
ADDRESS = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
# What zipfile and expat raise on damaged input; a negative offset, for one, comes out as a ValueError.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, expat.ExpatError, struct.error,
    EOFError, OSError, NotImplementedError, ValueError,
)  # fmt: skip


@dataclass
class SheetFacts:
    """What the walk over one sheet found, beside the values."""

    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class Checked:
    """`data` is the workbook packed anew; `sheets` are (name, hidden, facts) in the order of the workbook."""

    data: bytes
    sheets: list[tuple[str, bool, SheetFacts]]


def check(data: bytes) -> Checked:
    """Everything that can be known without reading a value. Raises RosterRefused."""
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise RosterRefused(LOCKED if "EncryptedPackage".encode("utf-16-le") in data else OLD_EXCEL)
    if data[:2] != b"PK":
        raise RosterRefused(NOT_A_TABLE)
    if len(data) > MAX_BYTES:
        raise RosterRefused(TOO_BIG)
    try:
        parts = _unpack(data)
        sheets = _sheets(parts)
    except UNREADABLE as error:
        raise RosterRefused(BROKEN) from error
    return Checked(_pack(parts), sheets)


def _unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        _check_listing(infos)
        parts, room = {}, MAX_UNPACKED
        for info in infos:
            if not NEEDED.fullmatch(info.filename):
                continue
            with archive.open(info) as part:
                content = part.read(room + 1)
            room -= len(content)
            if room < 0:
                raise RosterRefused(TOO_BIG)
            parts[info.filename] = content
    if any(b"macroEnabled" in content for name, content in parts.items() if "content_types" in name.lower()):
        raise RosterRefused(MACRO)
    return parts


def _check_listing(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename.lower() for info in infos]
    if len(infos) > MAX_PARTS:
        raise RosterRefused(TOO_BIG)
    if any(info.flag_bits & 1 for info in infos):
        raise RosterRefused(LOCKED)
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
        raise RosterRefused(MACRO)
    if "xl/workbook.bin" in names:
        raise RosterRefused(OLD_EXCEL)
    if "xl/workbook.xml" not in names:
        raise RosterRefused(NOT_A_TABLE)
    if any(name.startswith(("xl/externallinks/", "xl/connections", "xl/querytables/")) for name in names):
        raise RosterRefused(OUTSIDE)
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if unpacked > MAX_UNPACKED * 2 or (unpacked > 1_000_000 and unpacked > packed * MAX_RATIO):
        raise RosterRefused(TOO_BIG)


def _pack(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _sheets(parts: dict[str, bytes]) -> list[tuple[str, bool, SheetFacts]]:
    by_name = {name.lower(): content for name, content in parts.items()}
    targets, listed = {}, []

    def relation(tag, attributes):
        if tag == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = path.lower()

    def sheet(tag, attributes):
        if tag == "sheet":
            relation_id = next((v for k, v in attributes.items() if k.rpartition(" ")[2] == "id"), "")
            listed.append(
                (attributes.get("name", ""), attributes.get("state", "visible") != "visible", relation_id)
            )

    _walk(by_name.get("xl/_rels/workbook.xml.rels", b"<none/>"), relation)
    _walk(by_name["xl/workbook.xml"], sheet)
    if len(listed) > MAX_SHEETS:
        raise RosterRefused(TOO_BIG)
    walked = {
        name: _SheetWalk(content) for name, content in by_name.items() if name.startswith("xl/worksheets/")
    }
    empty = SheetFacts()
    return [
        (name, hidden, walked[targets[rid]].facts if targets.get(rid) in walked else empty)
        for name, hidden, rid in listed
    ]


def _walk(content: bytes, start, end=None, text=None) -> None:
    """Streams XML; a document type (the door to entity bombs) is refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def doctype(*_):
        raise RosterRefused(BROKEN)

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(" ")[2], attributes)
    if end:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(" ")[2])
        parser.CharacterDataHandler = text
    parser.Parse(content, True)


class _SheetWalk:
    """Counts rows, columns, elements and formulas of one sheet, and gathers merges."""

    def __init__(self, content: bytes):
        self.facts = SheetFacts()
        self.row = self.column = self.elements = 0
        self.formula: list[str] | None = None
        _walk(content, self.start, self.end, self.text)

    def start(self, tag, attributes):
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise RosterRefused(TOO_BIG)
        if tag == "row":
            number = attributes.get("r", "")
            self.row, self.column = (int(number) if number.isdecimal() else self.row + 1), 0
        elif tag == "c":
            self.move_to(attributes.get("r"))
        elif tag in ("v", "is", "f"):
            self.check_place()
            if tag == "f":
                self.formula = []
        elif tag == "mergeCell":
            self.merge(attributes.get("ref", ""))

    def move_to(self, address):
        if address is None:
            self.column += 1
        elif match := ADDRESS.fullmatch(address):
            self.column, self.row = column_number(match[1]), int(match[2])
        else:
            raise RosterRefused(BROKEN)

    def check_place(self):
        # Empty cells that only carry a format may lie anywhere; those with something in them may not.
        if self.column > MAX_COLUMNS:
            raise RosterRefused(TOO_WIDE)
        if self.row > MAX_ROWS:
            raise RosterRefused(TOO_LONG)

    def text(self, data):
        if self.formula is not None:
            self.formula.append(data)

    def end(self, tag):
        if tag == "f" and self.formula is not None:
            if REACHES_OUT.search("".join(self.formula)):
                raise RosterRefused(OUTSIDE)
            self.formula = None
            self.facts.formulas.add((self.row, self.column))
            if len(self.facts.formulas) > MAX_FORMULAS:
                raise RosterRefused(TOO_MANY_FORMULAS)

    def merge(self, ref):
        first, _, last = ref.partition(":")
        corners = ADDRESS.fullmatch(first), ADDRESS.fullmatch(last or first)
        if not all(corners) or len(self.facts.merges) >= MAX_ROWS:
            return
        (left, top), (right, bottom) = ((column_number(m[1]), int(m[2])) for m in corners)
        self.facts.merges.append((top, left, min(bottom, MAX_ROWS), min(right, MAX_COLUMNS)))
