"""课题: a problem that many neighbourhoods share, under a lead mentor; and the notes of its meetings."""

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.models import Neighbourhood, Searched, Versioned, in_pairs
from people.search_index import Text
from people.sight import kept

from .case import Case


class TopicQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Everybody who works in the street, and the district."""
        standing = person.standing
        return self.filter(
            models.Q(studio__in=standing.member_studios) | models.Q(studio__in=standing.district)
        )

    def open(self):
        return self.filter(closed_at__isnull=True)


@source
@pghistory.track()
class Topic(Searched, Versioned):
    search_kind, search_label = "topic", "课题"
    search_watches = ("title", "why", "plan", "findings", "category", "place_kind")

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    title = models.CharField("研究什么", max_length=40)
    category = models.CharField("类别", max_length=12, choices=Case.Category, blank=True)
    place_kind = models.CharField("居民区类型", max_length=12, choices=Neighbourhood.Kind, blank=True)
    why = models.TextField("为什么要研究", max_length=1000)
    plan = models.TextField("打算怎么做", max_length=2000, blank=True)
    lead = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="哪位师傅领衔")
    opened_on = models.DateField("从哪天起", default=timezone.localdate)
    opened_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", editable=False)
    findings = models.TextField("得出什么", max_length=3000, blank=True)
    closed_at = models.DateTimeField("结题的时间", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "课题"
        ordering = ("-opened_on", "-pk")
        indexes = (models.Index(fields=("studio", "-opened_on", "-id"), name="topics_of_a_studio"),)
        constraints = (
            in_pairs("closed_at", "closed_by", name="topic_closed_by_someone"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | ~models.Q(findings=""),
                name="topic_closed_with_findings",
            ),
        )

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("casework:topic-detail", self.pk)

    @property
    def is_open(self):
        return self.closed_at is None

    def editable_by(self, person):
        return self.is_open and (self.studio_id in person.standing.staff or self.lead_id == person.pk)

    def search_text(self):
        body = "\n".join(filter(None, (self.why, self.plan, self.findings)))
        return Text(
            title=self.title, body=body, on=self.opened_on, category=self.category, place_kind=self.place_kind
        )

    def ledger_lines(self):
        """The lead's: taken on, and brought to an end."""
        link = self.get_absolute_url()
        text = f"领衔课题：{self.title}"
        lines = [Line(self.lead_id, Kind.CASE, self.opened_on, text, self.opened_by_id, link=link)]
        if self.closed_at:
            day, text = timezone.localdate(self.closed_at), f"课题有了结果：{self.title}"
            lines.append(Line(self.lead_id, Kind.CASE, day, text, self.closed_by_id, "closed", link=link))
        return lines


@pghistory.track()
class TopicNote(models.Model):
    """研讨一次: when the topic was worked on, and what came up."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="notes")
    held_on = models.DateField("哪天", default=timezone.localdate)
    text = models.TextField("讨论了什么", max_length=1000)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁记的")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "研讨记录"
        ordering = ("-held_on", "-pk")
        indexes = (models.Index(fields=("topic", "-held_on", "-id"), name="notes_of_a_topic"),)

    def __str__(self):
        return self.text[:30]

    def get_absolute_url(self):
        return self.topic.get_absolute_url()
