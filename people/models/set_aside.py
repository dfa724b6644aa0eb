"""不用管: staff let a matter of 卡住的 rest until a day, for a written reason. It stays on record."""

import pghistory
from django.db import models
from django.utils import timezone

from .base import Versioned, in_pairs


class SetAsideQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(studio__in=person.standing.staff)

    def holding(self, on=None):
        """Those that keep their matter away on that day."""
        return self.filter(until__gte=on or timezone.localdate(), ended_at__isnull=True)


@pghistory.track()
class SetAside(Versioned):
    """`rule` names the kind of matter, `target` its row: studio/stuck/ knows both."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    rule = models.CharField(max_length=20)
    target = models.BigIntegerField()
    told = models.CharField("哪件事", max_length=200)
    reason = models.CharField("为什么不用管", max_length=200)
    until = models.DateField("到哪一天")
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁定的")
    at = models.DateTimeField("什么时候定的", default=timezone.now)
    ended_at = models.DateTimeField("又看起来的时间", null=True, blank=True)
    ended_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        verbose_name = "不用管"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("studio", "rule", "target", "until"), name="set_aside_matters"),)
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "rule", "target"),
                condition=models.Q(ended_at__isnull=True),
                name="set_aside_once_at_a_time",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="set_aside_has_a_reason"),
            in_pairs("ended_at", "ended_by", name="set_aside_ended_by_someone"),
        )

    def __str__(self):
        return self.told
