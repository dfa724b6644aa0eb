"""楼栋 with its stairwells, and the Party members who live there, wherever they are registered."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from people.addresses import address_of
from people.models import Person, Versioned
from people.sight import kept


def own_places(person):
    """A condition: the neighbourhood is where this apprentice works."""
    home = Person.objects.filter(pk=person.pk, neighbourhood=models.OuterRef("neighbourhood"))
    return models.Q(models.Exists(home), studio__in=person.standing.apprentice)


class BuildingQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The staff of the studio, and the apprentices whose neighbourhood it is."""
        return self.filter(models.Q(studio__in=person.standing.staff) | own_places(person))

    def with_counts(self):
        """`members`: how many Party members live in each now."""
        living = models.Q(residents__left_on__isnull=True)
        return self.annotate(members=models.Count("residents", filter=living))


@pghistory.track()
class Building(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood", models.PROTECT, related_name="buildings", verbose_name="居民区"
    )
    estate = models.CharField("小区", max_length=30, blank=True)
    name = models.CharField("楼号", max_length=20)
    # For the order of a list and for what is next to what: the first figure of the name.
    place = models.PositiveIntegerField(default=0, editable=False)
    stairwells = ArrayField(models.CharField(max_length=10), verbose_name="单元", default=list, blank=True)
    households = models.PositiveSmallIntegerField("多少户", null=True, blank=True)
    in_use = models.BooleanField("在用", default=True)

    objects = BuildingQuerySet.as_manager()

    class Meta:
        verbose_name = "楼栋"
        ordering = ("neighbourhood", "estate", "place", "pk")
        indexes = (
            models.Index(
                fields=("studio", "neighbourhood", "estate", "place", "id"), name="buildings_of_a_studio"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "neighbourhood", "estate", "name"), name="building_once_in_an_estate"
            ),
        )

    def __str__(self):
        return f"{self.estate}{self.name}"

    def get_absolute_url(self):
        return address_of("casework:building-detail", self.pk)


class BuildingMemberQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        return self.filter(
            models.Exists(Building.objects.visible_to(person).filter(pk=models.OuterRef("building")))
        )

    def living(self):
        return self.filter(left_on__isnull=True)


@pghistory.track()
class BuildingMember(Versioned):
    """A Party member who lives in the building. Name, number and door lie in the vault."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, models.PROTECT, related_name="residents", verbose_name="楼栋")
    stairwell = models.CharField("单元", max_length=10, blank=True)
    resident = models.ForeignKey("people.Resident", models.PROTECT, related_name="+")
    organisation = models.CharField("组织关系在哪里", max_length=60, blank=True)
    post = models.CharField("党内职务", max_length=30, blank=True)
    services = models.CharField("能帮居民做什么", max_length=100, blank=True)
    # What the member agreed to have printed; nothing is, unless agreed.
    shows_name = models.BooleanField("同意公开姓名", default=False)
    shows_phone = models.BooleanField("同意公开电话", default=False)
    shows_services = models.BooleanField("同意公开服务", default=False)
    agreed_on = models.DateField("哪天同意的", null=True, blank=True)
    added_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    left_on = models.DateField("哪天搬走的", null=True, blank=True)

    objects = BuildingMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "楼栋党员"
        ordering = ("building", "stairwell", "pk")
        indexes = (
            models.Index(
                fields=("studio", "building", "stairwell"),
                condition=models.Q(left_on__isnull=True),
                name="members_living_in_a_building",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("studio", "resident"), name="member_lives_in_one_building"),
            models.CheckConstraint(
                condition=models.Q(shows_name=False, shows_phone=False, shows_services=False)
                | models.Q(agreed_on__isnull=False),
                name="member_shown_as_agreed",
            ),
        )

    def __str__(self):
        return self.resident.masked_name

    def get_absolute_url(self):
        return address_of("casework:member-edit", self.pk)
