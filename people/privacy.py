"""The privacy scanner: hints at what could tell who a resident is. It never blocks and changes nothing.

`findings(text)` gives every finding in reading order; `replaced` swaps one, `all_replaced` every one.
Patterns: mobile numbers, identity numbers (checksum), bank cards (Luhn), doors (12号301室, 100弄5号),
and the `names` that the caller knows. A text that leaves its street is read `thorough`ly: also people called
by their family name (张阿姨, 老王), places and exact days. docs/PRIVACY.md tells how well it reads.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from itertools import count

_GAP = r"[ \t\u00a0.·\-–—]?"
_NOT_AFTER_DIGIT = r"(?<![0-9])"
_FIGURE = r"[0-9一二三四五六七八九十百零〇]{1,6}"
_BRANCH = r"[甲乙丙丁]?"
_HOUSE = rf"{_BRANCH}{_FIGURE}(?:号楼?|幢|栋){_BRANCH}"
_INSIDE = rf"(?:[前后]门|[A-Za-z]座)?(?:(?:{_FIGURE}|[甲乙丙丁A-Za-z])(?:单元|门|楼|层)){{0,2}}"
# A room without 室 (5号楼402) must not be a count, a year or a time of day.
_NO_COUNT = r"(?![0-9]|[ \t]?[元人户票份年月日米平块个位次张斤度吨辆点件条名万千百余多:：%.％])"
_DOORS = (
    rf"(?:{_FIGURE}弄)?{_HOUSE}[ \t]?{_INSIDE}[ \t]?{_FIGURE}室",
    rf"(?:{_FIGURE}弄)?{_HOUSE}[ \t]?{_INSIDE}[0-9]{{3,4}}{_NO_COUNT}",
    rf"{_FIGURE}弄{_BRANCH}{_FIGURE}号{_BRANCH}",
    rf"{_FIGURE}单元{_FIGURE}室",
    r"(?<![0-9A-Za-z\-])[0-9]{1,3}-(?:[0-9]{1,2}-[0-9]{3,4}室?|[0-9]{3,4}室)(?![0-9\-])",
    r"(?<![0-9A-Za-z\-.])[0-9]{3,4}室",
)
_PATTERNS = (
    (
        "identity",
        re.compile(_NOT_AFTER_DIGIT + r"[1-9](?:" + _GAP + r"[0-9]){16}" + _GAP + r"[0-9Xx](?![0-9A-Za-z])"),
    ),
    ("identity", re.compile(_NOT_AFTER_DIGIT + r"[1-9](?:" + _GAP + r"[0-9]){14}(?![0-9])")),
    ("card", re.compile(_NOT_AFTER_DIGIT + r"[1-9](?:" + _GAP + r"[0-9]){15,18}(?![0-9])")),
    (
        "mobile",
        re.compile(r"(?<![0-9])(?:\+?86" + _GAP + r")?1" + _GAP + r"[3-9](?:" + _GAP + r"[0-9]){9}(?![0-9])"),
    ),
    ("door", re.compile("|".join(_DOORS))),
)
# What else could tell neighbours who it was: only where the text goes to people who do not know the case.
_SURNAME = (
    r"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻潘葛范彭鲁韦马苗方俞任袁柳史唐"
    r"薛雷贺倪汤殷罗毕郝常顾孟黄穆萧尹姚邵汪毛狄戴宋庞熊纪舒屈项祝董梁杜蓝闵席季贾江童郭梅林钟徐邱骆高夏蔡田"
    r"樊胡凌霍万柯管卢莫房解应宗丁邓郁单杭洪包左石崔龚程邢裴陆翁荀甄家封储靳段焦牧车侯全班仰仲宫宁仇甘厉祖武"
    r"符刘景詹叶司黎乔苍双闻翟谭姬申冉桑桂牛寿边尚温柴瞿阎连习容向古易廖耿匡文欧师关简饶曾沙游权盖易]"
)
_CALLED = (
    r"(?:老太太|老先生|老爷子|阿姨|阿婆|阿公|先生|女士|小姐|老伯|爷叔|大爷|大妈|大娘|大姐|大哥|奶奶|爷爷|伯伯|叔叔"
    r"|师傅|老师|老太|姆妈|家妈妈|妈妈)"
)
# A name does not hold these: with them a sentence, not a name, stands before 新村.
_PROPER = r"(?:(?![的了在到从去住和与跟是有上下里来往把被给我他她这那])[一-龥])"
_NAMED = re.compile(
    rf"{_SURNAME}{_PROPER}{{0,2}}{_CALLED}|(?<![很太多最])[老小]{_SURNAME}(?=[，。、说讲来去家的在不和跟也就是])"
)
_PLACE = re.compile(
    rf"{_PROPER}{{2,4}}(?:新村|花园|家园|公寓|花苑|雅苑|名苑|小区|大厦|小筑|佳苑)(?![一-龥]?居民区)"
    rf"|{_PROPER}{{2,3}}[一二三四五六七八九十]+村(?=[0-9一二三四五六七八九十]|[，。、里的])"
    rf"|{_PROPER}{{2,4}}路(?=[0-9]+[弄号])"
)
_DAY = re.compile(
    r"(?:(?P<year>(?:19|20)[0-9]{2})年)?(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12][0-9]|0?[1-9])[日号]"
    r"|(?P<iso>(?:19|20)[0-9]{2}[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12][0-9]|0?[1-9]))(?![0-9])"
)
# Ordinary words that only look like a place or a person.
_NO_PLACE = re.compile(
    r"(?:[整全本各每这那个老旧新大小多有的了在我们他她您咱]|商品房|封闭|开放|一个|几个|两个|三个|别的|其他|隔壁|附近|周边|老旧|动迁|售后)+"
    r"(?:小区|花园|公寓|新村|大厦)$"
)
LABELS = {
    "mobile": "手机号", "identity": "身份证号", "card": "银行卡号", "door": "门牌号", "name": "姓名",
    "called": "称呼", "place": "地名", "day": "日期",
}  # fmt: skip
# People stand for themselves; numbers that nobody needs to read are left out.
_SUGGESTIONS = {
    "identity": "（身份证号略）", "card": "（卡号略）", "door": "（门牌略）", "place": "某小区",
}  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_MARKS = "10X98765432"


@dataclass(frozen=True)
class Finding:
    """`start` and `end` count characters of the text; `paragraph` is 1-based."""

    kind: str
    start: int
    end: int
    matched: str
    suggestion: str
    paragraph: int

    @property
    def label(self):
        return LABELS[self.kind]

    @property
    def fingerprint(self):
        """Stands for this kind of finding and these words; stored when a writer keeps them."""
        plain = "".join(_folded(self.matched).split())
        return hashlib.sha256(f"{self.kind}:{plain}".encode()).hexdigest()[:16]


def findings(text, *, names=(), thorough=False):
    """All findings of `text`, first one first; where two patterns overlap the earlier in the table counts.

    `names`: people who are known to be in it, each as a name or as (name, what stands for it).
    """
    text = text or ""
    plain, taken, found = _folded(text), [], []
    stands_for = dict(one if isinstance(one, tuple) else (one, "") for one in names)
    patterns = [*_PATTERNS, *_names(stands_for)]
    if thorough:
        patterns += [("place", _PLACE), ("called", _NAMED), ("day", _DAY)]
    for kind, pattern in patterns:
        for match in pattern.finditer(plain):
            start, end = match.span()
            free = all(end <= a or start >= b for a, b in taken)
            if free and end > start and _holds(kind, match.group()):
                taken.append((start, end))
                found.append((start, end, kind))
    return _described(text, sorted(found), stands_for)


def _names(stands_for):
    """One pattern of the names, the longest first; a single character is no name."""
    known = sorted((name for name in stands_for if len(name.strip()) > 1), key=len, reverse=True)
    return [("name", re.compile("|".join(re.escape(_folded(name)) for name in known)))] if known else []


def all_replaced(text, *, names=(), thorough=False):
    """`text` with every finding changed to its suggestion; the same person is the same letter throughout."""
    for finding in reversed(findings(text, names=names, thorough=thorough)):
        text = replaced(text, finding)
    return text


def replaced(text, finding):
    """`text` with the finding's words changed to its suggestion."""
    return text[: finding.start] + finding.suggestion + text[finding.end :]


