"""品牌项目 (一社一品牌): one breakthrough a neighbourhood and year, from 申报 to 推广.

MOVES is the one table of its stages, `move_to` the one door. What was learned in the end becomes a 工作法.
"""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.addresses import address_of
from people.models import Versioned, in_pairs
from people.sight import kept
from people.stale import Refused

from ..ledger_line import Line, source
from .entry import Kind

QUARTERS = ((1, "第1季度"), (2, "第2季度"), (3, "第3季度"), (4, "第4季度"))
MOST_WAYS = 3
MOST_PHOTOS = 6


class BrandState(models.TextChoices):
    APPLIED = "applied", "申报"
    APPROVED = "approved", "立项"
    RUNNING = "running", "推进"
    MIDTERM = "midterm", "中期"
    DEBRIEFED = "debriefed", "已述职"
    CLOSED = "closed", "结项"
    SPREAD = "spread", "推广"


MOVES = {
    BrandState.APPLIED: {BrandState.APPROVED},
    BrandState.APPROVED: {BrandState.RUNNING},
    # A year that was short is told about at its end without a look in the middle.
    BrandState.RUNNING: {BrandState.MIDTERM, BrandState.DEBRIEFED},
    BrandState.MIDTERM: {BrandState.DEBRIEFED},
    BrandState.DEBRIEFED: {BrandState.CLOSED},
    BrandState.CLOSED: {BrandState.SPREAD},
    BrandState.SPREAD: set(),
}
# While progress is written.
UNDER_WAY = (BrandState.APPROVED, BrandState.RUNNING, BrandState.MIDTERM)
TOLD_AT_END = (BrandState.DEBRIEFED, BrandState.CLOSED, BrandState.SPREAD)


class BrandQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Whoever runs or guides it and staff; once approved everybody of the studio, and the district."""
        standing = person.standing
        return self.filter(
            Q(studio__in=standing.staff)
            | Q(owner=person)
            | Q(guide=person)
            | (Q(studio__in=standing.member_studios) | Q(studio__in=standing.district)) & ~Q(state="applied")
        )


@source
@pghistory.track()
class Brand(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood", models.PROTECT, related_name="brands", verbose_name="居民区"
    )
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("名称", max_length=30)
    problem = models.CharField("要突破的一个问题", max_length=200)
    ways = ArrayField(models.CharField(max_length=120), verbose_name="做法三条", default=list, blank=True)
    expected = models.CharField("预期成效", max_length=200, help_text="写居民看得见的")
    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="brands", verbose_name="负责人")
    guide = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="指导书记"
    )
    partners = ArrayField(models.CharField(max_length=40), verbose_name="合作单位", default=list, blank=True)
    state = models.CharField("走到哪一步", max_length=10, choices=BrandState, default=BrandState.APPLIED)
    applied_at = models.DateTimeField("申报的时间", default=timezone.now, editable=False)
    applied_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", editable=False)
    return_note = models.CharField("请补充什么", max_length=200, blank=True)
    approved_at = models.DateTimeField("立项的时间", null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    midterm = models.CharField("中期看一看", max_length=500, blank=True)
    midterm_at = models.DateTimeField(null=True, blank=True, editable=False)
    midterm_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    voices = models.CharField("群众怎么说", max_length=500, blank=True)
    lesson = models.CharField("可推广的一条经验", max_length=200, blank=True)
    debriefed_at = models.DateTimeField("述职的时间", null=True, blank=True, editable=False)
    debriefed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    verdict = models.CharField("结项的话", max_length=300, blank=True)
    closed_at = models.DateTimeField("结项的时间", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    method = models.OneToOneField(
        "growth.Method", models.PROTECT, null=True, blank=True, related_name="brand", verbose_name="工作法"
    )
    spread_at = models.DateTimeField("推广的时间", null=True, blank=True, editable=False)
    spread_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = BrandQuerySet.as_manager()

    class Meta:
        verbose_name = "品牌项目"
        # The fixed order of the street, never one of merit.
        ordering = ("-year", "neighbourhood__code", "pk")
        indexes = (models.Index(fields=("studio", "-year", "neighbourhood"), name="brands_of_a_studio"),)
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "year", "neighbourhood"), name="one_brand_a_neighbourhood_and_year"
            ),
            in_pairs("approved_at", "approved_by", name="brand_approved_by_someone"),
            in_pairs("midterm_at", "midterm_by", name="brand_midterm_by_someone"),
            in_pairs("debriefed_at", "debriefed_by", name="brand_debriefed_by_someone"),
            in_pairs("closed_at", "closed_by", name="brand_closed_by_someone"),
            in_pairs("spread_at", "spread_by", name="brand_spread_by_someone"),
            models.CheckConstraint(
                condition=Q(state="applied", approved_at__isnull=True)
                | ~Q(state="applied") & Q(approved_at__isnull=False, return_note=""),
                name="brand_approved_when_past_applied",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=TOLD_AT_END)
                | Q(debriefed_at__isnull=False) & ~Q(voices="") & ~Q(lesson=""),
                name="brand_told_at_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("closed", "spread")) | Q(closed_at__isnull=False),
                name="brand_closed_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(state="spread", method__isnull=False, spread_at__isnull=False)
                | ~Q(state="spread") & Q(method__isnull=True, spread_at__isnull=True),
                name="brand_spread_has_a_method",
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("growth:brand-detail", self.pk)

    @property
    def is_under_way(self):
        return self.state in UNDER_WAY

    @property
    def is_told(self):
        return self.state in TOLD_AT_END

    def move_to(self, state):
        """Change the stage by its table; raises Refused. Lock the row first."""
        state = BrandState(state)
        if state not in MOVES[self.state]:
            raise Refused(f"这个项目现在是“{self.get_state_display()}”，还不能到“{state.label}”")
        self.state = state

    def ledger_lines(self):
        """The stages in the owner's file, and the beginning in the guide's."""
        link, name = self.get_absolute_url(), f"品牌项目“{self.name}”"
        told = [
            ("approved", self.approved_at, self.approved_by_id, f"{name}立项", True),
            ("midterm", self.midterm_at, self.midterm_by_id, f"{name}中期看过了", False),
            ("debriefed", self.debriefed_at, self.debriefed_by_id, f"{name}年底述职：{self.lesson}", False),
            ("closed", self.closed_at, self.closed_by_id, f"{name}结项", True),
            ("spread", self.spread_at, self.spread_by_id, f"{name}成了工作法，可以推广", True),
        ]
        lines = [
            Line(self.owner_id, Kind.BRAND, timezone.localdate(at), text, by, aspect, milestone, link=link)
            for aspect, at, by, text, milestone in told
            if at
        ]
        if self.approved_at and self.guide_id and self.guide_id != self.owner_id:
            day, text = timezone.localdate(self.approved_at), f"指导{name}"
            lines.append(Line(self.guide_id, Kind.BRAND, day, text, self.approved_by_id, "guide", link=link))
        return lines


class PartQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Whoever sees the project."""
        return self.filter(
            models.Exists(Brand.objects.visible_to(person).filter(pk=models.OuterRef("brand")))
        )


