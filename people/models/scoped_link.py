"""A secret address for one object and one purpose, opened without an account (people/scoped_links.py)."""

import pghistory
from django.db import models
from django.utils import timezone

from .base import in_pairs


class ScopedLinkQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Links are the business of the studio's staff and of whoever gave one out."""
        return self.filter(models.Q(studio__in=person.standing.staff) | models.Q(issued_by=person))

    def usable(self, at=None):
        return self.filter(revoked_at__isnull=True, expires_at__gt=at or timezone.now())

    def leading_to(self, purpose, target):
        """All links that were given out for one object, the newest first."""
        return self.filter(studio=target.studio_id, purpose=purpose, target=target.pk)


@pghistory.track(exclude=["digest"])
class ScopedLink(models.Model):
    """Only a digest of the token is kept; the address itself is shown once, to who gives it out.

    `target` is the id of the object; which model it belongs to, the purpose says. A floor that uses links
    registers its purpose, so that this floor knows none of them.
    """

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    purpose = models.SlugField("用处", max_length=20)
    target = models.BigIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    holder = models.CharField("给谁", max_length=100)
    expires_at = models.DateTimeField("到什么时候")
    issued_at = models.DateTimeField("什么时候给的", default=timezone.now)
    issued_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁给的")
    opened_at = models.DateTimeField("第一次打开", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("撤回的时间", null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = ScopedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "链接"
        ordering = ("-issued_at", "-pk")
        indexes = (
            models.Index(fields=("studio", "purpose", "target", "-issued_at"), name="links_of_an_object"),
        )
        constraints = (
            in_pairs("revoked_at", "revoked_by", name="scoped_link_revoked_by_someone"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")), name="scoped_link_expires_later"
            ),
        )

    def __str__(self):
        return f"{self.holder}的链接"

    @property
    def is_usable(self):
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def state_words(self):
        """What a list says about it."""
        if self.revoked_at:
            return "撤回了"
        if not self.is_usable:
            return "过期了"
        return "打开过" if self.opened_at else "还没打开"
