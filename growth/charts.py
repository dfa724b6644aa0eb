"""Numbers for static charts (DESIGN §9.4): plain Python, no library, no script. Templates draw them.

The same rows feed the outline, the bars and the table, so the three cannot disagree.
"""

import calendar
import math
from dataclasses import dataclass
from datetime import date

from people import words
from people.competencies import Competency

SCALE = 5
LEVELS = {1: "刚起步", 2: "有点数", 3: "能独立", 4: "有办法", 5: "能带人"}
LEAST_AXES = 3
_CENTRE_X, _CENTRE_Y, _RADIUS = 170, 150, 96


@dataclass
class Axis:
    """One competency: the mark now and last time (1–5 or None)."""

    label: str
    score: float | None
    previous: float | None = None

    @property
    def words(self):
        return f"{_plain(self.score)} {level(self.score)}" if self.score else "还没打分"


def level(score):
    """The words of a mark; a half mark takes the words of the lower one."""
    return LEVELS[max(1, min(SCALE, int(score)))] if score else ""


def axes(scores, previous=None):
    """The five axes in their fixed order. `scores`, `previous`: {Competency value: mark 1–5}."""
    previous = previous or {}
    return [Axis(label, scores.get(code), previous.get(code)) for code, label in Competency.choices]


def sentence(rows):
    """What the chart says, in words: 和上次比，沟通协调从2到3；应急处置还是2，是下一步重点。"""
    scored = [row for row in rows if row.score]
    if not scored:
        return "还没有打过分。"
    weakest = min(scored, key=lambda row: row.score)
    before = [row for row in scored if row.previous]
    moved = [row for row in before if row.score != row.previous]
    if not before:
        strongest = max(scored, key=lambda row: row.score)
        if strongest.score == weakest.score:
            return f"{len(scored)}项都是{_plain(strongest.score)}。"
        return (
            f"{strongest.label}最好，是{_plain(strongest.score)}；"
            f"{weakest.label}是{_plain(weakest.score)}，是下一步重点。"
        )
    parts = [f"{row.label}从{_plain(row.previous)}到{_plain(row.score)}" for row in moved]
    if weakest in moved:
        ending = f"{weakest.label}是下一步重点"
    else:
        still = "还是" if weakest.previous else "是"
        ending = f"{weakest.label}{still}{_plain(weakest.score)}，是下一步重点"
    return f"和上次比，{'，'.join(parts) if parts else '各项没有变化'}；{ending}。"


def outline(values):
    """SVG points of one outline; a missing mark lies in the centre."""
    return " ".join(
        f"{x:.1f},{y:.1f}" for x, y in (_point(i, len(values), v or 0) for i, v in enumerate(values))
    )


def _point(index, count, value):
    angle = 2 * math.pi * index / count - math.pi / 2
    reach = _RADIUS * value / SCALE
    return _CENTRE_X + reach * math.cos(angle), _CENTRE_Y + reach * math.sin(angle)


def radar(rows):
    """What the radar template draws, or None with fewer than three marks.

    Gives rings (points), spokes (x, y), labels (x, y, anchor, lines), now and last (points), dots (x, y).
    """
    if sum(1 for row in rows if row.score) < LEAST_AXES:
        return None
    count = len(rows)
    labels = []
    for index, row in enumerate(rows):
        x, y = _point(index, count, SCALE * 1.17)
        side = x - _CENTRE_X
        anchor = "middle" if abs(side) < 8 else "start" if side > 0 else "end"
        lift = 16 if anchor == "middle" else 0  # two lines above the tip
        labels.append((round(x, 1), round(y - lift, 1), anchor, row.label[:4], row.label[4:]))
    return {
        "rings": [outline([ring] * count) for ring in range(1, SCALE + 1)],
        "spokes": [tuple(round(part, 1) for part in _point(i, count, SCALE)) for i in range(count)],
        "centre": (_CENTRE_X, _CENTRE_Y),
        "labels": labels,
        "now": outline([row.score for row in rows]),
        "last": outline([row.previous for row in rows]) if any(row.previous for row in rows) else "",
        "dots": [
            tuple(round(part, 1) for part in _point(i, count, row.score))
            for i, row in enumerate(rows)
            if row.score
        ],
    }


@dataclass
class Bar:
    """One bar: `value` printed at its end; `width`: 0–100 of the longest."""

    label: str
    value: float
    words: str
    width: float
    mark: float | None = None


def bars(rows, *, unit="", top=None):
    """Bars from [(label, value)] or [(label, value, words)]. `top`: the value of a full bar."""
    rows = [(label, value or 0, *rest) for label, value, *rest in rows]
    top = top or max((row[1] for row in rows), default=0) or 1
    return [
        Bar(
            label, value, rest[0] if rest else f"{_plain(value)}{unit}", round(100 * min(value, top) / top, 1)
        )
        for label, value, *rest in rows
    ]


def score_bars(rows):
    """Bars of the five axes, with a mark where the last score stood."""
    drawn = bars([(row.label, row.score, row.words) for row in rows], top=SCALE)
    for bar, row in zip(drawn, rows, strict=True):
        bar.mark = round(100 * row.previous / SCALE, 1) if row.previous else None
    return drawn


def step(count):
    """The colour step of a day: 0, 1, 2, 3 (three and four) or 4 (five and more)."""
    return 3 if count in (3, 4) else min(count, 4)


@dataclass
class Day:
    number: int
    count: int
    step: int
    url: str = ""


def months_of(days):
    """{date: count} → [(year, month, {day number: count})], newest month first, as month_heat wants it."""
    months = {}
    for day, count in days.items():
        months.setdefault((day.year, day.month), {})[day.day] = count
    return [(year, month, counts) for (year, month), counts in sorted(months.items(), reverse=True)]


def month_heat(year, month, counts, *, url=None, noun="带教", unit="次"):
    """A month as weeks of Day or None. `counts`: {date or day number: count}; `url(date)`: that day's list.

    Gives caption, weeks, total.
    """
    by_day = {key.day if isinstance(key, date) else key: count for key, count in counts.items() if count}
    weeks = []
    for week in calendar.Calendar().monthdayscalendar(year, month):
        weeks.append([_day(year, month, number, by_day, url) if number else None for number in week])
    total = sum(by_day.values())
    name = words.month(date(year, month, 1))
    caption = f"{name}{noun} {total} {unit}" if total else f"{name}没有{noun}"
    return {"caption": caption, "weeks": weeks, "total": total, "weekdays": words.WEEKDAYS}


def _day(year, month, number, by_day, url):
    count = by_day.get(number, 0)
    link = url(date(year, month, number)) if url and count else ""
    return Day(number, count, step(count), link)


def _plain(value):
    """3.0 → 3, 3.5 → 3.5."""
    return f"{float(value or 0):g}"
