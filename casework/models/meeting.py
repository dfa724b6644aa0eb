"""会诊会: one meeting over one or more cases, each with its six blocks (the ECHO script, DESIGN §4.5.4)."""

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.models import Versioned, in_pairs
from people.sight import kept

from .case import Case


class Block(models.TextChoices):
    TOLD = "told", "学员说情况"
    RETOLD = "retold", "主持人复述，问“我说得对吗”"
    ASKED = "asked", "只提问、不出主意"
    IDEAS = "ideas", "大家出主意"
    SUMMARY = "summary", "主持人归纳"
    PLAN = "plan", "定药方和复诊日期"


# Blocks with notes of their own; ④ holds the opinions of the case, one row each.
NOTED = tuple(block for block in Block if block != Block.IDEAS)


class MeetingQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Staff, the chair, who was there, and whoever sees a case on the agenda."""
        seen = Exists(Case.objects.visible_to(person).filter(pk=OuterRef("case")))
        items = AgendaItem.objects.filter(seen, meeting=OuterRef("pk"))
        seats = Seat.objects.filter(person=person, meeting=OuterRef("pk"))
        there = (Q(chair=person) | Exists(seats)) & Q(studio__in=person.standing.studios)
        return self.filter(Q(studio__in=person.standing.staff) | there | Exists(items))

    def coming(self):
        return self.filter(ended_at__isnull=True)


@source
@pghistory.track()
class Meeting(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    at = models.DateTimeField("什么时候")
    place = models.CharField("在哪里", max_length=60)
    chair = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="主持人")
    called_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁定的")
    called_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField("会开完的时间", null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "会诊会"
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("studio", "-at", "-id"), name="meetings_of_a_studio"),
            models.Index(
                fields=("chair", "at"), condition=Q(ended_at__isnull=True), name="meetings_to_chair"
            ),
        )
        constraints = (in_pairs("ended_at", "ended_by", name="meeting_ended_by_someone"),)

    def __str__(self):
        return f"{timezone.localtime(self.at):%-m月%-d日}会诊会"

    def get_absolute_url(self):
        return address_of("casework:meeting-detail", self.pk)

    def ledger_lines(self):
        """Whoever was there. No title of a case: not everybody who reads the ledger knows of it."""
        if not self.ended_at:
            return []
        day, link = timezone.localdate(self.at), self.get_absolute_url()
        seated = self.seats.filter(person__isnull=False).values_list("person", flat=True)
        text = f"参加会诊会，{self.items.count()}件案例"
        return [Line(pk, Kind.CASE, day, text, self.ended_by_id, link=link) for pk in sorted(set(seated))]


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Who sees the case sees its part of the meeting."""
        return self.filter(Exists(Case.objects.visible_to(person).filter(pk=OuterRef("case"))))


@pghistory.track()
class AgendaItem(models.Model):
    """One round of one case in a meeting, in its order."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.CASCADE, related_name="agenda_items")
    round = models.PositiveSmallIntegerField(default=1)
    order = models.PositiveSmallIntegerField("第几件")
    followup_on = models.DateField("复诊日期", null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "会上的一件案例"
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "meeting", "order"),
                name="agenda_in_order",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=("studio", "meeting", "case"), name="case_once_in_a_meeting"),
        )
        indexes = (models.Index(fields=("case", "round"), name="meetings_of_a_case"),)

    def __str__(self):
        return f"第{self.order}件"

    def get_absolute_url(self):
        return address_of("casework:meeting-host", self.pk)


@pghistory.track()
class BlockNote(models.Model):
    """What was taken down in one block. `device`: the browser that wrote it last (actions/minutes.py)."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="notes")
    block = models.CharField("哪一段", max_length=8, choices=Block)
    text = models.TextField("记录", max_length=3000, blank=True)
    minutes = models.PositiveSmallIntegerField("几分钟", null=True, blank=True)
    device = models.CharField(max_length=32, blank=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁记的")

    class Meta:
        verbose_name = "会诊记录"
        constraints = (models.UniqueConstraint(fields=("studio", "item", "block"), name="one_note_a_block"),)

    def __str__(self):
        return self.text[:30]


@pghistory.track()
class Seat(models.Model):
    """Somebody who was there: a person of the studio, or somebody from outside by organisation and name."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.CharField("单位或居民区", max_length=40, blank=True)
    name = models.CharField("姓名", max_length=20, blank=True)
    post = models.CharField("职务", max_length=30, blank=True)

    class Meta:
        verbose_name = "到会的人"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "meeting", "person"), name="one_seat_a_person"),
            models.UniqueConstraint(
                fields=("studio", "meeting", "organisation", "name"),
                condition=Q(person__isnull=True),
                name="one_seat_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(organisation="") & ~Q(name=""),
                name="seat_of_somebody",
            ),
        )

    def __str__(self):
        return self.called

    @property
    def called(self):
        return self.person.called if self.person_id else f"{self.organisation} {self.name}{self.post}"
