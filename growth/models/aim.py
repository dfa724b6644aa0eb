"""短板 and half-year aims: what a person lacks by the own duties and standards, and what to reach by when."""

from datetime import date

import pghistory
from django.db import models
from django.utils import timezone

from people.addresses import address_of
from people.competencies import Competency
from people.models import Removable, Versioned, for_finding, in_pairs
from people.sight import kept

from ..ledger_line import Line, source
from .entry import Kind

# A person aims at few things at once.
MOST_AIMS = 3
SPRING, AUTUMN = 1, 2


def half_of(day):
    """(year, half) of a day; half is 1 or 2."""
    return day.year, SPRING if day.month <= 6 else AUTUMN


class WeaknessQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The person, the person's mentor, staff."""
        standing = person.standing
        return self.filter(removed_at__isnull=True).filter(
            models.Q(person=person)
            | models.Q(person__in=standing.pupils)
            | models.Q(studio__in=standing.staff)
        )

    def standing(self):
        return self.filter(removed_at__isnull=True, overcome_on__isnull=True)


@pghistory.track()
class Weakness(Versioned, Removable):
    class Against(models.TextChoices):
        DUTY = "duty", "对责：对照自己的职责"
        STANDARD = "standard", "对标：对照好的标准"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="weaknesses", verbose_name="谁的"
    )
    against = models.CharField("对照什么看", max_length=8, choices=Against)
    measure = models.CharField("哪一条职责或标准", max_length=100, blank=True)
    text = models.CharField("短在哪里", max_length=200)
    competency = models.CharField("属于哪项本领", max_length=15, choices=Competency, blank=True)
    named_on = models.DateField("哪天找到的", default=timezone.localdate)
    overcome_on = models.DateField("哪天补上的", null=True, blank=True)

    objects = WeaknessQuerySet.as_manager()

    class Meta:
        verbose_name = "短板"
        ordering = ("overcome_on", "-named_on", "-pk")
        indexes = (
            models.Index(fields=("studio", "person", "-named_on"), name="weaknesses_of_a_person"),
            for_finding("weaknesses_removed"),
        )
        constraints = (
            in_pairs("removed_at", "removed_by", name="weakness_removed_by_someone"),
            models.CheckConstraint(
                condition=models.Q(overcome_on__isnull=True)
                | models.Q(overcome_on__gte=models.F("named_on")),
                name="weakness_overcome_after_it_was_named",
            ),
        )

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return address_of("growth:aims", self.person_id)


class AimQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        standing = person.standing
        return self.filter(
            models.Q(person=person)
            | models.Q(person__in=standing.pupils)
            | models.Q(studio__in=standing.staff)
        )

    def in_half(self, year, half):
        return self.filter(year=year, half=half)

    def proposed(self):
        return self.filter(state=Aim.State.PROPOSED)


@source
@pghistory.track()
class Aim(Versioned):
    """Proposed by the apprentice, agreed with the mentor; at most three in a half-year, held by `slot`."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "等师傅商定"
        AGREED = "agreed", "商定了"
        REACHED = "reached", "做到了"
        MISSED = "missed", "还没做到"
        DROPPED = "dropped", "不做了"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="aims", verbose_name="谁的")
    year = models.PositiveSmallIntegerField("年")
    half = models.PositiveSmallIntegerField("半年", choices=((SPRING, "上半年"), (AUTUMN, "下半年")))
    slot = models.PositiveSmallIntegerField("第几个", editable=False)
    text = models.CharField("要做到什么", max_length=120)
    sign = models.CharField("怎么看出来做到了", max_length=200)
    weakness = models.ForeignKey(
        Weakness, models.PROTECT, null=True, blank=True, related_name="aims", verbose_name="补哪块短板"
    )
    state = models.CharField("状态", max_length=8, choices=State, default=State.PROPOSED)
    word = models.CharField("一句话", max_length=200, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    agreed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = AimQuerySet.as_manager()

    class Meta:
        verbose_name = "半年目标"
        ordering = ("-year", "-half", "slot", "pk")
        indexes = (
            models.Index(
                fields=("studio", "person"),
                condition=models.Q(state="proposed"),
                name="aims_to_agree_on",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "person", "year", "half", "slot"),
                condition=~models.Q(state="dropped"),
                name="three_aims_a_half_year",
            ),
            models.CheckConstraint(
                condition=models.Q(slot__gte=1, slot__lte=MOST_AIMS), name="aim_slot_one_to_three"
            ),
            models.CheckConstraint(condition=models.Q(half__in=(SPRING, AUTUMN)), name="aim_half_is_a_half"),
            in_pairs("agreed_at", "agreed_by", name="aim_agreed_by_someone"),
            in_pairs("closed_at", "closed_by", name="aim_closed_by_someone"),
            models.CheckConstraint(
                condition=models.Q(state="proposed", agreed_at__isnull=True)
                | models.Q(state="dropped")
                | models.Q(state__in=("agreed", "reached", "missed"), agreed_at__isnull=False),
                name="aim_agreed_when_agreed",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("proposed", "agreed"), closed_at__isnull=True)
                | models.Q(state__in=("reached", "missed", "dropped"), closed_at__isnull=False),
                name="aim_closed_when_closed",
            ),
        )

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return address_of("growth:aim-detail", self.pk)

    @property
    def due_on(self):
        """The last day of the half-year."""
        return date(self.year, 6, 30) if self.half == SPRING else date(self.year, 12, 31)

    @property
    def when(self):
        return f"{self.year}年{self.get_half_display()}"

    @property
    def is_open(self):
        return self.state in (self.State.PROPOSED, self.State.AGREED)

    def ledger_lines(self):
        if self.agreed_at is None:
            return []
        link, axes = self.get_absolute_url(), ()
        if self.weakness_id and self.weakness.competency:
            axes = (self.weakness.competency,)
        agreed = timezone.localdate(self.agreed_at)
        text = f"{self.when}目标：{self.text}"
        lines = [
            Line(self.person_id, Kind.AIM, agreed, text, self.agreed_by_id, competencies=axes, link=link)
        ]
        if self.state in (self.State.REACHED, self.State.MISSED):
            done = timezone.localdate(self.closed_at)
            text = f"{self.get_state_display()}：{self.text}"
            lines.append(
                Line(
                    self.person_id,
                    Kind.AIM,
                    done,
                    text,
                    self.closed_by_id,
                    "end",
                    competencies=axes,
                    link=link,
                )
            )
        return lines
