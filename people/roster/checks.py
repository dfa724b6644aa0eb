"""What only shows when rows are held against each other."""

from typing import TYPE_CHECKING

from .entries import FAULT, WARNING, Entry, Reading
from .grid import Grid
from .headings import LABELS, Field

if TYPE_CHECKING:
    from .understand import Group

# Two rows of one person must agree in these.
COMPARED = {
    Field.NEIGHBOURHOOD: "neighbourhood",
    Field.POST: "post",
    Field.POST_SINCE: "post_since",
    Field.BORN: "birth_year",
    Field.PARTY_YEARS: "party_work_years",
    Field.MENTOR: "mentor",
}


def same_people(reading: Reading, grid: Grid, entries: list[Entry]) -> list[Entry]:
    """Finds numbers and people that come twice. Returns the entries that only repeat an earlier one."""
    by_mobile: dict[str, Entry] = {}
    by_name: dict[tuple[str, str], Entry] = {}
    repeated = []
    for entry in entries:
        sheet = _name(grid, entry)
        first = by_mobile.setdefault(entry.mobile, entry) if entry.mobile else entry
        if first is not entry and entry.name and first.name and first.name != entry.name:
            sentence = f"和{_where(grid, first, entry)}{first.name}的手机号码一样，请改一个"
            reading.add(entry.ref(Field.MOBILE), Field.MOBILE, sentence, FAULT, sheet)
        elif first is not entry and first.name == entry.name and first.role == entry.role:
            if not _differences(reading, grid, first, entry):
                sentence = f"和{_where(grid, first, entry)}是同一个人，只记一次"
                reading.add(entry.ref(Field.NAME), Field.NAME, sentence, WARNING, sheet)
                repeated.append(entry)
        elif first is entry and entry.name:
            namesake = by_name.setdefault((entry.name, entry.role), entry)
            if namesake is not entry and _alike(namesake, entry):
                sentence = (
                    f"{_where(grid, namesake, entry)}也是{entry.name}，手机号码不一样，请看看是不是同一个人"
                )
                reading.add(entry.ref(Field.NAME), Field.NAME, sentence, WARNING, sheet)
    return repeated


def capacity(reading: Reading, grid: Grid, groups: list["Group"], limit: int) -> None:
    """One warning for each apprentice beyond what a mentor takes on."""
    for group in groups:
        name = group.mentor_name
        for number, entry in enumerate(group.apprentices, 1):
            if name and number > limit:
                sentence = f"{name}每期带{limit}名，这是第{number}名，请换一位带教书记"
                reading.add(entry.ref(Field.MENTOR), Field.MENTOR, sentence, WARNING, _name(grid, entry))


def _differences(reading: Reading, grid: Grid, first: Entry, entry: Entry) -> bool:
    found = False
    for name, attribute in COMPARED.items():
        one, other = getattr(first, attribute), getattr(entry, attribute)
        if one and other and one != other:
            sentence = f"和{_where(grid, first, entry)}是同一个人，{LABELS[name]}写得不一样，请改成一样"
            reading.add(entry.ref(name), name, sentence, FAULT, _name(grid, entry))
            found = True
    return found


def _alike(one: Entry, other: Entry) -> bool:
    same_place = one.neighbourhood and one.neighbourhood == other.neighbourhood
    return bool(same_place or (one.birth_year and one.birth_year == other.birth_year))


def _where(grid: Grid, first: Entry, entry: Entry) -> str:
    sheet = "" if first.sheet == entry.sheet else f"“{_name(grid, first)}”"
    return f"{sheet}第{first.row}行"


def _name(grid: Grid, entry: Entry) -> str:
    return grid.sheets[entry.sheet].name if entry.sheet < len(grid.sheets) else ""
