"""The menu of each desk (DESIGN 3.2): only pages that are there, in an order that never moves."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import reverse


@dataclass(frozen=True)
class Item:
    """`page` is a URL name; `under` are path beginnings that make the item the current one; `todo` names the
    sources of 待办 whose number stands beside the label."""

    label: str
    page: str
    icon: str = ""
    under: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    children: tuple["Item", ...] = ()
    url: str = ""
    current: bool = False
    count: int = 0


# Asking, following and studying: pages without an item of their own at the phone's desks.
STUDY = (
    "/questions/",
    "/campaigns/",
    "/matters/",
    "/contacts/",
    "/visits/",
    "/series/",
    "/practices/",
    "/uptakes/",
    "/scenes/",
    "/performances/",
)

STAFF = (
    Item("工作台", "studio:home", "house", under=("/stuck/",)),
    Item(
        "带教",
        "mentoring:pairing-list",
        "people",
        children=(
            Item("师徒结对", "mentoring:pairing-list", under=("/pairings/", "/groups/")),
            Item("带教活动", "mentoring:session-list", under=("/sessions/",)),
            Item("带教计划", "mentoring:course-plan", under=("/plan/",)),
            Item("日历", "mentoring:calendar", under=("/calendar/",)),
            Item("三个一", "mentoring:cadence-board", under=("/cadence/",)),
            Item("问师傅", "mentoring:question-list", under=("/questions/",)),
            Item("专项跟进", "mentoring:campaign-list", under=("/campaigns/", "/matters/", "/contacts/")),
            Item("观摩", "mentoring:visit-list", under=("/visits/",)),
            Item("系列", "mentoring:series-list", under=("/series/",)),
            Item("做法", "mentoring:practice-list", under=("/practices/", "/uptakes/")),
            Item("情景党课", "mentoring:scene-list", under=("/scenes/", "/performances/")),
            Item("会议", "mentoring:meeting-list", under=("/assemblies/",), todo=("minutes",)),
            Item("聘书", "mentoring:appointment-list", under=("/appointments/",)),
            Item("期次", "mentoring:cohort-list", under=("/cohorts/",)),
            Item("教学基地", "mentoring:base-list", under=("/bases/",)),
        ),
    ),
    Item(
        "会诊",
        "casework:case-list",
        "chat-left-text",
        children=(
            Item("疑难案例", "casework:case-list", under=("/cases/", "/steps/", "/followups/")),
            Item("三联单", "casework:slip-list", under=("/slips/",)),
            Item("接待与走访", "casework:visit-list", under=("/home-visits/", "/book/")),
            Item("楼栋党小组", "casework:group-list", under=("/buildings/", "/building-groups/")),
            Item("会诊会", "casework:meeting-list", under=("/meetings/",)),
            Item("案例库", "casework:library-list", under=("/library/cases/",)),
            Item("课题", "casework:topic-list", under=("/topics/",)),
        ),
    ),
    Item(
        "成长",
        "growth:file-list",
        "journal-text",
        children=(
            Item("成长台账", "growth:file-list", under=("/ledger/",)),
            Item("考核评估", "growth:round-list", under=("/assess/",), todo=("score", "round", "appeal")),
            Item("培养晋级", "mentoring:advancement-list", under=("/advancement/",)),
            Item("培养成果", "growth:outcome-list", under=("/outcomes/", "/posts/", "/honours/")),
            Item("心得", "growth:reflection-list", under=("/reflections/",)),
            Item("学习笔记", "growth:note-list", under=("/notes/",)),
            Item("纸质笔记本", "growth:notebook-list", under=("/notebook/",)),
            Item("工作法", "growth:method-list", under=("/library/methods/",)),
        ),
    ),
    Item("品牌", "growth:brand-list", "award", under=("/brands/", "/contests/")),
    Item(
        "设置",
        "people:person-list",
        "gear",
        children=(
            Item("人员名册", "people:person-list", under=("/people/", "/roles/")),
            Item("登录卡", "people:card-list", under=("/cards/",)),
            Item("居民区", "people:neighbourhood-list", under=("/options/places/",)),
            Item("选项", "people:options", under=("/options/",)),
            Item("居民信息", "people:resident-request-list", under=("/residents/",)),
        ),
    ),
)
MENTOR = (
    Item("首页", "studio:home", "house"),
    Item("记带教", "mentoring:session-new", "pencil-square", under=("/sessions/new/",)),
    Item(
        "会诊",
        "casework:case-list",
        "chat-left-text",
        under=("/cases/", "/followups/", "/meetings/"),
        todo=("consult", "host", "prescribe", "judge", "check_up", "evaluate", "read_again"),
    ),
    Item(
        "我的",
        "people:me",
        "person",
        under=(
            *("/me/", "/ledger/", "/reflections/", "/notes/", "/sessions/", "/plan/", "/advancement/"),
            *("/cadence/", "/assess/", "/brands/", "/contests/"),
            *STUDY,
        ),
    ),
)
APPRENTICE = (
    Item("首页", "studio:home", "house"),
    Item("成长档案", "growth:my-file", "journal-text", under=("/ledger/", "/aims/", "/weaknesses/")),
    Item(
        "疑难案例",
        "casework:case-list",
        "chat-left-text",
        under=("/cases/", "/steps/", "/meetings/"),
        todo=("complete", "answer", "report", "evaluate"),
    ),
    Item(
        "我的",
        "people:me",
        "person",
        under=(
            *("/me/", "/reflections/", "/notes/", "/notebook/", "/cadence/", "/brands/"),
            *("/sessions/", "/plan/", "/advancement/", "/assess/", "/contests/"),
            *STUDY,
        ),
    ),
)
DISTRICT = (
    Item("区级总览", "studio:overview", "house", under=("/overview/",)),
    Item("案例库", "casework:library-list", "journals", under=("/library/cases/",)),
    Item("品牌与工作法", "growth:brand-list", "award", under=("/brands/", "/library/methods/")),
    Item("我的", "people:me", "person", under=("/me/", "/assess/")),
)
CONSULTANT = (
    Item("首页", "studio:home", "house"),
    Item("会诊", "casework:case-list", "chat-left-text", under=("/cases/",), todo=("consult",)),
    Item("我的", "people:me", "person", under=("/me/",)),
)
# What stands on 「我的」 besides the settings, in parts that can be taken in at a glance.
_LOOK_UP = (
    Item("案例库", "casework:library-list"),
    Item("工作法", "growth:method-list"),
    Item("做法", "mentoring:practice-list"),
    Item("课题", "casework:topic-list"),
    Item("教学基地", "mentoring:base-list"),
)
MINE = {
    "mentor": (
        (
            "我带的人",
            (
                Item("我的徒弟", "growth:file-list"),
                Item("结对", "mentoring:pairing-list"),
                Item("徒弟的心得", "growth:reflection-list"),
                Item("徒弟的笔记", "growth:note-list"),
                Item("徒弟问我的", "mentoring:question-list"),
                Item("考核评估", "growth:round-list"),
                Item("培养晋级", "mentoring:advancement-list"),
            ),
        ),
        (
            "带教的事",
            (
                Item("我的记录", "mentoring:session-list"),
                Item("日历", "mentoring:calendar"),
                Item("带教计划", "mentoring:course-plan"),
                Item("三个一", "mentoring:cadence-board"),
                Item("会议", "mentoring:meeting-list"),
                Item("观摩", "mentoring:visit-list"),
                Item("情景党课", "mentoring:scene-list"),
                Item("专项跟进", "mentoring:campaign-list"),
            ),
        ),
        (
            "居民区的事",
            (
                Item("三联单", "casework:slip-list"),
                Item("接待与走访", "casework:visit-list"),
                Item("品牌项目", "growth:brand-list"),
            ),
        ),
        ("查一查", _LOOK_UP),
    ),
    "apprentice": (
        (
            "我写的",
            (
                Item("我的心得", "growth:reflection-list"),
                Item("学习笔记", "growth:note-list"),
                Item("纸质笔记本", "growth:notebook-list"),
                Item("短板和目标", "growth:my-aims"),
                Item("问师傅", "mentoring:question-list"),
            ),
        ),
        (
            "学本领",
            (
                Item("带教活动", "mentoring:session-list"),
                Item("日历", "mentoring:calendar"),
                Item("缺啥补啥", "mentoring:course-mine"),
                Item("三个一", "mentoring:cadence-board"),
                Item("会议", "mentoring:meeting-list"),
                Item("观摩", "mentoring:visit-list"),
                Item("情景党课", "mentoring:scene-list"),
                Item("结对", "mentoring:pairing-list"),
                Item("考核评估", "growth:round-list"),
                Item("培养晋级", "mentoring:advancement-list"),
            ),
        ),
        (
            "居民区的事",
            (
                Item("三联单", "casework:slip-list"),
                Item("接待与走访", "casework:visit-list"),
                Item("楼栋党小组", "casework:group-list"),
                Item("品牌项目", "growth:brand-list"),
                Item("专项跟进", "mentoring:campaign-list"),
            ),
        ),
        ("查一查", _LOOK_UP),
    ),
    "district": (
        (
            "区里的事",
            (
                Item("做法", "mentoring:practice-list"),
                Item("考核评估", "growth:round-list"),
                Item("意见建议", "people:feedback-list"),
            ),
        ),
    ),
}
MENUS = {
    "staff": STAFF,
    "mentor": MENTOR,
    "apprentice": APPRENTICE,
    "district": DISTRICT,
    "consultant": CONSULTANT,
}


def menu(desk, path, counts):
    """The items of a desk's menu, the current ones marked. `counts`: {todo source: number}."""
    return _menu(desk, re.sub(r"\d+", "0", path), tuple(sorted(counts.items())))


@lru_cache(maxsize=1000)
def _menu(desk, path, counts):
    """Kept for each page, whichever row it shows: no item of a menu stands for a single row."""
    items, counts = MENUS.get(desk, ()), dict(counts)
    best = max((_depth(item, path) for item in items), default=0)
    return [_ready(item, path, counts, best) for item in items]


@lru_cache
def mine(desk):
    """[(heading, links)] of 「我的」 at a desk."""
    parts = MINE.get(desk, ())
    return [(heading, [replace(item, url=reverse(item.page)) for item in items]) for heading, items in parts]


def _ready(item, path, counts, best):
    return replace(
        item,
        url=reverse(item.page),
        children=tuple(_ready(child, path, counts, best) for child in item.children),
        current=0 < best == _depth(item, path),
        count=sum(counts.get(name, 0) for name in item.todo),
    )


def _depth(item, path):
    """How much of the path the item or a child of it stands for: the longest beginning that fits, else 0."""
    url = reverse(item.page)
    fitting = [len(start) for start in item.under if path.startswith(start)]
    below = [_depth(child, path) for child in item.children]
    return max([len(url) if path == url else 0, *fitting, *below])
