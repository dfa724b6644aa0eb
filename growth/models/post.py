"""任职 and 荣誉: posts that somebody held and holds, with dates, and what somebody was honoured for."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils import timezone

from people.models import Removable, Versioned, for_finding, in_pairs
from people.sight import kept

from ..ledger_line import Line, source
from .entry import Kind


def _seen(queryset, person):
    standing = person.standing
    return queryset.filter(removed_at__isnull=True).filter(
        models.Q(person=person) | models.Q(person__in=standing.pupils) | models.Q(studio__in=standing.staff)
    )


class PostQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """One's own, one's pupils', all of the studios where one is staff."""
        return _seen(self, person)

    def outcomes(self):
        """Posts that count as 培养成果."""
        return self.filter(counted=True, removed_at__isnull=True)


@source
@pghistory.track()
class Post(Versioned, Removable):
    class Rank(models.TextChoices):
        """The four that the reports count, in their order; the same strings as ApprenticeKind."""

        SECRETARY = "secretary", "书记"
        DIRECTOR = "director", "主任"
        DEPUTY = "deputy", "副书记"
        DEPUTY_DIRECTOR = "deputy_director", "副主任"
        OTHER = "other", "其他职务"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="posts", verbose_name="谁任职")
    rank = models.CharField("算哪一种", max_length=16, choices=Rank)
    title = models.CharField("职务", max_length=40, help_text="如：管弄新村居民区党总支副书记")
    starts_on = models.DateField("从哪天起")
    ends_on = models.DateField("到哪天止", null=True, blank=True, help_text="the last day")
    counted = models.BooleanField("算作培养成果", default=False)
    note = models.CharField("说明", max_length=100, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁记的")
    at = models.DateTimeField(default=timezone.now)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        ordering = ("-starts_on", "-pk")
        indexes = (
            models.Index(fields=("person", "-starts_on", "-id"), name="posts_of_a_person"),
            for_finding("posts_removed"),
            models.Index(
                fields=("studio", "-starts_on", "-id"),
                condition=models.Q(counted=True, removed_at__isnull=True),
                name="outcomes_of_a_studio",
            ),
        )
        constraints = (
            in_pairs("removed_at", "removed_by", name="post_removed_by_someone"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="post_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(counted=False) | ~models.Q(rank="other"),
                name="post_counted_is_one_of_four",
            ),
        )

    def __str__(self):
        return f"{self.person.name}任{self.title}"

    def get_absolute_url(self):
        return reverse("growth:career", args=[self.person_id])

    def ledger_lines(self):
        if self.removed_at:
            return []
        link = self.get_absolute_url()
        line = {"by_id": self.by_id, "milestone": True, "link": link}
        lines = [Line(self.person_id, Kind.ADVANCEMENT, self.starts_on, f"任{self.title}", **line)]
        if self.ends_on:
            text = f"不再担任{self.title}"
            lines.append(
                Line(self.person_id, Kind.ADVANCEMENT, self.ends_on, text, self.by_id, "end", link=link)
            )
        return lines


class HonourQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        return _seen(self, person)


@source
@pghistory.track()
class Honour(Versioned, Removable):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="honours", verbose_name="谁的荣誉"
    )
    title = models.CharField("荣誉", max_length=60)
    given_by = models.CharField("哪里给的", max_length=60)
    on = models.DateField("日期")
    image = models.FileField(upload_to="honours/%Y/%m", blank=True)
    thumb = models.FileField(upload_to="honours/%Y/%m", blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁记的")
    at = models.DateTimeField(default=timezone.now)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = "荣誉"
        ordering = ("-on", "-pk")
        indexes = (
            models.Index(fields=("person", "-on", "-id"), name="honours_of_a_person"),
            for_finding("honours_removed"),
        )
        constraints = (
            in_pairs("removed_at", "removed_by", name="honour_removed_by_someone"),
            models.CheckConstraint(
                condition=models.Q(image="", thumb="") | ~models.Q(image="") & ~models.Q(thumb=""),
                name="honour_photo_with_thumb",
            ),
        )

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("growth:career", args=[self.person_id])

    def ledger_lines(self):
        if self.removed_at:
            return []
        text = f"获得“{self.title}”（{self.given_by}）"
        link = self.get_absolute_url()
        return [Line(self.person_id, Kind.HONOUR, self.on, text, self.by_id, milestone=True, link=link)]
