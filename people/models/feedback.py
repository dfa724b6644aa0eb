"""意见建议: goes to the district account, readable by the street (DESIGN 1.3, GR-9)."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils import timezone

from .base import in_pairs


class FeedbackQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own; staff see their street's; the district sees all of its streets'."""
        watched = person.standing.staff | person.standing.district
        return self.filter(models.Q(by=person) | models.Q(studio__in=watched))


@pghistory.track()
class Feedback(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁提的")
    text = models.TextField("意见建议", max_length=1000)
    at = models.DateTimeField(default=timezone.now)
    answer = models.TextField("答复", max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "意见建议"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("studio", "-at", "-id"), name="feedback_newest_first"),)
        constraints = (in_pairs("answered_at", "answered_by", name="feedback_answered_by_someone"),)

    def __str__(self):
        return self.text[:30]

    def get_absolute_url(self):
        return reverse("people:feedback-detail", args=[self.pk])
