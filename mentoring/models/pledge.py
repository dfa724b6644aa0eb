"""拜师帖: the apprentice's letter to the mentor, the mentor's words on it, the day and the witness."""

import pghistory
from django.db import models
from django.urls import reverse

from growth.ledger_line import Line, source
from growth.models import Kind
from people.models import Versioned, in_pairs
from people.sight import kept

from .pairing import Pairing

TEXT_MOST, WORDS_MOST = 500, 100


class PledgeQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Whoever sees the pair; of a letter not yet sent the pages show the words to its writer alone."""
        pairs = Pairing.objects.visible_to(person).filter(pk=models.OuterRef("pairing"))
        return self.filter(models.Exists(pairs))

    def sent(self):
        return self.filter(state=Pledge.State.SENT)


@source
@pghistory.track()
class Pledge(Versioned):
    class State(models.TextChoices):
        DRAFT = "draft", "在写"
        SENT = "sent", "送到了"
        WAIVED = "waived", "不用写"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    pairing = models.OneToOneField(
        "mentoring.Pairing", models.PROTECT, related_name="pledge", verbose_name="结对"
    )
    state = models.CharField("状态", max_length=8, choices=State, default=State.DRAFT)
    text = models.TextField("帖子里的话", max_length=TEXT_MOST, blank=True)
    sent_at = models.DateTimeField("送出的时间", null=True, blank=True)
    words = models.TextField("师傅寄语", max_length=WORDS_MOST, blank=True)
    held_on = models.DateField("拜师的日期", null=True, blank=True)
    witness = models.CharField("见证人", max_length=40, blank=True)
    settled_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "拜师帖"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("studio", "state", "held_on"), name="pledges_of_a_studio"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) & ~models.Q(text="")
                | models.Q(state__in=("draft", "waived"), sent_at__isnull=True),
                name="pledge_sent_has_text_and_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent") | models.Q(words="", held_on__isnull=True),
                name="pledge_answered_when_sent",
            ),
            models.CheckConstraint(
                condition=models.Q(held_on__isnull=True, witness="")
                | models.Q(held_on__isnull=False) & ~models.Q(witness=""),
                name="pledge_day_and_witness_together",
            ),
            in_pairs("held_on", "settled_by", name="pledge_settled_by_somebody"),
        )

    def __str__(self):
        return f"{self.pairing.apprentice.name}给{self.pairing.mentor.called}的拜师帖"

    def get_absolute_url(self):
        return reverse("mentoring:pledge-detail", args=[self.pairing_id])

    @property
    def is_sent(self):
        return self.state == self.State.SENT

    @property
    def is_waived(self):
        return self.state == self.State.WAIVED

    def ledger_lines(self):
        """拜师, a milestone of both, on the day that staff set."""
        if self.held_on is None:
            return []
        pair, link = self.pairing, self.get_absolute_url()
        told = (
            (pair.apprentice_id, f"拜师：把拜师帖交给了{pair.mentor.called}"),
            (pair.mentor_id, f"拜师：收下了{pair.apprentice.name}的拜师帖"),
        )
        return [
            Line(person, Kind.PAIRING, self.held_on, text, self.settled_by_id, milestone=True, link=link)
            for person, text in told
        ]
