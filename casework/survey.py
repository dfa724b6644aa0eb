"""The building survey (楼栋党员摸排表) as offices write it: .xlsx or .csv, read by the roster reader's parts.

Pure: gives rows and problems; nothing is written here. Columns are known by their headings, in any order;
a merged or empty building cell goes on with the building above.
"""

import re
from dataclasses import dataclass, field

from people.roster import Grid, Ref
from people.roster.headings import plain

HEADINGS = {
    "name": "姓名 名字 党员姓名",
    "phone": "手机号码 手机号 手机 电话 联系电话 联系方式 电话号码",
    "building": "楼栋 楼号 楼 幢 栋 楼栋号 楼幢 门牌 门牌号 所在楼栋 居住楼栋",
    "stairwell": "单元 门洞 单元号 楼门 门栋",
    "door": "室号 房号 室 房间号 门牌室号",
    "estate": "小区 小区名称 所在小区",
    "organisation": "组织关系 组织关系所在 组织关系在哪里 所在党组织 所属党组织 党组织"
    " 所在支部 所在党支部 所属党支部 党支部 组织关系所在支部 单位 工作单位",
    "post": "党内职务 职务",
    "services": "服务 能做什么 特长 专长 志愿服务 服务项目",
}
KNOWN = {word: name for name, words in HEADINGS.items() for word in words.split()}
SEARCHED_ROWS, MOST_ROWS = 20, 3000
NEEDED = ("name", "building")


@dataclass
class Row:
    """One member as read. `at`: where the row stands, for the person who has the file open."""

    at: str
    name: str
    building: str
    phone: str = ""
    stairwell: str = ""
    door: str = ""
    estate: str = ""
    organisation: str = ""
    post: str = ""
    services: str = ""


@dataclass
class Survey:
    rows: list = field(default_factory=list)
    problems: list = field(default_factory=list)


def read_survey(grid: Grid) -> Survey:
    """Every sheet that has a heading row with a name and a building."""
    survey = Survey()
    for number, sheet in enumerate(grid.sheets):
        head = _heading(sheet)
        if head is not None:
            _read_sheet(survey, number, sheet, *head)
    if not survey.rows and not survey.problems:
        survey.problems.append("没有找到“姓名”和“楼栋”两栏，请看看表头")
    return survey


def _heading(sheet):
    """(row, {field: column}) of the first row that names both needed columns, or None."""
    for row in range(1, min(sheet.last_row, SEARCHED_ROWS) + 1):
        columns = {}
        for column in range(1, sheet.last_column + 1):
            found = KNOWN.get(plain(_text(sheet.cells.get((row, column)))))
            if found and found not in columns:
                columns[found] = column
        if all(name in columns for name in NEEDED):
            return row, columns
    return None


def _read_sheet(survey, number, sheet, head, columns):
    above = {"building": "", "stairwell": "", "estate": ""}
    for row in range(head + 1, sheet.last_row + 1):
        told = {name: _text(sheet.cells.get((row, column))) for name, column in columns.items()}
        if not any(told.values()) or told["name"] in ("姓名", "合计", "小计"):
            continue
        at = Ref(number, row, columns["name"]).a1
        if told.get("building") and told["building"] != above["building"]:
            above |= {"building": told["building"], "stairwell": ""}
        for name in above:
            above[name] = told.get(name) or above[name]
            told[name] = above[name]
        if not told["name"]:
            survey.problems.append(f"第{row}行没有姓名，没有读")
        elif not told["building"]:
            survey.problems.append(f"{at}：不知道住在哪栋楼，没有读")
        elif len(survey.rows) >= MOST_ROWS:
            survey.problems.append(f"一次最多读{MOST_ROWS}行，后面的请分一张表")
            return
        else:
            told["building"] = building_name(told["building"])
            survey.rows.append(Row(at, **{name: text[:60] for name, text in told.items()}))


def _text(value):
    """A cell as people see it: 13912345678.0 → 13912345678."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def building_name(text):
    """3, 3号, 3幢 → 3号楼; what has a name of its own keeps it."""
    bare = re.sub(r"\s", "", text)
    figure = re.fullmatch(r"(\d+)(号楼|号|幢|栋|楼)?", bare)
    return f"{figure[1]}号楼" if figure else bare[:20]


def place_of(name):
    """The figure by which a building stands in its street."""
    figure = re.search(r"\d+", name)
    return int(figure[0]) if figure and len(figure[0]) < 7 else 0
