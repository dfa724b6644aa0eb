"""应知必会: what is taught, by competency.

Shipped with the subjects of the studios' reports; every studio adds, renames and leaves out. A topic is known
by its `key`, a stable string; what was covered is kept by key.
"""

from collections import defaultdict
from dataclasses import dataclass

from people.competencies import Competency
from people.kept import KeptQuery

from .models import CourseTopic


@dataclass(frozen=True)
class Topic:
    """`words`: what in a record of teaching tells that this was spoken of; the name itself always does.

    `row`: the studio's own CourseTopic, None for one as shipped.
    """

    key: str
    competency: str
    name: str
    words: tuple[str, ...] = ()
    in_use: bool = True
    row: CourseTopic | None = None

    @property
    def axis(self):
        return Competency(self.competency).label

    def met_in(self, text):
        return any(word in text for word in (self.name, *self.words))


SHIPPED = (
    Topic("quality", "party", "发展力质量评估体系", ("质量评估",)),
    Topic("fees", "party", "党费收缴", ("党费",)),
    Topic("party-life", "party", "规范党内组织生活", ("组织生活会", "组织生活", "民主评议")),
    Topic("three-meetings", "party", "三会一课", ("支委会", "党小组会", "党员大会", "党课")),
    Topic("service-station", "party", "党群服务站标准化建设", ("服务站", "党群服务")),
    Topic("owners", "governance", "业委会建设", ("业委会", "业主大会", "业主委员会")),
    Topic("estate", "governance", "小区治理", ("物业", "停车", "垃圾分类", "自治")),
    Topic("lift", "governance", "加装电梯", ("加梯", "装电梯")),
    Topic("stairwell", "governance", "美丽楼道", ("楼道",)),
    Topic("election", "team", "换届选举", ("换届", "选民", "选举")),
    Topic("building-group", "team", "楼栋党小组", ("楼组长", "党小组长", "志愿者")),
    Topic(
        "disputes", "communication", "矛盾纠纷调处", ("调解", "纠纷", "调处", "矛盾", "反对", "不同意", "吵")
    ),
    Topic("assembly", "communication", "居民议事", ("议事", "恳谈", "听证", "碰头会", "居民会")),
    Topic("online", "communication", "网评网宣", ("网评", "网宣", "微信群", "公众号")),
    Topic("epidemic", "emergency", "疫情防控", ("疫情", "防疫", "排摸")),
)
_SHIPPED = {topic.key: topic for topic in SHIPPED}


_ROWS = KeptQuery(lambda person, studio: CourseTopic.objects.filter(studio=studio).order_by("pk"))


def topics_of(studio, *, all_of_them=False):
    """Topics of a studio (its id) in the order of the competencies; those left out only if asked."""
    rows = {row.key: row for row in _ROWS.all(studio=studio)}
    found = [_own(rows.pop(topic.key)) if topic.key in rows else topic for topic in SHIPPED]
    found += [_own(row) for row in rows.values()]
    by_axis = defaultdict(list)
    for topic in found:
        if topic.in_use or all_of_them:
            by_axis[topic.competency].append(topic)
    return [topic for axis in Competency.values for topic in by_axis[axis]]


def by_competency(topics):
    """[(label of the competency, its topics)] without empty ones."""
    parts = [(axis.label, [one for one in topics if one.competency == axis]) for axis in Competency]
    return [(label, found) for label, found in parts if found]


def shipped(key):
    """The Topic as shipped, or None."""
    return _SHIPPED.get(key)


def met_in(topics, text):
    """Keys of the topics that a text speaks of."""
    return [topic.key for topic in topics if topic.met_in(text)] if text else []


def _own(row):
    return Topic(row.key, row.competency, row.name, tuple(row.words), row.in_use, row)
