"""Who is asked to a planned session, what they answered, and whether they came."""

import pghistory
from django.db import models
from django.utils import timezone

from people.sight import kept

from .session import Session


class InvitationQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Whoever was asked, the mentor of the session, staff."""
        own = Session.objects.filter(pk=models.OuterRef("session"), mentor=person)
        return self.filter(
            models.Q(person=person) | models.Q(studio__in=person.standing.staff) | models.Exists(own)
        )

    def unanswered(self):
        """Of sessions that are still to come."""
        return self.filter(
            answer="", session__state="planned", session__removed_at__isnull=True,
            session__held_on__gte=timezone.localdate(),
        )  # fmt: skip


class Asked(models.Model):
    """Somebody who is asked to come, and the answer; constraints in `answered_well`."""

    class Answer(models.TextChoices):
        YES = "yes", "能来"
        NO = "no", "来不了"

    answer = models.CharField("能不能来", max_length=4, choices=Answer, blank=True)
    reason = models.CharField("为什么来不了", max_length=60, blank=True)
    answered_at = models.DateTimeField("答的时间", null=True, blank=True)
    came = models.BooleanField("来了", null=True, blank=True)

    class Meta:
        abstract = True

    def take(self, *, coming, reason, at):
        """Write an answer down. Returns (what was answered before, whether anything changed)."""
        before = (self.answer, self.reason)
        self.answer = self.Answer.YES if coming else self.Answer.NO
        self.reason, self.answered_at = "" if coming else reason, at
        self.save(update_fields=["answer", "reason", "answered_at"])
        return before[0], before != (self.answer, self.reason)


def answered_well(what):
    """An answer has its moment, and 来不了 its reason. `what` begins the names of the constraints."""
    no, empty = models.Q(answer="no"), models.Q(reason="")
    return (
        models.CheckConstraint(
            condition=models.Q(answer="", answered_at__isnull=True)
            | ~models.Q(answer="") & models.Q(answered_at__isnull=False),
            name=f"{what}_answered_at_a_moment",
        ),
        models.CheckConstraint(condition=(no & ~empty) | (~no & empty), name=f"{what}_refused_with_a_reason"),
    )


@pghistory.track()
class Invitation(Asked):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="invitations")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "邀请"
        constraints = (
            models.UniqueConstraint(fields=("studio", "session", "person"), name="asked_once"),
            *answered_well("invitation"),
        )
        indexes = (models.Index(fields=("person", "answer", "session"), name="session_invitations_of"),)

    def __str__(self):
        return f"{self.session_id} {self.person_id}"
