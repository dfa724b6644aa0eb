"""What many models share: a version against lost updates, and removal that can be undone."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

RESTORE_DAYS = 30


class Versioned(models.Model):
    """A row that two people may edit. `version` goes up with each edit; see people/stale.py."""

    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        abstract = True


class Removable(models.Model):
    """A row that is hidden at once and can be found again for RESTORE_DAYS days."""

    removed_at = models.DateTimeField("去掉的时间", null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="谁去掉的", null=True, blank=True,
        editable=False, related_name="+",
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def restorable(self):
        return bool(self.removed_at and self.removed_at > timezone.now() - timedelta(days=RESTORE_DAYS))


def for_finding(name):
    """An index that holds nothing but what was taken away, for 找回 of a studio."""
    return models.Index(
        fields=("studio", "removed_at"), condition=models.Q(removed_at__isnull=False), name=name
    )


def in_pairs(at, by, *, name):
    """A CheckConstraint: the moment and the person are known together or not at all."""
    both = models.Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
    neither = models.Q(**{f"{at}__isnull": False, f"{by}__isnull": False})
    return models.CheckConstraint(condition=both | neither, name=name)
