"""通知: things that happened, told to one person each. No dot, no badge, no receipt (DESIGN 4.0)."""

from django.db import models
from django.utils import timezone


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(person=person)


class Notice(models.Model):
    studio = models.ForeignKey("people.Studio", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="notices")
    text = models.CharField("内容", max_length=200)
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "通知"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("person", "-at", "-id"), name="notices_newest_first"),)

    def __str__(self):
        return self.text
