"""From a grid to a roster: people, groups, and everything that has to be mended first."""

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from people.roles import Role

from . import checks
from .entries import FAULT, WARNING, Cell, Entry, Problem, Reading
from .grid import Grid, Ref, Sheet
from .guess import GUESSED, guessed
from .headings import APPRENTICE_WORDS, LABELS, MENTOR_WORDS, Field, Table, tables
from .places import Places
from .preflight import MAX_COLUMNS
from .rows import TableReader

NO_HEADINGS = "没找到标题行。请在名单上面写一行“姓名”“手机号码”“职务”这样的标题，再传一次"
NO_PEOPLE = "标题下面还没有人。请填好名单，再传一次"
MENTORS_TO_COMPLETE = "带教书记（请补手机号码）"


@dataclass
class Group:
    """One mentor with the apprentices of the roster.

    A mentor whom the studio already has and the roster only names is no entry: `known_name` and
    `known_mobile` tell who it is.
    """

    label: str
    mentor: Entry | None
    apprentices: list[Entry]
    known_name: str = ""
    known_mobile: str = ""

    @property
    def mentor_name(self) -> str:
        return self.mentor.name if self.mentor else self.known_name


@dataclass
class Roster:
    """All that was understood. Nothing may be written while `faults` is not empty."""

    entries: list[Entry]
    groups: list[Group]
    problems: list[Problem]
    repeated: list[Entry] = field(default_factory=list)
    not_kept: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    sheet_names: list[str] = field(default_factory=list)

    @property
    def mentors(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_mentor]

    @property
    def apprentices(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.role == Role.APPRENTICE]

    @property
    def faults(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == FAULT]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == WARNING]


def understand(
    grid: Grid,
    edits: Mapping[Ref, str] | None = None,
    *,
    today: date,
    places: Places | None = None,
    left_out: Collection[tuple[int, int]] = (),
    known_mentors: Mapping[str, str] | None = None,
    capacity: int = 5,
) -> Roster:
    """Reads the whole grid, with cells replaced by `edits`. What cannot be read becomes a problem.

    `left_out` are (sheet, row) pairs to pass over; `known_mentors` maps name → mobile of mentors whom the
    studio already has.
    """
    edited = _edited(grid, edits or {})
    found = [(index, table) for index, sheet in enumerate(grid.sheets) for table in tables(sheet)]
    without_headings = not found
    if without_headings:
        found = [(index, table) for index, sheet in enumerate(grid.sheets) if (table := guessed(sheet))]
    reading = Reading(
        today, places or Places(), frozenset(left_out), several_sheets=len({i for i, _ in found}) > 1
    )
    entries, not_kept = [], []
    for index, table in found:
        sheet = edited[index]
        _note_columns(reading, index, sheet, table, not_kept)
        table.columns.setdefault(Field.MOBILE, min(grid.sheets[index].last_column + 1, MAX_COLUMNS + 1))
        entries += TableReader(reading, index, sheet, table, _role_of(sheet, table)).read()
    if not found:
        reading.add(None, None, NO_HEADINGS)
    elif not entries:
        reading.add(None, None, NO_PEOPLE)
    elif without_headings:
        reading.add(None, None, GUESSED, WARNING)
    entries += _mentors_from_apprentices(reading, grid, entries, edits or {}, known_mentors or {})
    repeated = checks.same_people(reading, grid, entries)
    entries = [entry for entry in entries if entry not in repeated]
    groups = _groups(reading, grid, entries, known_mentors or {})
    checks.capacity(reading, grid, groups, capacity)
    problems = sorted(reading.found, key=lambda p: (p.ref or (-1, -1, -1), p.sentence))
    names = [sheet.name for sheet in grid.sheets]
    return Roster(entries, groups, problems, repeated, list(dict.fromkeys(not_kept)), grid.hidden, names)


def _edited(grid: Grid, edits: Mapping[Ref, str]) -> list[Sheet]:
    sheets = [Sheet(s.name, dict(s.cells), s.merges, s.formulas) for s in grid.sheets]
    for ref, text in edits.items():
        if ref.sheet >= len(sheets):
            continue
        sheet, place = sheets[ref.sheet], (ref.row, ref.column)
        if place in sheet.formulas and not text.strip():
            continue
        sheet.formulas -= {place}
        if text.strip():
            sheet.cells[place] = text
        else:
            sheet.cells.pop(place, None)
    return sheets


def _role_of(sheet: Sheet, table: Table) -> str:
    if table.owner:
        return Role.MENTOR if table.owner == "mentor" else Role.APPRENTICE
    for text in (table.above, sheet.name):
        mentors = any(word in text for word in MENTOR_WORDS)
        apprentices = any(word in text for word in APPRENTICE_WORDS)
        if mentors != apprentices:
            return Role.MENTOR if mentors else Role.APPRENTICE
    return Role.APPRENTICE


def _note_columns(reading: Reading, index: int, sheet: Sheet, table: Table, not_kept: list[str]) -> None:
    not_kept += table.unused
    not_kept += [table.titles[name] for name in (Field.COHORT, Field.NOTE) if name in table.columns]
    for name, column in table.twice:
        if name in LABELS:
            ref = Ref(index, table.first - 1, column)
            reading.add(ref, name, f"有两列都是“{LABELS[name]}”，只读了前一列", WARNING, sheet.name)


