"""What was said in a 谈心: for the two alone. Not tracked: a history of it would be read by others."""

from django.db import models
from django.utils import timezone

from people.sight import kept


class TalkNoteQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The mentor and the apprentice; no role opens it to anybody else."""
        return self.filter(models.Q(mentor=person) | models.Q(apprentice=person))


class TalkNote(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    session = models.ForeignKey("mentoring.Session", models.CASCADE, related_name="talk_notes")
    mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="师傅")
    apprentice = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="徒弟")
    text = models.TextField("说了什么", max_length=2000)
    written_at = models.DateTimeField(default=timezone.now)

    objects = TalkNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "谈心的话"
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "session", "apprentice"), name="one_note_per_talk_and_apprentice"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="talk_note_says_something"),
        )

    def __str__(self):
        return f"谈心 {self.session_id}"
