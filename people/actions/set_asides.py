"""不用管 and 再看着."""

from django.db import transaction
from django.utils import timezone

from people.stale import Refused

from ..models import SetAside


@transaction.atomic
def set_aside(*, studio, rule, target, told, reason, until, by, at=None):
    """Let a matter rest until that day. One that rests already gets a new record with the new reason."""
    at = at or timezone.now()
    resting = SetAside.objects.filter(studio=studio, rule=rule, target=target, ended_at__isnull=True)
    resting.update(ended_at=at, ended_by=by)
    return SetAside.objects.create(
        studio=studio, rule=rule, target=target, told=told[:200], reason=reason, until=until, by=by, at=at
    )


@transaction.atomic
def take_up(aside, *, by, at=None):
    """再看着: it counts again from now on."""
    rows = SetAside.objects.filter(pk=aside.pk, ended_at__isnull=True)
    if not rows.update(ended_at=at or timezone.now(), ended_by=by):
        raise Refused("这件事已经重新看起来了")
    return aside
