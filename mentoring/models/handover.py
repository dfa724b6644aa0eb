"""交接: what the old mentor tells the new one about an apprentice. The apprentice does not read it."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils import timezone

from people.models import Versioned, in_pairs
from people.sight import kept

PART_MOST = 600


class HandoverQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The two mentors and staff."""
        return self.filter(
            models.Q(from_mentor=person)
            | models.Q(to_mentor=person)
            | models.Q(studio__in=person.standing.staff)
        )

    def asked(self):
        return self.filter(state=Handover.State.ASKED)


@pghistory.track()
class Handover(Versioned):
    class State(models.TextChoices):
        ASKED = "asked", "等着写"
        SENT = "sent", "交好了"
        WAIVED = "waived", "不用写"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    pairing = models.OneToOneField(
        "mentoring.Pairing",
        models.PROTECT,
        related_name="handover",
        verbose_name="接着带的结对",
        help_text="the new pair; the old one is its `previous`",
    )
    from_mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁交")
    to_mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="交给谁")
    state = models.CharField("状态", max_length=8, choices=State, default=State.ASKED)
    taught = models.TextField("带到哪里了", max_length=PART_MOST, blank=True)
    unfinished = models.TextField("还没做完的", max_length=PART_MOST, blank=True)
    care = models.TextField("要留意的", max_length=PART_MOST, blank=True)
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁写的"
    )
    sent_at = models.DateTimeField("交的时间", null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "交接"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("studio", "state"), name="handovers_of_a_studio"),)
        constraints = (
            in_pairs("sent_at", "sent_by", name="handover_sent_by_somebody"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                & ~models.Q(taught="", unfinished="", care="")
                | models.Q(state__in=("asked", "waived"), sent_at__isnull=True),
                name="handover_sent_says_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(from_mentor=models.F("to_mentor")), name="handover_between_two"
            ),
        )

    def __str__(self):
        return f"{self.from_mentor.called}交给{self.to_mentor.called}的交接"

    def get_absolute_url(self):
        return reverse("mentoring:handover-detail", args=[self.pairing_id])

    @property
    def is_sent(self):
        return self.state == self.State.SENT

    def parts(self):
        """[(label, words)] of what was written."""
        fields = (self._meta.get_field(name) for name in ("taught", "unfinished", "care"))
        return [(field.verbose_name, getattr(self, field.name)) for field in fields]
