"""Taking a row away and finding it again within 30 days. The floors above register what may be found.

    removal.register(Session, after=record_again)      # in the AppConfig.ready() of its floor

A registered model derives from Removable, has `studio` and `get_absolute_url()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from ..models import Removable, Versioned
from ..models.base import RESTORE_DAYS
from ..stale import Refused

_kinds = {}


@dataclass(frozen=True)
class Kind:
    """`title(instance)` names a row in 找回; `after(instance, by=, at=)` puts right what hangs on it."""

    model: type
    title: Callable = str
    after: Callable | None = None


def register(model, *, title=str, after=None):
    """Rows of this Removable model are listed in 找回. Registering again replaces."""
    if not issubclass(model, Removable):
        raise TypeError(f"{model.__name__} is not Removable")
    _kinds[model._meta.model_name] = Kind(model, title, after)


def kinds():
    """The registered kinds by model name: {"session": Kind, …}."""
    return dict(_kinds)


@transaction.atomic
def remove(instance, *, by, at=None):
    """Hide the row from everybody. One that is hidden already stays as it is."""
    at = at or timezone.now()
    if _write(instance, {"removed_at__isnull": True}, removed_at=at, removed_by=by):
        _put_right(instance, by=by, at=at)


@transaction.atomic
def restore(instance, *, by, at=None):
    """Show the row again; Refused after RESTORE_DAYS days."""
    if instance.removed_at and not instance.restorable:
        raise Refused(f"去掉超过{RESTORE_DAYS}天了，找不回来。需要的话请重新记一条")
    if _write(instance, {"removed_at__isnull": False}, removed_at=None, removed_by=None):
        _put_right(instance, by=by, at=at or timezone.now())


def _write(instance, condition, **values):
    """Write the two columns if nobody was faster; an edit that is open elsewhere becomes stale."""
    model = type(instance)
    counted = {"version": models.F("version") + 1} if issubclass(model, Versioned) else {}
    won = model._base_manager.filter(pk=instance.pk, **condition).update(**values, **counted)
    for name, value in values.items():
        setattr(instance, name, value)
    if won and counted:
        instance.version += 1
    if won and hasattr(instance, "keep_searchable"):
        instance.keep_searchable()
    return won


def _put_right(instance, **facts):
    kind = _kinds.get(instance._meta.model_name)
    if kind and kind.after:
        kind.after(instance, **facts)


def found_by(person, model):
    """Removed rows that the person may still restore: own removals where one still has a role, and as staff
    all of the street.
    """
    since = timezone.now() - timedelta(days=RESTORE_DAYS)
    standing = person.standing
    own = models.Q(removed_by=person, studio__in=standing.studios)
    theirs = own | models.Q(studio__in=standing.staff)
    return model._base_manager.filter(theirs, removed_at__gt=since)
