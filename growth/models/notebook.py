"""纸质笔记本: a photo of a page, typed up by staff, confirmed by the owner."""

import pghistory
from django.db import models
from django.utils import timezone

from people.addresses import address_of
from people.models import Removable, Versioned, for_finding, in_pairs
from people.sight import kept

from ..ledger_line import Line, source
from .entry import Kind

MOST_PHOTOS = 6


class NotebookQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The owner and staff; the owner's mentor once the owner has confirmed it."""
        standing = person.standing
        return self.filter(removed_at__isnull=True).filter(
            models.Q(person=person)
            | models.Q(studio__in=standing.staff)
            | models.Q(person__in=standing.pupils, state="confirmed")
        )

    def to_type(self):
        return self.filter(state=NotebookPage.State.SENT, removed_at__isnull=True)

    def to_confirm(self):
        return self.filter(state=NotebookPage.State.TYPED, removed_at__isnull=True)


@source
@pghistory.track()
class NotebookPage(Versioned, Removable):
    class State(models.TextChoices):
        SENT = "sent", "等街道抄写"
        TYPED = "typed", "等本人核对"
        CONFIRMED = "confirmed", "本人核对过"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="notebook_pages", verbose_name="谁的本子"
    )
    on = models.DateField("本子上的日期", default=timezone.localdate)
    state = models.CharField("状态", max_length=9, choices=State, default=State.SENT)
    text = models.TextField("写了什么", max_length=6000, blank=True)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", editable=False)
    typed_at = models.DateTimeField(null=True, blank=True, editable=False)
    typed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = NotebookQuerySet.as_manager()

    class Meta:
        verbose_name = "纸质笔记"
        ordering = ("-on", "-pk")
        indexes = (
            models.Index(fields=("studio", "-on", "-id"), name="notebook_of_a_studio"),
            models.Index(fields=("person", "-on", "-id"), name="notebook_of_a_person"),
            for_finding("notebook_removed"),
            models.Index(
                fields=("studio", "person"),
                condition=models.Q(state__in=("sent", "typed")),
                name="notebook_unfinished",
            ),
        )
        constraints = (
            in_pairs("removed_at", "removed_by", name="notebook_removed_by_someone"),
            in_pairs("typed_at", "typed_by", name="notebook_typed_by_someone"),
            in_pairs("confirmed_at", "confirmed_by", name="notebook_confirmed_by_someone"),
            models.CheckConstraint(
                condition=models.Q(state="sent", typed_at__isnull=True)
                | (models.Q(state__in=("typed", "confirmed"), typed_at__isnull=False) & ~models.Q(text="")),
                name="notebook_typed_when_typed",
            ),
            models.CheckConstraint(
                condition=models.Q(state="confirmed", confirmed_at__isnull=False)
                | (~models.Q(state="confirmed") & models.Q(confirmed_at__isnull=True)),
                name="notebook_confirmed_when_confirmed",
            ),
        )

    def __str__(self):
        return f"{self.on.year}年{self.on.month}月{self.on.day}日的纸质笔记"

    def get_absolute_url(self):
        return address_of("growth:notebook-detail", self.pk)

    def ledger_lines(self):
        if self.removed_at or self.state != self.State.CONFIRMED:
            return []
        text = f"纸质笔记：{self.text[:60]}"
        return [
            Line(self.person_id, Kind.REFLECTION, self.on, text, self.person_id, link=self.get_absolute_url())
        ]


class NotebookPhotoQuerySet(models.QuerySet):
    def visible_to(self, person):
        pages = NotebookPage.objects.visible_to(person).filter(pk=models.OuterRef("page"))
        return self.filter(models.Exists(pages))


class NotebookPhoto(models.Model):
    """One re-encoded photo without metadata."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    page = models.ForeignKey(NotebookPage, models.CASCADE, related_name="photos")
    image = models.FileField(upload_to="notebooks/%Y/%m")
    thumb = models.FileField(upload_to="notebooks/%Y/%m")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = NotebookPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "笔记本的照片"
        ordering = ("pk",)

    def __str__(self):
        return self.image.name
