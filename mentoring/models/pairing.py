"""结对: which apprentice learns from which mentor, from when until when, and why it changed."""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.models import DateRange, Versioned
from people.sight import kept

CURRENT = ("proposed", "active", "paused")


class PairingQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Both of the pair, the staff, and the mentor who took over (history of the apprentice)."""
        standing = person.standing
        return self.filter(
            models.Q(mentor=person)
            | models.Q(apprentice=person)
            | models.Q(apprentice__in=standing.pupils)
            | models.Q(studio__in=standing.staff)
        )

    def current(self):
        return self.filter(state__in=CURRENT)

    def running(self):
        return self.filter(state="active")


@source
@pghistory.track()
@pgtrigger.register(
    pgtrigger.Trigger(
        name="pairing_capacity",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "group_id", "kind"),
        declare=[("room", "integer"), ("taken", "integer"), ("alone", "boolean")],
        # The lock on the cohort's row makes two writers wait for each other: both see the true count.
        func="""
            SELECT capacity INTO room FROM mentoring_cohort WHERE id = NEW.cohort_id FOR UPDATE;
            SELECT count(*), bool_or(kind = 'single') INTO taken, alone FROM mentoring_pairing
             WHERE group_id = NEW.group_id AND state IN ('proposed', 'active', 'paused');
            IF taken > room AND NEW.state IN ('proposed', 'active', 'paused') THEN
                RAISE EXCEPTION 'pairing_capacity' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_capacity';
            END IF;
            IF taken > 1 AND alone AND NEW.state IN ('proposed', 'active', 'paused') THEN
                RAISE EXCEPTION 'pairing_single' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_single';
            END IF;
            RETURN NULL;
        """,  # noqa: E501 - a line of SQL
    )
)
class Pairing(Versioned):
    class State(models.TextChoices):
        PROPOSED = "proposed", "待确认"
        ACTIVE = "active", "在期"
        PAUSED = "paused", "暂停"
        ENDED = "ended", "期满"
        CHANGED = "changed", "已调整"

    class Kind(models.TextChoices):
        GROUP = "group", "带教组"
        SINGLE = "single", "一对一"
        STATIONED = "stationed", "驻点"

    class Reason(models.TextChoices):
        WORK = "work", "工作变动"
        HEALTH = "health", "身体原因"
        ASKED = "asked", "学员申请"
        REVIEW = "review", "评估后调整"
        BACK = "back", "可以继续了"
        TERM = "term", "期满"
        OTHER = "other", "其他"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    cohort = models.ForeignKey(
        "mentoring.Cohort", models.PROTECT, related_name="pairings", verbose_name="期次"
    )
    group = models.ForeignKey(
        "mentoring.Group",
        models.PROTECT,
        related_name="pairings",
        verbose_name="带教组",
    )
    mentor = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        related_name="pairings_as_mentor",
        verbose_name="师傅",
    )
    apprentice = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        related_name="pairings_as_apprentice",
        verbose_name="徒弟",
    )
    kind = models.CharField("怎么带", max_length=10, choices=Kind, default=Kind.GROUP, db_default=Kind.GROUP)
    station = models.ForeignKey(
        "people.Neighbourhood",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="驻在哪个居民区",
        help_text="of a stationed mentor: a neighbourhood that had no committee when this was agreed",
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.ACTIVE)
    goal = models.TextField("带教目标", max_length=500, blank=True)
    starts_on = models.DateField("开始")
    ends_on = models.DateField(
        "结束",
        null=True,
        blank=True,
        help_text="the first day on which it no longer holds",
    )
    end_reason = models.CharField("原因", max_length=8, choices=Reason, blank=True)
    end_note = models.CharField("说明", max_length=200, blank=True)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="接着哪一段",
    )
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = "结对"
        ordering = ("group__number", "pk")
        indexes = (
            models.Index(fields=("mentor", "state"), name="pairings_of_a_mentor"),
            models.Index(fields=("studio", "cohort", "state"), name="pairings_of_a_cohort"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "apprentice"),
                condition=models.Q(state__in=CURRENT),
                name="one_current_mentor_per_apprentice",
            ),
            ExclusionConstraint(
                name="pairing_periods_do_not_overlap",
                expressions=[
                    ("studio", RangeOperators.EQUAL),
                    ("apprentice", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=CURRENT, ends_on__isnull=True)
                | models.Q(state__in=("ended", "changed"), ends_on__isnull=False),
                name="pairing_ends_when_over",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="pairing_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="stationed", station__isnull=False)
                | models.Q(~models.Q(kind="stationed"), station__isnull=True),
                name="pairing_stationed_somewhere",
            ),
            models.CheckConstraint(
                condition=~models.Q(mentor=models.F("apprentice")),
                name="nobody_mentors_oneself",
            ),
        )

    def __str__(self):
        return f"{self.mentor.called} 带 {self.apprentice.name}"

    def get_absolute_url(self):
        return address_of("mentoring:pairing-detail", self.pk)

    @property
    def is_current(self):
        return self.state in CURRENT

    @property
    def kind_label(self):
        """带教组, 一对一（育苗工程）, 驻点：甲居民区; for 驻点 select `station` along."""
        if self.kind == self.Kind.STATIONED:
            return f"驻点：{self.station.short_name}"
        return "一对一（育苗工程）" if self.kind == self.Kind.SINGLE else self.get_kind_display()

    def ledger_lines(self):
        link = self.get_absolute_url()
        lines = []
        if self.state != self.State.PROPOSED:
            made = (
                f"与{self.mentor.called}结对" if self.previous_id is None else f"改由{self.mentor.called}带教"
            )
            lines.append(
                Line(
                    self.apprentice_id,
                    Kind.PAIRING,
                    self.starts_on,
                    made,
                    self.made_by_id,
                    milestone=True,
                    link=link,
                )
            )
            lines.append(
                Line(
                    self.mentor_id,
                    Kind.PAIRING,
                    self.starts_on,
                    f"开始带{self.apprentice.name}",
                    self.made_by_id,
                    link=link,
                )
            )
        return lines
