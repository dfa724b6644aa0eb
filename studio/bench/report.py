"""The table of the bench, and whether each page keeps its bounds."""

from dataclasses import dataclass
from unicodedata import east_asian_width

from .measure import Result, lower_quarter
from .pages import BOUNDS, MOST_GROWTH, MOST_QUERIES, Page

HEADINGS = (
    "页面",
    "谁看",
    "类别",
    "CPU 倍数",
    "界限",
    "增长",
    "墙钟倍数",
    "查询",
    "毫秒 p50/p95",
    "CPU 毫秒 网站+库",
    "千字节",
    "达标",
)
DESKS = {
    "staff": "街道",
    "mentor": "师傅",
    "apprentice": "学员",
    "district": "区里",
    "guest": "专家",
    "": "没登录",
}


@dataclass
class Line:
    """One page with its results, smallest size first; none when it could not be opened."""

    page: Page
    results: list[Result]

    @property
    def growth(self) -> float:
        return self.results[-1].cpu_ratio / self.results[0].cpu_ratio

    def misses(self) -> list[str]:
        """What it does not keep, in words; empty when all is well."""
        if not self.results:
            return ["打不开"]
        dear = max(result.cpu_ratio for result in self.results)
        asked = max(result.queries for result in self.results)
        found = ["太贵"] if dear > BOUNDS[self.page.kind] else []
        found += ["长得快"] if self.growth > MOST_GROWTH else []
        return found + (["查询多"] if asked > MOST_QUERIES else [])

    def cells(self) -> list[str]:
        who = [self.page.label, DESKS.get(self.page.person, "当事人"), self.page.kind]
        if not self.results:
            return [*who, *["—"] * (len(HEADINGS) - 4), *self.misses()]
        last = self.results[-1]
        spent = f"{_ms(lower_quarter(last.page.server))}+{_ms(lower_quarter(last.page.database))}"
        return [
            *who,
            " → ".join(f"{result.cpu_ratio:.1f}" for result in self.results),
            f"{BOUNDS[self.page.kind]}",
            f"{self.growth:.2f}",
            " → ".join(f"{result.wall_ratio:.1f}" for result in self.results),
            " → ".join(str(result.queries) for result in self.results),
            f"{_ms(last.page.p50)}/{_ms(last.page.p95)}",
            spent,
            f"{last.weight / 1000:.0f}",
            "、".join(self.misses()) or "是",
        ]


def table(lines: list[Line]) -> str:
    """A Markdown table that also reads well in a terminal."""
    rows = [list(HEADINGS), *(line.cells() for line in lines)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADINGS))]
    printed = ["| " + " | ".join(map(_padded, row, widths)) + " |" for row in rows]
    return "\n".join([printed[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *printed[1:]])


def summary(lines: list[Line], sizes: list[str]) -> str:
    """The floor itself and how many pages keep everything."""
    floors = [result.floor.cpu for line in lines for result in line.results]
    kept = sum(not line.misses() for line in lines)
    return (
        f"从 {sizes[0]} 到 {sizes[-1]} 条。底线页面 30 千字节，CPU {_ms(lower_quarter(floors))} 毫秒。"
        f"{len(lines)}个页面里{kept}个全部达标（增长不过{MOST_GROWTH}倍，查询不过{MOST_QUERIES}次）。"
    )


def _ms(seconds):
    return f"{seconds * 1000:.1f}"


def _width(text):
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text, width):
    return text + " " * (width - _width(text))
