"""缺啥补啥: what an apprentice still lacks, and who is called to which training, with the reason in words.

Knows no database. A reason names what was seen: a self-rating, a topic not yet taught, how long nobody came.
No sums, no order of merit: everybody stands in the order of the pairs.
"""

from dataclasses import dataclass, field
from datetime import date

from growth.charts import LEVELS
from people.competencies import Competency, Topic

# Trainings whose list looks at when somebody was visited or chosen last.
BY_VISITS = ("selected", "onsite")
# Up to this level of 1–5 a competency counts as weak.
WEAK = 2
# A small class stays small; months without somebody on the spot are worth a visit.
SMALL_MOST, ONSITE_DAYS, SELECTED_DAYS = 8, 60, 60


@dataclass(frozen=True)
class Need:
    """`levels`: {competency: 1–5} of the latest self-rating; `weak_points`: named as weakest or as 短板;
    `covered`: {topic key: last day}; `onsite`, `selected`: last day of a 走访 or 实地督训, of a 双月选训."""

    key: object
    levels: dict = field(default_factory=dict)
    weak_points: tuple = ()
    covered: dict = field(default_factory=dict)
    onsite: date | None = None
    selected: date | None = None

    def is_weak(self, axis):
        return axis in self.weak_points or self.levels.get(axis, WEAK + 1) <= WEAK

    def weak_axes(self):
        return [axis for axis in Competency.values if self.is_weak(axis)]

    def weak_words(self, axis):
        """“沟通协调”自评有点数."""
        level = self.levels.get(axis)
        said = f"自评{LEVELS[level]}" if level and level <= WEAK else "自己说是弱项"
        return f"“{Topic(axis).label}”{said}"

    def missing(self, topics):
        return [topic for topic in topics if topic.key not in self.covered]


@dataclass(frozen=True)
class Proposal:
    """`called`: ticked at first; `reason`: why, or why not."""

    key: object
    called: bool
    reason: str


def propose(kind, needs, topics, *, today):
    """[Proposal] in the order of `needs` for a training of this kind about these topics."""
    rule = {"small": _small, "class": _class, "selected": _selected, "onsite": _onsite}[kind]
    found = [Proposal(need.key, *rule(need, topics, today)) for need in needs]
    if kind == "small":
        found = _first_called(found, SMALL_MOST)
    return found


def _first_called(found, most):
    """No more than `most` ticked; the others keep their reason, for staff to choose."""
    left, kept = most, []
    for one in found:
        kept.append(one if not one.called or left > 0 else Proposal(one.key, False, one.reason))
        left -= one.called
    return kept


def _small(need, topics, today):
    """Weak in it, and it was not taught yet."""
    missing = need.missing(topics)
    weak = [topic for topic in missing if need.is_weak(topic.competency)]
    if weak:
        return True, "，".join((*_weak(need, weak), _not_yet(weak)))
    return False, _not_yet(missing) if missing else _when(need, topics)


def _class(need, topics, today):
    """It was not taught yet."""
    missing = need.missing(topics)
    return bool(missing), _not_yet(missing) if missing else _when(need, topics)


def _selected(need, topics, today):
    """Weak in the competency, taught or not, and not chosen lately."""
    weak = _weak(need, topics)
    if not weak:
        return False, "这几项不是弱项"
    if need.selected and (today - need.selected).days < SELECTED_DAYS:
        return False, f"{'，'.join(weak)}，不过{need.selected.month}月{need.selected.day}日刚参加过双月选训"
    return True, "，".join(weak)


def _onsite(need, topics, today):
    """Taught and still weak: to be seen on the spot; or nobody came for long."""
    weak, missing = _weak(need, topics), need.missing(topics)
    if weak and len(missing) < len(topics):
        return True, f"讲过了，{'，'.join(weak)}，到现场看一看"
    if need.onsite is None:
        return True, "还没有到现场带过"
    days = (today - need.onsite).days
    if days > ONSITE_DAYS:
        return True, f"{days}天没有到现场带过"
    return False, f"{need.onsite.month}月{need.onsite.day}日刚到现场带过"


def _weak(need, topics):
    axes = dict.fromkeys(topic.competency for topic in topics)
    return [need.weak_words(axis) for axis in axes if need.is_weak(axis)]


def _not_yet(topics):
    return f"还没讲到{'、'.join(topic.name for topic in topics)}"


def _when(need, topics):
    last = max(need.covered[topic.key] for topic in topics)
    return f"{last.month}月{last.day}日讲过了"
