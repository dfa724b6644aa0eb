"""教学基地: where teaching takes place, each with a focus of its own."""

import pghistory
from django.db import models
from django.urls import reverse

from people.models import Versioned


class BaseQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(studio__in=person.standing.member_studios)


@pghistory.track()
class Base(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="bases", verbose_name="工作室")
    name = models.CharField("名称", max_length=40)
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="所在居民区",
    )
    address = models.CharField("地址", max_length=100, blank=True)
    focus = models.CharField("特色", max_length=100, blank=True)
    contact = models.CharField("联系人和电话", max_length=60, blank=True)
    in_use = models.BooleanField("在用", default=True)

    objects = BaseQuerySet.as_manager()

    class Meta:
        verbose_name = "教学基地"
        ordering = ("studio", "pk")
        constraints = (models.UniqueConstraint(fields=("studio", "name"), name="base_name_once_per_studio"),)

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("mentoring:base-detail", args=[self.pk])
