"""登录卡: a printed one-time QR code that signs one phone in, so that nobody types a password."""

from datetime import timedelta

import pghistory
from django.db import models
from django.utils import timezone

from .base import in_pairs

CARD_DAYS = 7


class LoginCardQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Cards are the business of the staff who print them."""
        return self.filter(studio__in=person.standing.staff)

    def usable(self):
        since = timezone.now() - timedelta(days=CARD_DAYS)
        return self.filter(issued_at__gt=since, used_at__isnull=True, revoked_at__isnull=True)


@pghistory.track(exclude=["digest"])
class LoginCard(models.Model):
    """Only a digest of the code is kept; the code itself exists on paper alone."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="login_cards")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = LoginCardQuerySet.as_manager()

    class Meta:
        verbose_name = "登录卡"
        ordering = ("-issued_at",)
        constraints = (in_pairs("revoked_at", "revoked_by", name="login_card_revoked_by_someone"),)

    def __str__(self):
        return f"登录卡 {self.person}"
