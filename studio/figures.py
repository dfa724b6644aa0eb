"""Numbers of the front page and the district's overview. Each is counted from the ledger or from the things
themselves at the moment of asking; none is kept, none is a score."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import CharField, Count, F, Q, Value
from django.utils import timezone

from casework.models import Case, Slip, Step
from growth.models import Entry, Kind, Post
from growth.outcomes import RANKS
from mentoring.models import Pairing
from people.kept import KeptQuery
from people.models import Counter
from people.workdays import midnight

# Rows of a short list on the front page.
FEW = 6
COUNTED_AS = {
    "consulting": "consulting",
    "treating": "treating",
    "reviewing": "treating",
    "transferred": "transferred",
}
# Numbers of 三联单.
SLIPS = ("slips", "slips_sent", "slips_finished")


@dataclass(frozen=True)
class Months:
    """This month and the one before up to the same day: [since, until) each."""

    since: date
    until: date
    last_since: date
    last_until: date

    @classmethod
    def of(cls, today):
        since = today.replace(day=1)
        last_since = (since - timedelta(days=1)).replace(day=1)
        same_day = last_since + timedelta(days=today.day)
        return cls(since, today + timedelta(days=1), last_since, min(same_day, since))


def sessions(studios):
    """{studio id: (this month, last month)}: teaching sessions, counted once each, from the ledger."""
    return {studio: (this, last) for studio, this, last in _SESSIONS.all(studios=list(studios))}


def _ask_sessions(person, studios):
    months = Months.of(timezone.localdate())
    lines = Entry.objects.filter(
        studio__in=[studios], kind=Kind.SESSION, on__gte=months.last_since, on__lt=months.until
    )
    now = Count("source_id", distinct=True, filter=Q(on__gte=months.since))
    before = Count("source_id", distinct=True, filter=Q(on__lt=months.last_until))
    found = lines.order_by("studio").values("studio").annotate(now=now, before=before)
    return found.values_list("studio", "now", "before")


def cases(studios):
    """{studio id: {"consulting", "treating", "transferred", "closed", "closed_before"}}: numbers of cases;
    beside them, asked at once, {rank: persons who took up such a post} (培养成果) and SLIPS of this year.
    """
    words = (*COUNTED_AS.values(), "closed", "closed_before", *RANKS, "slips", "unsent", "unfinished")
    found = defaultdict(lambda: dict.fromkeys(words, 0))
    for studio, word, number in _CASES.all(studios=list(studios)):
        found[studio][COUNTED_AS.get(word, word)] += number
    for told in found.values():
        told["slips_sent"] = told["slips"] - told.pop("unsent")
        told["slips_finished"] = told["slips"] - told.pop("unfinished")
    return dict(found)


def _ask_cases(person, studios):
    months = Months.of(timezone.localdate())
    live = Case.objects.filter(studio__in=[studios], removed_at__isnull=True).order_by()
    under_way = live.filter(state__in=COUNTED_AS).values_list("studio", "state").annotate(number=Count("*"))
    closed = live.filter(state__in=("closed", "published")).values("studio")

    def ended(word, start, end):
        rows = closed.filter(closed_at__gte=midnight(start), closed_at__lt=midnight(end))
        counted = rows.annotate(word=Value(word, CharField()), number=Count("*"))
        return counted.values_list("studio", "word", "number")

    now = ended("closed", months.since, months.until)
    before = ended("closed_before", months.last_since, months.last_until)
    posts = Post.objects.outcomes().filter(studio__in=[studios]).order_by().values("studio", "rank")
    posts = posts.annotate(number=Count("person", distinct=True)).values_list("studio", "rank", "number")
    return under_way.union(now, before, posts, *_ask_slips(studios), all=True)


def _ask_slips(studios):
    """What SLIPS are counted from. Numbers have no gaps: the last one is how many there are. Few are open."""
    year = timezone.localdate().year
    numbers = Counter.objects.filter(studio__in=[studios], series="slip", year=year)
    yield numbers.order_by().values_list("studio", Value("slips"), "last")
    slips = Slip.objects.filter(studio__in=[studios], year=year).order_by()
    for word, waiting in (("unsent", "sent_at__isnull"), ("unfinished", "finished_at__isnull")):
        counted = slips.filter(**{waiting: True}).values("studio").annotate(word=Value(word, CharField()))
        yield counted.annotate(number=Count("*")).values_list("studio", "word", "number")


def steps_on_time(studios):
    """{studio id: (done in time, due)} among the prescription steps due this month up to yesterday."""
    return {studio: (done, due) for studio, done, due in _STEPS_ON_TIME.all(studios=list(studios))}


def _ask_steps_on_time(person, studios):
    months = Months.of(timezone.localdate())
    due = Step.objects.filter(
        studio__in=[studios], due_on__gte=months.since, due_on__lt=months.until - timedelta(days=1)
    ).exclude(state="dropped")
    in_time = Q(state="done", state_since__date__lte=F("due_on"))
    counted = (
        due.order_by("studio").values("studio").annotate(done=Count("state", filter=in_time), due=Count("*"))
    )
    return counted.values_list("studio", "done", "due")


_SESSIONS, _CASES, _STEPS_ON_TIME = map(KeptQuery, (_ask_sessions, _ask_cases, _ask_steps_on_time))


def pairs(studios):
    """{studio id: pairs in force}."""
    return dict(_PAIRS.all(studios=list(studios)))


def _ask_pairs(person, studios):
    running = Pairing.objects.current().filter(studio__in=[studios])
    return running.values_list("studio").annotate(Count("pk")).order_by("studio")


_PAIRS = KeptQuery(_ask_pairs)


def session_days(studio, months):
    """{day: number of sessions} of a studio in this month and those before it, `months` in all."""
    return dict(_session_days_of(months).all(studio=studio.pk))


@lru_cache
def _session_days_of(months):
    return KeptQuery(lambda person, studio: _ask_session_days(studio, months))


def _ask_session_days(studio, months):
    since = months_back(timezone.localdate(), months)[-1]
    lines = Entry.objects.filter(studio=studio, kind=Kind.SESSION, on__gte=since)
    return lines.values_list("on").annotate(number=Count("source_id", distinct=True)).order_by("on")


def months_back(today, number):
    """First days of the last `number` months, newest first."""
    first, found = today.replace(day=1), []
    for _ in range(number):
        found.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found
