"""What the calendar knows of consultations: the 会诊会 that a person sees."""

from datetime import timedelta

from django.db.models import DateTimeField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from mentoring.agenda import MOST, Item
from people.kept import KeptQuery
from people.workdays import midnight

from .models import Meeting

CONSULTATION = "consultation"


def meeting_items(person, first, last, group=None):
    """A source for mentoring/agenda.py. A 会诊会 belongs to no group: narrowed to one, none is shown."""
    if group:
        return []
    begin, end = midnight(first).isoformat(), midnight(last + timedelta(days=1)).isoformat()
    return [_item(meeting) for meeting in _MEETINGS.all(person, begin=begin, end=end)]


def _ask_meetings(person, begin: str, end: str):
    """From one moment, written down, to before another."""
    begin, end = (Cast(Value(moment), DateTimeField()) for moment in (begin, end))
    found = Meeting.objects.visible_to(person).filter(studio__in=person.standing.studios)
    return found.filter(at__gte=begin, at__lt=end).order_by("at", "pk")[:MOST]


_MEETINGS = KeptQuery(_ask_meetings)


def _item(meeting):
    at = timezone.localtime(meeting.at)
    url, ended = meeting.get_absolute_url(), meeting.ended_at is not None
    return Item(at.date(), CONSULTATION, "会诊会", meeting.place, url, at.time(), ended, meeting)
