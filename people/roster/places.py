"""Finds the neighbourhood a cell means: 「南杨园」 and 「曹杨新村街道南杨园居委会」 are one."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

SUFFIX = re.compile(
    r"(居民区|社区)?(党总支|党支部|党委|居民委员会|村民委员会|居委会|村委会|居委|居民区|社区|村委|居)$"
)
STREET_SUFFIX = re.compile(r"(街道办事处|街道办|街道|镇政府|镇|乡)$")
MAX_GUESSES = 50
NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Found:
    """Either a code, or the sentence that says what to do."""

    code: str = ""
    sentence: str = ""


class Places:
    """The known neighbourhoods, from rows of (code, name, street). In doubt a name is one of `home`."""

    def __init__(self, rows: Iterable[tuple[str, str, str]] = (), home: str = ""):
        self.home = home
        self.guesses = 0
        self.names: dict[str, tuple[str, str]] = {}
        self.by_key: dict[str, list[str]] = defaultdict(list)
        self.streets: dict[str, str] = {}
        for code, name, street in rows:
            self.names[code] = name, street
            self.streets[_street_key(street)] = street
            for key in _keys(name, known=True):
                self.by_key[key].append(code)

    def __bool__(self) -> bool:
        return bool(self.names)

    def find(self, text: str, street: str = "") -> Found:
        """The neighbourhood that `text` names, within `street` where that is given and known."""
        text, named = self._without_street(_plain(text))
        street = named or self.streets.get(_street_key(street), "")
        codes = self._codes(text)
        here = [code for code in codes if not street or self.names[code][1] == street]
        if len(here) > 1 and not street:
            here = [code for code in here if self.names[code][1] == self.home] or here
        if len(here) == 1:
            return Found(here[0])
        if here:
            streets = "、".join(dict.fromkeys(self.names[code][1] for code in here))
            return Found(sentence=f"这个名字不止一处（{streets}），请在前面加上街道")
        if codes:
            return Found(sentence=f"这个居民区在{self.names[codes[0]][1]}，请看看街道写得对不对")
        near = self._near(text, street)
        if near:
            return Found(sentence=f"名单里没有这个居民区，是不是{'或'.join(f'“{name}”' for name in near)}")
        return Found(sentence="名单里没有这个居民区，请改成名单里的名字")

    def _codes(self, text: str) -> list[str]:
        for key in _keys(text):
            if codes := self.by_key.get(key):
                return list(dict.fromkeys(codes))
        return []

    def _without_street(self, text: str) -> tuple[str, str]:
        for street in self.streets.values():
            if text.startswith(street) and len(text) > len(street):
                return text[len(street) :], street
        return text, ""

    def _near(self, text: str, street: str) -> list[str]:
        # Measuring likeness is slow: a table in which nothing is known gets a guess for its first rows only.
        self.guesses += 1
        if self.guesses > MAX_GUESSES:
            return []
        names = {_base(name): name for name, where in self.names.values() if not street or where == street}
        return [names[base] for base in difflib.get_close_matches(_base(text), names, n=2, cutoff=0.6)]


def _plain(text: str) -> str:
    return re.sub(r"[\s()“”\"'·,，、。]", "", unicodedata.normalize("NFKC", text))


def _street_key(street: str) -> str:
    return STREET_SUFFIX.sub("", _plain(street))


def _base(text: str) -> str:
    """Without suffix, 第 and Arabic numerals: 「长风二村第1居委会」 → 「长风二村一」."""
    base = re.sub(r"\d+", lambda match: _han_number(int(match[0])), SUFFIX.sub("", _plain(text)))
    return base.replace("第", "")


def _keys(name: str, known: bool = False) -> list[str]:
    """What may be matched, the most exact first. A known village is found without its 「村」 as well."""
    plain = _plain(name)
    base = _base(plain)
    keys = [plain, base, SUFFIX.sub("", base)]
    if known and plain.endswith("村村委会"):
        keys.append(base.removesuffix("村"))
    return [key for key in dict.fromkeys(keys) if key]


def _han_number(number: int) -> str:
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    text = ("" if tens == 1 else NUMERALS[tens]) + "十" if tens else ""
    return text + (NUMERALS[ones] if ones or not tens else "")
