"""聘书: a mentor's letter of appointment for a term, and its early end."""

from datetime import timedelta

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.models import DateRange, Versioned
from people.sight import kept
from people.words import short_day, span

EXPIRING_DAYS = 60


class AppointmentQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The mentor's own, and all of the studios where one is staff."""
        return self.filter(models.Q(mentor=person) | models.Q(studio__in=person.standing.staff))

    def expiring(self, on=None):
        """Terms that run out within EXPIRING_DAYS and are not followed by another, the soonest first."""
        on = on or timezone.localdate()
        later = Appointment.objects.filter(
            studio=models.OuterRef("studio"),
            mentor=models.OuterRef("mentor"),
            starts_on__gt=models.OuterRef("ends_on"),
            ended_on__isnull=True,
        )
        soon = self.filter(
            ended_on__isnull=True, ends_on__gte=on, ends_on__lte=on + timedelta(days=EXPIRING_DAYS)
        )
        return soon.exclude(models.Exists(later)).order_by("ends_on", "pk")


@source
@pghistory.track()
class Appointment(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+", verbose_name="工作室")
    mentor = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="appointments", verbose_name="带教书记"
    )
    cohort = models.ForeignKey(
        "mentoring.Cohort", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="期次"
    )
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveIntegerField(editable=False, help_text="one series per studio and year")
    starts_on = models.DateField("聘期从哪天起")
    ends_on = models.DateField("聘期到哪天止", help_text="the last day, as printed")
    issued_on = models.DateField("发聘书的日期")
    issued_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁发的")
    ended_on = models.DateField("提前结束的日期", null=True, blank=True, help_text="the last day that held")
    end_reason = models.CharField("提前结束的原因", max_length=200, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "聘书"
        ordering = ("-starts_on", "-pk")
        indexes = (
            models.Index(fields=("studio", "-starts_on", "-id"), name="appointments_newest_first"),
            models.Index(fields=("studio", "ends_on"), name="appointments_by_end"),
        )
        constraints = (
            models.UniqueConstraint(fields=("studio", "year", "number"), name="appointment_number_once"),
            ExclusionConstraint(
                name="appointment_terms_do_not_overlap",
                expressions=[
                    ("studio", RangeOperators.EQUAL),
                    ("mentor", RangeOperators.EQUAL),
                    (
                        DateRange(
                            "starts_on",
                            Coalesce("ended_on", "ends_on"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="appointment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True, end_reason="")
                | models.Q(ended_on__gte=models.F("starts_on"), ended_on__lt=models.F("ends_on"))
                & ~models.Q(end_reason=""),
                name="appointment_early_end_has_reason",
            ),
        )

    def __str__(self):
        return f"{self.mentor.called}的聘书"

    def get_absolute_url(self):
        return reverse("mentoring:appointment-detail", args=[self.pk])

    @property
    def full_number(self):
        return f"〔{self.year}〕聘书第 {self.number:03d} 号"

    @property
    def term(self):
        return span(self.starts_on, self.ends_on)

    @property
    def status(self):
        """(kind of chip, words): 7月31日到期, 已经到期, 提前结束了, 还没开始."""
        today = timezone.localdate()
        if self.ended_on:
            return "off", f"{short_day(self.ended_on)}提前结束"
        if self.ends_on < today:
            return "off", f"{short_day(self.ends_on)}到期了"
        soon = self.ends_on <= today + timedelta(days=EXPIRING_DAYS)
        if self.starts_on > today:
            return "plan", f"{short_day(self.starts_on)}开始"
        return "todo" if soon else "doing", f"{short_day(self.ends_on)}到期"

    def ledger_lines(self):
        text = f"受聘为带教书记，聘期{span(self.starts_on, self.ends_on)}"
        link = self.get_absolute_url()
        return [
            Line(
                self.mentor_id,
                Kind.HONOUR,
                self.starts_on,
                text,
                self.issued_by_id,
                milestone=True,
                link=link,
            )
        ]
