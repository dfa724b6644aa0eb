"""疗效评价: what came of a case. Each side says it alone, before it reads what the other side said."""

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.competencies import Competency
from people.models import Versioned

from .case import Case
from .case_state import State


class OutcomeQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own; both once both are there; a single one when the case has moved on without the other.

        Nobody else reads a single one before, staff neither: who is told what the other said echoes it.
        """
        seen = Exists(Case.objects.visible_to(person).filter(pk=OuterRef("case")))
        waiting = Q(case__round=F("round")) & (
            Q(case__state=State.REVIEWING) | Q(case__state=State.HELD, case__held_from=State.REVIEWING)
        )
        return self.filter(Q(by=person) | Q(seen) & (Exists(_other_side()) | ~waiting))


def _other_side():
    return Outcome.objects.filter(case=OuterRef("case"), round=OuterRef("round")).exclude(
        side=OuterRef("side")
    )


@source
@pghistory.track()
class Outcome(Versioned):
    """疗效评价: what came of it, by the apprentice and by the mentor, each for oneself."""

    class Side(models.TextChoices):
        APPRENTICE = "apprentice", "学员"
        MENTOR = "mentor", "师傅"

    class Result(models.TextChoices):
        SOLVED = "solved", "解决了"
        BETTER = "better", "好转了"
        SAME = "same", "没变化"
        WORSE = "worse", "更难了"

    class Residents(models.TextChoices):
        SATISFIED = "satisfied", "满意"
        MOSTLY = "mostly", "基本满意"
        DISSATISFIED = "dissatisfied", "不满意"
        NOT_ASKED = "not_asked", "没问"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="outcomes")
    round = models.PositiveSmallIntegerField(default=1)
    side = models.CharField("哪一方", max_length=10, choices=Side)
    result = models.CharField("问题解决得怎样", max_length=8, choices=Result)
    residents = models.CharField("居民反应", max_length=12, choices=Residents, blank=True)
    best_move = models.CharField("最管用的一招", max_length=300, blank=True)
    learned = models.JSONField("学到的本领", default=list, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "疗效评价"
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("studio", "case", "round", "side"), name="one_outcome_a_side"),
        )

    def __str__(self):
        return f"{self.get_side_display()}：{self.get_result_display()}"

    @property
    def learned_words(self):
        """The competencies ticked, in their fixed order."""
        return "、".join(label for value, label in Competency.choices if value in self.learned)

    def get_absolute_url(self):
        return reverse("casework:case-close", args=[self.case_id])

    def ledger_lines(self):
        """One line of whoever evaluated. It tells the result only when the other side has spoken too:
        the mentor reads the apprentice's ledger.
        """
        link, day = self.case.get_absolute_url(), timezone.localdate(self.at)
        both = Outcome.objects.filter(case=self.case_id, round=self.round).exclude(side=self.side).exists()
        if not both:
            return [Line(self.by_id, Kind.CASE, day, f"评了疗效：{self.case.title}", self.by_id, link=link)]
        text = f"评疗效“{self.get_result_display()}”：{self.best_move[:80] or self.case.title}"
        axes = tuple(self.learned) if self.side == self.Side.APPRENTICE else ()
        return [Line(self.by_id, Kind.CASE, day, text, self.by_id, competencies=axes, link=link)]