@pghistory.track()
class BrandMilestone(models.Model):
    """每季节点: what, until when. Once the project is approved it stands in the owner's 接下来."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="milestones")
    text = models.CharField("做什么", max_length=80)
    due_on = models.DateField("几号前")
    done_at = models.DateTimeField("做好的时间", null=True, blank=True)
    done_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "节点"
        ordering = ("due_on", "pk")
        indexes = (models.Index(fields=("studio", "brand", "due_on"), name="milestones_of_a_brand"),)
        constraints = (in_pairs("done_at", "done_by", name="milestone_done_by_someone"),)

    def __str__(self):
        return self.text


@source
@pghistory.track()
class BrandNote(Versioned):
    """每季一报."""

    class Pace(models.TextChoices):
        ON_PLAN = "on_plan", "按计划"
        SLOW = "slow", "慢了"
        STOPPED = "stopped", "停了"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="notes")
    quarter = models.PositiveSmallIntegerField("哪一季", choices=QUARTERS)
    text = models.TextField("进展", max_length=800)
    pace = models.CharField("走得怎么样", max_length=8, choices=Pace)
    needs = models.CharField("需要谁帮", max_length=120, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁写的")
    at = models.DateTimeField("写的时间", default=timezone.now)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "每季进展"
        ordering = ("quarter", "pk")
        constraints = (
            models.UniqueConstraint(fields=("studio", "brand", "quarter"), name="one_note_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="quarter_is_there"),
        )

    def __str__(self):
        return f"{self.get_quarter_display()}进展"

    def get_absolute_url(self):
        return f"{address_of('growth:brand-detail', self.brand_id)}#quarter-{self.quarter}"

    def ledger_lines(self):
        brand = self.brand
        text = (
            f"品牌项目“{brand.name}”{self.get_quarter_display()}{self.get_pace_display()}：{self.text[:60]}"
        )
        link = brand.get_absolute_url()
        return [Line(brand.owner_id, Kind.BRAND, timezone.localdate(self.at), text, self.by_id, link=link)]


class PhotoQuerySet(PartQuerySet):
    def visible_to(self, person):
        """Whoever sees the project from inside: photos show people, and those stay below the district."""
        standing = person.standing
        from_above = Q(studio__in=standing.district) & ~Q(studio__in=standing.member_studios)
        return super().visible_to(person).exclude(from_above)


class BrandPhoto(models.Model):
    """A photo of a quarter, redrawn and without metadata. Never asked for."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="photos")
    quarter = models.PositiveSmallIntegerField(choices=QUARTERS)
    image = models.FileField(upload_to="brands/%Y/%m")
    thumb = models.FileField(upload_to="brands/%Y/%m")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "照片"
        ordering = ("pk",)
        indexes = (models.Index(fields=("studio", "brand"), name="photos_of_a_brand"),)

    def __str__(self):
        return self.image.name


@pghistory.track()
class BrandResult(models.Model):
    """成效 at the end of the year: a figure must say where it comes from."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="results")
    text = models.CharField("做成了什么", max_length=120)
    source = models.CharField("数字从哪来", max_length=80, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "成效"
        ordering = ("pk",)
        indexes = (models.Index(fields=("studio", "brand"), name="results_of_a_brand"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(text__regex=r"[0-9０-９]") | ~Q(source=""), name="brand_figure_has_a_source"
            ),
        )

    def __str__(self):
        return self.text
