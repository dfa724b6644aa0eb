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
        """What is shipped and one's studios' own; what was only told so far: the teller and the staff."""
        standing = person.standing
        own = models.Q(studio__isnull=True) | models.Q(studio__in=standing.studios)
        ready = models.Q(is_told=False) | models.Q(studio__in=standing.staff) | models.Q(told_by=person)
        return self.filter(own & ready)

    def of_studio(self, studio):
        """Those that can be ticked in the studio."""
        own = models.Q(studio__isnull=True) | models.Q(studio=studio)
        return self.filter(own, is_told=False)

    def to_write_out(self, person):
        """Told by mentors, and waiting for the staff to write out the steps."""
        return self.filter(is_told=True, studio__in=person.standing.staff)


@pghistory.track()
class Method(Searched, Versioned):
    search_kind, search_label = "method", "工作法"
    search_watches = ("name", "summary", "steps", "fits", "summed_up_by", "is_told")

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
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="variants", verbose_name="从哪个来的"
    )
    # 口述: a mentor tells it in one go; the staff write out the steps.
    told = models.TextField("师傅口述", max_length=3000, blank=True)
    told_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁讲的"
    )
    is_told = models.BooleanField("等街道整理", default=False, editable=False)

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
            models.CheckConstraint(
                condition=models.Q(is_told=False)
                | models.Q(told_by__isnull=False, studio__isnull=False) & ~models.Q(told=""),
                name="method_told_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="method_is_not_its_own_parent"
            ),
        )

    def __str__(self):
        return self.name

    def search_text(self):
        """Those that are shipped are everybody's; what waits to be written out is not found yet."""
        if self.is_told:
            return None
        body = "\n".join(filter(None, (*self.steps, self.fits, self.summed_up_by)))
        scope = "" if self.studio_id else EVERYBODY
        return Text(title=self.name, lead=self.summary, body=body, scope=scope)

    def get_absolute_url(self):
        return address_of("growth:method-detail", self.pk)
