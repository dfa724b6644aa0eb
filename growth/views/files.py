"""成长档案: one person's file, and for staff and mentors the list of files they may open (成长台账)."""

from datetime import date
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.access import require
from people.competencies import Competency
from people.kept import KeptQuery
from people.models import Membership, Person
from people.paging import Page, first_page, newest, page_of
from people.roles import Role

from .. import charts
from ..models import Assessed, Entry, Kind, NextStep, Rating, Result, Round

FILTERS = (
    Kind.SESSION,
    Kind.REFLECTION,
    Kind.CASE,
    Kind.ASSESSMENT,
    Kind.BRAND,
    Kind.HONOUR,
    Kind.STUDY,
    Kind.QUESTION,
    Kind.SLIP,
)
MONTHS_SHOWN = 6
TIMELINE_SIZE = 30
LIST_SIZE = 50


def may_open(viewer, person):
    """Whether `viewer` may read the file: oneself, a present mentor, staff of a studio of the person's."""
    standing = viewer.standing
    if viewer.pk == person.pk or person.pk in standing.pupils:
        return True
    return bool(standing.staff and _IN_STUDIO.all(viewer, person=person.pk))


_IN_STUDIO = KeptQuery(
    lambda viewer, person: (
        Membership.objects.filter(person=person, studio__in=viewer.standing.staff)
        .order_by()
        .values_list("pk", flat=True)[:1]
    )
)
_PERSON = KeptQuery(
    lambda viewer, pk: (
        Person.objects.visible_to(viewer).filter(pk=pk).select_related("neighbourhood").order_by()
    )
)


def open_file(request, pk):
    """The person whose file is asked for: 404 for an unknown person, 403 for a closed file."""
    person = _PERSON.get_or_404(request.user, pk=pk)
    require(may_open(request.user, person), "这份档案只有本人、师傅和街道能看")
    return person


@require_safe
def file_list(request):
    """Files one may open: a mentor's pupils, everybody who learns in the studios where one is staff."""
    standing = request.standing
    require(standing.staff or standing.mentor, "成长台账只有街道和师傅能看")
    word = request.GET.get("name", "").replace("\0", "").strip()[:20]
    after = request.GET.get("page", "")
    after = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0
    if word:
        found = files_of(request.user).filter(pk__gt=after, name__contains=word)[: LIST_SIZE + 1]
    else:
        found = _FILES.all(request.user, after=after)
    rows = list(found)
    page = Page(rows[:LIST_SIZE], str(rows[LIST_SIZE - 1].pk) if len(rows) > LIST_SIZE else "", not after)
    context = {
        "rows": [(person, person.latest) for person in page],
        "word": word,
        "page": page,
        "staff": bool(standing.staff),
    }
    return render(request, "growth/file/list.html", context)


def files_of(viewer):
    """The people whose files one finds in the list, each with `latest`, the day of the newest line."""
    standing = viewer.standing
    learns = Membership.objects.filter(person=OuterRef("pk"), studio__in=standing.staff, role=Role.APPRENTICE)
    lines = Entry.objects.visible_to(viewer).filter(person=OuterRef("pk")).order_by("-on", "-pk")
    people = Person.objects.filter(Exists(learns) | Q(pk__in=standing.pupils))
    people = people.annotate(latest=Subquery(lines.values("on")[:1]))
    return people.select_related("neighbourhood").order_by("pk")


_FILES = KeptQuery(lambda viewer, after: files_of(viewer).filter(pk__gt=after)[: LIST_SIZE + 1])


@require_safe
def my_file(request):
    """The own file stands at the person's address as well; one page for both."""
    return file_detail(request, request.user.pk)


@require_safe
def file_detail(request, pk):
    person, viewer = open_file(request, pk), request.user
    kind, day = _chosen(request)
    if kind or day or "page" in request.GET:
        shown = entries_of(viewer, person)
        shown = shown.filter(kind=kind) if kind else shown
        page = page_of(request, shown.filter(on=day) if day else shown, by="on", size=TIMELINE_SIZE)
    else:
        page = first_page(_NEWEST.all(viewer, whose=person.pk), by="on", size=TIMELINE_SIZE)
    own = person == viewer
    context = {
        "whose": person,
        "own": own,
        "can_remind": person.pk in request.standing.pupils,
        "steps": _OPEN_STEPS.all(viewer, whose=person.pk),
        "closed_steps": _CLOSED_STEPS.all(viewer, whose=person.pk),
        "months": list(by_month(page, latest_open=page.first)),
        "page": page,
        "kind": kind,
        "day": day,
        "filters": filters(request.path, kind),
        "calendar": charts.months_of(dict(_DAYS.all(viewer, whose=person.pk))),
        "day_link": request.path + "?day={}#timeline",
        "all_link": request.path + "#timeline",
        **competencies(person, viewer=request.user),
    }
    return render(request, "growth/file/detail.html", context)


