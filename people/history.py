"""修改记录: who changed what, when. Database triggers write the event tables (django-pghistory).

    history_of(case)                            one row's entries, newest first
    history_of(case, *prescriptions, outcome)   rows of several models told as one

The number of queries depends on how many kinds of rows and foreign keys are shown, never on how many entries.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models

from .models import Person, Removable
from .words import exact_moment, short_day

MOST_EVENTS = 300
LONGEST = 300
# Kept by the machine or secret; told in other words or not at all.
UNTOLD = {
    "id",
    "version",
    "removed_at",
    "removed_by",
    "password",
    "last_login",
    "digest",
    "text_size",
    "text_size_chosen",
}
NOBODY = "系统"


@dataclass
class Change:
    label: str
    before: str
    after: str


@dataclass
class Entry:
    """One line of 修改记录, in the shape of templates/components/history.html."""

    at: datetime
    who: str
    what: str
    changes: list[Change]

    @property
    def when(self):
        return exact_moment(self.at)


def history_of(*instances):
    """Entries about these tracked rows, newest first. Rows of untracked models raise AttributeError."""
    events = [event for model, rows in _by_model(instances).items() for event in _events(model, rows)]
    steps = _with_previous(events)
    names = _Names(steps)
    entries = [entry for before, after in steps if (entry := _entry(before, after, names))]
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def _by_model(instances):
    grouped = defaultdict(list)
    for instance in instances:
        if instance is not None:
            grouped[type(instance)].append(instance.pk)
    return grouped


def _events(model, ids):
    rows = model.pgh_event_model.objects.filter(pgh_obj_id__in=ids).select_related("pgh_context")
    newest = list(rows.order_by("-pgh_id")[: MOST_EVENTS + 1])
    return newest[::-1]


def _with_previous(events):
    """[(snapshot before, None for a new row; snapshot after)]: one request's writes to a row count as one."""
    last, open_steps, steps = {}, {}, []
    for event in events:
        row = (type(event), event.pgh_obj_id)
        step = open_steps.get(row)
        if step and event.pgh_context_id and step[1].pgh_context_id == event.pgh_context_id:
            step[1] = event
        elif row in last or event.pgh_label == "insert":
            step = open_steps[row] = [last.get(row), event]
            steps.append(step)
        last[row] = event
    return steps


def _told_fields(event):
    """Fields that people have a word for: those with a Chinese name."""
    for field in event._meta.concrete_fields:
        told = not field.name.startswith("pgh_") and field.name not in UNTOLD
        if told and not str(field.verbose_name).isascii():
            yield field


def _entry(before, event, names):
    what = _what(before, event)
    changes = []
    if before is not None:
        for field in _told_fields(event):
            old, new = getattr(before, field.attname), getattr(event, field.attname)
            if old != new:
                changes.append(
                    Change(str(field.verbose_name), names.shown(field, old), names.shown(field, new))
                )
    if what == "改了" and not changes:
        return None
    return Entry(event.pgh_created_at, names.actor(event), what, changes)


def _what(before, event):
    model = event.pgh_tracked_model
    if before is None:
        return f"记下了{model._meta.verbose_name}"
    if issubclass(model, Removable) and bool(before.removed_at) != bool(event.removed_at):
        return "去掉了" if event.removed_at else "找回了"
    return "改了"


class _Names:
    """Looks up everything that ids stand for, one query for each kind of row."""

    def __init__(self, steps):
        wanted = defaultdict(set)
        for before, event in steps:
            wanted[Person].add(_actor_id(event))
            for field in _told_fields(event) if before is not None else ():
                old, new = getattr(before, field.attname), getattr(event, field.attname)
                if field.is_relation and old != new:
                    wanted[field.related_model] |= {old, new}
        self.found = {
            model: model._base_manager.in_bulk(ids - {None}) for model, ids in wanted.items() if ids - {None}
        }

    def actor(self, event):
        person = self.found.get(Person, {}).get(_actor_id(event))
        return person.called if person else NOBODY

    def shown(self, field, value):
        """A value in words, "" for nothing."""
        if value is None or value == "" or value == []:
            return ""
        if field.is_relation:
            return str(self.found.get(field.related_model, {}).get(value, ""))
        if isinstance(value, list):
            words = dict(field.base_field.flatchoices) if hasattr(field, "base_field") else {}
            return "、".join(str(words.get(item, item)) for item in value)
        return _cut(_plain(field, value))


def _plain(field, value):
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return exact_moment(value)
    if isinstance(value, date):
        return short_day(value)
    return str(value)


def _cut(text):
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _actor_id(event):
    context = event.pgh_context
    return context.metadata.get("user") if context else None
