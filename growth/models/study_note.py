"""学习笔记: what a person read or watched, and kept of it."""

import pghistory
from django.db import models
from django.utils import timezone

from people.addresses import address_of
from people.models import Removable, Versioned, for_finding, in_pairs
from people.sight import kept

from ..ledger_line import Line, source
from .entry import Kind


class StudyNoteQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The writer, the writer's mentor, staff; the group if the writer ticked it."""
        standing = person.standing
        return self.filter(removed_at__isnull=True).filter(
            models.Q(person=person)
            | models.Q(person__in=standing.pupils)
            | models.Q(studio__in=standing.staff)
            | models.Q(shared=True, person__in=standing.peers)
        )


@source
@pghistory.track()
class StudyNote(Versioned, Removable):
    class From(models.TextChoices):
        READING = "reading", "悦学习"
        YOUTH = "youth", "青年说"
        PAPER = "paper", "文件和书"
        OTHER = "other", "其他"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="study_notes", verbose_name="谁写的"
    )
    on = models.DateField("日期", default=timezone.localdate)
    learned_from = models.CharField("从哪里学的", max_length=8, choices=From)
    title = models.CharField("学了什么", max_length=60)
    words = models.TextField("记下来", max_length=4000)
    shared = models.BooleanField("同组也能看", default=False)
    at = models.DateTimeField(default=timezone.now)

    objects = StudyNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "学习笔记"
        ordering = ("-on", "-pk")
        indexes = (
            models.Index(fields=("studio", "-on", "-id"), name="study_notes_of_a_studio"),
            models.Index(fields=("person", "-on", "-id"), name="study_notes_of_a_person"),
            for_finding("study_notes_removed"),
        )
        constraints = (in_pairs("removed_at", "removed_by", name="study_note_removed_by_someone"),)

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("growth:note-detail", self.pk)

    def ledger_lines(self):
        if self.removed_at:
            return []
        text = f"{self.get_learned_from_display()}：{self.title}"
        return [
            Line(self.person_id, Kind.REFLECTION, self.on, text, self.person_id, link=self.get_absolute_url())
        ]
