"""工作法: a way of working that has a name. Shipped ones have no studio and are everybody's.

They stand on this floor because both sessions and prescriptions tick the methods they used.
"""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from people.addresses import address_of
from people.models import Searched, Versioned
from people.search_index import EVERYBODY, Text


class MethodQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(models.Q(studio__isnull=True) | models.Q(studio__in=person.standing.studios))

    def of_studio(self, studio):
        return self.filter(models.Q(studio__isnull=True) | models.Q(studio=studio))


@pghistory.track()
class Method(Searched, Versioned):
    search_kind, search_label = "method", "工作法"
    search_watches = ("name", "summary", "steps", "fits", "summed_up_by")

    studio = models.ForeignKey(
        "people.Studio",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="工作室",
    )
    name = models.CharField("名称", max_length=30)
    summed_up_by = models.CharField("谁总结的", max_length=40, blank=True)
    summary = models.CharField("一句话", max_length=120)
    steps = ArrayField(
        models.CharField(max_length=200),
        verbose_name="三到五步",
        default=list,
        blank=True,
    )
    fits = models.CharField("适合什么情况", max_length=200, blank=True)

    objects = MethodQuerySet.as_manager()

    class Meta:
        verbose_name = "工作法"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "name"),
                nulls_distinct=False,
                name="method_name_once_per_studio",
            ),
        )

    def __str__(self):
        return self.name

    def search_text(self):
        """Those that are shipped are everybody's."""
        body = "\n".join(filter(None, (*self.steps, self.fits, self.summed_up_by)))
        scope = "" if self.studio_id else EVERYBODY
        return Text(title=self.name, lead=self.summary, body=body, scope=scope)

    def get_absolute_url(self):
        return address_of("growth:method-detail", self.pk)
