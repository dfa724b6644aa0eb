"""期次: one run of the studio, with its groups (带教组): a mentor and the apprentices."""

import pghistory
from django.db import models
from django.utils import timezone

from people.addresses import address_of
from people.models import Versioned


class CohortQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(studio__in=person.standing.studios)

    def running(self, on=None):
        on = on or timezone.localdate()
        return self.filter(starts_on__lte=on, ends_on__gte=on)


@pghistory.track()
class Cohort(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="cohorts", verbose_name="工作室")
    name = models.CharField("名称", max_length=30, help_text="如：2026年第2期")
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    capacity = models.PositiveSmallIntegerField("每位师傅最多带几名", default=5)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = "期次"
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("studio", "name"), name="cohort_name_once_per_studio"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="cohort_ends_after_start",
            ),
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="cohort_capacity_at_least_one"),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("mentoring:cohort-detail", self.pk)


class GroupQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Groups of the studios one works in; names of mentors and apprentices are known to all of them."""
        return self.filter(studio__in=person.standing.member_studios)


@pghistory.track()
class Group(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="groups", verbose_name="期次")
    mentor = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        related_name="mentor_groups",
        verbose_name="带教书记",
    )
    number = models.PositiveSmallIntegerField("第几组")

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = "带教组"
        ordering = ("cohort", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "cohort", "mentor"),
                name="one_group_per_mentor_and_cohort",
            ),
            models.UniqueConstraint(
                fields=("studio", "cohort", "number"),
                name="group_number_once_per_cohort",
            ),
        )

    def __str__(self):
        return f"{self.mentor.called}组"
