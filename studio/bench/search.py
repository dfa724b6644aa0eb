"""`manage.py bench --search`: searching among many texts, beside an ordinary list page and beside LIKE.

The texts are 心得 of the first street, dealt out to ten years; their words come from sentences as secretaries
write them. Three two-character words are asked for: a common one, one in the middle, a rare one. LIKE answers
the same question, the newest texts of the street that hold the word, without the index of words.
"""

import random
from contextlib import ExitStack
from dataclasses import dataclass, replace
from statistics import median, quantiles
from time import perf_counter

from django.db import connection
from django.utils import timezone

from people import search
from people.models import Membership
from people.roles import Role
from people.search_index import studio_scope
from people.search_words import BODY, LEAD, TITLE, asks, typed, vector

from .fill import django_defaults, fill, unguarded
from .measure import Stage, measure
from .pages.page import LIST, Page
from .scene import Scene
from .scratch import scratch, visiting
from .server import serving
from .sizes import TOY_SMALL

SIZES = {"1k": 1_000, "100k": 100_000, "1m": 1_000_000}
# How many texts of a thousand hold the word.
WORDS = {"常见": ("居民", 300), "中等": ("电梯", 20), "少见": ("鸽子", 1)}
POOL, YEARS = 4_000, 10
PAGE = Page("心得（街道）", LIST, "staff", "growth:reflection-list")
MOST_P50, MOST_P95, LEAST_TIMES = 2, 4, 50
OPENINGS = (
    "今天跟师傅走了三条楼道", "下午去看了老书记怎么开会", "晚上接到一个电话",
    "一早在门口碰到物业经理", "和楼组长坐了半天",
    "第一次自己主持议事会", "把上个月的台账翻了一遍", "陪师傅敲了六户人家的门",
)  # fmt: skip
MIDDLES = (
    "先听他们把火气说完，再一样一样记下来", "原来吵的不是钱，是没人提前说一声",
    "图纸贴出去以后，问的人反而少了",
    "垃圾房搬了个方向，味道就没有了", "停车的线画好以后，夜里还是有人乱停",
    "报修单转了三个部门，最后自己跑了一趟",
    "老年人不会用手机，就印了大字的纸条", "党员先签了名，后面的人跟着签", "物业说没有预算，业委会说没有授权",
    "消防通道堵了半年，原来缺的是一块牌子", "下雨天地下车库积水，水泵的钥匙找不到",
    "楼上楼下为了漏水三年没有说话",
)  # fmt: skip
ENDINGS = (
    "下周再去看一次，把答应的事办掉", "要学的是他怎么等对方先开口", "准备用在换届以前的走访里",
    "还没想通的是谁来出这笔钱",
    "记住了一句话：门要自己去敲", "回来以后马上打了电话给她女儿",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Milliseconds of one word's query and of LIKE, each sorted; `hits`: how many were found."""

    label: str
    word: str
    hits: int
    ours: list[float]
    like: list[float]

    @property
    def times(self):
        return median(self.like) / median(self.ours)


def bench_search(sizes, *, rounds, say):
    """Fill a database of each size, measure, drop it; yields lines to print and whether all was kept."""
    for size in sizes:
        with ExitStack() as stack:
            name = stack.enter_context(scratch(f"studio_bench_search_{size}"))
            say(f"填{SIZES[size]:,}条")
            with visiting(name):
                fill(replace(TOY_SMALL, name=size))
                add_texts(SIZES[size])
                asked = [ask(label, *word, rounds=rounds) for label, word in WORDS.items()]
                site, chosen = stack.enter_context(serving()), Scene({"staff": _staff().person}, {})
            yield from _pages(Stage(size, name, site, chosen), rounds)
            yield from (_line(size, one) for one in asked)


def _pages(stage, rounds):
    """The list page and the search page in turn."""
    wall = {"list": [], "search": []}
    pages = [("list", PAGE)]
    pages += [
        ("search", Page("搜索", LIST, "staff", "studio:search", query=f"?q={word}"))
        for word, _ in WORDS.values()
    ]
    queries = 0
    for _ in range(3):
        for kind, page in pages:
            (result,) = measure(page, [stage], rounds=max(rounds // 3, 1))
            wall[kind] += result.page.wall
            queries = max(queries, result.queries) if kind == "search" else queries
    lists, found = wall["list"], wall["search"]
    low, high = median(found) / median(lists), _p95(found) / _p95(lists)
    kept = low <= MOST_P50 and high <= MOST_P95
    told = (
        f"{stage.size:>5} 心得列表 p50 {_ms(median(lists))} p95 {_ms(_p95(lists))}；"
        f"搜索 p50 {_ms(median(found))} p95 {_ms(_p95(found))}，{queries}次查询；"
        f"p50 {low:.2f}倍，p95 {high:.2f}倍{'' if kept else '（不达标）'}"
    )
    yield told, kept


def _line(size, one):
    kept = one.times >= LEAST_TIMES or size != "1m"
    told = (
        f"{size:>5} {one.label}“{one.word}” {one.hits}条："
        f"索引 p50 {median(one.ours):.1f} p95 {_p95(one.ours):.1f} 毫秒；"
        f"LIKE p50 {median(one.like):.1f} 毫秒；快{one.times:.0f}倍{'' if kept else '（不达标）'}"
    )
    return told, kept


def _ms(seconds):
    return f"{seconds * 1000:.1f}毫秒"


def _p95(values):
    return quantiles(values, n=20, method="inclusive")[-1]


# --- Texts ------------------------------------------------------------------------------------------------


def texts():
    """POOL texts; each word stands in as many of a thousand as WORDS says."""
    chance = random.Random(20261130)
    plants = {word: {*chance.sample(range(POOL), POOL * often // 1000)} for word, often in WORDS.values()}
    sayings = {
        "居民": "居民自己商量出来的最管用",
        "电梯": "加装电梯的事又往前走了一步",
        "鸽子": "阳台上的鸽子搬走了",
    }
    for n in range(POOL):
        parts = [chance.choice(OPENINGS), *chance.sample(MIDDLES, 4)]
        parts += [sayings[word] for word, where in plants.items() if n in where]
        yield "。".join([*parts, chance.choice(ENDINGS), f"第{n + 1}次走访记"]) + "。"


def _staff():
    """The membership of the first street's staff."""
    found = Membership.objects.current().filter(role=Role.STAFF).select_related("person")
    return found.order_by("studio", "pk").first()


def add_texts(number):
    """`number` 心得 of the first street's apprentices, spread over YEARS, and their rows in the index."""
    staff = _staff()
    learners = list(
        Membership.objects.filter(role=Role.APPRENTICE, studio=staff.studio_id).values_list(
            "person", flat=True
        )
    )
    today, scope = timezone.localdate(), studio_scope(staff.studio_id)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bench_text (n int PRIMARY KEY, body text, tokens tsvector)")
        for n, body in enumerate(texts()):
            tokens = vector([(TITLE, "学员的心得"), (LEAD, ""), (BODY, body)], [])
            cursor.execute("INSERT INTO bench_text VALUES (%s, %s, %s::tsvector)", [n, body, tokens])
        given = {
            "number": number, "pool": POOL, "days": YEARS * 365, "today": today, "studio": staff.studio_id,
            "learners": learners, "scope": f"'@{scope}' '@kreflection' '@{scope}m",
        }  # fmt: skip
        with unguarded(cursor), django_defaults(cursor):
            cursor.execute(_REFLECTIONS, given)
            cursor.execute(_INDEX, given)
        cursor.execute("DROP TABLE bench_text")
        cursor.execute("VACUUM (ANALYZE)")


_NEW = """
FROM (SELECT g, (SELECT COALESCE(max(id), 0) FROM growth_reflection) + g AS id,
             %(today)s::date - ((%(number)s - g)::bigint * %(days)s / %(number)s)::int AS day,
             (hashint4(g) & 2147483647) %% %(pool)s AS n
        FROM generate_series(1, %(number)s) g) dealt JOIN bench_text USING (n)
"""
_REFLECTIONS = f"""
INSERT INTO growth_reflection (id, version, studio_id, person_id, session_link, session_text, "on", learned,
       plan, puzzle, shared, at, reply, quick_reply)
SELECT id, 1, %(studio)s, (%(learners)s)[1 + g %% cardinality(%(learners)s)], '', '', day, body, '', '',
       false, day + interval '21 hours', '', ''
{_NEW} ORDER BY id
"""
_INDEX = """
INSERT INTO people_searchtext (studio_id, kind, source_id, "on", title, body, category, place_kind, tokens)
SELECT %(studio)s, 'reflection', r.id, r."on", '学员的心得', r.learned, '', '',
       t.tokens || (%(scope)s || extract(year FROM r."on") * 12 + extract(month FROM r."on") - 1
                    || ''' ''@y' || extract(year FROM r."on") || '''')::tsvector
  FROM growth_reflection r JOIN bench_text t ON t.body = r.learned ORDER BY r.id
"""


# --- The query and LIKE -----------------------------------------------------------------------------------

_LIKE = f"""
WITH hits AS MATERIALIZED (
  SELECT id, "on" FROM people_searchtext WHERE studio_id = %s AND body LIKE %s
) SELECT id FROM hits ORDER BY "on" DESC, id DESC LIMIT {search.MOST}
"""


def ask(label, word, often, *, rounds):
    """Both ways of finding the word, `rounds` times; LIKE a fifth as often, for it takes seconds."""
    studio = _staff().studio_id
    places = [studio_scope(studio)]
    wanted = asks(typed(word))
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT count(*) FROM people_searchtext WHERE body LIKE %s", [f"%{word}%"])
        (hits,) = cursor.fetchone()
        search.by_words(wanted, places)
        ours = [_timed(lambda: search.by_words(wanted, places)) for _ in range(rounds)]
        like = [
            _timed(lambda: cursor.execute(_LIKE, [studio, f"%{word}%"])) for _ in range(max(rounds // 5, 3))
        ]
    return Asked(label, word, hits, sorted(ours), sorted(like))


def _timed(act):
    begun = perf_counter()
    act()
    return (perf_counter() - begun) * 1000
