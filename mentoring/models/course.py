"""应知必会 of a studio, what a session covered of it, and the lists of those who are called to a training."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone

from people.competencies import Competency
from people.models import Versioned
from people.sight import kept

KEY_MOST = 40


class CourseTopicQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(studio__in=person.standing.member_studios)


@pghistory.track()
class CourseTopic(Versioned):
    """A topic that the studio added, or a shipped one (mentoring/course.py) that it changed or leaves out."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    key = models.CharField(max_length=KEY_MOST, editable=False)
    competency = models.CharField("哪项本领", max_length=15, choices=Competency)
    name = models.CharField("内容", max_length=30)
    words = ArrayField(
        models.CharField(max_length=20), verbose_name="记录里出现这些词就算讲到", default=list, blank=True
    )
    in_use = models.BooleanField("要教", default=True)

    objects = CourseTopicQuerySet.as_manager()

    class Meta:
        verbose_name = "应知必会的内容"
        ordering = ("studio", "pk")
        constraints = (
            models.UniqueConstraint(fields=("studio", "key"), name="course_topic_once"),
            models.UniqueConstraint(fields=("studio", "name"), name="course_topic_name_once"),
        )

    def __str__(self):
        return self.name


@pghistory.track()
class SessionCourse(models.Model):
    """Which topics a session covered: recognised in its words, unless somebody set them by hand."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    session = models.OneToOneField("mentoring.Session", models.CASCADE, related_name="course")
    keys = ArrayField(models.CharField(max_length=KEY_MOST), default=list, blank=True)
    set_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "讲到的内容"

    def __str__(self):
        return "、".join(self.keys)


class TrainingListQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        return self.filter(studio__in=person.standing.staff)

    def unplanned(self):
        return self.filter(state=TrainingList.State.CONFIRMED)


@pghistory.track()
class TrainingList(Versioned):
    """Who is called to a 小班带训, 集中培训, 双月选训 or 实地督训, each with the reason."""

    class Kind(models.TextChoices):
        # The same strings as the ways of teaching of a session.
        SMALL = "small", "小班带训"
        CLASS = "class", "集中培训"
        SELECTED = "selected", "双月选训"
        ONSITE = "onsite", "实地督训"

    class State(models.TextChoices):
        CONFIRMED = "confirmed", "名单定了"
        PLANNED = "planned", "安排好了"
        DROPPED = "dropped", "不办了"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    cohort = models.ForeignKey("mentoring.Cohort", models.PROTECT, related_name="+", verbose_name="期次")
    kind = models.CharField("哪种训", max_length=10, choices=Kind)
    keys = ArrayField(models.CharField(max_length=KEY_MOST))
    subject = models.CharField("讲什么", max_length=120, help_text="names of the topics as they were then")
    state = models.CharField("状态", max_length=10, choices=State, default=State.CONFIRMED)
    session = models.OneToOneField(
        "mentoring.Session", models.PROTECT, null=True, blank=True, related_name="training_list"
    )
    confirmed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now)

    objects = TrainingListQuerySet.as_manager()

    class Meta:
        verbose_name = "培训名单"
        ordering = ("-confirmed_at", "-pk")
        indexes = (
            models.Index(fields=("studio", "-confirmed_at", "-id"), name="training_lists_newest_first"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="planned", session__isnull=False)
                | models.Q(~models.Q(state="planned"), session__isnull=True),
                name="training_list_planned_has_session",
            ),
        )

    def __str__(self):
        return f"{self.get_kind_display()}：{self.subject}"

    def get_absolute_url(self):
        return reverse("mentoring:training-list-detail", args=[self.pk])


class TrainingInvite(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    training = models.ForeignKey(TrainingList, models.CASCADE, related_name="invites")
    apprentice = models.ForeignKey("people.Person", models.PROTECT, related_name="training_invites")
    reason = models.CharField("为什么请他", max_length=120)

    class Meta:
        verbose_name = "请谁参加"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "training", "apprentice"), name="invited_once"),
        )
        indexes = (models.Index(fields=("apprentice", "training"), name="invites_of_an_apprentice"),)

    def __str__(self):
        return f"{self.training_id} {self.apprentice_id}"
