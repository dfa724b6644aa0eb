"""整期档案: the Word files of many people in one .zip, made a few at a time while its page is open."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from people.addresses import address_of

KEEP_DAYS = 7


class FileBundleQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Staff of the studio."""
        return self.filter(studio__in=person.standing.staff)


class FileBundle(models.Model):
    """`people` in their fixed order; the first `done` of them are in the file."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=60)
    people = ArrayField(models.BigIntegerField())
    done = models.PositiveIntegerField("做好了几份", default=0)
    file = models.FileField(upload_to="bundles/%Y/%m", blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    objects = FileBundleQuerySet.as_manager()

    class Meta:
        verbose_name = "整期档案"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("studio", "made_at"), name="bundles_of_a_studio"),)

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("growth:bundle-detail", self.pk)

    @property
    def number(self):
        return len(self.people)

    @property
    def ready(self):
        return self.done == self.number
