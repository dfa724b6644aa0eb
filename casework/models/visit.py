"""接待与走访: who was received or visited, by the kind of household; 「一本账」 of the households to look
after.
"""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from people.addresses import address_of
from people.models import Versioned
from people.sight import kept

from .building import Building, own_places


class HouseholdKind(models.TextChoices):
    ALONE = "alone", "独居老人"
    ELDER = "elder", "高龄老人"
    POOR = "poor", "困难家庭"
    DISABLED = "disabled", "残疾人家庭"
    SICK = "sick", "大病家庭"
    HERO = "hero", "优抚对象"
    CHILD = "child", "一老一小"
    NEW = "new", "新搬来的"
    MEMBER = "member", "党员和骨干"
    DISPUTE = "dispute", "有矛盾的"
    OTHER = "other", "其他"


class HouseholdQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The staff, and the apprentices whose neighbourhood it is."""
        return self.filter(models.Q(studio__in=person.standing.staff) | own_places(person))

    def with_last_visit(self):
        """`last_visit`: the day of the latest visit, or None."""
        visits = Visit.objects.filter(household=models.OuterRef("pk")).order_by("-held_on")
        return self.annotate(last_visit=models.Subquery(visits.values("held_on")[:1]))


@pghistory.track()
class Household(Versioned):
    """One line of 「一本账」. Name, number and door lie in the vault."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood", models.PROTECT, related_name="households", verbose_name="居民区"
    )
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="楼栋"
    )
    kind = models.CharField("哪一类", max_length=10, choices=HouseholdKind)
    resident = models.ForeignKey("people.Resident", models.PROTECT, related_name="+")
    every_days = models.PositiveSmallIntegerField("隔多少天走一次", default=30)
    added_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁记的")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    left_on = models.DateField("哪天不用再走", null=True, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "一本账"
        ordering = ("neighbourhood", "kind", "pk")
        indexes = (
            models.Index(
                fields=("studio", "neighbourhood", "kind", "id"),
                condition=models.Q(left_on__isnull=True),
                name="households_on_the_book",
            ),
            models.Index(
                fields=("studio", "-added_at", "-id"),
                condition=models.Q(left_on__isnull=True),
                name="households_newest",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("studio", "resident"), name="household_once_on_the_book"),
        )

    def __str__(self):
        return f"{self.get_kind_display()}（{self.resident.masked_name}）"

    def get_absolute_url(self):
        return address_of("casework:household-detail", self.pk)


class VisitQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Who wrote it, that person's mentor, the staff, and the apprentices of the neighbourhood."""
        standing = person.standing
        return self.filter(
            models.Q(by=person)
            | models.Q(by__in=standing.pupils)
            | models.Q(studio__in=standing.staff)
            | own_places(person)
        )


@pghistory.track()
class Visit(Versioned):
    class Way(models.TextChoices):
        RECEIVED = "received", "接待"
        VISITED = "visited", "走访"
        PHONE = "phone", "电话"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="居民区"
    )
    way = models.CharField("怎么见的", max_length=10, choices=Way)
    held_on = models.DateField("哪天", default=timezone.localdate)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="哪一户"
    )
    kind = models.CharField("哪一类人家", max_length=10, choices=HouseholdKind)
    resident = models.ForeignKey("people.Resident", models.PROTECT, null=True, blank=True, related_name="+")
    items = ArrayField(
        models.CharField(max_length=60), verbose_name="做到了哪几样", default=list, blank=True,
        help_text="as they were called when they were ticked",
    )  # fmt: skip
    note = models.TextField("说了什么", max_length=1000, blank=True)
    problem = models.CharField("发现的问题", max_length=300, blank=True)
    case = models.ForeignKey(
        "casework.Case",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name="疑难案例",
    )
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁去的")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "接待与走访"
        ordering = ("-held_on", "-pk")
        indexes = (
            models.Index(fields=("studio", "-held_on", "-id"), name="home_visits_of_a_studio"),
            models.Index(fields=("by", "-held_on", "-id"), name="home_visits_of_a_person"),
            models.Index(fields=("household", "-held_on"), name="home_visits_of_a_household"),
            # Problems that nobody has taken up, counted without a look at the rows.
            models.Index(
                fields=("studio", "held_on"),
                include=("neighbourhood",),
                condition=models.Q(case__isnull=True) & ~models.Q(problem=""),
                name="home_visits_with_problems",
            ),
        )

    def __str__(self):
        return f"{self.get_way_display()} · {self.get_kind_display()}"

    def get_absolute_url(self):
        return address_of("casework:visit-detail", self.pk)
