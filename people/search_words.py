"""Chinese words for the search index: what a text is taken apart into, and what a typed word asks for.

Texts are cut in search mode, so that 加装电梯 is found by 电梯. Words are written as a `tsvector` literal of
our own: PostgreSQL knows no Chinese. What tells where a text belongs (studio, kind, category, year) stands in
the same vector as words that nobody can type, so that one index narrows by all of them at once.
"""

import re
import unicodedata

import rjieba

TITLE, LEAD, BODY = "A", "B", ""
# A word's place in a tsvector ends here, and a lexeme keeps so many places.
LAST_PLACE, MOST_PLACES, LONGEST = 16_383, 200, 40
MOST_WORDS = 6
_SPACES = re.compile(r"[\s,，、;；。.!！?？|/\\\"“”()（）《》<>&:*']+")


def folded(text):
    """As it is compared: full-width letters and figures plain, Latin letters small."""
    return unicodedata.normalize("NFKC", (text or "").replace("\x00", " ")).lower()


def words_in(text):
    """The words of a text in reading order, parts of longer words too."""
    return [word[:LONGEST] for word in rjieba.cut_for_search(folded(text)) if _tells(word)]


def _tells(word):
    return any(mark.isalnum() for mark in word)


def vector(parts, marks):
    """The literal of a tsvector. `parts`: [(weight, text)]; `marks`: words that say where it belongs."""
    places, at = {}, 0
    for weight, text in parts:
        for word in words_in(text):
            at = min(at + 1, LAST_PLACE)
            found = places.setdefault(word, [])
            if len(found) < MOST_PLACES:
                found.append(f"{at}{weight}")
    lexemes = [f"{_quoted(word)}:{','.join(found)}" for word, found in places.items()]
    return " ".join([*lexemes, *(_quoted(f"@{mark}") for mark in marks)])


def _quoted(word):
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def typed(text):
    """The words that were typed, apart by spaces and marks; at most MOST_WORDS."""
    return [word for word in _SPACES.split(folded(text)) if _tells(word)][:MOST_WORDS]


def asks(words):
    """The literal of a tsquery that every typed word asks for, or "" when there is nothing to ask."""
    return " & ".join(_asks(part) for word in words for part in rjieba.cut(word) if _tells(part))


def _asks(part):
    """A long word, or its parts where they make up the whole: 停车难, or 停车 and 难."""
    part = part[:LONGEST]
    smaller = [word for word in rjieba.cut_for_search(part) if word != part]
    if len(smaller) > 1 and "".join(smaller) == part:
        return f"({_quoted(part)} | ({' & '.join(map(_quoted, smaller))}))"
    return _quoted(part)


def one_of(marks):
    """The literal of a tsquery: any of these places."""
    return "(" + " | ".join(_quoted(f"@{mark}") for mark in marks) + ")"


def all_of(there, marks):
    """The literal of a tsquery: `there`, a tsquery itself, and each of the marks."""
    return " & ".join([there, *(_quoted(f"@{mark}") for mark in marks)])
