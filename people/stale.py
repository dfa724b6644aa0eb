"""Two editors never overwrite each other: an edit names the version it began from."""

from django.db import models


class Refused(Exception):
    """A move that the rules do not allow now. `str()` is a Chinese sentence for the person who tried."""


class StaleEdit(Exception):
    """Somebody else changed the row meanwhile. Carries what the 409 page shows: both texts."""

    def __init__(self, current, fields=(), also=()):
        """`current`: the row as it is now; `fields`: names of the fields to be written, in order; `also`:
        (label, now, typed) in words, for what stands in rows of its own.
        """
        super().__init__("别人刚改过")
        self.current = current
        self.fields = tuple(fields)
        self.also = tuple(also)


def save_version(instance, fields):
    """Write the named fields of `instance` if nobody wrote since it was read; `version` goes up by one.

    Raises StaleEdit with the row as it is now. Call inside a transaction.
    """
    model = instance._meta.model  # request.user is a wrapper: its type is no model
    values = {name: getattr(instance, name) for name in fields}
    won = model._base_manager.filter(pk=instance.pk, version=instance.version).update(
        **values, version=models.F("version") + 1
    )
    if not won:
        raise StaleEdit(model._base_manager.get(pk=instance.pk), fields)
    instance.version += 1
    if hasattr(instance, "keep_searchable"):
        model.keep_searchable(instance, fields)


def current_version(instance, fields, seen):
    """The version to write `fields` of a tracked row with, for an editor who began from version `seen`.

    Where a row is edited in parts, another part's edit is no conflict: as long as none of `fields` has been
    written since, this is the row's version as read; else `seen`, so that save_version raises StaleEdit.
    `instance` may already carry what is to be written.
    """
    model = instance._meta.model
    now = model._base_manager.filter(pk=instance.pk).values("version", *fields).get()
    events = model.pgh_event_model.objects
    then = events.filter(pgh_obj_id=instance.pk, version=seen).order_by("-pgh_id")
    known = then.values(*fields).first()
    untouched = known is not None and all(known[name] == now[name] for name in fields)
    return now["version"] if untouched else seen
