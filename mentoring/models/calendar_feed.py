"""The secret address under which a person's own calendar program reads the person's days."""

from django.db import models
from django.utils import timezone


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(person=person)

    def usable(self):
        return self.filter(revoked_at__isnull=True, person__is_active=True)


class CalendarFeed(models.Model):
    """Only a digest of the token is kept: the address is shown once, when it is made."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "日历订阅"
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(revoked_at__isnull=True), name="one_feed_a_person"
            ),
        )

    def __str__(self):
        return f"日历订阅 {self.person_id}"
