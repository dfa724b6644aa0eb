"""A person's days as an iCalendar file (RFC 5545), read by calendar programs through a secret address.

Nothing about residents leaves the house this way: no note, no theme, no free place, no text of a next step.
Only what kind of thing it is, who teaches, the base or neighbourhood, and the address of its page.
"""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from . import agenda

BACK_DAYS, AHEAD_DAYS = 30, 180
HOUR = 60


def calendar_of(person, *, site, today=None):
    """The bytes of the file. `site`: beginning of absolute addresses, such as https://host."""
    today = today or timezone.localdate()
    book = Calendar()
    book.add("prodid", "-//shuji gongzuoshi//CN")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", "书记工作室")
    book.add("x-wr-timezone", timezone.get_default_timezone_name())
    past, _ = agenda.items(person, today - timedelta(days=BACK_DAYS), today - timedelta(days=1))
    ahead, _ = agenda.items(person, today, today + timedelta(days=AHEAD_DAYS))
    for item in [*past, *ahead]:
        book.add_component(_event(item, site))
    return book.to_ical()


def _event(item, site):
    event, row = Event(), item.row
    event.add("uid", f"{item.kind}-{row.pk if row else item.url}@{site.partition('://')[2]}")
    event.add("summary", _summary(item))
    if item.at:
        starts = timezone.make_aware(datetime.combine(item.on, item.at))
        event.add("dtstart", starts.astimezone(UTC))
        event.add("dtend", (starts + timedelta(minutes=_length(item))).astimezone(UTC))
    else:
        event.add("dtstart", item.on)
        event.add("dtend", item.on + timedelta(days=1))
    where = _where(item)
    if where:
        event.add("location", where)
    event.add("url", site + item.url)
    event.add("sequence", getattr(row, "version", 0))
    # The moment of the last writing is not known for every row; a fixed one keeps the file the same.
    event.add("dtstamp", datetime.combine(item.on, datetime.min.time(), tzinfo=UTC))
    event.add("class", "PRIVATE")
    return event


def _summary(item):
    if item.kind == agenda.SESSION:
        return f"{item.title}（{item.row.get_mode_display()}）"
    return "有一件事今天前要做好" if item.kind == agenda.DUE else item.title


def _length(item):
    """Minutes of a session as it was held; an hour for all else."""
    return item.row.minutes or HOUR if item.kind == agenda.SESSION else HOUR


def _where(item):
    if item.kind != agenda.SESSION:
        return ""
    known = item.row.base or item.row.neighbourhood
    return str(known) if known else ""
