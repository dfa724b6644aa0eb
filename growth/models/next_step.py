"""接下来: what an apprentice does next, from a mentor, a prescription step or oneself."""

import pghistory
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from people.models import in_pairs
from people.sight import kept


class NextStepQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        standing = person.standing
        return self.filter(
            models.Q(person=person)
            | models.Q(person__in=standing.pupils)
            | models.Q(studio__in=standing.staff)
        )

    def open(self):
        return self.filter(state=NextStep.State.OPEN)


@pghistory.track()
class NextStep(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "还没做"
        DONE = "done", "做好了"
        DROPPED = "dropped", "不做了"

    class Origin(models.TextChoices):
        SESSION = "session", "师傅布置的事"
        REMINDER = "reminder", "师傅提个醒"
        STEP = "step", "药方"
        CASE = "case", "疑难案例"
        ASSESSMENT = "assessment", "考核"
        STUDY = "study", "带回一条"
        MEETING = "meeting", "会上定的"
        OWN = "own", "自己定的"
        AIM = "aim", "半年目标"
        BRAND = "brand", "品牌项目"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        related_name="next_steps",
        verbose_name="谁来做",
    )
    text = models.CharField("做什么", max_length=200)
    due_on = models.DateField("几号前", null=True, blank=True)
    origin = models.CharField("从哪来", max_length=10, choices=Origin)
    link = models.CharField(max_length=200, blank=True, help_text="where it came from")
    report_link = models.CharField(
        max_length=200,
        blank=True,
        help_text="the page on which it is reported; empty: ticked off in the list",
    )
    source_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    source_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁提的")
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = NextStepQuerySet.as_manager()

    class Meta:
        verbose_name = "接下来"
        ordering = (models.F("due_on").asc(nulls_last=True), "pk")
        indexes = (
            models.Index(
                fields=("person", "due_on", "id"),
                condition=models.Q(state="open"),
                name="open_next_steps",
            ),
            models.Index(
                fields=("studio", "source_type", "source_id"),
                name="next_steps_of_a_source",
            ),
        )
        constraints = (
            in_pairs("closed_at", "closed_by", name="next_step_closed_by_someone"),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at__isnull=True)
                | models.Q(~models.Q(state="open"), closed_at__isnull=False),
                name="next_step_closed_when_not_open",
            ),
        )

    def __str__(self):
        return self.text

    @property
    def report_words(self):
        """What the button says that leads to the page on which the step is reported."""
        return REPORTS.get(self.origin, "去看看")


REPORTS = {
    NextStep.Origin.STEP: "报复诊",
    NextStep.Origin.STUDY: "说说怎么样",
    NextStep.Origin.AIM: "看目标",
    NextStep.Origin.BRAND: "看项目",
}
