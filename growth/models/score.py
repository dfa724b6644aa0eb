"""Who is assessed in a round, the score sheets (打分表), the marks on them, and what staff adjusted."""

import pghistory
import pgtrigger
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.addresses import address_of
from people.models import Versioned, in_pairs

from ..freeze import only_while
from ..ledger_line import Line, source
from .entry import Kind

# 群众测评 is kept as counts of ballots, best first: never who said what.
BALLOTS = (
    ("ballots_5", 5, "很好"),
    ("ballots_4", 4, "比较好"),
    ("ballots_3", 3, "一般"),
    ("ballots_2", 2, "不太好"),
    ("ballots_1", 1, "不好"),
)


class Side(models.TextChoices):
    SELF = "self", "自评"
    MENTOR = "mentor", "师傅"
    STREET = "street", "街道"


def ballots(label):
    return models.PositiveIntegerField(label, default=0)


class AssessedQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Staff; once results are shown also the person, present mentors and who scored as mentor."""
        standing = person.standing
        shown = _round_of("round", ("publicised", "published"))
        scored = Sheet.objects.filter(assessed=OuterRef("pk"), scorer=person, side=Side.MENTOR)
        return self.filter(
            Q(studio__in=standing.staff) & (~Q(person=person) | shown)
            | shown
            & Q(dropped_at__isnull=True)
            & (Q(person=person) | Q(person__in=standing.pupils) | Exists(scored))
        )

    def present(self):
        return self.filter(dropped_at__isnull=True)


def _round_of(path, states):
    """Whether the round that `path` leads to is in one of `states`, without a join."""
    rounds = apps.get_model("growth", "Round").objects
    return Exists(rounds.filter(pk=OuterRef(path), state__in=states))


@source
@pgtrigger.register(only_while("preparing", "scoring", "moderating", "publicised"))
@pghistory.track()
class Assessed(Versioned):
    """One person in one round: the 群众测评 counts, and why somebody is left out after all."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    round = models.ForeignKey("growth.Round", models.PROTECT, related_name="assessed")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="assessments")
    order = models.PositiveIntegerField(help_text="the order of the pairs; fixed, says nothing about marks")
    ballots_5, ballots_4, ballots_3 = ballots("很好"), ballots("比较好"), ballots("一般")
    ballots_2, ballots_1 = ballots("不太好"), ballots("不好")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    dropped_why = models.CharField("不评的原因", max_length=100, blank=True)

    objects = AssessedQuerySet.as_manager()

    class Meta:
        verbose_name = "考核的人"
        ordering = ("order", "pk")
        indexes = (
            models.Index(fields=("studio", "round", "order", "id"), name="assessed_in_order"),
            models.Index(fields=("person", "round"), name="assessed_of_a_person"),
            models.Index(
                fields=("round", "id"), condition=Q(dropped_at__isnull=False), name="assessed_dropped"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("studio", "round", "person"), name="assessed_once_a_round"),
            in_pairs("dropped_at", "dropped_by", name="assessed_dropped_by_somebody"),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_why="")
                | Q(dropped_at__isnull=False) & ~Q(dropped_why=""),
                name="assessed_dropped_with_reason",
            ),
        )

    def __str__(self):
        return self.person.name

    def get_absolute_url(self):
        return address_of("growth:result-detail", self.pk)

    @property
    def masses(self):
        """{mark: number of ballots}."""
        return {mark: getattr(self, name) for name, mark, _ in BALLOTS}

    def ledger_lines(self):
        """One line once the round is published; it says the grade of the newest version."""
        if self.dropped_at or self.round.state != "published":
            return []
        newest = self.results.order_by("-number").first()
        return [self.line(newest)] if newest else []

    def line(self, result):
        grade = f"，等次{result.get_grade_display()}" if result.grade else ""
        on = timezone.localdate(self.round.published_at)
        text, link = f"考核评估“{self.round.name}”公布{grade}", self.get_absolute_url()
        return Line(self.person_id, Kind.ASSESSMENT, on, text, self.round.published_by_id, link=link)


class SheetQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own sheets; those of others only staff, only after scoring, and not about oneself."""
        after = _round_of("round", ("moderating", "publicised", "published"))
        about_me = Assessed.objects.filter(pk=OuterRef("assessed"), person=person)
        return self.filter(
            Q(scorer=person) & ~_round_of("round", ("preparing",))
            | Q(studio__in=person.standing.staff) & after & ~Exists(about_me)
        )

    def present(self):
        """Those that count: not of somebody who was left out. They are few, so no join asks each."""
        return self.exclude(assessed__in=Assessed.objects.filter(dropped_at__isnull=False))

    def unsent(self):
        return self.present().filter(sent_at__isnull=True)


@pgtrigger.register(only_while("preparing", "scoring"))
@pghistory.track()
class Sheet(Versioned):
    """One scorer × one person. The words about strengths and next steps are asked of the mentor."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    round = models.ForeignKey("growth.Round", models.PROTECT, related_name="sheets")
    assessed = models.ForeignKey(Assessed, models.CASCADE, related_name="sheets")
    scorer = models.ForeignKey("people.Person", models.PROTECT, related_name="sheets")
    side = models.CharField("哪一方", max_length=6, choices=Side)
    sent_at = models.DateTimeField("交的时间", null=True, blank=True)
    strengths = ArrayField(models.CharField(max_length=60), verbose_name="长处", default=list, size=2)
    improve = ArrayField(models.CharField(max_length=60), verbose_name="下一步", default=list, size=2)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "打分表"
        ordering = ("assessed__order", "assessed", "pk")
        indexes = (
            models.Index(fields=("scorer", "round", "assessed"), name="sheets_of_a_scorer"),
            # With the moment of sending, a count over a round reads nothing but this.
            models.Index(
                fields=("studio", "round", "assessed"), include=("sent_at",), name="sheets_of_a_round"
            ),
            models.Index(
                fields=("round", "scorer", "assessed"),
                condition=Q(sent_at__isnull=True),
                name="sheets_to_send",
            ),
        )
        constraints = (
            # Nobody scores the same person for two sides.
            models.UniqueConstraint(fields=("studio", "assessed", "scorer"), name="one_side_per_scorer"),
            models.UniqueConstraint(
                fields=("studio", "assessed"),
                condition=Q(side__in=("self",)),
                name="one_self_review",
            ),
        )

    def __str__(self):
        return f"{self.scorer} → {self.assessed}"

    def get_absolute_url(self):
        return address_of("growth:sheet", self.pk)


class MarkQuerySet(models.QuerySet):
    def visible_to(self, person):
        """As the sheet that the mark stands on."""
        sheets = Sheet.objects.visible_to(person).filter(pk=OuterRef("sheet"))
        return self.filter(Exists(sheets))


@pgtrigger.register(
    only_while("scoring", reach="(SELECT s.round_id FROM growth_sheet s WHERE s.id = {row}.sheet_id)")
)
@pghistory.track()
class Mark(models.Model):
    """One indicator on one sheet: 1 to 5, or empty for 没法判断. Written when the sheet is sent."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="marks")
    indicator = models.ForeignKey("growth.Indicator", models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField("打分", null=True, blank=True)
    words = models.CharField("一句话", max_length=200, blank=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = "打分"
        ordering = ("indicator__order",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "sheet", "indicator"), name="one_mark_per_indicator"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=5),
                name="mark_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | ~Q(value__in=(1, 5)) | ~Q(words=""),
                name="mark_at_the_ends_has_words",
            ),
        )

    def __str__(self):
        return f"{self.indicator} {self.value or '没法判断'}"


class AdjustmentQuerySet(models.QuerySet):
    def visible_to(self, person):
        about_me = Assessed.objects.filter(pk=OuterRef("assessed"), person=person)
        return self.filter(Q(studio__in=person.standing.staff) & ~Exists(about_me))


@pgtrigger.register(
    only_while(
        "moderating",
        "publicised",
        reach="(SELECT a.round_id FROM growth_assessed a WHERE a.id = {row}.assessed_id)",
    )
)
@pghistory.track()
class Adjustment(Versioned):
    """What staff put in place of the marks of one indicator of one person, and why."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="adjustments")
    indicator = models.ForeignKey("growth.Indicator", models.PROTECT, related_name="+", verbose_name="指标")
    value = models.DecimalField("调成几分", max_digits=3, decimal_places=2)
    why = models.CharField("为什么", max_length=200)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁调的")
    at = models.DateTimeField(default=timezone.now)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = "调整"
        ordering = ("indicator__order",)
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "assessed", "indicator"), name="one_adjustment_per_indicator"
            ),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=5), name="adjusted_one_to_five"),
            models.CheckConstraint(condition=~Q(why=""), name="adjusted_with_reason"),
        )

    def __str__(self):
        return f"{self.indicator} {self.value}"
