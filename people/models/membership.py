"""Who holds which role in which studio, from when until when."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.utils import timezone

from ..roles import ApprenticeKind, Role


class DateRange(models.Func):
    """A daterange that includes its first day and its last; an open end is NULL."""

    function = "DATERANGE"
    output_field = DateRangeField()


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(models.Q(studio__in=person.standing.member_studios) | models.Q(person=person))

    def current(self, on=None):
        on = on or timezone.localdate()
        return self.filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on),
            starts_on__lte=on,
        )


@pghistory.track()
class Membership(models.Model):
    studio = models.ForeignKey(
        "people.Studio",
        models.PROTECT,
        verbose_name="工作室",
        related_name="memberships",
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="人员", related_name="memberships"
    )
    role = models.CharField("角色", max_length=12, choices=Role)
    apprentice_kind = models.CharField("学员类别", max_length=16, choices=ApprenticeKind, blank=True)
    starts_on = models.DateField("开始", default=timezone.localdate)
    ends_on = models.DateField("结束", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "角色"
        ordering = ("studio", "role", "pk")
        indexes = (models.Index(fields=("studio", "role", "person"), name="membership_by_role"),)
        constraints = (
            ExclusionConstraint(
                name="membership_periods_do_not_overlap",
                expressions=[
                    ("studio", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.APPRENTICE) | models.Q(apprentice_kind=""),
                name="only_apprentices_have_a_kind",
            ),
        )

    def __str__(self):
        return f"{self.person} {self.get_role_display()}"
