"""三个一: the year of a group as months, quarters and half-years, each with its due day and its state.

Nothing is generated ahead: a board is the rules of the studio laid over the year, and the rows that people
wrote laid over the rules. A new group or a changed rule shows at once.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache

from django.db.models import Q
from django.utils import timezone

from people import words
from people.addresses import address_of
from people.kept import KeptQuery
from people.workdays import last_workday

from .models import CadenceCell, CadenceKind, Cohort, Group, Meeting, Visit
from .models.cadence import BACKED, own_groups

PERIODS = {CadenceKind.THEME: 12, CadenceKind.EXCHANGE: 4, CadenceKind.SUMMARY: 2}
# What stands behind each of the three in Studio: whether it is kept, and its days of grace.
RULES = {
    CadenceKind.THEME: ("keeps_theme", "theme_grace"),
    CadenceKind.EXCHANGE: ("keeps_exchange", "exchange_grace"),
    CadenceKind.SUMMARY: ("keeps_summary", "summary_grace"),
}
SHORT = {CadenceKind.THEME: "主题", CadenceKind.EXCHANGE: "季交流", CadenceKind.SUMMARY: "半年总结"}
WHOLE_STUDIO = "全工作室"
# key: (mark, words, kind of chip). The words say it; the mark only helps the eye.
STATES = {
    "none": ("○", "未定", "todo"),
    "planned": ("◐", "已定", "plan"),
    "done": ("●", "已办", "done"),
    "missed": ("△", "过期未办", "late"),
}


@lru_cache
def days_of(kind, year, period):
    """First and last day of the period."""
    months = 12 // PERIODS[CadenceKind(kind)]
    first = date(year, (period - 1) * months + 1, 1)
    after = first.month + months
    following = date(year + (after > 12), after - 12 * (after > 12), 1)
    return first, following - timedelta(days=1)


def period_of(kind, day):
    """The number of the period that holds the day."""
    return (day.month - 1) * PERIODS[CadenceKind(kind)] // 12 + 1


def name_of(kind, period):
    """6月, 第2季度, 上半年."""
    names = {
        CadenceKind.THEME: f"{period}月",
        CadenceKind.EXCHANGE: f"第{period}季度",
        CadenceKind.SUMMARY: "上半年" if period == 1 else "下半年",
    }
    return names[CadenceKind(kind)]


def due_on(studio, kind, year, period):
    """The last working day until which it is in time."""
    return _last_day(kind, year, period, getattr(studio, RULES[CadenceKind(kind)][1]))


@lru_cache
def _last_day(kind, year, period, grace):
    _, last = days_of(kind, year, period)
    return last_workday(last + timedelta(days=grace))


def kinds_of(studio):
    """Which of the three the studio keeps."""
    return [kind for kind in CadenceKind if getattr(studio, RULES[kind][0])]


def concerns(group, kind, year, period):
    """Whether a group of this cohort has the period: at least half of it lies in the cohort."""
    first, last = days_of(kind, year, period)
    cohort = group.cohort
    inside = (min(last, cohort.ends_on) - max(first, cohort.starts_on)).days + 1
    return inside * 2 >= (last - first).days + 1


@dataclass
class Slot:
    """One cell of the board. `cell` is the row somebody wrote, or None; `group` None is the whole studio."""

    studio: object
    group: Group | None
    kind: CadenceKind
    year: int
    period: int
    cell: CadenceCell | None = None
    today: date = field(default_factory=timezone.localdate)

    @cached_property
    def due_on(self):
        return due_on(self.studio, self.kind, self.year, self.period)

    @cached_property
    def state(self):
        if self.cell and self.cell.is_done:
            return "done"
        if self.due_on < self.today and self.group:
            return "missed"
        return "planned" if self.cell else "none"

    @property
    def mark(self):
        return STATES[self.state][0]

    @property
    def words(self):
        return STATES[self.state][1]

    @property
    def chip(self):
        return STATES[self.state][2]

    @property
    def theme(self):
        return self.cell.theme if self.cell else ""

    @property
    def name(self):
        return name_of(self.kind, self.period)

    @property
    def short(self):
        return SHORT[self.kind]

    @property
    def whose(self):
        return str(self.group) if self.group else WHOLE_STUDIO

    @property
    def title(self):
        """6月主题, 第2季度交流, 上半年总结."""
        return f"{self.name}{self.short.removeprefix('季').removeprefix('半年')}"

    @property
    def span(self):
        """How many months wide."""
        return 12 // PERIODS[self.kind]

    @property
    def is_now(self):
        first, last = days_of(self.kind, self.year, self.period)
        return first <= self.today <= last

    @property
    def args(self):
        return [self.year, self.kind.value, self.period, self.group.pk if self.group else 0]

    @property
    def url(self):
        return address_of("mentoring:cadence-cell", *self.args)


def slot_of(cell):
    """The Slot of a row that is there, its group and studio loaded."""
    return Slot(cell.studio, cell.group, CadenceKind(cell.kind), cell.year, cell.period, cell)


@dataclass
class Row:
    """One group's year: lines of {kind, short, slots: [{slot or None, span, name}]}."""

    studio: object
    group: Group | None
    lines: list

    @property
    def whose(self):
        return str(self.group) if self.group else WHOLE_STUDIO

    @property
    def slots(self):
        return [place["slot"] for line in self.lines for place in line["slots"] if place["slot"]]


