"""楼栋党小组: proposed where enough members live, founded, its leader elected, its activities counted."""

import pghistory
from django.db import models
from django.utils import timezone

from people.addresses import address_of
from people.models import Versioned, in_pairs
from people.sight import kept

from .building import Building, BuildingMember, own_places


class BuildingGroupQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The staff, the apprentices of the neighbourhood, and a leader who has an account."""
        led = models.Q(leader_account=person, studio__in=person.standing.studios)
        return self.filter(models.Q(studio__in=person.standing.staff) | own_places(person) | led)

    def active(self):
        return self.filter(ended_on__isnull=True)


@pghistory.track()
class BuildingGroup(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood", models.PROTECT, related_name="building_groups", verbose_name="居民区"
    )
    name = models.CharField("名称", max_length=40)
    buildings = models.ManyToManyField(Building, related_name="groups", verbose_name="哪几栋楼")
    stairwell = models.CharField("单元", max_length=10, blank=True, help_text="只管一个单元的，写哪个单元")
    founded_on = models.DateField("成立的日子", default=timezone.localdate)
    founded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    leader = models.ForeignKey(
        BuildingMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="组长"
    )
    leader_account = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="led_groups",
        verbose_name="组长的账号",
    )  # fmt: skip
    hall = models.CharField("红色议事厅在哪里", max_length=60, blank=True)
    hall_hours = models.CharField("议事厅什么时候开", max_length=60, blank=True)
    hall_shown = models.BooleanField("主人同意公开议事厅地址", default=False)
    member_rules = models.TextField("党员管理制度", max_length=1000, blank=True)
    duties = models.TextField("工作职责", max_length=1000, blank=True)
    contact_rules = models.TextField("党员联系居民制度", max_length=1000, blank=True)
    ended_on = models.DateField("哪天撤的", null=True, blank=True)

    objects = BuildingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "楼栋党小组"
        ordering = ("neighbourhood", "name", "pk")
        indexes = (
            models.Index(fields=("studio", "neighbourhood", "name"), name="groups_of_buildings"),
            models.Index(
                fields=("studio", "-founded_on", "-id"),
                condition=models.Q(ended_on__isnull=True),
                name="groups_newest",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "neighbourhood", "name"),
                condition=models.Q(ended_on__isnull=True),
                name="building_group_name_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("founded_on")),
                name="building_group_ends_after_start",
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("casework:group-detail", self.pk)

    def members(self):
        """The Party members who live in its buildings (in its stairwell) now."""
        living = BuildingMember.objects.living().filter(building__groups=self)
        return living.filter(stairwell=self.stairwell) if self.stairwell else living


@pghistory.track()
class LeaderElection(Versioned):
    """Nomination, then a vote; the result stays on record."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    group = models.ForeignKey(BuildingGroup, models.CASCADE, related_name="elections")
    nominated_on = models.DateField("提名的日子", default=timezone.localdate)
    nominated_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    held_on = models.DateField("选举的日子", null=True, blank=True)
    present = models.PositiveSmallIntegerField("到会多少人", null=True, blank=True)
    elected = models.ForeignKey(
        BuildingMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="选上的"
    )
    recorded_at = models.DateTimeField("登记结果的时间", null=True, blank=True)
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "组长选举"
        ordering = ("-nominated_on", "-pk")
        constraints = (
            in_pairs("recorded_at", "recorded_by", name="election_recorded_by_someone"),
            models.CheckConstraint(
                condition=models.Q(recorded_at__isnull=True, held_on__isnull=True, elected__isnull=True)
                | models.Q(
                    recorded_at__isnull=False, held_on__isnull=False, elected__isnull=False,
                    present__isnull=False,
                ),
                name="election_held_with_result",
            ),
            models.UniqueConstraint(
                fields=("studio", "group"),
                condition=models.Q(recorded_at__isnull=True),
                name="one_open_election_a_group",
            ),
        )  # fmt: skip

    def __str__(self):
        return f"{self.group}选组长"

    def get_absolute_url(self):
        return self.group.get_absolute_url()


class Candidate(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    election = models.ForeignKey(LeaderElection, models.CASCADE, related_name="candidates")
    member = models.ForeignKey(BuildingMember, models.PROTECT, related_name="+")
    votes = models.PositiveSmallIntegerField("得票", null=True, blank=True)

    class Meta:
        verbose_name = "候选人"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "election", "member"), name="candidate_once"),
        )

    def __str__(self):
        return f"{self.member} {self.votes if self.votes is not None else ''}".strip()


@pghistory.track()
class GroupActivity(Versioned):
    class Kind(models.TextChoices):
        FLAG = "flag", "升旗"
        CLEAN = "clean", "周五清洁"
        TALK = "talk", "宣讲谈心"
        SCHOOL = "school", "家庭党校"
        BOARD = "board", "党史小黑板"
        BUILDING = "building", "我爱我楼"
        MEETING = "meeting", "议事"
        OTHER = "other", "其他"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    group = models.ForeignKey(BuildingGroup, models.CASCADE, related_name="activities")
    kind = models.CharField("做了什么", max_length=10, choices=Kind)
    held_on = models.DateField("哪天", default=timezone.localdate)
    people = models.PositiveSmallIntegerField("来了多少人", null=True, blank=True)
    note = models.CharField("一句话", max_length=200, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁记的")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "党小组活动"
        ordering = ("-held_on", "-pk")
        indexes = (models.Index(fields=("studio", "group", "-held_on", "-id"), name="activities_of_a_group"),)

    def __str__(self):
        return self.get_kind_display()

    def get_absolute_url(self):
        return self.group.get_absolute_url()
