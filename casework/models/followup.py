"""复诊: how a step of a prescription stands, told by whoever does it, and what the mentor says to it."""

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.models import in_pairs

from .prescription import Step, StepState


class FollowupQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(models.Exists(Step.objects.visible_to(person).filter(pk=models.OuterRef("step"))))


@source
@pghistory.track()
class Followup(models.Model):
    """报复诊: how a step stands, told by whoever does it; then what the mentor says to it."""

    class Want(models.TextChoices):
        CALL = "call", "请师傅打电话"
        AGAIN = "again", "再会诊一次"

    class Verdict(models.TextChoices):
        FINE = "fine", "可以了"
        MORE = "more", "再加把劲"
        OTHER = "other", "换个办法"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, models.CASCADE, related_name="followups")
    state = models.CharField(
        "这一步",
        max_length=8,
        choices=[(s.value, s.label) for s in StepState if s in ("done", "doing", "stuck")],
    )
    text = models.TextField("现在什么情况", max_length=1000, blank=True)
    want = models.CharField("做不下去", max_length=6, choices=Want, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField("师傅看复诊", max_length=6, choices=Verdict, blank=True)
    verdict_note = models.CharField("师傅说", max_length=500, blank=True)
    verdict_at = models.DateTimeField(null=True, blank=True, editable=False)
    verdict_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = FollowupQuerySet.as_manager()

    class Meta:
        verbose_name = "复诊"
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("step", "at"), name="followups_of_a_step"),)
        constraints = (
            in_pairs("verdict_at", "verdict_by", name="followup_judged_by_someone"),
            models.CheckConstraint(
                condition=models.Q(want="") | models.Q(state="stuck"), name="followup_wants_help_when_stuck"
            ),
        )

    def __str__(self):
        return f"{self.get_state_display()} {self.text[:20]}"

    def get_absolute_url(self):
        return address_of("casework:followup-judge", self.pk)

    def ledger_lines(self):
        """For who reported; once judged, for who looked at it."""
        step, link = self.step, self.step.prescription.case.get_absolute_url()
        day, what = timezone.localdate(self.at), self.text[:60] or step.text[:60]
        text = f"药方第{step.order}步{self.get_state_display()}：{what}"
        lines = [Line(self.by_id, Kind.CASE, day, text, self.by_id, link=link)]
        if self.verdict_at:
            day, by = timezone.localdate(self.verdict_at), self.verdict_by_id
            text = f"看复诊“{self.get_verdict_display()}”：{self.verdict_note[:60] or step.text[:60]}"
            lines.append(Line(by, Kind.CASE, day, text, by, "verdict", link=link))
        return lines
