"""工作例会 and the 三项会议: who is to come, what was said, and what was decided, by whom, until when."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.models import Removable, Versioned, for_finding, in_pairs
from people.sight import kept

from .invitation import Asked, answered_well

AGENDA_MOST, MINUTES_MOST = 2000, 8000


class MeetingQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Staff, those who were to come, whoever was given something to do, and their present mentors."""
        pupils = person.standing.pupils
        invited = MeetingMember.objects.filter(meeting=models.OuterRef("pk")).filter(
            models.Q(person=person) | models.Q(person__in=pupils)
        )
        given = MeetingDecision.objects.filter(meeting=models.OuterRef("pk")).filter(
            models.Q(owner=person) | models.Q(owner__in=pupils)
        )
        return self.filter(removed_at__isnull=True).filter(
            models.Q(studio__in=person.standing.staff) | models.Exists(invited) | models.Exists(given)
        )

    def held(self):
        return self.filter(state=Meeting.State.HELD, removed_at__isnull=True)

    def planned(self):
        return self.filter(state=Meeting.State.PLANNED, removed_at__isnull=True)


@source
@pghistory.track()
class Meeting(Versioned, Removable):
    class Kind(models.TextChoices):
        WORK = "work", "工作例会"
        COMMITTEE = "committee", "党委会议"
        SECRETARIES = "secretaries", "支部书记例会"
        BRANCH = "branch", "支委会"

    class State(models.TextChoices):
        PLANNED = "planned", "已安排"
        HELD = "held", "开过了"
        CANCELLED = "cancelled", "已取消"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    kind = models.CharField("哪种会", max_length=12, choices=Kind)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    held_on = models.DateField("日期")
    starts_at = models.TimeField("几点", null=True, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="哪个居民区的支委会",
    )
    subject = models.CharField("主要议什么", max_length=60)
    agenda = models.TextField("议程", max_length=AGENDA_MOST, blank=True)
    chair = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主持人"
    )
    units = ArrayField(
        models.CharField(max_length=40), verbose_name="来参加的单位和部门", default=list, blank=True
    )
    minutes = models.TextField("会上说了什么", max_length=MINUTES_MOST, blank=True)
    planned_at = models.DateTimeField("安排的时间", default=timezone.now, editable=False)
    planned_by = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name="谁安排的", editable=False
    )
    written_at = models.DateTimeField("写纪要的时间", null=True, blank=True, editable=False)
    written_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="谁写的纪要",
        editable=False,
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "会议"
        ordering = ("-held_on", "-pk")
        indexes = (
            models.Index(fields=("studio", "-held_on", "-id"), name="work_meetings_of_a_studio"),
            for_finding("meetings_removed"),
        )
        constraints = (
            in_pairs("written_at", "written_by", name="meeting_written_by_someone"),
            in_pairs("removed_at", "removed_by", name="meeting_removed_by_someone"),
            models.CheckConstraint(
                condition=models.Q(state="held", written_at__isnull=False)
                | models.Q(~models.Q(state="held"), written_at__isnull=True),
                name="meeting_written_when_held",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="branch") | models.Q(neighbourhood__isnull=True),
                name="only_a_branch_has_a_neighbourhood",
            ),
            models.CheckConstraint(condition=~models.Q(subject=""), name="meeting_is_about_something"),
        )

    def __str__(self):
        return f"{self.get_kind_display()}：{self.subject}"

    def get_absolute_url(self):
        return address_of("mentoring:meeting-detail", self.pk)

    @property
    def name(self):
        """石泉六村支委会, 工作例会; `neighbourhood` selected along."""
        where = self.neighbourhood.short_name if self.neighbourhood_id else ""
        return f"{where}{self.get_kind_display()}"

    @property
    def is_open(self):
        return self.state == self.State.PLANNED and not self.removed_at

    @property
    def is_held(self):
        return self.state == self.State.HELD

    def ledger_lines(self):
        if self.state != self.State.HELD or self.removed_at:
            return []
        said, link = f"参加{self.get_kind_display()}：{self.subject}", self.get_absolute_url()
        came = self.members.filter(came=True).values_list("person", flat=True)
        return [Line(pk, Kind.MEETING, self.held_on, said, self.written_by_id, link=link) for pk in came]


@pghistory.track()
class MeetingMember(Asked):
    """Who is to come, what each answered, and who came: None while nobody has said."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁")

    class Meta:
        verbose_name = "参会"
        constraints = (
            models.UniqueConstraint(fields=("studio", "meeting", "person"), name="meets_once"),
            *answered_well("meeting"),
        )
        indexes = (models.Index(fields=("person", "meeting"), name="meetings_of_a_person"),)

    def __str__(self):
        return f"{self.meeting_id} {self.person_id}"


@pghistory.track()
class MeetingDecision(models.Model):
    """What was decided: it stands in the owner's 接下来 as a next step, and is ticked off there."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    order = models.PositiveSmallIntegerField()
    text = models.CharField("定了什么", max_length=200)
    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁来办")
    due_on = models.DateField("几号前")

    class Meta:
        verbose_name = "会上定的事"
        ordering = ("order", "pk")
        constraints = (models.CheckConstraint(condition=~models.Q(text=""), name="decision_says_something"),)
        indexes = (
            models.Index(fields=("studio", "meeting", "order"), name="decisions_of_a_meeting"),
            models.Index(fields=("owner", "meeting"), name="decisions_of_a_person"),
        )

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return address_of("mentoring:meeting-detail", self.meeting_id)
