"""「按专长和短板先分一遍」: who should learn from whom, solved as an assignment problem. Knows no database.

Every place a mentor has left is a column, every apprentice a row. What a pair is worth stands in `worth`; a
mentor's second, third, … place costs more and more, which spreads the apprentices evenly.
"""

from collections import Counter
from dataclasses import dataclass

import numpy
from scipy.optimize import linear_sum_assignment

from people.competencies import Competency, Topic

# Words in a mentor's 专长 that stand for a competency; a tag may speak of several.
EXPERTISE_WORDS = {
    Competency.PARTY: "党建 党务 党员 党组织 党支部 党课 组织生活 三会一课 换届 选举",
    Competency.GOVERNANCE: (
        "治理 自治 物业 业委会 电梯 加梯 停车 楼道 修缮 旧改 改造 垃圾 环境 小小区 合并 养老 助残 民生"
    ),
    Competency.TEAM: "队伍 干部 志愿 骨干 楼组长 社工 培养 带人",
    Competency.COMMUNICATION: "沟通 协调 调解 矛盾 纠纷 信访 谈心 群众工作 接待",
    Competency.EMERGENCY: "应急 突发 防汛 防台 消防 安全 抢险 疫情",
}


@dataclass(frozen=True)
class Weights:
    """What counts how much. Whole numbers: totals can be compared exactly."""

    expertise: int = 6  # for each of the two weakest competencies that the mentor is good at
    same_place: int = -12  # mentor and apprentice of one neighbourhood
    same_kind: int = 2  # both know the same type of neighbourhood
    earlier: int = -20  # they were a pair before
    load: int = -2  # for the n-th apprentice of a mentor: n times


WEIGHTS = Weights()


@dataclass(frozen=True)
class Mentor:
    """`key`: any hashable name; `skills`: competencies; `place`, `kind`: of the neighbourhood, or None, "";
    `taken`: how many apprentices there are already."""

    key: object
    skills: frozenset = frozenset()
    place: object = None
    kind: str = ""
    taken: int = 0


@dataclass(frozen=True)
class Apprentice:
    key: object
    weak: tuple = ()
    place: object = None
    kind: str = ""


@dataclass(frozen=True)
class Proposal:
    """`reason`: why these two, in words for the screen; `fixed`: chosen by hand."""

    mentor: object
    apprentice: object
    reason: str
    fixed: bool = False


def skills_of(tags):
    """The competencies that free-text 专长 speak of."""
    return frozenset(
        axis
        for axis, words in EXPERTISE_WORDS.items()
        if any(word in tag for word in words.split() for tag in tags)
    )


def propose(mentors, apprentices, *, capacity, fixed=None, earlier=(), weights=WEIGHTS):
    """[Proposal] in the order of `apprentices`: the best that can be had.

    `capacity`: most apprentices of a mentor; `fixed`: {apprentice key: mentor key} chosen by hand;
    `earlier`: {(mentor key, apprentice key)}. Everybody is placed while places suffice; those for whom none
    is left are left out. ValueError when the fixed pairs alone are more than a mentor may have.
    """
    fixed, by_key = fixed or {}, {mentor.key: mentor for mentor in mentors}
    by_hand = [one for one in apprentices if one.key in fixed]
    open_ones = [one for one in apprentices if one.key not in fixed]
    held = Counter(fixed[one.key] for one in by_hand)
    full = {mentor.key: mentor.taken + held[mentor.key] for mentor in mentors}
    if any(held[key] and full[key] > capacity for key in full):
        raise ValueError("more fixed pairs than places")
    found = {one.key: Proposal(fixed[one.key], one.key, "您自己定的", fixed=True) for one in by_hand}
    for apprentice, key in _assigned(mentors, open_ones, full, capacity, earlier, weights):
        again = (key, apprentice.key) in earlier
        found[apprentice.key] = Proposal(key, apprentice.key, reason(by_key[key], apprentice, again=again))
    return [found[one.key] for one in apprentices if one.key in found]


def _assigned(mentors, apprentices, full, capacity, earlier, weights):
    """Yields (apprentice, mentor key). `full`: how many places of each mentor are taken."""
    places = [
        (column, nth)
        for column, mentor in enumerate(mentors)
        for nth in range(full[mentor.key] + 1, capacity + 1)
    ]
    if not places or not apprentices:
        return
    value = numpy.array(
        [
            [
                worth(mentor, one, again=(mentor.key, one.key) in earlier, weights=weights)
                for mentor in mentors
            ]
            for one in apprentices
        ]
    )
    columns, nth = numpy.array(places).T
    rows, chosen = linear_sum_assignment(value[:, columns] + weights.load * nth, maximize=True)
    for row, place in zip(rows, chosen, strict=True):
        yield apprentices[row], mentors[columns[place]].key


def worth(mentor, apprentice, *, again=False, weights=WEIGHTS):
    """What this pair is worth by itself. `again`: they were a pair before."""
    total = weights.expertise * sum(axis in mentor.skills for axis in apprentice.weak)
    if mentor.place is not None and mentor.place == apprentice.place:
        total += weights.same_place
    if mentor.kind and mentor.kind == apprentice.kind:
        total += weights.same_kind
    return total + (weights.earlier if again else 0)


def total_worth(pairs, mentors, apprentices, *, earlier=(), weights=WEIGHTS):
    """What `propose` makes as large as can be. `pairs`: [(mentor key, apprentice key)]."""
    mentor_of = {one.key: one for one in mentors}
    apprentice_of = {one.key: one for one in apprentices}
    count, total = {one.key: one.taken for one in mentors}, 0
    for mentor, apprentice in pairs:
        again = (mentor, apprentice) in earlier
        count[mentor] += 1
        total += worth(mentor_of[mentor], apprentice_of[apprentice], again=again, weights=weights)
        total += weights.load * count[mentor]
    return total


def reason(mentor, apprentice, *, again=False):
    """Why these two: 对应“沟通协调”，且不在同一居民区."""
    met = [Topic(axis).label for axis in apprentice.weak if axis in mentor.skills]
    parts = ["对应" + "和".join(f"“{label}”" for label in met)] if met else []
    near = mentor.place is not None and mentor.place == apprentice.place
    if mentor.place is not None and apprentice.place is not None and not near:
        parts.append("且不在同一居民区" if parts else "不在同一居民区")
    if mentor.kind and mentor.kind == apprentice.kind:
        parts.append("居民区类型一样")
    if not met:
        parts.append("人数匀着分")
    parts += ["只是在同一居民区"] if near else []
    parts += ["只是以前结过对"] if again else []
    return "，".join(parts)
