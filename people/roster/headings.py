"""Which heading means which field, and where the tables of a sheet begin.

A sheet may carry title rows above its heading row, a heading of two rows (「学员」 over 「姓名」「电话」),
the same heading again on every printed page, or several tables one under another. So a sheet is cut into
tables: each begins at a heading row and runs to the next.
"""

import itertools
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from .grid import Sheet


class Field(StrEnum):
    NAME = "name"
    MOBILE = "mobile"
    ROLE = "role"
    KIND = "kind"
    STREET = "street"
    NEIGHBOURHOOD = "neighbourhood"
    UNIT = "unit"
    POST = "post"
    POST_SINCE = "post_since"
    BORN = "born"
    PARTY_YEARS = "party_work_years"
    EXPERTISE = "expertise"
    WEAK_POINTS = "weak_points"
    GROUP = "group"
    MENTOR = "mentor"
    MENTOR_MOBILE = "mentor_mobile"
    COHORT = "cohort"
    SALUTATION = "salutation"
    NOTE = "note"
    SERIAL = "serial"
    NOT_KEPT = "not_kept"


LABELS = {
    Field.NAME: "姓名",
    Field.MOBILE: "手机号码",
    Field.ROLE: "角色",
    Field.KIND: "学员类别",
    Field.STREET: "街道（镇）",
    Field.NEIGHBOURHOOD: "居民区",
    Field.UNIT: "单位",
    Field.POST: "职务",
    Field.POST_SINCE: "任职起始",
    Field.BORN: "出生年月",
    Field.PARTY_YEARS: "党务年限",
    Field.EXPERTISE: "专长",
    Field.WEAK_POINTS: "自评最弱两项",
    Field.GROUP: "带教组",
    Field.MENTOR: "带教书记",
    Field.MENTOR_MOBILE: "带教书记手机号码",
    Field.COHORT: "期次",
    Field.SALUTATION: "称呼",
    Field.NOTE: "备注",
}

# The first word of a line is the surest; where two columns claim one field, the surer heading wins.
WORDS = {
    Field.NAME: "姓名 名字 人员姓名 人员 干部姓名 同志姓名 书记姓名",
    Field.MOBILE: "手机号码 手机号 手机 移动电话 手机电话 联系手机 联系电话 联系方式"
    " 电话号码 电话 联系号码 通讯方式",
    Field.ROLE: "角色 身份 人员角色 人员身份 带教角色",
    Field.KIND: "学员类别 人员类别 类别 学员类型 人员类型 培养类别",
    Field.STREET: "街道 街镇 镇 所属街道 所在街道 所属街镇 所在街镇 街道乡镇 乡镇 镇街",
    Field.NEIGHBOURHOOD: "居民区 所在居民区 所属居民区 居民区名称 社区 所在社区 所属社区 社区名称 居委会 居委"
    " 居村 所在居委 所在居委会 所属居委会 村居 居村委 村 所在村居 村社区"
    " 所在居民区单位 所在社区单位 居民区单位 社区单位",
    Field.UNIT: "单位 所在单位 工作单位 单位名称 所属单位 现单位 部门 所在部门 工作单位及部门",
    Field.POST: "职务 现任职务 现职务 现职 岗位 职位 担任职务 工作岗位 原任职务 原职务 原工作职务",
    Field.POST_SINCE: "任职起始 任现职时间 任职时间 现任职务时间 任职年月 任现职年月"
    " 任现职务时间 到任时间 上任时间 任职日期 起始时间 任职起始时间",
    Field.BORN: "出生年月 出生日期 出生年份 出生年 出生 出生时间 生日",
    Field.PARTY_YEARS: "党务年限 党务工作年限 从事党务年限 从事党务工作年限 党务工龄 党务工作年数",
    Field.EXPERTISE: "专长 特长 擅长 擅长领域 专业特长 带教专长 擅长方向",
    Field.WEAK_POINTS: "自评最弱两项 短板 自评短板 薄弱项 自评薄弱项 弱项",
    Field.GROUP: "带教组 组别 带教组别 小组 分组 所在组 所属小组 组",
    Field.COHORT: "期次 期数 批次 期 届次 培训期次",
    Field.SALUTATION: "称呼",
    Field.NOTE: "备注 说明 备考",
    Field.SERIAL: "序号 编号 序 号 no",
}
NOT_KEPT = (
    "性别 民族 籍贯 身份证 身份证号 身份证号码 学历 学位 文化程度 政治面貌 入党时间 入党年月 党龄 年龄"
    " 微信 微信号 邮箱 电子邮箱 家庭住址 住址 地址 办公电话 固定电话 座机 宅电 紧急联系人 退休时间 退休年月"
    " 照片 签名 签字 健康状况 婚姻状况"
    " 职称 毕业院校 专业 qq 带教基地 教学基地 参加工作时间 工作年限 社工年限 是否党员"
)
KNOWN = {word: (name, rank) for name, words in WORDS.items() for rank, word in enumerate(words.split())}
KNOWN |= dict.fromkeys(NOT_KEPT.split(), (Field.NOT_KEPT, 0))

