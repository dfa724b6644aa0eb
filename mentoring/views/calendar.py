"""日历: by month and as a list; and the secret address for a calendar program."""

import calendar as weeks
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import parse_etags, quote_etag, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people import words, workdays
from people.once import AlreadyDone, once
from people.throttle import allowed
from people.views.base import id_of, show_form

from .. import agenda
from ..actions import calendar_feeds
from ..forms.calendar import CalendarFilter, FeedForm
from ..ics import calendar_of
from ..models import CalendarFeed
from .sessions import _STAFF_GROUPS, posted

LIST, MONTH = "list", "month"
LIST_DAYS = 62
LIST_MOST = 60
FEED_SECONDS = 1800
TRIES, SECONDS = 60, 60


@dataclass
class Cell:
    """One day of a month: what stands there, how many sessions beyond that, holiday or 调休."""

    day: date
    inside: bool
    today: bool
    mark: str
    rest: bool
    items: list = field(default_factory=list)
    more: int = 0
    more_url: str = ""


@require_safe
def calendar(request):
    standing, asked = request.standing, request.GET
    if not (standing.staff or standing.mentor or standing.apprentice):
        raise Http404
    usual = MONTH if standing.staff else LIST
    view = asked.get("view") if asked.get("view") in (LIST, MONTH) else usual
    first = month_asked(asked.get("month"))
    groups = _STAFF_GROUPS.all(request.user) if standing.staff else []
    group = next((one for one in groups if one.pk == id_of(asked.get("group"))), None)
    context = {
        "view": view,
        "month": first,
        "form": CalendarFilter({"group": group.pk if group else ""}, groups=groups)
        if len(groups) > 1
        else None,
        "group": group,
        "tabs": [
            {"label": label, "url": _url(name, first, group), "current": name == view}
            for name, label in ((MONTH, "按月看"), (LIST, "按清单看"))
        ],
        "earlier_url": _url(view, _previous(first), group),
        "later_url": _url(view, _next(first), group),
        "earlier": words.month(_previous(first)),
        "later": words.month(_next(first)),
        "is_staff": bool(standing.staff),
        "can_plan": bool(standing.staff or standing.mentor),
    }
    show = _month if view == MONTH else _list
    return render(request, "mentoring/calendar/calendar.html", {**context, **show(request, first, group)})


def month_asked(text):
    """The first day of the month that the address asks for; of this month where it asks for none."""
    today = timezone.localdate()
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if 2000 <= asked.year <= 2100 else today.replace(day=1)


def _month(request, first, group):
    """Whole weeks from Monday; at most a few sessions a day, the others as a number."""
    today = timezone.localdate()
    days = weeks.Calendar().monthdatescalendar(first.year, first.month)
    begin, end = days[0][0], days[-1][-1]
    shown, numbers = agenda.day_counts(request.user, begin, end, group)
    on = defaultdict(list)
    for item in sorted([*shown, *agenda.others(request.user, begin, end, group)], key=lambda one: one.order):
        on[item.on].append(item)
    grid = [[_cell(day, first, today, on[day], numbers.get(day, 0), group) for day in week] for week in days]
    unknown = workdays.unknown_years(first, first)
    return {"weeks": grid, "weekdays": words.WEEKDAYS, "unknown": unknown, "empty": not any(on.values())}


def _cell(day, first, today, items, number, group):
    more = number - sum(item.kind == agenda.SESSION for item in items)
    return Cell(
        day=day,
        inside=day.month == first.month,
        today=day == today,
        mark=workdays.holiday_mark(day),
        rest=not workdays.is_workday(day),
        items=items,
        more=more,
        more_url=_url(LIST, first, group, day=day.isoformat()) if more > 0 else "",
    )


def _list(request, first, group):
    """From today, or the day asked for, or the first of another month; whole days, as many as fit a page."""
    today = timezone.localdate()
    start = _day_asked(request.GET.get("start")) or (today if first == today.replace(day=1) else first)
    one_day = _day_asked(request.GET.get("day"))
    start, end = (one_day, one_day) if one_day else (start, start + timedelta(days=LIST_DAYS))
    found, cut = agenda.items(request.user, start, end, group)
    if cut or len(found) > LIST_MOST:
        found = _whole_days(found[:LIST_MOST])
    days = []
    for item in found:
        if not days or days[-1].day != item.on:
            mark, rest = workdays.holiday_mark(item.on), not workdays.is_workday(item.on)
            days.append(Cell(item.on, True, item.on == today, mark, rest))
        days[-1].items.append(item)
    more = found[-1].on + timedelta(days=1) if cut and found and not one_day else None
    return {
        "days": days,
        "one_day": one_day,
        "start": start,
        "more_url": _url(LIST, more.replace(day=1), group, start=more.isoformat()) if more else "",
        "all_url": f"{reverse('mentoring:session-list')}?month={first:%Y-%m}" if cut and one_day else "",
        "unknown": workdays.unknown_years(start, found[-1].on if found else start),
        "empty": not found,
    }


def _whole_days(found):
    """Without the last day, which may be cut in the middle, unless it is the only one."""
    last = found[-1].on
    return [item for item in found if item.on != last] or found


def _day_asked(text):
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def _url(view, month, group, **more):
    said = {"view": view, "month": f"{month:%Y-%m}", **({"group": group.pk} if group else {}), **more}
    return f"{reverse('mentoring:calendar')}?{urlencode(said)}"


def _next(first):
    return (first + timedelta(days=31)).replace(day=1)


def _previous(first):
    return (first - timedelta(days=1)).replace(day=1)


# --- the address for a calendar program -------------------------------------------------------------------


@never_cache
def calendar_feed(request):
    """Under 「我的」: make an address, shown this once, or take it back."""
    standing = request.standing
    if not (standing.staff or standing.mentor or standing.apprentice):
        raise Http404
    form, address = FeedForm(posted(request)), ""
    if form.is_valid():
        page = reverse("mentoring:calendar-feed")
        made = once(request, lambda: calendar_feeds.make(request.user), path=lambda token: page)
        if isinstance(made, AlreadyDone):
            return redirect(page)
        address = request.build_absolute_uri(reverse("mentoring:calendar-file", args=[made]))
    feed = CalendarFeed.objects.visible_to(request.user).usable().first()
    context = {"feed": feed, "address": address}
    return show_form(request, "mentoring/calendar/feed.html", FeedForm() if address else form, **context)


@require_POST
def calendar_revoke(request):
    calendar_feeds.revoke(request.user)
    messages.success(request, "停了，原来的地址打不开了。")
    return redirect("mentoring:calendar-feed")


@login_not_required
@require_safe
def calendar_file(request, token):
    """Wrong and taken back look the same: not found. Who asks again is told what has not changed."""
    if not allowed(request, "calendar", tries=TRIES, seconds=SECONDS):
        return HttpResponse(status=429, headers={"Retry-After": str(SECONDS)})
    person = calendar_feeds.read(token)
    if person is None:
        raise Http404
    body = calendar_of(person, site=request.build_absolute_uri("/").rstrip("/"))
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["ETag"] = etag
    answer["Cache-Control"] = f"private, max-age={FEED_SECONDS}"
    answer["X-Robots-Tag"] = "noindex"
    return answer
