"""调整结对: every pause, resumption, change of mentor and end, with day and reason; never written over."""

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.words import short_day

from .pairing import Pairing


class PairingChangeQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Whoever sees the pair."""
        pairs = Pairing.objects.visible_to(person).filter(pk=models.OuterRef("pairing"))
        return self.filter(models.Exists(pairs))


@source
@pghistory.track()
class PairingChange(models.Model):
    class What(models.TextChoices):
        PAUSED = "paused", "暂停"
        RESUMED = "resumed", "继续"
        CHANGED = "changed", "换师傅"
        ENDED = "ended", "提前结束"
        FINISHED = "finished", "期满"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    pairing = models.ForeignKey(
        "mentoring.Pairing", models.PROTECT, related_name="changes", verbose_name="结对"
    )
    what = models.CharField("怎么调整", max_length=10, choices=What)
    on = models.DateField("从哪天起")
    reason = models.CharField("原因", max_length=8, choices=Pairing.Reason)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁办的")
    at = models.DateTimeField(default=timezone.now)

    objects = PairingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "结对调整"
        ordering = ("pairing", "pk")
        indexes = (models.Index(fields=("studio", "pairing", "id"), name="changes_of_a_pairing"),)
        constraints = (
            models.CheckConstraint(condition=~models.Q(reason=""), name="pairing_change_has_reason"),
            models.UniqueConstraint(
                fields=("studio", "pairing"),
                condition=models.Q(what__in=("changed", "ended", "finished")),
                name="pairing_ends_once",
            ),
        )

    def __str__(self):
        return f"{self.pairing} {self.get_what_display()}"

    @property
    def why(self):
        """工作变动：调到区里去了; "" for the end of the term, which needs none."""
        if self.reason == Pairing.Reason.TERM:
            return ""
        label = self.get_reason_display()
        if self.reason == Pairing.Reason.OTHER and self.note:
            return self.note
        return f"{label}：{self.note}" if self.note else label

    def ledger_lines(self):
        """One line in each file; of a change of mentor the apprentice's line is that of the next pair."""
        pair = self.pairing
        mentor, apprentice = pair.mentor.called, pair.apprentice.name
        why = f"（{self.why}）" if self.why else ""
        told = {
            self.What.PAUSED: f"与{{}}的结对从{short_day(self.on)}起暂停{why}",
            self.What.RESUMED: f"与{{}}的结对继续{why}",
            self.What.ENDED: f"与{{}}的结对提前结束{why}",
            self.What.FINISHED: "与{}的结对期满",
        }.get(self.what)
        link = pair.get_absolute_url()
        if told is None:
            text = f"{apprentice}改由别的师傅带教{why}"
            return [Line(pair.mentor_id, Kind.PAIRING, self.on, text, self.by_id, link=link)]
        return [
            Line(pair.apprentice_id, Kind.PAIRING, self.on, told.format(mentor), self.by_id, link=link),
            Line(pair.mentor_id, Kind.PAIRING, self.on, told.format(apprentice), self.by_id, link=link),
        ]