MENTOR_WORDS = (
    "带教书记",
    "带教师傅",
    "结对师傅",
    "带教老师",
    "带教导师",
    "老书记",
    "师傅",
    "导师",
    "带教人",
)
APPRENTICE_WORDS = ("学员", "徒弟", "结对对象", "带教对象", "被带教人", "小梁")
OF_MENTOR = {Field.NAME: Field.MENTOR, Field.MOBILE: Field.MENTOR_MOBILE}
SEARCHED_ROWS = 40
MAX_TABLES = 60


@dataclass
class Table:
    """One table of a sheet: rows `first`..`last`, and the column of each field."""

    first: int
    last: int
    columns: dict[Field, int]
    titles: dict[Field, str]
    above: str = ""
    owner: str = ""
    unused: list[str] = field(default_factory=list)
    twice: list[tuple[Field, int]] = field(default_factory=list)


@dataclass
class _Header:
    row: int
    height: int
    columns: dict[Field, int]
    titles: dict[Field, str]
    owner: str
    unused: list[str]
    twice: list[tuple[Field, int]]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A heading without width, spaces, brackets, marks: 「街道（镇）」 → 「街道」, 「姓 名」 → 「姓名」."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"\s|[*:：、/·.\-_]|选填|必填", "", text)
    bare = re.sub(r"\([^()]*\)|\[[^\]]*\]|【[^】]*】", "", text)
    return bare or re.sub(r"[()\[\]【】]", "", text)


def field_of(heading: str) -> tuple[Field, int, str] | None:
    """(field, rank, whose) of a plain heading; whose is mentor, apprentice or nothing. None when unknown."""
    if heading in KNOWN:
        return (*KNOWN[heading], "")
    for words, owner in ((MENTOR_WORDS, "mentor"), (APPRENTICE_WORDS, "apprentice")):
        word = next((word for word in words if heading.startswith(word)), None)
        if word is None:
            continue
        found, rank = KNOWN.get(heading[len(word) :].lstrip("的") or "姓名", (None, 0))
        if found is None:
            continue
        return (OF_MENTOR.get(found, found) if owner == "mentor" else found), rank, owner
    return None


def tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet, from the top; none when no heading row is there."""
    lines, last_row = _Lines(sheet), sheet.last_row
    headers, row = [], 1
    while row <= last_row and (headers or row <= SEARCHED_ROWS) and len(headers) < MAX_TABLES:
        header = _header_at(lines, row)
        if header:
            headers.append(header)
        row += header.height if header else 1
    found = []
    for header, following in itertools.zip_longest(headers, headers[1:]):
        last = following.row - 1 if following else last_row
        above = lines.texts(1, header.row - 1) if header is headers[0] else lines.title(header.row - 1)
        rest = (header.columns, header.titles, above, header.owner, header.unused, header.twice)
        found.append(Table(header.row + header.height, last, *rest))
    return found


class _Lines:
    """The texts of a sheet, row by row."""

    def __init__(self, sheet: Sheet):
        self.rows: dict[int, dict[int, str]] = defaultdict(dict)
        self.across: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for (row, column), value in sorted(sheet.cells.items()):
            self.rows[row][column] = value if isinstance(value, str) else ""
        for top, left, _, right in sheet.merges:
            if right > left:
                self.across[top].append((left, right))

    def headings(self, row: int, spread: bool = False) -> dict[int, str]:
        """Plain texts by column; `spread` repeats a cell merged over several columns."""
        texts = {column: plain(text) for column, text in self.rows.get(row, {}).items()}
        for left, right in self.across.get(row, ()) if spread else ():
            if left in texts:
                texts |= dict.fromkeys(range(left, right + 1), texts[left])
        return {column: text for column, text in texts.items() if text}

    def texts(self, first: int, last: int) -> str:
        return " ".join(text for row in range(first, last + 1) for text in self.rows.get(row, {}).values())

    def title(self, row: int) -> str:
        """A lone cell right above a later table is its title."""
        texts = list(self.rows.get(row, {}).values())
        return texts[0] if len(texts) == 1 else ""


def _header_at(lines: _Lines, row: int) -> _Header | None:
    upper, lower = lines.headings(row, spread=True), lines.headings(row + 1)
    single = _header(row, 1, {c: (text,) for c, text in lines.headings(row).items()})
    stacked = {
        c: (upper.get(c, "") + lower.get(c, ""), lower.get(c) or upper.get(c, "")) for c in upper | lower
    }
    # The second row is part of the heading only when all that stands in it is a heading too.
    fits = upper and lower and all(any(map(field_of, stacked[column])) for column in lower)
    double = _header(row, 2, stacked) if fits else None
    below = _header(row + 1, 1, {c: (text,) for c, text in lower.items()})
    if double and _weight(double) >= _weight(single) and _weight(double) > _weight(below):
        return double
    return single


def _header(row: int, height: int, candidates: dict[int, tuple[str, ...]]) -> _Header | None:
    columns, titles, ranks, unused, twice, known = {}, {}, {}, [], [], 0
    owners = set()
    for column, texts in sorted(candidates.items()):
        match = next((m for m in map(field_of, texts) if m), None)
        shown = texts[-1]
        if match is None:
            unused.append(shown)
            continue
        name, rank, owner = match
        known += 1
        if owner == "apprentice" or (owner == "mentor" and name in OF_MENTOR.values()):
            owners.add(owner)
        if name == Field.NOT_KEPT:
            unused.append(shown)
        elif name not in columns or rank < ranks[name]:
            if name in columns:
                unused.append(titles[name])
            columns[name], titles[name], ranks[name] = column, shown, rank
        elif rank == ranks[name]:
            twice.append((name, column))
        else:
            unused.append(shown)
    owner = owners.pop() if len(owners) == 1 else ""
    if Field.NAME not in columns and Field.MENTOR in columns:
        owner = "mentor"
        _rename(columns, titles, Field.MENTOR, Field.NAME)
        _rename(columns, titles, Field.MENTOR_MOBILE, Field.MOBILE)
    elif Field.MENTOR in columns:
        owner = "apprentice"
    if Field.NAME not in columns or len(columns) < 2 or known * 2 < len(candidates):
        return None
    return _Header(row, height, columns, titles, owner, [u for u in unused if u], twice)


def _rename(columns: dict, titles: dict, old: Field, new: Field) -> None:
    if old in columns and new not in columns:
        columns[new], titles[new] = columns.pop(old), titles.pop(old)


def _weight(header: _Header | None) -> int:
    return len(header.columns) if header else 0
