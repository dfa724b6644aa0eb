"""The growth file as a book: what the printed page and the Word file say, gathered once for both.

Everything but the marks and the full texts is read from the ledger: the book agrees with the file on the
screen.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import NamedTuple

from people.kept import KeptQuery

from . import charts
from .models import Kind, NotebookPage, Reflection, StudyNote
from .views.files import competencies, entries_of

KINDS = dict(Kind.choices)
# Parts of their own, in this order; the timeline holds everything.
PARTS = (
    ("任职和晋级", (Kind.ADVANCEMENT,)),
    ("考核评估", (Kind.ASSESSMENT,)),
    ("荣誉", (Kind.HONOUR,)),
)


class Told(NamedTuple):
    """A line of the ledger as a book tells it."""

    on: date
    kind: str
    text: str
    milestone: bool

    @property
    def words(self):
        return f"{self.on.day}日　{'★ ' if self.milestone else ''}{KINDS[self.kind]}：{self.text}"


def _lines(viewer, person, since: date, until: date):
    rows = entries_of(viewer, person).filter(on__gte=since, on__lte=until).order_by("on", "pk")
    return rows.values_list(*Told._fields)


_LINES = KeptQuery(_lines)


@dataclass
class Book:
    """`parts`: [(title, lines)], only those that hold something; `months`: [(first day, lines)]."""

    person: object
    since: date | None
    until: date | None
    scores: dict
    previous: dict
    rated_on: date | None
    judged_in: str
    parts: list = field(default_factory=list)
    months: list = field(default_factory=list)
    texts: list = field(default_factory=list)
    number: int = 0

    @property
    def period(self):
        """The period in words; the whole file from its first to its last line."""
        first, last = self.since, self.until
        if self.months:
            first = first or self.months[0][1][0].on
            last = last or self.months[-1][1][-1].on
        said = [f"{day.year}年{day.month}月{day.day}日" if day else "" for day in (first, last)]
        return "至".join(part for part in said if part) or "还没有记录"

    @property
    def judged(self):
        """Where the marks come from, in words."""
        on = self.rated_on
        return f"{self.judged_in or '自评'}，{on.year}年{on.month}月{on.day}日"

    @property
    def axes(self):
        return charts.axes(self.scores, self.previous)


def book_of(viewer, person, *, since=None, until=None, full=False):
    """The book of `person` as `viewer` may read it; `full`: with the texts. A constant number of queries."""
    period = {"since": since or date.min, "until": until or date.max}
    entries = [Told(*row) for row in _LINES.all(viewer, person=person.pk, **period)]
    book = Book(person, since, until, number=len(entries), **competencies(person, viewer=viewer))
    for title, kinds in PARTS:
        found = [entry for entry in entries if entry.kind in kinds]
        if found:
            book.parts.append((title, found))
    for _, group in groupby(entries, key=lambda entry: (entry.on.year, entry.on.month)):
        found = list(group)
        book.months.append((found[0].on.replace(day=1), found))
    if full:
        book.texts = _texts(viewer, person, since, until)
    return book


def _texts(viewer, person, since, until):
    """[(title, [(day, heading, text)])] of 心得, 学习笔记 and 纸质笔记, oldest first."""

    def of(model):
        return _within(model.objects.visible_to(viewer).filter(person=person), since, until).order_by(
            "on", "pk"
        )

    reflections = [(one.on, "", _reflection(one)) for one in of(Reflection).select_related("replied_by")]
    notes = [(one.on, one.title, one.words) for one in of(StudyNote)]
    confirmed = of(NotebookPage).filter(state=NotebookPage.State.CONFIRMED)
    pages = [(one.on, "", one.text) for one in confirmed]
    told = (("心得", reflections), ("学习笔记", notes), ("纸质笔记", pages))
    return [(title, rows) for title, rows in told if rows]


def _reflection(one):
    parts = [one.learned]
    if one.plan:
        parts.append(f"准备用在：{one.plan}")
    if one.puzzle:
        parts.append(f"还没想通的：{one.puzzle}")
    if one.replied_at:
        said = "".join(part for part in (one.get_quick_reply_display(), one.reply) if part)
        parts.append(f"{one.replied_by.called}回话：{said}")
    return "\n".join(parts)


def _within(rows, since, until):
    if since:
        rows = rows.filter(on__gte=since)
    return rows.filter(on__lte=until) if until else rows