def _touched(person, studio, first: date, last: date):
    touched = Cohort.objects.filter(starts_on__lte=last, ends_on__gte=first, studio=studio)
    return touched.order_by("starts_on", "pk")


def _in_order(groups):
    return groups.select_related("cohort", "mentor").order_by("cohort__starts_on", "number")


def _own_groups_of(person, studio, first: date, last: date):
    groups = own_groups(person).filter(cohort__in=_touched(person, studio, first, last).order_by())
    return _in_order(groups)


# What a board of one studio reads of the rows that people wrote: the words, and whether it is done.
READ = ("studio", "group", "kind", "year", "period", "theme", "held_on", "host", "place", "report", *BACKED)
READ += (*(f"{one}__state" for one in BACKED), "session__removed_at", "meeting__removed_at")


def _cells_of(person, studio, year: int):
    cells = CadenceCell.objects.visible_to(person).filter(studio=studio, year=year)
    return cells.select_related(*BACKED).only(*READ).order_by("pk")


_TOUCHED, _OWN_GROUPS, _CELLS = KeptQuery(_touched), KeptQuery(_own_groups_of), KeptQuery(_cells_of)
_GROUPS = KeptQuery(lambda person, cohorts: _in_order(Group.objects.filter(cohort__in=[cohorts])))


def cohorts_of(studio, year):
    """The cohorts that the year touches, in their order."""
    return _TOUCHED.all(studio=studio.pk, first=date(year, 1, 1), last=date(year, 12, 31))


def groups_of(studio, year, person, cohorts=None):
    """The groups of that year's cohorts that a person sees on the board, in their fixed order."""
    if studio.pk not in person.standing.staff:
        return _OWN_GROUPS.all(person, studio=studio.pk, first=date(year, 1, 1), last=date(year, 12, 31))
    shown = cohorts_of(studio, year) if cohorts is None else cohorts
    return _GROUPS.all(cohorts=[one.pk for one in shown])


def board(studio, year, person, today=None, cohorts=None):
    """Rows of the board: the whole studio first, then the groups of all cohorts or of these. Two queries."""
    today = today or timezone.localdate()
    groups = groups_of(studio, year, person, cohorts)
    cells = _CELLS.all(person, studio=studio.pk, year=year)
    known = {(c.group_id, c.kind, c.period): c for c in cells}
    return [_row(studio, group, year, known, today) for group in (None, *groups)]


def _row(studio, group, year, known, today):
    lines = []
    for kind in kinds_of(studio):
        slots = []
        for period in range(1, PERIODS[kind] + 1):
            cell = known.get((group and group.pk, kind.value, period))
            # What the whole studio did not set in time is nobody's omission: nothing stands there.
            ahead = days_of(kind, year, period)[1] >= today
            wanted = cell or (concerns(group, kind, year, period) if group else ahead)
            slot = Slot(studio, group, kind, year, period, cell, today) if wanted else None
            slots.append({"slot": slot, "span": 12 // PERIODS[kind], "name": name_of(kind, period)})
        lines.append({"kind": kind, "short": SHORT[kind], "slots": slots})
    return Row(studio, group, lines)


def told(act):
    """What stands behind a cell, in a line: 12月9日（周三） 观摩：去看垃圾房怎么变成小花园."""
    if isinstance(act, Visit):
        return f"{words.day(act.on)} 观摩：{act.title}"
    day = words.day(act.held_on)
    if isinstance(act, Meeting):
        return f"{day} {act.get_kind_display()}：{act.subject}"
    return f"{day} {act.mentor.called} {act.get_mode_display()}：{act.theme or act.summary()}"


def months_of(rows):
    """The months for which somebody has a theme to set; the others need no width on the board."""
    return {slot.period for row in rows for slot in row.slots if slot.kind == CadenceKind.THEME} or set(
        range(1, 13)
    )


def overdue(rows):
    """Slots of the groups whose day has passed. The whole studio's own line obliges nobody."""
    return [slot for row in rows if row.group for slot in row.slots if slot.state == "missed"]


def theme_for(group):
    """The theme of this month: the group's own, else the whole studio's, else ""."""
    themes = dict(_THEMES.all(group=group.pk, studio=group.studio_id))
    return themes.get(group.pk) or themes.get(None, "")


def _ask_themes(nobody, group, studio):
    today = timezone.localdate()
    this_month = CadenceCell.objects.filter(kind=CadenceKind.THEME, year=today.year, period=today.month)
    found = this_month.filter(Q(group=group) | Q(group__isnull=True), studio=studio)
    return found.values_list("group", "theme")


_THEMES = KeptQuery(_ask_themes)
