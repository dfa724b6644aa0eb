"""Files that mean harm, or are something else: refused with a sentence, before a value is read."""

import io
import random
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.roster import RosterRefused, preflight, read_pasted, read_roster, understand

from .kit import DATA, TODAY, told, workbook

GOOD = (DATA / "roster.xlsx").read_bytes()
SHEET = "xl/worksheets/sheet1.xml"
MACRO_TYPE = b'<Types><x t="sheet.macroEnabled.main"/></Types>'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet>&a;</worksheet>'
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def repacked(extra=None, **replaced):
    """roster.xlsx with parts added or replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replaced.get(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return buffer.getvalue()


def with_sheet(inside):
    return repacked(**{SHEET: f"<worksheet {SPACE}><sheetData>{inside}</sheetData></worksheet>"})


def with_formula(formula, times=1):
    def fill(book, sheet):
        sheet.write_row(0, 0, ["姓名", "手机"])
        for row in range(times):
            sheet.write_formula(row + 1, 0, formula)

    return workbook(fill)


def lying_about_its_size():
    real = 40_000_000
    data = repacked({"xl/sharedStrings.xml": b" " * real})
    return data.replace(struct.pack("<I", real), struct.pack("<I", 10))


def cell(address):
    return f'<row><c r="{address}"><v>1</v></c></row>'


def many_empty_cells():
    # Random figures keep the zip from shrinking it to nothing, so that the cells themselves are counted.
    rnd = random.Random(1)
    rows = (f'<row x="{rnd.random()}">' + "<c/>" * 40 + "</row>" for _ in range(11_000))
    return with_sheet("".join(rows))


def zipped(name):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


HOSTILE = {
    "a macro": (lambda: repacked({"xl/vbaProject.bin": b"x"}), preflight.MACRO),
    "old macro sheets": (lambda: repacked({"xl/macrosheets/sheet1.xml": b"x"}), preflight.MACRO),
    "a macro type": (lambda: repacked(**{"[Content_Types].xml": MACRO_TYPE}), preflight.MACRO),
    "a zip bomb beside the sheets": (
        lambda: repacked({"xl/media/a.bin": bytes(90_000_000)}),
        preflight.TOO_BIG,
    ),
    "a zip bomb as a sheet": (
        lambda: repacked({"xl/worksheets/sheet9.xml": bytes(20_000_000)}),
        preflight.TOO_BIG,
    ),
    "a zip that lies about its size": (lambda: lying_about_its_size(), preflight.BROKEN),
    "a zip of very many parts": (
        lambda: repacked(dict.fromkeys(map(str, range(500)), b"")),
        preflight.TOO_BIG,
    ),
    "10,000 columns": (lambda: workbook(lambda b, s: s.write_row(0, 0, range(10_000))), preflight.TOO_WIDE),
    "a far away column": (lambda: with_sheet(cell("XFD1")), preflight.TOO_WIDE),
    "very many rows": (lambda: workbook(lambda b, s: s.write_column(0, 0, range(5_000))), preflight.TOO_LONG),
    "a far away row": (lambda: with_sheet(cell("A1048576")), preflight.TOO_LONG),
    "very many empty cells": (lambda: many_empty_cells(), preflight.TOO_BIG),
    "an address that is none": (lambda: with_sheet(cell("1A")), preflight.BROKEN),
    "an entity bomb": (lambda: repacked(**{SHEET: ENTITIES}), preflight.BROKEN),
    "broken XML": (lambda: repacked(**{SHEET: "<worksheet><sheetData>"}), preflight.BROKEN),
    "a formula in very many rows": (lambda: with_formula("=1", 5_000), preflight.TOO_LONG),
    "a formula into another file": (lambda: with_formula("='[other.xlsx]Sheet1'!A1"), preflight.OUTSIDE),
    "a formula into another program": (lambda: with_formula("=cmd|'/c calc'!A1"), preflight.OUTSIDE),
    "a formula into the network": (lambda: with_formula('=_xlfn.WEBSERVICE("http://x")'), preflight.OUTSIDE),
    "links to other files": (
        lambda: repacked({"xl/externalLinks/externalLink1.xml": b"x"}),
        preflight.OUTSIDE,
    ),
    "a renamed picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), preflight.NOT_A_TABLE),
    "a renamed document": (lambda: b"%PDF-1.7\n", preflight.NOT_A_TABLE),
    "a Word file": (lambda: zipped("word/document.xml"), preflight.NOT_A_TABLE),
    "any zip": (lambda: zipped("a.txt"), preflight.NOT_A_TABLE),
    "an empty file": (lambda: b"", preflight.NOT_A_TABLE),
    "half a file": (lambda: GOOD[:4000], preflight.BROKEN),
    "an old .xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), preflight.OLD_EXCEL),
    "a binary workbook": (lambda: zipped("xl/workbook.bin"), preflight.OLD_EXCEL),
    "a password": (lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), preflight.LOCKED),
    "too many bytes": (lambda: b"PK" + bytes(preflight.MAX_BYTES), preflight.TOO_BIG),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_with_a_sentence(what):
    make, sentence = HOSTILE[what]
    data = make()
    with pytest.raises(RosterRefused) as refusal:
        read_roster(data, "名册.xlsx")
    assert str(refusal.value) == sentence


def test_a_name_that_promises_macros_is_enough():
    with pytest.raises(RosterRefused, match="宏"):
        read_roster(GOOD, "名册.XLSM")


def test_formulas_past_the_limit():
    walk = "".join(
        f'<row r="{r}">' + "".join(f'<c r="{c}{r}"><f>1</f></c>' for c in "ABCDEFGHIJK") + "</row>"
        for r in range(1, 101)
    )
    with pytest.raises(RosterRefused, match="公式太多"):
        read_roster(with_sheet(walk), "名册.xlsx")


def test_a_formula_in_a_name_is_a_fault_of_its_cell():
    roster = understand(read_roster(with_formula('=HYPERLINK("x")'), "名册.xlsx"), today=TODAY)
    assert told(roster) == ["A2：这里是公式，请改成文字", "B2：没有手机号码，请补上"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\x00" + bytes(100), preflight.NOT_A_TABLE),
        (b"\x00" * 100, preflight.NOT_A_TABLE),
        (b"\xff\xfe\x00", preflight.NOT_A_TABLE),
        (",".join("abc" * 4000).encode(), preflight.TOO_WIDE),
        (b"a,b\n" * 2000, preflight.TOO_LONG),
        (b"a" * (preflight.MAX_BYTES + 1), preflight.TOO_BIG),
        (b'"' + b"a," * 1_000_000 + b'"', preflight.BROKEN),
        (b"", "这个文件是空的，请换一个"),
    ],
)
def test_a_text_file_is_held_to_the_same_limits(data, sentence):
    with pytest.raises(RosterRefused) as refusal:
        read_roster(data, "名册.csv")
    assert str(refusal.value) == sentence


def test_a_pasted_block_is_held_to_the_same_limits():
    with pytest.raises(RosterRefused, match="列太多"):
        read_pasted("\t".join("a" * 200))
    with pytest.raises(RosterRefused, match="行太多"):
        read_pasted("a\tb\n" * 2000)


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]),
    st.sampled_from(["a.xlsx", "a.csv"]),
)
def test_no_bytes_can_make_the_reader_fail(data, start, filename):
    try:
        read_roster(start + data, filename)
    except RosterRefused as refusal:
        assert str(refusal)  # noqa: PT017 - both ways out are right; a third would fail the test


@given(st.binary(min_size=1, max_size=3), st.integers(0, len(GOOD) - 4))
def test_no_damage_to_a_good_file_can_make_the_reader_fail(damage, at):
    try:
        grid = read_roster(GOOD[:at] + damage + GOOD[at + len(damage) :], "名册.xlsx")
    except RosterRefused:
        return
    understand(grid, today=TODAY)
