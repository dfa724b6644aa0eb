"""What one cell says: names, mobile numbers, months, lists. Each reader gives the value or raises Unclear."""

import calendar
import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from people.competencies import Competency
from people.roles import ApprenticeKind, Role

from .grid import Value
from .headings import APPRENTICE_WORDS, MENTOR_WORDS

DASHES = "-‐‑‒–—―−－~～"
HAN = r"\u3400-\u9fff\U00020000-\U000323af"
EXCEL_EPOCH = date(1899, 12, 30)
OLDEST, YOUNGEST = 95, 16
FIRST_YEAR = 1930
NO_MONTH = "看不出是哪年哪月，请写成1984.02这样"
MONTH_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
CHINESE_DIGITS = str.maketrans("零〇○一二两三四五六七八九", "0001223456789")


class Unclear(Exception):
    """The cell cannot be understood. `str(error)` is a sentence that says what to do."""


class Month(NamedTuple):
    """A month as far as it is known: 「1984年」 has no month."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)


def squeezed(value: Value | None) -> str:
    """Half-width, without any space or invisible character."""
    text = unicodedata.normalize("NFKC", shown(value))
    return "".join(_visible(text).split())


def shown(value: Value | None) -> str:
    """A cell as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}.{value.month:02}.{value.day:02}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _visible(text: str) -> str:
    return "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cf", "Cc"))


def tidy(value: Value | None) -> str:
    """Running text: half-width letters and digits, single spaces; Chinese punctuation stays as it is."""
    text = re.sub(r"[０-９Ａ-Ｚａ-ｚ]", lambda match: unicodedata.normalize("NFKC", match[0]), shown(value))
    return " ".join(_visible(text).split())


def name(value: Value) -> str:
    """「张　三」, 「 张三 」, 「张三（女）」 → 「张三」. Foreign names keep single spaces."""
    text = unicodedata.normalize("NFKC", shown(value))
    text = re.sub(r"\([^()]*\)", "", text)
    text = re.sub(r"[•・‧∙.]", "·", text).strip("·:;,、。*' \"")
    text = " ".join(_visible(text).split())
    text = re.sub(rf"(?<=[{HAN}·]) | (?=[{HAN}·])", "", text)
    if not text:
        raise Unclear("没有姓名，请补上")
    if re.search(r"\d", text):
        raise Unclear("姓名里有数字，请改成姓名")
    if not re.fullmatch(rf"[{HAN}·]+|[A-Za-z·' \-]+", text):
        raise Unclear("姓名里有别的符号，请只写姓名")
    if len(text) == 1:
        raise Unclear("姓名只有1个字，请补全")
    if len(text) > 20:
        raise Unclear("姓名太长，请留在20个字以内")
    return text


def mobile(value: Value) -> str:
    """Eleven digits from any way of writing them."""
    text = squeezed(value)
    if re.fullmatch(r"[\d.]+e\+?\d+", text, re.IGNORECASE):
        text = _written_out(text)
    parts = [part for part in re.split(r"[/、,;或|]", text) if part]
    numbers = [_bare_number(part) for part in parts]
    good = [number for number in numbers if re.fullmatch(r"1[3-9]\d{9}", number)]
    if len(good) == 1 or len(set(good)) == 1:
        return good[0]
    if len(good) > 1:
        raise Unclear("写了两个手机号码，请只留一个")
    raise Unclear(_mobile_advice("".join(numbers)))


def _bare_number(text: str) -> str:
    text = re.sub(rf"[{DASHES}.·()'\"]", "", re.sub(r"^[^\d+]*[:：]", "", text))
    return re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", text)


