"""Drafts of unsent forms, kept on the server so that a dead phone loses nothing.

One row per person, form and device: the newest is offered, an older one from another device is asked about.
"""

from django.db import models
from django.utils import timezone

from ..vault import SealedField


class DraftQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(person=person)


class Draft(models.Model):
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=60, help_text="which form: session-new, opinion-12, …")
    device = models.CharField(max_length=32, blank=True)
    # A form may hold what a resident said: encrypted like the residents themselves.
    data = SealedField(default=dict, help_text="field name → list of values, as posted")
    rev = models.BigIntegerField(
        default=0, help_text="the device's clock in ms: a late arrival never overwrites a newer text"
    )
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "草稿"
        ordering = ("-saved_at",)
        constraints = (
            models.UniqueConstraint(fields=("person", "key", "device"), name="one_draft_per_form_and_device"),
        )

    def __str__(self):
        return f"{self.key} {self.saved_at:%Y-%m-%d %H:%M}"
