"""登录卡: issuing, reading and using one-time codes. A code is on paper; the database keeps its digest."""

import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ..models import LoginCard
from ..stale import Refused


@dataclass(frozen=True)
class FreshCard:
    """A card just made: `code` is known now and never again."""

    card: LoginCard
    code: str


def digest_of(code):
    """Codes carry 128 random bits, so a plain digest is enough."""
    return hashlib.sha256(code.encode()).hexdigest()


@transaction.atomic
def issue(*, studio, persons, by, at=None):
    """One card for each person, as FreshCards in the same order. An older unused one stops working."""
    at = at or timezone.now()
    persons = list(persons)
    locked = [person.called for person in persons if not person.is_active]
    if locked:
        raise Refused(f"{'、'.join(locked)}现在不能登录，请先在名册里打开")
    LoginCard.objects.filter(person__in=persons).usable().update(revoked_at=at, revoked_by=by)
    fresh = []
    for person in persons:
        code = secrets.token_urlsafe(16)
        card = LoginCard(studio=studio, person=person, digest=digest_of(code), issued_at=at, issued_by=by)
        fresh.append(FreshCard(card, code))
    LoginCard.objects.bulk_create(card.card for card in fresh)
    return fresh


@transaction.atomic
def revoke(card, *, by, at=None):
    """The card stops working. A used one stays used."""
    LoginCard.objects.filter(pk=card.pk, used_at=None, revoked_at=None).update(
        revoked_at=at or timezone.now(), revoked_by=by
    )


def read(code):
    """The card with this code and its person, or None."""
    return LoginCard.objects.filter(digest=digest_of(code)).select_related("person", "studio").first()


def why_unusable(card):
    """A sentence's beginning that tells why the card does not sign in, or "" when it does."""
    if card.used_at:
        return "这张登录卡已经用过了"
    if card.revoked_at or not card.person.is_active:
        return "这张登录卡停用了"
    if not LoginCard.objects.usable().filter(pk=card.pk).exists():
        return "这张登录卡过了7天，不能用了"
    return ""


def use(card, *, at=None):
    """Mark the card used. Of several who try at once one gets True.

    The conditions are columns of the card itself: a join would become a subquery, which does not see what a
    faster request has just written.
    """
    return LoginCard.objects.usable().filter(pk=card.pk).update(used_at=at or timezone.now()) == 1
