"""From the rows of one table to entries, each with the problems of its own cells."""

import re
from collections.abc import Mapping

from people.roles import Role

from . import values
from .entries import FAULT, WARNING, Cell, Entry, Reading
from .grid import Ref, Sheet, Value
from .headings import APPRENTICE_WORDS, LABELS, MENTOR_WORDS, Field, Table, field_of, plain

FORMULA = "这里是公式，请改成文字"
NO_MOBILE = "没有手机号码，请补上"
NO_NAME = "没有姓名，请补上"
NOTHING_WRITTEN = {"无", "暂无", "待定", "未定", "空", "/", "\\", "-", "—", "——", "--", "／", "－"}
CLOSING = re.compile(
    r"(合计|小计|总计|共计|总人数|人数合计|共\d+[人名]|注[:：]|备注[:：]|说明[:：]|填表|制表|审核|附[:：]|以上|此表|联系人[:：])"
)
GRAND_TOTAL = re.compile(r"(合计|总计|共计|总人数|人数合计|共\d+[人名])")
GROUP_TITLE = re.compile(r"第?[0-9一二三四五六七八九十]{1,3}组")
MENTOR_TITLE = re.compile(
    rf"(?:{'|'.join(MENTOR_WORDS)})[:：\s]*([\u3400-\u9fff·\s]{{2,8}}?)(?:[)）（(,，、;；]|$)"
)
ERROR_VALUE = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|GETTING_DATA|SPILL!|CALC!)")
# Where a merged or empty cell below a value means the same again.
RUNS_DOWN = (Field.MENTOR, Field.MENTOR_MOBILE, Field.GROUP, Field.STREET)


