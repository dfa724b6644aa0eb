"""观摩学习: a visit with its stops, hosts and photos, who went along; the series that visits belong to."""

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.models import Versioned

from .photo import Photo


class OfStudioQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Everybody who works in the studio."""
        return self.filter(studio__in=person.standing.member_studios)


@pghistory.track()
class Series(Versioned):
    """What comes back again and again under one name, such as 三互学."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    name = models.CharField("系列的名字", max_length=30)
    about = models.CharField("怎么做", max_length=200, blank=True)
    in_use = models.BooleanField("在用", default=True)
    sessions = models.ManyToManyField(
        "mentoring.Session", through="mentoring.SeriesSession", related_name="series", verbose_name="带教活动"
    )

    objects = OfStudioQuerySet.as_manager()

    class Meta:
        verbose_name = "系列"
        verbose_name_plural = "系列"
        ordering = ("studio", "pk")
        constraints = (
            models.UniqueConstraint(fields=("studio", "name"), name="series_name_once_per_studio"),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("mentoring:series-detail", self.pk)


class SeriesSession(models.Model):
    """A teaching session that was one of a series."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, models.CASCADE, related_name="entries")
    session = models.ForeignKey("mentoring.Session", models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("studio", "series", "session"), name="session_once_in_a_series"),
        )

    def __str__(self):
        return f"{self.series_id} {self.session_id}"


@source
@pghistory.track()
class Visit(Versioned):
    class State(models.TextChoices):
        PLANNED = "planned", "已安排"
        HELD = "held", "去过了"
        CANCELLED = "cancelled", "不去了"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="哪个系列"
    )
    title = models.CharField("去学什么", max_length=60)
    on = models.DateField("哪一天")
    starts_at = models.TimeField("几点集合", null=True, blank=True)
    about = models.CharField("集合地点和要带的", max_length=200, blank=True)
    note = models.TextField("看到了什么", max_length=1000, blank=True)
    participants = models.ManyToManyField(
        "people.Person", through="mentoring.Participant", related_name="visits", verbose_name="谁去"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    why = models.CharField("不去了的原因", max_length=100, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁安排的")
    at = models.DateTimeField(default=timezone.now)

    objects = OfStudioQuerySet.as_manager()

    class Meta:
        verbose_name = "观摩"
        ordering = ("-on", "-pk")
        indexes = (
            models.Index(fields=("studio", "-on", "-id"), name="visits_of_a_studio"),
            models.Index(fields=("by", "on"), condition=models.Q(state="planned"), name="visits_to_hold"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="cancelled") & ~models.Q(why="")
                | ~models.Q(state="cancelled") & models.Q(why=""),
                name="visit_cancelled_with_a_reason",
            ),
        )

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("mentoring:visit-detail", self.pk)

    def arranged_by(self, person):
        """Whether the person may change it: who arranged it, and staff."""
        return self.by_id == person.pk or self.studio_id in person.standing.staff

    def has_begun(self, today=None):
        return self.state != self.State.CANCELLED and self.on <= (today or timezone.localdate())

    def ledger_lines(self):
        if self.state != self.State.HELD:
            return []
        text, link = f"观摩：{self.title}", self.get_absolute_url()
        went = self.along.values_list("person", flat=True)
        return [Line(person, Kind.STUDY, self.on, text, self.by_id, link=link) for person in went]


@pghistory.track()
class Participant(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="along")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁去")

    class Meta:
        verbose_name = "同去的人"
        constraints = (models.UniqueConstraint(fields=("studio", "visit", "person"), name="goes_along_once"),)
        indexes = (models.Index(fields=("person", "visit"), name="visits_of_a_person"),)

    def __str__(self):
        return f"{self.visit_id} {self.person_id}"


@pghistory.track()
class Stop(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="stops")
    order = models.PositiveSmallIntegerField("第几站")
    place = models.CharField("去哪里", max_length=60)
    host = models.CharField("谁接待", max_length=40, blank=True)
    focus = models.CharField("看什么", max_length=100, blank=True)

    class Meta:
        verbose_name = "站点"
        ordering = ("visit", "order")
        constraints = (
            models.UniqueConstraint(fields=("studio", "visit", "order"), name="stop_once_per_visit"),
        )

    def __str__(self):
        return self.place


class VisitPhoto(Photo):
    OWNER, MOST = "visit", 12

    visit = models.ForeignKey(Visit, models.CASCADE, null=True, blank=True, related_name="photos")
    image = models.FileField(upload_to="visits/%Y/%m")
    thumb = models.FileField(upload_to="visits/%Y/%m")

    class Meta(Photo.Meta):
        indexes = (
            models.Index(
                fields=("uploaded_by", "uploaded_at"),
                condition=models.Q(visit__isnull=True),
                name="visit_photos_waiting",
            ),
        )
