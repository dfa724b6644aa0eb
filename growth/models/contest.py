"""擂台比武: a panel looks at the year's projects. Sheets are secret until it is closed; there is no ranking.

A project is 优秀 when it is among the first `places`; those who share the last place are all in. What a judge
could not tell is left out of the average, an absent judge too.
"""

from fractions import Fraction

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from people.models import Versioned, in_pairs

from ..ledger_line import Line, source
from .brand import Brand
from .entry import Kind


class ContestQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Staff, the panel, and everybody of the studio once it is closed."""
        judging = ContestJudge.objects.filter(contest=OuterRef("pk"), person=person)
        return self.filter(
            Q(studio__in=person.standing.staff)
            | Exists(judging)
            | Q(studio__in=person.standing.member_studios, closed_at__isnull=False)
        )


@pghistory.track()
class Contest(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("名称", max_length=30)
    held_on = models.DateField("哪一天")
    places = models.PositiveSmallIntegerField("评几个优秀", default=3)
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField("公布的时间", null=True, blank=True)
    closed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = "擂台比武"
        ordering = ("-year", "-pk")
        indexes = (models.Index(fields=("studio", "-year"), name="contests_of_a_studio"),)
        constraints = (
            models.UniqueConstraint(fields=("studio", "year", "name"), name="contest_name_once_a_year"),
            models.CheckConstraint(condition=Q(places__gte=1), name="contest_has_places"),
            in_pairs("closed_at", "closed_by", name="contest_closed_by_someone"),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("growth:contest-detail", args=[self.pk])


class ContestItem(models.Model):
    """What is looked at, with words for 1, 3 and 5; has what growth/forms/score_sheet.py asks of an item."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    name = models.CharField("看什么", max_length=30)
    low = models.CharField("1分是什么样", max_length=80)
    middle = models.CharField("3分是什么样", max_length=80)
    high = models.CharField("5分是什么样", max_length=80)

    class Meta:
        verbose_name = "比武的指标"
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "contest", "order"), name="contest_item_once"),
        )

    def __str__(self):
        return self.name

    @property
    def anchors(self):
        return [(1, self.low), (3, self.middle), (5, self.high)]


@pghistory.track()
class ContestJudge(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="judges")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="评委")
    absent = models.CharField("没来的原因", max_length=100, blank=True)

    class Meta:
        verbose_name = "评委"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "contest", "person"), name="judge_once_a_contest"),
        )

    def __str__(self):
        return self.person.called


@source
@pghistory.track()
class ContestEntry(models.Model):
    """A project in the contest; `excellent` is known when it is closed."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="entries")
    brand = models.OneToOneField(Brand, models.PROTECT, related_name="contest_entry")
    excellent = models.BooleanField("优秀", null=True, blank=True)

    class Meta:
        verbose_name = "参加比武的项目"
        ordering = ("brand__neighbourhood__code", "pk")
        indexes = (models.Index(fields=("studio", "contest"), name="entries_of_a_contest"),)

    def __str__(self):
        return self.brand.name

    def ledger_lines(self):
        """Evidence for the year's assessment: that it was told before a panel, and whether it was 优秀."""
        contest = self.contest
        if contest.closed_at is None:
            return []
        words = "评为优秀品牌" if self.excellent else "上台比武"
        text, day = (
            f"品牌项目“{self.brand.name}”在{contest.name}{words}",
            timezone.localdate(contest.closed_at),
        )
        link = self.brand.get_absolute_url()
        return [
            Line(self.brand.owner_id, Kind.BRAND, day, text, contest.closed_by_id, milestone=True, link=link)
        ]


class ContestSheetQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own; those of others only staff, only after closing, and not about one's own project."""
        closed = Contest.objects.filter(pk=OuterRef("contest"), closed_at__isnull=False)
        own = ContestJudge.objects.filter(pk=OuterRef("judge"), person=person)
        mine = ContestEntry.objects.filter(pk=OuterRef("entry"), brand__owner=person)
        return self.filter(Exists(own) | Q(studio__in=person.standing.staff) & Exists(closed) & ~Exists(mine))


# Nothing is marked once a contest is closed: raw SQL is refused, too.
_CLOSED = """
    IF EXISTS (SELECT 1 FROM growth_contest c WHERE c.id = {reach} AND c.closed_at IS NOT NULL FOR SHARE) THEN
        RAISE EXCEPTION 'contest_is_closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contest_is_closed';
    END IF;
    RETURN NEW;
"""


def _while_open(reach):
    return pgtrigger.Trigger(
        name="only_while_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_CLOSED.format(reach=reach),
    )


@pgtrigger.register(_while_open("NEW.contest_id"))
@pghistory.track()
class ContestSheet(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="sheets")
    judge = models.ForeignKey(ContestJudge, models.CASCADE, related_name="sheets")
    entry = models.ForeignKey(ContestEntry, models.CASCADE, related_name="sheets")
    sent_at = models.DateTimeField("交的时间", null=True, blank=True)

    objects = ContestSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "比武打分表"
        ordering = ("entry__brand__neighbourhood__code", "pk")
        indexes = (models.Index(fields=("studio", "contest", "judge"), name="sheets_of_a_contest"),)
        constraints = (
            models.UniqueConstraint(fields=("studio", "judge", "entry"), name="one_contest_sheet_a_judge"),
        )

    def __str__(self):
        return f"{self.judge_id} → {self.entry_id}"


@pgtrigger.register(_while_open("(SELECT s.contest_id FROM growth_contestsheet s WHERE s.id = NEW.sheet_id)"))
@pghistory.track()
class ContestMark(models.Model):
    """1 to 5, or empty for 没法判断."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    sheet = models.ForeignKey(ContestSheet, models.CASCADE, related_name="marks")
    item = models.ForeignKey(ContestItem, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField("打分", null=True, blank=True)
    words = models.CharField("一句话", max_length=200, blank=True)

    class Meta:
        verbose_name = "比武打分"
        ordering = ("item__order",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "sheet", "item"), name="one_contest_mark_an_item"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__range=(1, 5)), name="contest_mark_one_to_five"
            ),
        )

    def __str__(self):
        return str(self.value)


def mean(values):
    """The exact mean of whole numbers or Fractions, None of nothing."""
    values = list(values)
    return sum(map(Fraction, values)) / len(values) if values else None


def excellent_of(scores, places):
    """Keys that are among the first `places` of {key: Fraction or None}; ties at the edge are all in."""
    known = sorted((score for score in scores.values() if score is not None), reverse=True)
    if not known:
        return set()
    edge = known[min(places, len(known)) - 1]
    return {key for key, score in scores.items() if score is not None and score >= edge}
