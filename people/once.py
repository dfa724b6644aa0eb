"""A form sent twice acts once.

Every form carries a random token. The action and the token are written in one transaction; the second sending
of the same token waits for the first and is then led to the page that the first one made.
"""

import uuid

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.db import connection, transaction

from .models import FormToken
from .stale import save_version

_signer = TimestampSigner(salt="form-token")
KEEP_SECONDS = 90 * 24 * 3600


class AlreadyDone:
    """Stands in for what the first sending made: it knows only its page."""

    def __init__(self, path):
        self.path = path

    def get_absolute_url(self):
        return self.path


def new_token():
    """A fresh signed token for a form that is about to be shown."""
    return _signer.sign(uuid.uuid4().hex)


def read_token(signed):
    """The token's UUID, or None when it is missing, forged or too old."""
    try:
        return uuid.UUID(_signer.unsign(signed or "", max_age=KEEP_SECONDS))
    except (BadSignature, ValueError):
        return None


def sent_before(request):
    """AlreadyDone when this very form was carried out, else None.

    For views whose checks would stumble over what the first sending has made, such as a unique name.
    """
    token = read_token(request.POST.get("form_token"))
    if not token:
        return None
    found = FormToken.objects.filter(pk=token, person=request.user).values_list("path", flat=True)
    return _done(request, found[0]) if found else None


def _done(request, path):
    messages.info(request, "这条已经交过了，不用再交。")
    return AlreadyDone(path or "/")


def once(request, act, *, path=None):
    """Run `act()` unless this form was carried out already; returns what has `get_absolute_url` either way.

    `path(result)` names the page to remember when the result has no page of its own. The form must have been
    validated, so that the token is known to be good. Whatever `act` raises undoes the token as well.
    """
    token = read_token(request.POST.get("form_token"))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO people_formtoken (token, person_id, path, at) VALUES (%s, %s, '', now())"
                " ON CONFLICT DO NOTHING",
                [token, request.user.pk],
            )
            first = cursor.rowcount == 1
        if first:
            result = act()
            page = path(result) if path else result.get_absolute_url()
            FormToken.objects.filter(token=token).update(path=page)
            return result
    done = FormToken.objects.filter(token=token, person=request.user).values_list("path", flat=True).first()
    return _done(request, done)


def save_once(request, instance, fields, *, path=None):
    """`save_version` of an edit form's fields: a double tap is not taken for somebody else's edit."""

    def save():
        save_version(instance, fields)
        return instance

    return once(request, save, path=path)
