"""Making, reading and taking back the secret address of a calendar."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from people.models import Person

from ..models import CalendarFeed


def digest_of(token):
    """Tokens carry 192 random bits, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make(person, *, at=None):
    """A fresh token, known now and never again. An older address stops working."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    revoke(person, at=at)
    token = secrets.token_urlsafe(24)
    CalendarFeed.objects.create(person_id=person.pk, digest=digest_of(token), made_at=at or timezone.now())
    return token


@transaction.atomic
def revoke(person, *, at=None):
    """The address stops working. A second time changes nothing."""
    CalendarFeed.objects.filter(person_id=person.pk, revoked_at__isnull=True).update(
        revoked_at=at or timezone.now()
    )


def read(token):
    """The person whose calendar this is, or None."""
    feed = CalendarFeed.objects.usable().filter(digest=digest_of(token)).select_related("person").first()
    return feed.person if feed else None