class TableReader:
    """Reads one table row by row; remembers the group title the rows stand under."""

    def __init__(self, reading: Reading, index: int, sheet: Sheet, table: Table, role: str):
        self.reading, self.index, self.sheet, self.table, self.role = reading, index, sheet, table, role
        self.origins = _origins(sheet, table)
        self.group = self.mentor = ""
        self.mentor_ref: Ref | None = None
        self.entries: list[Entry] = []
        self.counted = 0

    def read(self) -> list[Entry]:
        written: dict[int, list[int]] = {}
        for row, column in {**self.sheet.cells, **dict.fromkeys(self.sheet.formulas)}:
            if self.table.first <= row <= self.table.last:
                written.setdefault(row, []).append(column)
        for row in sorted(written):
            columns = sorted(column for column in written[row] if self.has_content(row, column))
            if columns and not self.is_text_row(row, columns):
                self.counted += 1
                if (self.index, row) not in self.reading.left_out:
                    self.entries.append(self.entry(row))
        return self.entries

    def has_content(self, row: int, column: int) -> bool:
        formula = (row, column) in self.sheet.formulas
        return formula or bool(values.squeezed(self.sheet.cells.get((row, column))))

    def is_text_row(self, row: int, columns: list[int]) -> bool:
        """Totals, remarks, group titles and rows with nothing but a serial number hold no person."""
        serial, name = self.table.columns.get(Field.SERIAL), self.table.columns[Field.NAME]
        texts = [values.squeezed(self.sheet.cells.get((row, c))) for c in (columns[0], serial, name)]
        if any(map(CLOSING.match, texts)):
            self.check_total(row, columns)
            return True
        first, alone = texts[0], (row, columns[0])
        if columns == [serial] and (first.rstrip(".").isdecimal() or alone in self.sheet.formulas):
            return True
        if len(columns) > 1 or columns[0] not in (serial, name, 1) or alone in self.sheet.formulas:
            return False
        if group := GROUP_TITLE.search(first):
            self.group = group[0]
        if mentor := MENTOR_TITLE.search(values.tidy(self.sheet.cells[row, columns[0]])):
            self.mentor, self.mentor_ref = mentor[1].strip(), Ref(self.index, row, columns[0])
        return bool(group or mentor or field_of(plain(first)) or not _like_a_name(first))

    def check_total(self, row: int, columns: list[int]) -> None:
        text = " ".join(values.squeezed(self.sheet.cells.get((row, column))) for column in columns)
        numbers = re.findall(r"(?<![\d.年月])\d{1,4}(?![\d.年月日])", text)
        if GRAND_TOTAL.search(text) and len(numbers) == 1 and int(numbers[0]) != self.counted:
            sentence = f"合计写的是{numbers[0]}人，上面读到{self.counted}人，请看看有没有漏"
            self.reading.add(Ref(self.index, row, columns[0]), None, sentence, WARNING, self.sheet.name)

    def entry(self, row: int) -> Entry:
        entry = Entry(self.index, row, role=self.role, group=self.group)
        for name, column in self.table.columns.items():
            if name in LABELS:
                origin = self.origins.get((row, column), (row, column))
                origin = (row, column) if (row, column) in self.sheet.cells else origin
                entry.cells[name] = Cell(Ref(self.index, *origin), values.shown(self.sheet.cells.get(origin)))
        for name in entry.cells:
            self.read_cell(entry, name)
        self.finish(entry)
        return entry

    def read_cell(self, entry: Entry, name: Field) -> None:
        ref = entry.cells[name].ref
        value = self.sheet.cells.get((ref.row, ref.column))
        if (ref.row, ref.column) in self.sheet.formulas:
            self.problem(entry, name, FORMULA)
            return
        if value is None or values.squeezed(value) in NOTHING_WRITTEN | {""}:
            if name in (Field.NAME, Field.MOBILE):
                self.problem(entry, name, NO_NAME if name == Field.NAME else NO_MOBILE)
            return
        if ERROR_VALUE.fullmatch(str(value)):
            self.problem(entry, name, "表格没算出这一格，请写上内容")
            return
        try:
            READERS[name](self, entry, value)
        except values.Unclear as unclear:
            self.problem(entry, name, str(unclear))

    def problem(self, entry: Entry, name: Field, sentence: str, severity: str = FAULT) -> None:
        self.reading.add(entry.ref(name), name, sentence, severity, self.sheet.name)

    def finish(self, entry: Entry) -> None:
        """What can be said only when the whole row is read."""
        if self.mentor and not entry.mentor and entry.role == Role.APPRENTICE:
            entry.mentor = self.mentor
            title = values.shown(self.sheet.cells.get((self.mentor_ref.row, self.mentor_ref.column)))
            entry.cells.setdefault(Field.MENTOR, Cell(self.mentor_ref, title))
        if entry.role == Role.APPRENTICE and not entry.kind:
            entry.kind = values.kind_of(entry.post)
        elif entry.role != Role.APPRENTICE:
            entry.kind = ""
        for name in (Field.NEIGHBOURHOOD, Field.UNIT):
            if name in entry.cells and not entry.neighbourhood:
                self.place(entry, name)
        if (
            entry.birth_year
            and entry.post_since
            and entry.post_since.year - entry.birth_year < values.YOUNGEST
        ):
            self.problem(entry, Field.POST_SINCE, "任职时还不满16岁，请再看看", WARNING)

    def place(self, entry: Entry, name: Field) -> None:
        ref, text = entry.cells[name]
        if (ref.row, ref.column) in self.sheet.formulas or values.squeezed(text) in NOTHING_WRITTEN | {""}:
            return
        text = values.tidy(text)
        found = self.reading.places.find(text, entry.street)
        if found.code:
            entry.neighbourhood = found.code
            return
        may_be_unit = name == Field.UNIT or "单位" in self.table.titles.get(name, "")
        entry.unit = entry.unit or text[:60]
        if self.reading.places and not may_be_unit:
            self.problem(entry, name, found.sentence, WARNING if entry.is_mentor else FAULT)