def _mentors_from_apprentices(
    reading: Reading, grid: Grid, entries: list[Entry], edits: Mapping[Ref, str], known: Mapping[str, str]
) -> list[Entry]:
    """Mentors who are named beside their apprentices and have no row of their own.

    Their number stands in a column beside the name, or must be given on the preview page: those get a row on
    a sheet of their own, with the number of the row that first names them.
    """
    listed = {entry.name for entry in entries if entry.is_mentor}
    has_list = bool(listed)
    made: dict[str, Entry] = {}
    for entry in entries:
        name = entry.mentor
        if entry.role != Role.APPRENTICE or not name or name in listed | set(known) or name in made:
            continue
        beside = entry.cells.get(Field.MENTOR_MOBILE)
        if beside is None and (has_list or _near(name, known)):
            continue
        mentor = Entry(
            entry.sheet, entry.row, Role.MENTOR, name, cells={Field.NAME: entry.cells[Field.MENTOR]}
        )
        if beside is not None:
            mentor.mobile, mentor.cells[Field.MOBILE] = entry.mentor_mobile, beside
            if not mentor.mobile and not reading.has_problem_at(beside.ref):
                reading.add(
                    beside.ref,
                    Field.MOBILE,
                    "没有带教书记的手机号码，请补上",
                    FAULT,
                    grid.sheets[entry.sheet].name,
                )
        else:
            _complete_by_hand(reading, grid, mentor, edits)
        made[name] = mentor
    return list(made.values())


def _complete_by_hand(reading: Reading, grid: Grid, mentor: Entry, edits: Mapping[Ref, str]) -> None:
    extra = len(grid.sheets)
    row = mentor.sheet * 5000 + mentor.row
    ref = Ref(extra, row, 2)
    sheet = Sheet(MENTORS_TO_COMPLETE, {(row, 1): mentor.name})
    if edits.get(ref, "").strip():
        sheet.cells[row, 2] = edits[ref]
    table = Table(row, row, {Field.NAME: 1, Field.MOBILE: 2}, {})
    reader = TableReader(reading, extra, sheet, table, Role.MENTOR)
    mentor.sheet, mentor.row = extra, row
    mentor.cells[Field.MOBILE] = Cell(ref, edits.get(ref, ""))
    reader.read_cell(mentor, Field.MOBILE)


def _groups(reading: Reading, grid: Grid, entries: list[Entry], known: Mapping[str, str]) -> list[Group]:
    mentors = [entry for entry in entries if entry.is_mentor]
    by_label = {entry.group: entry for entry in mentors if entry.group}
    groups: dict[object, Group] = {}
    expected = bool(mentors) or any(entry.mentor or entry.group for entry in entries)
    for mentor in mentors:
        groups[id(mentor)] = Group(mentor.group, mentor, [])
    for entry in entries:
        if entry.role != Role.APPRENTICE:
            continue
        mentor = (
            _mentor_of(reading, grid, entry, mentors, known) if entry.mentor else by_label.get(entry.group)
        )
        if isinstance(mentor, Entry):
            groups[id(mentor)].apprentices.append(entry)
        elif isinstance(mentor, str):
            groups.setdefault(mentor, Group(entry.group, None, [], mentor, known[mentor])).apprentices.append(
                entry
            )
        elif not entry.mentor and entry.group:
            groups.setdefault(("label", entry.group), Group(entry.group, None, [])).apprentices.append(entry)
        elif not entry.mentor and expected and not _has_problem(reading, entry, Field.MENTOR):
            sheet = grid.sheets[entry.sheet].name
            reading.add(
                entry.ref(Field.MENTOR), Field.MENTOR, "还没写带教书记，可以导入后再结对", WARNING, sheet
            )
    return [group for group in groups.values() if group.apprentices]


def _has_problem(reading: Reading, entry: Entry, name: Field) -> bool:
    return name in entry.cells and reading.has_problem_at(entry.cells[name].ref)


def _near(name: str, names: Collection[str]) -> str:
    return next(iter(difflib.get_close_matches(name, names, n=1, cutoff=0.6)), "")


def _mentor_of(
    reading: Reading, grid: Grid, entry: Entry, mentors: list[Entry], known: Mapping[str, str]
) -> Entry | str | None:
    """The mentor a cell names: an entry, the name of a known mentor, or None with a problem noted."""
    name, digits = re.fullmatch(r"(.*?)(\d*)", entry.mentor).groups()
    same = [mentor for mentor in mentors if mentor.name == name and mentor.mobile.endswith(digits)]
    if len(same) == 1:
        return same[0]
    if not same and name in known and known[name].endswith(digits):
        return name
    if same:
        sentence = f"有{len(same)}位“{name}”，请在姓名后面写上手机号码后4位"
    else:
        names = [mentor.name for mentor in mentors if mentor.name] + list(known)
        near = _near(name, names)
        hint = f"是不是“{near}”" if near else "请改成名单里的姓名"
        sentence = f"带教书记名单里没有“{name}”，{hint}"
    reading.add(entry.ref(Field.MENTOR), Field.MENTOR, sentence, FAULT, grid.sheets[entry.sheet].name)
    return None
