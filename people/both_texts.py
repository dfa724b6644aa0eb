"""What the page of a stale edit shows: each field as it is now and as it was typed, both in words."""

import re
from datetime import date

from django.db import models

from . import words

EMPTY = ("", None)


def both_texts(posted, stale):
    """Yield (label, what is there now, what was typed) per field of a StaleEdit. `posted`: a QueryDict."""
    for name in stale.fields:
        field = stale.current._meta.get_field(name)
        now = getattr(stale.current, name)
        now = list(now.all()) if field.many_to_many else now if isinstance(now, list) else [now]
        yield field.verbose_name, _say(field, now), _say(field, _typed(posted, name))
    yield from stale.also


def _typed(posted, name):
    """What was typed for a field; the parts of a list may have been asked for one by one: name_1, name_2."""
    parts = sorted(key for key in posted if re.fullmatch(rf"{name}_[0-9]+", key))
    return posted.getlist(name) or [posted[key] for key in parts]


def _say(field, values):
    values = [value for value in values if value not in EMPTY]
    if field.related_model:
        values = _rows(field.related_model, values)
    named = {str(code): label for code, label in getattr(field, "base_field", field).flatchoices}
    return "，".join(str(named.get(str(value)) or _plain(field, value)) for value in values)


def _rows(model, values):
    """Rows for typed keys; what is a row already stays."""
    keys = [value for value in values if str(value).isdecimal()]
    found = {str(row.pk): row for row in model._base_manager.filter(pk__in=keys)} if keys else {}
    return [found.get(str(value), value) for value in values]


def _plain(field, value):
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        try:
            return words.day(value if isinstance(value, date) else date.fromisoformat(value))
        except ValueError:
            return value
    if isinstance(value, bool):
        return "是" if value else "否"
    return value
