"""What belongs to a case: its trail, the ways already tried, the residents it touches, its files."""

import pghistory
from django.db import models
from django.utils import timezone

from .case import Case
from .case_state import State


class CaseMove(models.Model):
    """The trail: who moved the case from where to where, when, with what words. Never changed."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=12, choices=State)
    after = models.CharField(max_length=12, choices=State)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "流程"
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("case", "at"), name="moves_of_a_case"),)

    def __str__(self):
        return f"{self.get_before_display()} → {self.get_after_display()}"


class TriedWay(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="tried")
    order = models.PositiveSmallIntegerField()
    way = models.CharField("办法", max_length=200)
    result = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        verbose_name = "试过的办法"
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "case", "order"), name="tried_ways_in_order"),
        )

    def __str__(self):
        return self.way


class CaseResidentQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The case's owner, its writer and the staff; no mentor, no consultant (DESIGN 3.4)."""
        mine = models.Q(case__owner=person) | models.Q(case__drafted_by=person)
        return self.filter(mine | models.Q(studio__in=person.standing.staff)).filter(
            models.Exists(Case.objects.visible_to(person).filter(pk=models.OuterRef("case")))
        )


class CaseResident(models.Model):
    """A resident touched by the case. Name and number lie in the vault (people/vault.py)."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="residents")
    resident = models.ForeignKey("people.Resident", models.PROTECT, related_name="+")

    objects = CaseResidentQuerySet.as_manager()

    class Meta:
        verbose_name = "涉及的居民"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "case", "resident"), name="resident_once_in_a_case"),
        )

    def __str__(self):
        return str(self.resident)


class CaseReader(models.Model):
    """May read this case because one's own was merged into it (actions/merging.py)."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="readers")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "能看的人"
        constraints = (
            models.UniqueConstraint(fields=("studio", "case", "person"), name="reader_once_a_case"),
        )
        indexes = (models.Index(fields=("person", "case"), name="cases_read_by_a_person"),)

    def __str__(self):
        return f"{self.person_id} {self.case_id}"


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Whoever sees the case; a photo that waits for its report is its sender's alone."""
        seen = models.Exists(Case.objects.visible_to(person).filter(pk=models.OuterRef("case")))
        return self.filter(
            models.Q(step__isnull=True) & seen | models.Q(step__isnull=False, uploaded_by=person)
        )

    def of_case(self):
        """Files of the case itself, not of its reports."""
        return self.filter(followup__isnull=True, step__isnull=True)

    def waiting(self, step, person):
        """Photos that this person sent up for a report not sent yet."""
        return self.filter(step=step, uploaded_by=person, followup__isnull=True)


@pghistory.track()
class Attachment(models.Model):
    """A file of a case or of one of its follow-ups. Photos are re-encoded; other files only downloaded."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments")
    followup = models.ForeignKey(
        "casework.Followup",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="photos",
    )
    # A photo sent up alone that waits for the report of this step to be sent.
    step = models.ForeignKey(
        "casework.Step", models.CASCADE, null=True, blank=True, related_name="waiting_photos"
    )
    file = models.FileField(upload_to="cases/%Y/%m")
    thumb = models.FileField(upload_to="cases/%Y/%m", blank=True)
    name = models.CharField("文件名", max_length=120)
    is_image = models.BooleanField(default=False)
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "材料"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(step__isnull=True) | models.Q(followup__isnull=True),
                name="attachment_waits_or_belongs",
            ),
        )

    def __str__(self):
        return self.name
