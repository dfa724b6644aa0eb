"""What the preview of a roster shows and what it sends back: a view model; the template only prints."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from people.actions.roster_drafts import RosterDraft
from people.actions.roster_import import SOMEBODY_ELSE, Difference, Match
from people.roles import ApprenticeKind
from people.roster import FAULT, LABELS, Entry, Field, Problem, Ref, Roster
from people.roster.preflight import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from people.roster.values import shown

SHOWN = (
    Field.NAME, Field.MOBILE, Field.STREET, Field.NEIGHBOURHOOD, Field.UNIT, Field.POST, Field.POST_SINCE,
    Field.BORN, Field.PARTY_YEARS, Field.EXPERTISE, Field.WEAK_POINTS, Field.KIND, Field.SALUTATION,
    Field.GROUP, Field.MENTOR, Field.MENTOR_MOBILE,
)  # fmt: skip
# Shown only where there is something to mend: what they say shows in another column.
SILENT = (Field.STREET, Field.GROUP, Field.KIND, Field.MENTOR_MOBILE)
LONGEST_CELL = 200
CHOICE = re.compile(r"use-[0-9]{1,18}-[a-z_]{1,30}")  # as Difference.key
MOST_ROW_NUMBER = MAX_ROWS + 5000 * MAX_SHEETS  # rows of the added sheet: see people/roster/understand.py


@dataclass
class ShownCell:
    """One cell of the preview. With `key` it can be mended in place; `raw` is what stands in the roster."""

    label: str
    text: str
    key: str = ""
    raw: str = ""
    problems: list[Problem] = field(default_factory=list)
    tel: bool = False

    @property
    def bad(self) -> bool:
        return any(problem.severity == FAULT for problem in self.problems)


@dataclass
class ShownRow:
    key: str
    number: str
    name: str
    state: str
    cells: list[ShownCell]

    @property
    def bad(self) -> bool:
        return any(cell.bad for cell in self.cells)


@dataclass
class ShownTable:
    title: str
    labels: list[str]
    rows: list[ShownRow]


@dataclass
class Page:
    """`faults` and `warnings` are (id of the cell or "", sentence); `differences` end with the choice."""

    tables: list[ShownTable]
    faults: list[tuple[str, str]]
    warnings: list[tuple[str, str]]
    differences: list[tuple[str, Difference, str]]
    left_out: list[tuple[str, str]]
    not_kept: list[str]
    hidden: list[str]
    mentors: int
    apprentices: int
    groups: int
    known: int

    @property
    def may_import(self) -> bool:
        return not self.faults


def build(draft: RosterDraft, roster: Roster, matches: list[Match], places: dict) -> Page:
    """The whole preview. `places`: neighbourhoods by code."""
    by_mobile = {match.mobile: match for match in matches}
    problems = roster.problems + _refusals(matches)
    writer = _Writer(draft, roster, by_mobile, problems, places)
    tables = [
        writer.table("带教书记", roster.mentors),
        writer.table("学员", [entry for entry in roster.entries if not entry.is_mentor]),
    ]
    faults = [(writer.place(p), str(p)) for p in problems if p.severity == FAULT]
    undecided = [(match, d) for match in matches for d in match.undecided(draft.choices)]
    faults += [
        (f"{d.key}-old", f"{m.name}的手机号码在名册里是{d.old}，请选一下是不是同一个人") for m, d in undecided
    ]
    return Page(
        [table for table in tables if table.rows],
        faults,
        [(writer.place(p), str(p)) for p in problems if p.severity != FAULT],
        [(match.name, d, draft.choices.get(d.key)) for match in matches for d in match.differences],
        [(f"out-{sheet}-{row}", _row_text(draft, sheet, row)) for sheet, row in sorted(draft.left_out)],
        roster.not_kept,
        roster.hidden,
        len(roster.mentors),
        len(roster.apprentices),
        len(roster.groups),
        sum(match.unchanged for match in matches),
    )


def _refusals(matches: Iterable[Match]) -> list[Problem]:
    return [
        Problem(match.entries[0].ref(Field.MOBILE), Field.MOBILE, SOMEBODY_ELSE)
        for match in matches
        if match.refused
    ]


def _row_text(draft: RosterDraft, sheet: int, row: int) -> str:
    cells = draft.grid.sheets[sheet].cells if sheet < len(draft.grid.sheets) else {}
    texts = [shown(cells[place]).strip() for place in sorted(cells) if place[0] == row]
    return f"第{row}行：{' '.join(texts)[:60]}"


class _Writer:
    """Writes rows and cells; knows which cells have been given an input already."""

    def __init__(self, draft, roster, matches, problems, places):
        self.draft, self.roster, self.matches = draft, roster, matches
        self.problems: dict[Ref, list[Problem]] = {}
        for problem in problems:
            self.problems.setdefault(problem.ref, []).append(problem)
        self.places = places
        self.inputs: set[Ref] = set()

    def place(self, problem: Problem) -> str:
        """The id to link to from the list of problems."""
        return problem.ref.key if problem.ref in self.inputs else ""

    def table(self, title: str, entries: list[Entry]) -> ShownTable:
        fields = [name for name in SHOWN if any(self.is_shown(entry, name) for entry in entries)]
        rows = [self.row(entry, fields) for entry in entries]
        return ShownTable(title, [LABELS[name] for name in fields], rows)

    def is_shown(self, entry: Entry, name: Field) -> bool:
        if name not in entry.cells:
            return False
        if entry.source in self.draft.opened or entry.cells[name].ref in self.problems:
            return True
        return name not in SILENT and bool(self.text(entry, name))

    def row(self, entry: Entry, fields: list[Field]) -> ShownRow:
        number = entry.row if entry.sheet < len(self.roster.sheet_names) else ""
        cells = [self.cell(entry, name) for name in fields]
        key = f"{entry.sheet}-{entry.row}"
        return ShownRow(key, f"第{number}行" if number else "要补的", entry.name, self.state(entry), cells)

    def cell(self, entry: Entry, name: Field) -> ShownCell:
        cell = ShownCell(
            LABELS[name], self.text(entry, name), tel=name in (Field.MOBILE, Field.MENTOR_MOBILE)
        )
        if name not in entry.cells:
            return cell
        ref, raw = entry.cells[name]
        mended = ref in self.draft.edits or entry.source in self.draft.opened
        # A merged cell stands in many rows and is mended in the first.
        if ref not in self.inputs and (mended or ref in self.problems):
            self.inputs.add(ref)
            cell.key, cell.raw, cell.problems = ref.key, raw, self.problems.get(ref, [])
        return cell

    def state(self, entry: Entry) -> str:
        match = self.matches.get(entry.mobile)
        if match is None or match.refused:
            return ""
        if match.person is None:
            return "新加入"
        if match.new_roles:
            return "有账号，新加入"
        return "已在名册，有不一样" if match.differences else "已在名册"

    def text(self, entry: Entry, name: Field) -> str:
        """The value as understood, in words."""
        match name:
            case Field.NEIGHBOURHOOD:
                place = self.places.get(entry.neighbourhood)
                return place.short_name if place else "" if Field.UNIT in entry.cells else entry.unit
            case Field.POST_SINCE:
                since = entry.post_since
                return f"{since.year}年{since.month}月" if since else ""
            case Field.BORN:
                return f"{entry.birth_year}年" if entry.birth_year else ""
            case Field.PARTY_YEARS:
                return f"{entry.party_work_years}年" if entry.party_work_years is not None else ""
            case Field.EXPERTISE:
                return "、".join(entry.expertise)
            case Field.WEAK_POINTS:
                return entry.cells[name].text if name in entry.cells else ""
            case Field.KIND:
                return ApprenticeKind(entry.kind).label if entry.kind else ""
        return getattr(entry, name.value)


def take(draft: RosterDraft, posted) -> None:
    """Put what the preview page sent (a QueryDict) into the draft: mended cells, rows left out, choices."""
    for key, value in posted.items():
        ref = Ref.from_key(key)
        if ref and ref.sheet <= len(draft.grid.sheets) and 1 <= ref.row <= MOST_ROW_NUMBER:
            if 1 <= ref.column <= MAX_COLUMNS + 1:
                _mend(draft, ref, value.replace("\0", "")[:LONGEST_CELL].strip())
        elif CHOICE.fullmatch(key) and value in ("old", "new"):
            draft.choices[key] = value
    draft.left_out = {row for key in posted if (row := row_of(key, "out"))}
    if opened := row_of(f"row-{posted.get('edit', '')}", "row"):
        draft.opened.add(opened)


def row_of(key: str, prefix: str) -> tuple[int, int] | None:
    """out-0-13 → (0, 13)."""
    ref = Ref.from_key(f"c-{key.removeprefix(prefix + '-')}-1") if key.startswith(f"{prefix}-") else None
    return ref and (ref.sheet, ref.row)


def _mend(draft: RosterDraft, ref: Ref, value: str) -> None:
    """An input that shows the cell as it was is no edit, except that a formula is accepted by its value."""
    sheet = draft.grid.sheets[ref.sheet] if ref.sheet < len(draft.grid.sheets) else None
    place = (ref.row, ref.column)
    original = shown(sheet.cells.get(place)).strip() if sheet else ""
    if value == original and not (sheet and place in sheet.formulas and value):
        draft.edits.pop(ref, None)
    else:
        draft.edits[ref] = value


def counted(imported, paired, cohort) -> dict:
    """The result of an import as JSON, for the page after it."""
    return {
        "added": len(imported.added),
        "joined": len(imported.joined),
        "changed": len(imported.changed),
        "unchanged": len(imported.unchanged),
        "groups": paired.groups,
        "pairs": paired.pairs,
        "left": [list(pair) for pair in paired.left],
        "cohort": cohort.name if cohort else "",
        "wrote": bool(imported.added or imported.joined or imported.changed or paired.pairs),
    }