def _written_out(text: str) -> str:
    """1.3824245107E+10 → 13824245107, when no digit was lost."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if number != number.to_integral_value() or len(number.as_tuple().digits) < 9:
        raise Unclear("手机号码被表格缩写了，请写全11位")
    return str(int(number))


def _mobile_advice(digits: str) -> str:
    if not digits:
        return "没有手机号码，请补上"
    if not digits.isascii() or not digits.isdigit():
        return "手机号码里有别的字，请只留11位数字"
    if digits.startswith("0"):
        return "这像是座机，请改成手机号码"
    if len(digits) < 11:
        return f"手机号码少{11 - len(digits)}位，请补成11位"
    if len(digits) > 11:
        return f"手机号码多{len(digits) - 11}位，请改成11位"
    return "手机号码应是13到19开头，请再看看"


def month(value: Value, *, today: date, born: bool = False) -> Month:
    """A date of birth or of taking office, in any of the ways offices write months."""
    if isinstance(value, date):
        found = Month(value.year, value.month, value.day)
    elif isinstance(value, float) and not value.is_integer():
        found = _month_from_fraction(value)
    else:
        found = _month_from_text(shown(value), typed=isinstance(value, int | float), today=today, born=born)
    _check_month(found)
    if found.first_day > today:
        raise Unclear("这个日期在今天以后，请改一下")
    if born and not YOUNGEST <= today.year - found.year <= OLDEST:
        raise Unclear(f"按{found.year}年出生算是{today.year - found.year}岁，请再看看")
    if not born and found.year < FIRST_YEAR:
        raise Unclear(f"{found.year}年太早，请再看看")
    return found


def _check_month(found: Month) -> None:
    if found.year < 1:
        raise Unclear(NO_MONTH)
    if found.month is not None and not 1 <= found.month <= 12:
        raise Unclear(f"没有{found.month}月，请改成1到12月")
    if found.day is not None:
        last = calendar.monthrange(found.year, found.month)[1]
        if not 1 <= found.day <= last:
            raise Unclear(f"{found.month}月没有{found.day}日，请改一下")


def _month_from_fraction(value: float) -> Month:
    """1984.02 typed as a number. The number 1984.1 may have been 1984.10: only a person knows."""
    year, _, digits = str(round(value, 6)).partition(".")
    if 10_000 <= value <= 60_000:
        day = EXCEL_EPOCH + timedelta(days=int(value))
        return Month(day.year, day.month, day.day)
    if digits == "1":
        raise Unclear(f"看不出是1月还是10月，请写成{year}.01或{year}.10")
    if not 1900 <= value <= 2100 or len(digits) > 2:
        raise Unclear(NO_MONTH)
    return Month(int(year), int(digits))


def _month_from_text(text: str, *, typed: bool, today: date, born: bool) -> Month:
    text = squeezed(re.sub(r"\s+\d{1,2}:\d\d(:\d\d)?$", "", text))
    text = re.sub(rf"[{DASHES}./。,，·]|年", "-", _digits_for_han(text)).strip("-'")
    text = re.sub(r"(至今|起|出生|生)$", "", text).strip("-")
    text = re.sub(r"月份?|-{2,}", "-", text).strip("-")
    text = re.sub(r"[日号]$", "", text)
    if typed and re.fullmatch(r"\d{5}", text):
        day = EXCEL_EPOCH + timedelta(days=int(text))
        return Month(day.year, day.month, day.day)
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text):
        return Month(*(int(n) if n else None for n in match.groups()))
    if match := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)?", text):
        return Month(*(int(n) if n else None for n in match.groups()))
    match = re.fullmatch(r"([a-z]{3})-(\d{2}|\d{4})", text.lower())
    if match and match[1] in MONTH_NAMES:
        return Month(_full_year(match[2], today=today, born=born), MONTH_NAMES[match[1]])
    if match := re.fullmatch(r"(\d{2})-(\d{1,2})(?:-(\d{1,2}))?", text):
        day = int(match[3]) if match[3] else None
        return Month(_full_year(match[1], today=today, born=born), int(match[2]), day)
    raise Unclear(NO_MONTH)


def _full_year(digits: str, *, today: date, born: bool) -> int:
    """84 → 1984 where only one century makes sense."""
    if len(digits) == 4:
        return int(digits)
    lowest, highest = (today.year - OLDEST, today.year - YOUNGEST) if born else (today.year - 60, today.year)
    fitting = [year for year in (1900 + int(digits), 2000 + int(digits)) if lowest <= year <= highest]
    if len(fitting) != 1:
        raise Unclear("看不出是哪一年，请把年份写成4位")
    return fitting[0]


def _digits_for_han(text: str) -> str:
    """一九八四年十二月 → 1984年12月."""
    text = re.sub(r"(?<![一二三四五六七八九])十(?=[一二三四五六七八九])", "一", text)
    text = re.sub(r"(?<=[二三])十(?=[一二三四五六七八九])", "", text)
    text = re.sub(r"(?<=[二三])十", "零", text).replace("十", "一零")
    return text.translate(CHINESE_DIGITS)


def years(value: Value, *, today: date) -> int:
    """「12年」, 12, 「2010年起」 → how many years."""
    match = re.fullmatch(
        r"(?:自|从|约)?(\d{1,4})(?:\.\d+)?个?(?:年|周年)?(?:起|至今|以来|多|左右|以上)*", squeezed(value)
    )
    number = int(match[1]) if match else -1
    if 1900 < number <= today.year:
        number = today.year - number
    if not 0 <= number <= 70:
        raise Unclear("请写党务工作了几年，只写数字")
    return number


def words(value: Value) -> list[str]:
    """「党建业务、干部队伍」 → two words, each at most 20 characters."""
    found = [word for word in re.split(r"[、,，;；/|\s。]+", tidy(value)) if word]
    if any(len(word) > 20 for word in found):
        raise Unclear("请用顿号分开写，每项20个字以内")
    return list(dict.fromkeys(found))


def weak_points(value: Value) -> list[str]:
    """At most two of the five competencies, by their full name or its beginning."""
    found = []
    for word in words(value):
        match = [code for code, label in Competency.choices if word in label or label in word]
        if len(match) != 1:
            raise Unclear(f"短板请从这五项里写：{'、'.join(label for _, label in Competency.choices)}")
        found.extend(match)
    if len(set(found)) > 2:
        raise Unclear("最弱的请只留两项")
    return list(dict.fromkeys(found))


def role(value: Value) -> Role:
    text = squeezed(value)
    if "领衔" in text:
        return Role.LEAD
    if any(word in text for word in APPRENTICE_WORDS):
        return Role.APPRENTICE
    if any(word in text for word in MENTOR_WORDS):
        return Role.MENTOR
    raise Unclear("角色请写“带教书记”或“学员”")


def kind_of(text: str) -> str:
    """The kind of apprentice a post or a category names, or ''."""
    for mark, kind in (
        (r"后备|储备", ApprenticeKind.RESERVE),
        (r"新任|党务工作者|党务干事", ApprenticeKind.NEW_WORKER),
        (r"(?<!副)书记(?!助理)", ApprenticeKind.SECRETARY),
        (r"副书记", ApprenticeKind.DEPUTY),
        (r"(?<!副)主任(?!助理)", ApprenticeKind.DIRECTOR),
        (r"副主任", ApprenticeKind.DEPUTY_DIRECTOR),
    ):
        if re.search(mark, text):
            return kind
    return ""


def short(value: Value, limit: int) -> str:
    """One line of text within a limit."""
    text = tidy(value)
    if len(text) > limit:
        raise Unclear(f"写得有点长，请留在{limit}个字以内")
    return text