def _chosen(request):
    """(kind or "", day or None) as the address asks; anything else is as if not asked."""
    kind = request.GET.get("kind", "")
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = None
    return (kind if kind in Kind.values else ""), day


def filters(path, kind):
    """The links above the timeline, for components/tabs.html."""
    everything = {"label": "全部", "url": f"{path}#timeline", "current": not kind}
    return [
        everything,
        *(
            {"label": Kind(value).label, "url": f"{path}?kind={value}#timeline", "current": kind == value}
            for value in FILTERS
        ),
    ]


def by_month(page, *, latest_open):
    """[{"on", "open", "count", "items"}] of a page, newest month first; only that one is open."""
    for number, (_, group) in enumerate(groupby(page, key=lambda entry: (entry.on.year, entry.on.month))):
        found = list(group)
        yield {
            "on": found[0].on,
            "open": latest_open and number == 0,
            "count": len(found),
            "items": found,
        }


def entries_of(viewer, whose):
    """The lines of a person's ledger that the viewer may read."""
    return Entry.objects.visible_to(viewer).filter(person=whose)


def _days(viewer, whose):
    """(day, number of lines) of the half-year, for the heat maps."""
    today = timezone.localdate()
    first = today.year * 12 + today.month - MONTHS_SHOWN
    since = date(first // 12, first % 12 + 1, 1)
    found = entries_of(viewer, whose).filter(on__gte=since, on__lte=today)
    return found.values_list("on").annotate(Count("pk")).order_by("on")


def _open_steps(viewer, whose):
    steps = NextStep.objects.visible_to(viewer).filter(person=whose)
    return steps.open().select_related("by")[:50]


def _closed_steps(viewer, whose):
    steps = NextStep.objects.visible_to(viewer).filter(person=whose)
    return steps.exclude(state=NextStep.State.OPEN).order_by("-closed_at")[:5]


_NEWEST = KeptQuery(lambda viewer, whose: newest(entries_of(viewer, whose), by="on", size=TIMELINE_SIZE))
_DAYS, _OPEN_STEPS, _CLOSED_STEPS = KeptQuery(_days), KeptQuery(_open_steps), KeptQuery(_closed_steps)


def _judged(viewer, whose):
    """(round, when published, {axis: mark}) of the person's two newest published results."""
    newest_version = Result.objects.filter(assessed=OuterRef("pk")).order_by("-number")
    shown = Assessed.objects.visible_to(viewer).filter(
        person=whose, dropped_at__isnull=True, round__state=Round.State.PUBLISHED
    )
    shown = shown.annotate(marks=Subquery(newest_version.values("copy__competencies")[:1]))
    shown = shown.order_by("-round__until", "-round__pk")
    return shown.values_list("round__name", "round__published_at", "marks")[:2]


_JUDGED = KeptQuery(_judged)


def competencies(person, *, viewer):
    """What the outline shows: the two newest published results; before the first one the own ratings.

    As `ratings`, and "judged_in": the name of the round, "" for own ratings.
    """
    found = [
        (name, timezone.localdate(at), {axis: float(mark) for axis, mark in marks.items()})
        for name, at, marks in _JUDGED.all(viewer, whose=person.pk)
        if marks
    ]
    if not found:
        return {**ratings(person, viewer=viewer), "judged_in": ""}
    (name, on, scores), *before = found
    return {
        "scores": scores,
        "previous": before[0][2] if before else {},
        "rated_on": on,
        "judged_in": name,
    }


def ratings(person, *, viewer):
    """The two newest ratings of a person that `viewer` may read, in the fixed order of the axes.

    {"scores": {axis: level}, "previous": {…}, "rated_on": day or None}; both are empty without any.
    """
    known = Rating.objects.visible_to(viewer).filter(person=person)
    days = {}
    for rating in known.order_by("-on")[: 4 * len(Competency)]:
        days.setdefault(rating.on, {})[rating.competency] = rating.level
    ordered = sorted(days, reverse=True)
    scores = days[ordered[0]] if ordered else {}
    previous = days[ordered[1]] if len(ordered) > 1 else {}
    return {
        "scores": scores,
        "previous": previous,
        "rated_on": ordered[0] if ordered else None,
    }