def _read_mentor(reader: TableReader, entry: Entry, value: Value) -> None:
    """A name, perhaps followed by the last digits of the mobile number where two mentors share it."""
    text = values.squeezed(value)
    if re.search(r"[、,;/和]", text) and not re.search(r"\d", text):
        raise values.Unclear("请只写一位带教书记")
    match = re.fullmatch(r"(.+?)[(]?(\d{4,11})[)]?", text)
    entry.mentor = values.name(match[1] if match else value) + (match[2] if match else "")


def _read_kind(reader: TableReader, entry: Entry, value: Value) -> None:
    entry.kind = values.kind_of(values.tidy(value))


def _read_born(reader: TableReader, entry: Entry, value: Value) -> None:
    entry.birth_year = values.month(value, today=reader.reading.today, born=True).year


def _read_since(reader: TableReader, entry: Entry, value: Value) -> None:
    entry.post_since = values.month(value, today=reader.reading.today).first_day


def _set(name: str, read):
    def reader(table: TableReader, entry: Entry, value: Value) -> None:
        setattr(entry, name, read(value))

    return reader


READERS = {
    Field.NAME: _set("name", values.name),
    Field.MOBILE: _set("mobile", values.mobile),
    Field.ROLE: _set("role", values.role),
    Field.KIND: _read_kind,
    Field.STREET: _set("street", values.tidy),
    Field.NEIGHBOURHOOD: lambda *_: None,  # needs the street too: see TableReader.place
    Field.UNIT: _set("unit", lambda value: values.short(value, 60)),
    Field.POST: _set("post", lambda value: values.short(value, 40)),
    Field.POST_SINCE: _read_since,
    Field.BORN: _read_born,
    Field.PARTY_YEARS: lambda table, entry, value: setattr(
        entry, "party_work_years", values.years(value, today=table.reading.today)
    ),
    Field.EXPERTISE: _set("expertise", values.words),
    Field.WEAK_POINTS: _set("weak_points", values.weak_points),
    Field.GROUP: _set("group", lambda value: values.short(value, 30)),
    Field.MENTOR: _read_mentor,
    Field.MENTOR_MOBILE: _set("mentor_mobile", values.mobile),
    Field.COHORT: lambda *_: None,  # the cohort is chosen on the page
    Field.SALUTATION: _set("salutation", lambda value: values.short(value, 20)),
    Field.NOTE: _set("note", lambda value: values.short(value, 500)),
}


def _like_a_name(text: str) -> bool:
    try:
        values.name(text)
    except values.Unclear:
        return False
    return len(text) <= 4 and not any(
        word in text for word in (*MENTOR_WORDS, *APPRENTICE_WORDS, "名单", "名册")
    )


def _origins(sheet: Sheet, table: Table) -> Mapping[tuple[int, int], tuple[int, int]]:
    """For every cell that repeats one above: which one. From merges, or from runs of empty cells."""
    origins, merged = {}, set()
    for top, left, bottom, _ in sheet.merges:
        if bottom > top >= table.first and bottom <= table.last:
            merged.add(left)
            origins |= {(row, left): (top, left) for row in range(top + 1, bottom + 1)}
    for name in RUNS_DOWN:
        column = table.columns.get(name)
        if column and column not in merged:
            origins |= _runs(sheet, table, column)
    return origins


def _runs(sheet: Sheet, table: Table, column: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Without merges an empty cell repeats the one above only when the column is written that way throughout:
    each value once, and most cells empty. Otherwise an empty cell is an empty cell."""
    people = [
        row for row in range(table.first, table.last + 1) if (row, table.columns[Field.NAME]) in sheet.cells
    ]
    written = [row for row in people if (row, column) in sheet.cells]
    different = {values.squeezed(sheet.cells[row, column]) for row in written}
    if (
        not written
        or people[0] != written[0]
        or len(different) < len(written)
        or len(written) * 2 > len(people)
    ):
        return {}
    origins, current = {}, written[0]
    for row in people:
        current = row if row in written else current
        origins[row, column] = current, column
    return origins
