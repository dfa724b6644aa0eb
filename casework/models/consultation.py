"""会诊: who is asked, what they ask back, and the opinion of each.

Others' opinions stay hidden until one has given one's own.
"""

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.models import Versioned, in_pairs

from .case import Case
from .case_state import State


@pghistory.track()
class CaseConsultant(models.Model):
    """A person invited to one round of consultation of one case."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="consultants")
    round = models.PositiveSmallIntegerField(default=1)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    invited_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "参加会诊的人"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "case", "round", "person"),
                name="invited_once_a_round",
            ),
        )
        indexes = (models.Index(fields=("person", "case"), name="invitations_of_a_person"),)

    def __str__(self):
        return f"{self.person_id} {self.case_id}"


class OpinionQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own; the others' of a round once one has spoken in it; all of them as chair or as staff.

        Whoever else sees the case waits until the round is over, the owner too: one voice must not become
        the answer before the others spoke. One who has no right to the case sees nothing.
        """
        own = Opinion.objects.filter(case=OuterRef("case"), round=OuterRef("round"), author=person)
        # As EXISTS it is asked for the rows at hand; as IN it would be worked out for every case there is.
        seen = Exists(Case.objects.visible_to(person).filter(pk=OuterRef("case")))
        still_held = Q(case__state=State.HELD, case__held_from=State.CONSULTING)
        going_on = Q(case__round=F("round")) & (Q(case__state=State.CONSULTING) | still_held)
        at_once = Q(case__chair=person) | Q(studio__in=person.standing.staff)
        return self.filter(Q(author=person) | Q(seen) & (at_once | Exists(own) | ~going_on))

    def shown_to_guest(self, guest):
        """The guest's own; those of the same round and case once the guest has spoken. Nothing else."""
        own = Opinion.objects.filter(guest=guest.pk, round=guest.round)
        return self.filter(Exists(own), case=guest.case_id, round=guest.round)


@source
@pghistory.track()
class Opinion(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="opinions")
    round = models.PositiveSmallIntegerField(default=1)
    author = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name="谁的主意",
    )
    guest = models.ForeignKey(
        "casework.CaseGuest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name="哪位来宾的主意",
    )
    item = models.ForeignKey(
        "casework.AgendaItem",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="opinions",
        help_text="the meeting at which it was said",
    )
    text = models.TextField("您的主意", max_length=2000)
    methods = models.ManyToManyField(
        "growth.Method", verbose_name="用过的工作法", blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    # Nobody for a guest who wrote it without an account.
    written_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁记的"
    )

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "意见"
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("studio", "case", "round", "author"), name="one_opinion_a_round"),
            models.UniqueConstraint(
                fields=("studio", "case", "round", "guest"), name="one_opinion_of_a_guest_a_round"
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False, guest__isnull=True, written_by__isnull=False)
                | Q(author__isnull=True, guest__isnull=False),
                name="opinion_of_a_person_or_a_guest",
            ),
        )

    def __str__(self):
        return self.text[:30]

    def get_absolute_url(self):
        return f"{self.case.get_absolute_url()}#consultation"

    @property
    def speaker(self):
        """Whose opinion it is: a Person or a CaseGuest; both are `called` something."""
        return self.author or self.guest

    @property
    def noted_by(self):
        """Who wrote it down for the speaker, or None."""
        return self.written_by if self.written_by_id and self.written_by_id != self.author_id else None

    def ledger_lines(self):
        """A guest has no ledger."""
        if not self.author_id:
            return []
        day, text = timezone.localdate(self.at), f"给疑难案例出主意：{self.case.title}"
        return [
            Line(
                self.author_id,
                Kind.CASE,
                day,
                text,
                self.written_by_id,
                link=self.case.get_absolute_url(),
            )
        ]


class ClarificationQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Everybody who sees the case sees what was asked and answered."""
        return self.filter(Exists(Case.objects.visible_to(person).filter(pk=OuterRef("case"))))


@pghistory.track()
class Clarification(models.Model):
    """先问清楚: one question to the owner before giving an opinion."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey("casework.Case", models.CASCADE, related_name="clarifications")
    asker = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    guest = models.ForeignKey(
        "casework.CaseGuest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="哪位来宾问的",
    )
    question = models.CharField("先问清楚一件事", max_length=300)
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField("回答", max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        verbose_name = "先问清楚"
        ordering = ("at", "pk")
        constraints = (
            in_pairs("answered_at", "answered_by", name="clarification_answered_by_someone"),
            models.CheckConstraint(
                condition=Q(asker__isnull=False, guest__isnull=True)
                | Q(asker__isnull=True, guest__isnull=False),
                name="clarification_of_a_person_or_a_guest",
            ),
        )

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return f"{self.case.get_absolute_url()}#consultation"

    @property
    def by(self):
        """Who asks: a Person or a CaseGuest; both are `called` something. Select both along."""
        return self.asker or self.guest
