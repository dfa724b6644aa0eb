"""现场答疑: one question that was put and what a department answered to it."""

import pghistory
from django.db import models
from django.utils import timezone

from people.sight import kept

from .session import Session


class SessionAnswerQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Whoever sees the session."""
        seen = Session.objects.visible_to(person).filter(pk=models.OuterRef("session"))
        return self.filter(models.Exists(seen))


@pghistory.track()
class SessionAnswer(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="answers")
    unit = models.CharField("哪个部门答的", max_length=40)
    question = models.CharField("问了什么", max_length=300)
    answer = models.TextField("怎么答的", max_length=1000)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁记的")
    at = models.DateTimeField(default=timezone.now)

    objects = SessionAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "一问一答"
        ordering = ("pk",)
        indexes = (models.Index(fields=("studio", "session", "id"), name="answers_of_a_session"),)

    def __str__(self):
        return self.question