def _folded(text):
    """Full-width figures and marks to plain ones, character by character, so that places stay the same."""
    return "".join(_fold(mark) for mark in text)


def _fold(mark):
    plain = unicodedata.normalize("NFKC", mark)
    return plain if len(plain) == 1 else mark


def _described(text, found, stands_for):
    people, letters = {}, count()
    described = []
    for start, end, kind in found:
        matched = text[start:end]
        if kind == "name" and stands_for.get(matched):
            suggestion = stands_for[matched]
        elif kind in ("mobile", "name", "called"):
            who = _digits(matched)[-11:] if kind == "mobile" else matched
            if who not in people:
                people[who] = f"居民{_STEMS[next(letters) % len(_STEMS)]}"
            suggestion = people[who]
        else:
            suggestion = _month(matched) if kind == "day" else _SUGGESTIONS[kind]
        described.append(Finding(kind, start, end, matched, suggestion, _paragraph(text, start)))
    return described


def _month(day):
    """6月18日 → 6月; 2026年6月18日 and 2026-06-18 → 2026年6月."""
    figures = [int(one) for one in re.findall(r"[0-9]+", _folded(day))]
    return f"{figures[0]}年{figures[1]}月" if len(figures) == 3 else f"{figures[0]}月"


def _paragraph(text, start):
    """Which paragraph this place is in; lines with nothing on them do not count."""
    finished = text[:start].splitlines(keepends=True)
    if finished and not finished[-1].endswith(("\n", "\r")):
        finished.pop()
    return sum(bool(line.strip()) for line in finished) + 1


def _digits(text):
    return "".join(mark for mark in _folded(text) if mark.isascii() and mark.isdigit())


def _holds(kind, matched):
    """What a pattern alone cannot tell: checksums and true dates."""
    if kind == "identity":
        return _is_identity(re.sub(r"[^0-9Xx]", "", matched).upper())
    if kind == "card":
        return _passes_luhn(_digits(matched))
    if kind == "place":
        return not _NO_PLACE.search(matched)
    return True


def _is_identity(number):
    if len(number) == 15:
        return _may_be_born("19" + number[6:12])
    total = sum(weight * int(figure) for weight, figure in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECK_MARKS[total % 11] == number[17] and _may_be_born(number[6:14])


def _may_be_born(digits):
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    return 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31


def _passes_luhn(digits):
    total = 0
    for place, figure in enumerate(reversed(digits)):
        value = int(figure) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return len(digits) >= 16 and total % 10 == 0
