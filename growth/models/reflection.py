"""心得: what an apprentice learned, will use, and has not yet understood; the mentor answers."""

import pghistory
from django.db import models
from django.utils import timezone

from people.addresses import address_of
from people.models import Removable, Searched, Versioned, for_finding, in_pairs
from people.search_index import Text
from people.sight import kept

from ..ledger_line import Line, source
from .entry import Kind


class ReflectionQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The writer, the writer's mentor while a mentor there, staff; the group if the writer ticked it."""
        standing = person.standing
        return self.filter(removed_at__isnull=True).filter(
            models.Q(person=person)
            | models.Q(person__in=standing.pupils)
            | models.Q(mentor=person, studio__in=standing.mentor)
            | models.Q(studio__in=standing.staff)
            | models.Q(shared=True, person__in=standing.peers)
        )


@source
@pghistory.track()
class Reflection(Searched, Versioned, Removable):
    search_kind, search_label = "reflection", "心得"
    search_watches = ("learned", "plan", "puzzle", "reply", "on")
    search_along = ("person",)

    class QuickReply(models.TextChoices):
        SOLID = "solid", "写得实在"
        THINK = "think", "这里再想想"
        TALK = "talk", "当面聊聊"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        related_name="reflections",
        verbose_name="谁写的",
    )
    mentor = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="师傅",
    )
    session_id = models.BigIntegerField("带教活动", null=True, blank=True)
    session_link = models.CharField(max_length=200, blank=True)
    session_text = models.CharField(
        max_length=120,
        blank=True,
        help_text="the session in words, as it was when chosen",
    )
    on = models.DateField("日期", default=timezone.localdate)
    learned = models.TextField("今天学到一招", max_length=2000)
    plan = models.TextField("准备用在哪", max_length=2000, blank=True)
    puzzle = models.TextField("还没想通的", max_length=2000, blank=True)
    shared = models.BooleanField("同组也能看", default=False)
    at = models.DateTimeField(default=timezone.now)
    reply = models.TextField("师傅回话", max_length=1000, blank=True)
    quick_reply = models.CharField("一句回话", max_length=6, choices=QuickReply, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True, editable=False)
    replied_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = "心得"
        ordering = ("-on", "-pk")
        indexes = (
            models.Index(fields=("studio", "-on", "-id"), name="reflections_of_a_studio"),
            models.Index(fields=("person", "-on", "-id"), name="reflections_of_a_person"),
            for_finding("reflections_removed"),
        )
        constraints = (in_pairs("replied_at", "replied_by", name="reflection_replied_by_someone"),)

    def __str__(self):
        return self.learned[:30]

    def get_absolute_url(self):
        return address_of("growth:reflection-detail", self.pk)

    def search_text(self):
        if self.removed_at:
            return None
        body = "\n".join(filter(None, (self.learned, self.plan, self.puzzle, self.reply)))
        return Text(title=f"{self.person.name}的心得", body=body, on=self.on)

    def ledger_lines(self):
        if self.removed_at:
            return []
        text = f"写了心得：{self.learned[:60]}"
        return [
            Line(
                self.person_id,
                Kind.REFLECTION,
                self.on,
                text,
                by_id=self.person_id,
                link=self.get_absolute_url(),
            )
        ]
