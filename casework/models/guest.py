"""会诊专家、职能部门 from outside: asked to one case, without an account. Who it was stays on record."""

import pghistory
from django.db import models
from django.utils import timezone

from people.vault import SealedField

from .case import Case


class CaseGuestQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Everybody who sees the case knows who was asked to it."""
        return self.filter(models.Exists(Case.objects.visible_to(person).filter(pk=models.OuterRef("case"))))


@pghistory.track()
class CaseGuest(models.Model):
    """Somebody from outside who is asked to a case by a link, or who spoke at its meeting."""

    class SpeaksFor(models.TextChoices):
        SELF = "self", "自己出主意（专家）"
        DEPARTMENT = "department", "代表单位答复（职能部门）"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="guests")
    round = models.PositiveSmallIntegerField("第几次会诊", default=1)
    organisation = models.CharField("单位", max_length=40)
    name = models.CharField("姓名", max_length=20)
    post = models.CharField("职务", max_length=30, blank=True)
    speaks_for = models.CharField("怎么说", max_length=10, choices=SpeaksFor, default=SpeaksFor.SELF)
    invited_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁请的")
    invited_at = models.DateTimeField("什么时候请的", default=timezone.now)

    objects = CaseGuestQuerySet.as_manager()

    class Meta:
        verbose_name = "会诊来宾"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "case", "round", "organisation", "name"), name="guest_once_a_round"
            ),
        )

    def __str__(self):
        return self.called

    @property
    def called(self):
        """房管所 王志明科长: how people and papers name a guest."""
        return f"{self.organisation} {self.name}{self.post}"


class GuestDraft(models.Model):
    """What a guest has written and not sent: a telephone that dies loses nothing. Gone when it is sent."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    guest = models.OneToOneField(CaseGuest, models.CASCADE, related_name="draft")
    # It may hold what a resident said: encrypted like the residents themselves.
    data = SealedField(default=dict, help_text="{text}")
    rev = models.BigIntegerField(
        default=0, help_text="the device's clock in ms: a late arrival never overwrites a newer text"
    )
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "来宾的草稿"

    def __str__(self):
        return f"{self.guest_id} {self.saved_at:%Y-%m-%d %H:%M}"
