"""Drafts of unsent forms. A draft is the form as posted, without files; it is never required to be right.

A form asks for saving with `data-autosave` (static/js/studio.js), or with its own button 「先存着」 without
script. Its view offers what is there with `drafts.fill(form, draft)`, and clears it in the action that sends
the form.
"""

import json
import re
from datetime import timedelta

from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from .. import vault
from ..kept import KeptQuery
from ..models import Draft, FormToken
from ..once import read_token
from ..stale import Refused

KEY = re.compile(r"[a-z][a-z0-9-]{0,59}")
DEVICE = re.compile(r"[A-Za-z0-9]{1,32}")
DEVICE_COOKIE = "device"
MOST_CHARACTERS = 100_000
KEEP_DAYS = 90
_NOT_KEPT = ("csrfmiddlewaretoken", "form_token", "opened_at", "device", "rev", "save_draft")

_UPSERT = """
    INSERT INTO people_draft (person_id, key, device, data, rev, saved_at) VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (person_id, key, device) DO UPDATE
    SET data = EXCLUDED.data, rev = EXCLUDED.rev, saved_at = EXCLUDED.saved_at
    WHERE people_draft.rev <= EXCLUDED.rev
"""


class TooLong(Refused):
    """More text than a draft holds."""

    def __init__(self):
        super().__init__("写得太多，草稿存不下，请先交一部分")


def save(person, key, posted, *, device="", at=None):
    """Keep the fields of `posted` (a QueryDict). Returns the moment, or None when there is nothing to keep.

    What was sent meanwhile (its form token is used up) is not kept again; an older text never replaces a
    newer one. Raises TooLong.
    """
    # PostgreSQL keeps no NUL in text.
    data = {
        name.replace("\0", ""): [value.replace("\0", "") for value in posted.getlist(name)]
        for name in posted
        if name not in _NOT_KEPT
    }
    if len(json.dumps(data, ensure_ascii=False)) > MOST_CHARACTERS:
        raise TooLong
    if already_sent(posted.get("form_token")):
        return None
    at = at or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [person.pk, key, device, vault.seal(data), _revision(posted, at), at])
    Draft.objects.filter(person=person, saved_at__lt=at - timedelta(days=KEEP_DAYS)).delete()
    return at


def already_sent(signed_token):
    """Whether the form with this token was carried out."""
    token = read_token(signed_token)
    return token is not None and FormToken.objects.filter(pk=token).exists()


def _revision(posted, at):
    rev = posted.get("rev", "")
    return int(rev) if rev.isascii() and rev.isdigit() and len(rev) <= 15 else int(at.timestamp() * 1000)


def device_of(request):
    """The name that this browser gave itself with its first autosave, or ""."""
    name = request.POST.get("device") or request.COOKIES.get(DEVICE_COOKIE, "")
    return name if DEVICE.fullmatch(name) else ""


def _ask_newest(person, key: str):
    return Draft.objects.filter(person=person, key=key).order_by("-saved_at", "-pk")[:20]


_NEWEST = KeptQuery(_ask_newest)


def newest(person, key):
    """The draft saved last, from whichever device, or None."""
    return next(iter(_NEWEST.all(person, key=key)), None)


def conflict(person, key, device):
    """Another device's newest draft, when this device has one too that says something else; or None."""
    mine, other = _mine_and_other(person, key, device)
    return other if mine and other and mine.data != other.data else None


def _mine_and_other(person, key, device):
    rows = _NEWEST.all(person, key=key)
    mine = next((row for row in rows if row.device == device), None)
    return mine, next((row for row in rows if row.device != device), None)


def choose(request, key):
    """`(draft, other)` for a page with this form: what to fill in, and another device's draft to ask about.

    Either may be None. The question's links say `?draft=<id>`; with it the choice is made. Show `other` with
    people/draft/_question.html.
    """
    device = device_of(request)
    mine, other = _mine_and_other(request.user, key, device)
    wanted = request.GET.get("draft", "")
    picked = next((row for row in (mine, other) if row and str(row.pk) == wanted), None)
    if picked:
        return picked, None
    if mine and other and mine.data != other.data:
        return mine, other
    return mine or other, None


def fill(form, draft):
    """Show `draft` (or None) in an unbound `form`: its values become initial values, field by field."""
    if draft is None or form.is_bound:
        return form
    posted = as_posted(draft)
    for name, field in form.fields.items():
        html_name = form.add_prefix(name)
        if html_name in posted and name not in _NOT_KEPT and not field.widget.needs_multipart_form:
            form.initial[name] = field.widget.value_from_datadict(posted, {}, html_name)
    return form


def as_posted(draft):
    """The draft as a QueryDict, for forms that are more than fields (rows of a formset, uploaded photos)."""
    posted = QueryDict(mutable=True)
    for name, values in draft.data.items():
        posted.setlist(name, values)
    return posted


def clear(person, key):
    """Forget the drafts of this form on all devices. Call in the transaction that sends it."""
    Draft.objects.filter(person=person, key=key).delete()
