"""Reminders beyond the site: where a studio wants them, what a person wants, and the outbox."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .base import Versioned


@pghistory.track(exclude=["robot"])
class Channel(Versioned):
    """How a studio is reminded besides in the site. `robot` is the secret of the group robot's address,
    sealed (people/vault.py): written once, never shown again, never logged."""

    studio = models.OneToOneField("people.Studio", models.PROTECT, related_name="channel")
    robot = models.TextField(blank=True, editable=False)
    robot_on = models.BooleanField("在企业微信群里提醒", default=False)
    mail_to = models.EmailField("工作室的邮箱", blank=True)
    mail_on = models.BooleanField("发邮件提醒", default=False)

    class Meta:
        verbose_name = "提醒"
        constraints = (
            models.CheckConstraint(condition=Q(robot_on=False) | ~Q(robot=""), name="robot_on_has_address"),
            models.CheckConstraint(condition=Q(mail_on=False) | ~Q(mail_to=""), name="mail_on_has_address"),
        )

    def __str__(self):
        return str(self.studio)

    @property
    def ways(self):
        """The ways that are switched on."""
        known = ((Outgoing.Way.ROBOT, self.robot_on), (Outgoing.Way.MAIL, self.mail_on))
        return [way for way, on in known if on]


@pghistory.track()
class ReminderChoice(Versioned):
    """What one person wants: the weekly digest, and whether it also comes by mail."""

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="reminder_choice")
    digest = models.BooleanField("每周一告诉我这一周的事", default=True)
    mail = models.EmailField("也发到这个邮箱", blank=True)

    class Meta:
        verbose_name = "我的提醒"

    def __str__(self):
        return str(self.person)


class OutgoingQuerySet(models.QuerySet):
    def to_send(self, at):
        open_ones = self.filter(sent_at__isnull=True, gave_up_at__isnull=True, claimed_at__isnull=True)
        return open_ones.filter(next_at__lte=at)


class Outgoing(models.Model):
    """One reminder that goes out once. `key` says what it is about: the same is never written twice.

    It is claimed before it is sent: whatever happens in between, nobody gets it a second time. What leaves
    the site names no person and no case.
    """

    class Way(models.TextChoices):
        SITE = "site", "网站通知"
        ROBOT = "robot", "企业微信群"
        MAIL = "mail", "邮件"

    studio = models.ForeignKey("people.Studio", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, blank=True, related_name="+")
    way = models.CharField("怎么发", max_length=5, choices=Way)
    key = models.CharField(max_length=60)
    subject = models.CharField("标题", max_length=80, blank=True)
    text = models.CharField("内容", max_length=500)
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField("什么时候发", default=timezone.now)
    tries = models.PositiveSmallIntegerField("试过几次", default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField("发出的时间", null=True, blank=True)
    gave_up_at = models.DateTimeField("不再试的时间", null=True, blank=True)
    trouble = models.CharField("为什么没发成", max_length=60, blank=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = "要发的提醒"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "way", "key", "person"), nulls_distinct=False, name="outgoing_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(gave_up_at__isnull=True), name="outgoing_sent_or_not"
            ),
        )
        indexes = (
            models.Index(
                fields=("next_at",),
                condition=Q(sent_at__isnull=True, gave_up_at__isnull=True),
                name="outgoing_waiting",
            ),
            models.Index(fields=("studio", "-created_at"), name="outgoing_of_a_studio"),
        )

    def __str__(self):
        return self.text
