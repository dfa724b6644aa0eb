"""Photos of sessions and of visits: re-encoded, without metadata; each waits alone until its form is sent."""

from django.db import models
from django.utils import timezone


class PhotoQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of what one may see, and those one has just uploaded and not sent yet."""
        owner = self.model.OWNER
        seen = self.model._meta.get_field(owner).related_model.objects.visible_to(person)
        of_seen = models.Exists(seen.filter(pk=models.OuterRef(owner)))
        return self.filter(of_seen | models.Q(**{owner: None}, uploaded_by=person))

    def waiting(self, person):
        """Those that a person uploaded and has not sent yet."""
        return self.filter(**{self.model.OWNER: None}, uploaded_by=person)


class Photo(models.Model):
    """OWNER names the field for what it is hung on, which has many `photos`, at most MOST."""

    OWNER, MOST = "", 0

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = "照片"
        ordering = ("pk",)

    def __str__(self):
        return self.image.name
