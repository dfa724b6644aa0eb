"""The filter above the list of sessions."""

from datetime import date, timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone

from people import words
from people.competencies import Topic
from people.forms.base import FilterForm

from ..models import Session

MONTHS_BACK, MONTHS_AHEAD = 17, 2
ALL = ("", "全部")


class SessionFilter(FilterForm):
    """By group, month, mode, topic and state. `groups`: those to choose among."""

    group = forms.ChoiceField(label="带教组")
    month = forms.ChoiceField(label="月份")
    mode = forms.ChoiceField(label="方式", choices=[ALL, *Session.Mode.choices])
    topic = forms.ChoiceField(label="内容", choices=[ALL, *Topic.choices])
    state = forms.ChoiceField(label="状态", choices=[ALL, *Session.State.choices])

    def __init__(self, data=None, *, groups, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["group"].choices = [ALL, *((str(group.pk), str(group)) for group in groups)]
        self.fields["month"].choices = [ALL, *months()]

    def narrow(self, sessions):
        """The sessions that fit what was chosen."""
        chosen = self.chosen()
        wanted = Q()
        if "group" in chosen:
            wanted &= Q(group=chosen["group"])
        if "month" in chosen:
            first = date.fromisoformat(f"{chosen['month']}-01")
            wanted &= Q(held_on__gte=first, held_on__lt=_next(first))
        if "mode" in chosen:
            wanted &= Q(mode=chosen["mode"])
        if "topic" in chosen:
            wanted &= Q(topics__contains=[chosen["topic"]])
        if "state" in chosen:
            wanted &= Q(state=chosen["state"])
        return sessions.filter(wanted)


def months():
    """[("2024-06", "6月"), …], newest first: two months ahead, for plans, and a year and a half back."""
    first = timezone.localdate().replace(day=1)
    for _ in range(MONTHS_AHEAD):
        first = _next(first)
    found = []
    for _ in range(MONTHS_BACK + MONTHS_AHEAD + 1):
        found.append((f"{first:%Y-%m}", words.month(first)))
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def _next(first):
    return (first + timedelta(days=31)).replace(day=1)
