"""Numbers of the front page and the district's overview. Each is counted from the ledger or from the things
themselves at the moment of asking; none is kept, none is a score."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Count, Exists, F, Max, OuterRef, Q, Value
from django.utils import timezone

from casework.models import Case, Step
from growth.models import Entry, Kind
from mentoring.models import Pairing

COUNTED_AS = {
    "consulting": "consulting",
    "treating": "treating",
    "reviewing": "treating",
    "transferred": "transferred",
}


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


def sessions(studios, months):
    """{studio id: (this month, last month)}: teaching sessions, counted once each, from the ledger."""
    lines = Entry.objects.filter(
        studio__in=studios, kind=Kind.SESSION, on__gte=months.last_since, on__lt=months.until
    )
    now = Count("source_id", distinct=True, filter=Q(on__gte=months.since))
    before = Count("source_id", distinct=True, filter=Q(on__lt=months.last_until))
    found = lines.order_by("studio").values("studio").annotate(now=now, before=before)
    found = found.values_list("studio", "now", "before")
    return {studio: (this, last) for studio, this, last in found}


def cases(studios, months):
    """{studio id: {"consulting", "treating", "transferred", "closed", "closed_before"}}: numbers of cases."""
    since, until = _moment(months.since), _moment(months.until)
    last_since, last_until = _moment(months.last_since), _moment(months.last_until)
    live = Case.objects.filter(studio__in=studios, removed_at__isnull=True).order_by()
    under_way = live.filter(state__in=COUNTED_AS).values_list("studio", "state").annotate(number=Count("*"))
    closed = live.filter(state__in=("closed", "published"), closed_at__gte=last_since).values("studio")

    def ended(name, start, end):
        counted = closed.filter(closed_at__gte=start, closed_at__lt=end).annotate(
            word=Value(name, CharField()), number=Count("*")
        )
        return counted.values_list("studio", "word", "number")

    parts = ended("closed", since, until), ended("closed_before", last_since, last_until)
    found = defaultdict(lambda: dict.fromkeys((*COUNTED_AS.values(), "closed", "closed_before"), 0))
    for studio, word, number in under_way.union(*parts, all=True):
        found[studio][COUNTED_AS.get(word, word)] += number
    return dict(found)


def steps_on_time(studios, months):
    """{studio id: (done in time, due)} among the prescription steps due this month up to yesterday."""
    due = Step.objects.filter(
        studio__in=studios, due_on__gte=months.since, due_on__lt=months.until - timedelta(days=1)
    ).exclude(state="dropped")
    in_time = Q(state="done", state_since__date__lte=F("due_on"))
    counted = (
        due.order_by("studio").values("studio").annotate(done=Count("pk", filter=in_time), due=Count("pk"))
    )
    found = counted.values_list("studio", "done", "due")
    return {studio: (done, due) for studio, done, due in found}


def pairs(studios):
    """{studio id: pairs in force}."""
    running = Pairing.objects.current().filter(studio__in=studios)
    return dict(running.values_list("studio").annotate(Count("pk")).order_by("studio"))


def late_steps(studio, today=None):
    """Open prescription steps of the studio whose day is over, the longest overdue first."""
    late = Step.objects.open().filter(studio=studio, due_on__lt=today or timezone.localdate())
    return late.filter(prescription__case__state="treating").order_by("due_on", "pk")


def quiet_pairs(studio, today=None):
    """Active pairs without a session for `quiet_days`; each with `latest`, the last day or None."""
    today = today or timezone.localdate()
    since = today - timedelta(days=studio.quiet_days)
    recent = Entry.objects.filter(person=OuterRef("apprentice"), kind=Kind.SESSION, on__gte=since)
    return (
        Pairing.objects.running()
        .filter(~Exists(recent), studio=studio, starts_on__lt=since)
        .select_related("mentor", "apprentice")
        .annotate(latest=Max("apprentice__ledger__on", filter=Q(apprentice__ledger__kind=Kind.SESSION)))
    )


def session_days(studio, since):
    """{day: number of sessions} of a studio since a day, from the ledger."""
    lines = Entry.objects.filter(studio=studio, kind=Kind.SESSION, on__gte=since)
    return dict(lines.values_list("on").annotate(Count("source_id", distinct=True)).order_by("on"))


def latest_sessions(person_ids):
    """{person id: day of the latest teaching session} from the ledger."""
    lines = Entry.objects.filter(person__in=person_ids, kind=Kind.SESSION)
    return dict(lines.values_list("person").annotate(Max("on")).order_by("person"))


def months_back(today, number):
    """First days of the last `number` months, newest first."""
    first, found = today.replace(day=1), []
    for _ in range(number):
        found.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def _moment(day):
    return timezone.make_aware(timezone.datetime.combine(day, timezone.datetime.min.time()))
