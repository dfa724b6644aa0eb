"""三个一 of the demonstration: themes of the studio and of groups, what stands behind them, a summary."""

from datetime import timedelta

from mentoring import cadence
from mentoring.actions import cadence as acts
from mentoring.models import Group

from .clock import Thread

# Some days before today, so that sessions of the last weeks can stand behind a cell.
LINKED = -2
# Nothing is set before the cohort has begun.
OPENED = -187


def stories(cast, told, cohort, clock):
    yield studio_story(cast, told.get("studio", ()), clock)
    for row in told.get("group", ()):
        group = Group.objects.select_related("mentor", "cohort").get(
            cohort=cohort, mentor=cast[row["mentor"]]
        )
        yield group_story(cast, group, row, clock)


def _month(clock, offset):
    """First day of the month that many months from this one."""
    first = clock.today.replace(day=1)
    for _ in range(abs(offset)):
        first = (first + timedelta(days=32 if offset > 0 else -1)).replace(day=1)
    return first


def _near(clock, month):
    """The day, counted from today, on which a theme is set: some days before its month begins."""
    return min(max((month - clock.today).days - 4, OPENED), LINKED - 1)


def _plan(cast, group, kind, day, words, by, at):
    cell = acts.cell_of(
        studio=cast.studio, group=group, kind=kind, year=day.year, period=cadence.period_of(kind, day)
    )
    return acts.plan(cell, by=by, at=at, **words)


def studio_story(cast, rows, clock):
    office, thread = cast.staff[0], Thread(clock)
    for row in rows:
        month = _month(clock, row["month"])
        at = thread.at(_near(clock, month), "10:00")
        yield at, office
        _plan(cast, None, "theme", month, {"theme": row["theme"]}, office, at)


def _stood_for(cell, row, mentor):
    """The visit that is told of, else the latest session of the group in that time."""
    title = row.get("quarter", {}).get("visit") if cell.kind == "exchange" else None
    if title:
        return acts.visits_for(cell, mentor).filter(title=title).first()
    return acts.sessions_for(cell, mentor).filter(group=cell.group, mentor=mentor).first()


def group_story(cast, group, row, clock):
    mentor, thread = group.mentor, Thread(clock)
    cells = []
    for told in row["months"]:
        month = _month(clock, told["month"])
        at = thread.at(_near(clock, month), text=row["mentor"])
        yield at, mentor
        if cadence.concerns(group, "theme", month.year, month.month):
            words = {"theme": told["theme"], "place": told.get("place", "")}
            cells.append(_plan(cast, group, "theme", month, words, mentor, at))
    if "last_quarter" in row:
        told, day = row["last_quarter"], _month(clock, -3)
        words = {"theme": told["theme"], "host": told["host"]}
        cells.append(_plan(cast, group, "exchange", day, words, mentor, at))
    if "quarter" in row:
        told = row["quarter"]
        words = {"theme": told["theme"], "host": told["host"]}
        cells.append(_plan(cast, group, "exchange", clock.today, words, mentor, at))
    if "half" in row:
        half = _plan(cast, group, "summary", clock.today, {"theme": row["half"]["theme"]}, mentor, at)
    at = thread.at(LINKED, "11:30")
    yield at, mentor
    for cell in cells:
        if cadence.days_of(cell.kind, cell.year, cell.period)[0] < clock.today.replace(day=1):
            act = _stood_for(cell, row, mentor)
            if act:
                acts.link(cell, act, by=mentor, at=at)
    if "half" in row:
        acts.report(half, text=row["half"]["report"], by=mentor, at=at)
