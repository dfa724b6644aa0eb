"""The privacy scanner: hints at what could tell who a resident is. It never blocks and changes nothing.

`findings(text)` gives every finding in reading order; `replaced` swaps one. Patterns only: mobile numbers,
identity numbers (with their checksum), bank cards (Luhn), doors (12号301室, 100弄5号).
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from itertools import count

_GAP = r"[ \t\u00a0.·\-–—]?"
_NOT_AFTER_DIGIT = r"(?<![0-9])"
_DOOR_FIGURE = r"[0-9一二三四五六七八九十百零〇]{1,6}"
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
    (
        "door",
        re.compile(
            rf"(?:{_DOOR_FIGURE}弄)?{_DOOR_FIGURE}(?:号楼?|幢|栋)(?:{_DOOR_FIGURE}(?:单元|门|楼|层))?{_DOOR_FIGURE}室"
            rf"|{_DOOR_FIGURE}弄{_DOOR_FIGURE}号"
        ),
    ),
)
LABELS = {"mobile": "手机号", "identity": "身份证号", "card": "银行卡号", "door": "门牌号"}
# People stand for themselves; numbers that nobody needs to read are left out.
_SUGGESTIONS = {"identity": "（身份证号略）", "card": "（卡号略）", "door": "（门牌略）"}
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


def findings(text):
    """All findings of `text`, first one first; where two patterns overlap the earlier in the table counts."""
    plain, taken, found = _folded(text or ""), [], []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            start, end = match.span()
            free = all(end <= a or start >= b for a, b in taken)
            if free and _holds(kind, match.group()):
                taken.append((start, end))
                found.append((start, end, kind))
    return _described(text or "", sorted(found))


def replaced(text, finding):
    """`text` with the finding's words changed to its suggestion."""
    return text[: finding.start] + finding.suggestion + text[finding.end :]


def masked(text):
    """`text` with the words of every finding changed to its suggestion."""
    for finding in reversed(findings(text)):
        text = replaced(text, finding)
    return text


def _folded(text):
    """Full-width figures and marks to plain ones, character by character, so that places stay the same."""
    return "".join(_fold(mark) for mark in text)


def _fold(mark):
    plain = unicodedata.normalize("NFKC", mark)
    return plain if len(plain) == 1 else mark


def _described(text, found):
    numbers, names = {}, count()
    described = []
    for start, end, kind in found:
        matched = text[start:end]
        if kind == "mobile":
            digits = _digits(matched)[-11:]
            if digits not in numbers:
                numbers[digits] = f"居民{_STEMS[next(names) % len(_STEMS)]}"
        suggestion = numbers[_digits(matched)[-11:]] if kind == "mobile" else _SUGGESTIONS[kind]
        paragraph = _paragraph(text, start)
        described.append(Finding(kind, start, end, matched, suggestion, paragraph))
    return described


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
