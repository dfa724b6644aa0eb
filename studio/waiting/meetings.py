"""What waits around meetings: minutes of those that were held."""

from django.urls import reverse

from mentoring import todo
from mentoring.models import Meeting

from .source import Source, Waiting

READ = {Meeting: ("kind", "subject", "held_on")}


def _tell_minutes(meeting):
    url = reverse("mentoring:meeting-minutes", args=[meeting.pk])
    return Waiting(f"写{meeting.get_kind_display()}的纪要", meeting.subject, "写纪要", url)


SOURCES = (Source("minutes", todo.minutes_to_write, _tell_minutes, Meeting),)
