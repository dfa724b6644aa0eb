"""What a round says of a person: versions of the result, each a whole copy, and appeals (申诉)."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.models import Versioned, in_pairs

from ..freeze import only_while
from .score import Assessed, _round_of


class Grade(models.TextChoices):
    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASS = "pass", "合格"
    IMPROVE = "improve", "待提高"


class ResultQuerySet(models.QuerySet):
    def visible_to(self, person):
        """As the person assessed in the round: see Assessed."""
        return self.filter(Exists(Assessed.objects.visible_to(person).filter(pk=OuterRef("assessed"))))


# After publication a version is only ever added, with its reason.
_ADDED = "TG_OP = 'INSERT' AND state = 'published' AND NEW.number > 1 AND NEW.why <> ''"


@pgtrigger.register(
    only_while(
        "moderating",
        "publicised",
        reach="(SELECT a.round_id FROM growth_assessed a WHERE a.id = {row}.assessed_id)",
        besides=_ADDED,
    )
)
class Result(Versioned):
    """`copy` holds all that the result was made of (growth/weighing.py), so that it can be read for ever."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField("第几版", default=1)
    total = models.DecimalField("合起来", max_digits=3, decimal_places=2, null=True)
    grade = models.CharField("等次", max_length=10, choices=Grade, blank=True)
    strengths = ArrayField(models.CharField(max_length=60), verbose_name="长处", default=list, size=2)
    improve = ArrayField(models.CharField(max_length=60), verbose_name="下一步", default=list, size=2)
    copy = models.JSONField(default=dict)
    why = models.CharField("为什么改", max_length=200, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁改的")
    at = models.DateTimeField(default=timezone.now)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = "考核结果"
        ordering = ("assessed", "-number")
        constraints = (
            models.UniqueConstraint(fields=("studio", "assessed", "number"), name="result_version_once"),
            models.CheckConstraint(
                condition=Q(number=1) | Q(number__gt=1) & ~Q(why=""), name="result_later_version_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True, grade="") | Q(total__gte=1, total__lte=5) & ~Q(grade=""),
                name="result_total_and_grade_together",
            ),
        )

    def __str__(self):
        return f"{self.assessed} {self.get_grade_display()}"

    @property
    def competencies(self):
        """{competency: mark as a float}, those that were judged."""
        return {name: float(mark) for name, mark in self.copy.get("competencies", {}).items()}


class AppealQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The person and the staff."""
        mine = Assessed.objects.filter(pk=OuterRef("assessed"), person=person)
        return self.filter(
            Exists(mine) & ~_round_of("round", ("preparing", "scoring", "moderating"))
            | Q(studio__in=person.standing.staff)
        )

    def waiting(self):
        return self.filter(answered_at__isnull=True)


@pgtrigger.register(only_while("publicised"))
@pghistory.track()
class Appeal(Versioned):
    class Outcome(models.TextChoices):
        KEPT = "kept", "结果不变"
        CHANGED = "changed", "结果改了"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    round = models.ForeignKey("growth.Round", models.PROTECT, related_name="appeals")
    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="appeals")
    text = models.TextField("哪里不同意，为什么", max_length=1000)
    at = models.DateTimeField("提的时间", default=timezone.now)
    answer = models.TextField("答复", max_length=1000, blank=True)
    outcome = models.CharField("结论", max_length=8, choices=Outcome, blank=True)
    answered_at = models.DateTimeField("答复的时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁答复的"
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = "申诉"
        ordering = ("pk",)
        indexes = (models.Index(fields=("studio", "round", "answered_at"), name="appeals_of_a_round"),)
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "assessed"),
                condition=Q(answered_at__isnull=True),
                name="one_open_appeal_per_person",
            ),
            in_pairs("answered_at", "answered_by", name="appeal_answered_by_somebody"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="", outcome="")
                | Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(outcome=""),
                name="appeal_answered_in_words",
            ),
        )

    def __str__(self):
        return self.text[:30]
