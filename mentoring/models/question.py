"""问师傅 (答疑): an apprentice asks the own mentor, alone or before the group; an answer, and one 再问一句.

Of a question asked in private the staff see that it is there, from whom, to whom and whether it is answered;
its words are for the two, until one of them hands it to the street (DESIGN 3.4: what is not yet a case stays
between the apprentice and the mentor). What is asked before the group, the group and the staff read.
"""

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.competencies import Competency, Topic
from people.models import Removable, Searched, Versioned, for_finding, in_pairs
from people.search_index import Text
from people.sight import kept

TEXT_MOST = 1000


class QuestionQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """That it is there: the two, the group where it was asked before the group, staff."""
        standing = person.standing
        return self.filter(removed_at__isnull=True).filter(
            models.Q(asker=person)
            | models.Q(mentor=person)
            | models.Q(studio__in=standing.staff)
            | models.Q(audience="group", asker__in=standing.peers)
        )

    @kept
    def readable_to(self, person):
        """Its words: as above, but of a private one staff read only what was handed to them."""
        standing = person.standing
        open_to_staff = models.Q(audience="group") | models.Q(handed_at__isnull=False)
        return self.filter(removed_at__isnull=True).filter(
            models.Q(asker=person)
            | models.Q(mentor=person)
            | models.Q(open_to_staff, studio__in=standing.staff)
            | models.Q(audience="group", asker__in=standing.peers)
        )

    def waiting(self):
        """Not answered yet, or asked once more since."""
        return self.filter(removed_at__isnull=True, due_on__isnull=False)


@source
@pghistory.track()
class Question(Searched, Versioned, Removable):
    search_kind, search_label = "question", "问师傅"
    search_watches = ("text", "answer", "more", "more_answer")
    search_along = ("asker", "mentor")

    class Audience(models.TextChoices):
        PRIVATE = "private", "只问师傅"
        GROUP = "group", "问组里，大家都能看"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    asker = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="questions", verbose_name="谁问的"
    )
    mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="问哪位师傅")
    audience = models.CharField("问谁", max_length=8, choices=Audience, default=Audience.PRIVATE)
    topic = models.CharField("哪方面", max_length=15, choices=Topic, blank=True)
    text = models.TextField("想问什么", max_length=TEXT_MOST)
    asked_at = models.DateTimeField("问的时间", default=timezone.now)
    answer = models.TextField("师傅的回答", max_length=2000, blank=True)
    answered_at = models.DateTimeField("回答的时间", null=True, blank=True)
    answered_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    more = models.TextField("再问一句", max_length=TEXT_MOST, blank=True)
    more_at = models.DateTimeField("再问的时间", null=True, blank=True)
    more_answer = models.TextField("师傅再答", max_length=2000, blank=True)
    more_answered_at = models.DateTimeField("再答的时间", null=True, blank=True)
    more_answered_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(
        null=True, blank=True, help_text="after this day it is told as stuck; empty: nothing waits"
    )
    handed_at = models.DateTimeField("交给街道看的时间", null=True, blank=True)
    handed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "请教"
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(fields=("studio", "-asked_at", "-id"), name="questions_of_a_studio"),
            models.Index(fields=("asker", "-asked_at", "-id"), name="questions_of_a_person"),
            models.Index(fields=("mentor", "-asked_at", "-id"), name="questions_to_a_mentor"),
            models.Index(
                fields=("studio", "due_on"),
                condition=models.Q(due_on__isnull=False, removed_at__isnull=True),
                name="questions_waiting",
            ),
            for_finding("questions_removed"),
        )
        constraints = (
            in_pairs("answered_at", "answered_by", name="question_answered_by_someone"),
            in_pairs("more_answered_at", "more_answered_by", name="question_answered_again_by_someone"),
            in_pairs("handed_at", "handed_by", name="question_handed_by_someone"),
            in_pairs("removed_at", "removed_by", name="question_removed_by_someone"),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answer="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answer=""),
                name="question_answer_has_words",
            ),
            models.CheckConstraint(
                condition=models.Q(more_at__isnull=True, more="")
                | models.Q(more_at__isnull=False, answered_at__isnull=False) & ~models.Q(more=""),
                name="question_asks_again_after_the_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(more_answered_at__isnull=True, more_answer="")
                | models.Q(more_answered_at__isnull=False, more_at__isnull=False) & ~models.Q(more_answer=""),
                name="question_second_answer_has_words",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(answered_at__isnull=True)
                    | models.Q(more_at__isnull=False, more_answered_at__isnull=True),
                    due_on__isnull=False,
                )
                | models.Q(
                    models.Q(more_at__isnull=True) | models.Q(more_answered_at__isnull=False),
                    answered_at__isnull=False,
                    due_on__isnull=True,
                ),
                name="question_waits_until_a_day",
            ),
            models.CheckConstraint(condition=~models.Q(asker=models.F("mentor")), name="nobody_asks_oneself"),
        )

    def __str__(self):
        return f"{self.asker.name}问{self.mentor.called}"

    def get_absolute_url(self):
        return address_of("mentoring:question-detail", self.pk)

    @property
    def is_private(self):
        return self.audience == self.Audience.PRIVATE

    @property
    def status(self):
        """(kind of chip, words)."""
        if self.due_on is None:
            return "done", "回答了"
        return "todo", "又问了一句" if self.more_at else "等师傅回"

    def readable_by(self, person):
        """Whether somebody who sees that it is there may read its words; as `readable_to`."""
        if person.pk in (self.asker_id, self.mentor_id):
            return True
        return not self.is_private or (self.handed_at is not None and self.studio_id in person.standing.staff)

    @classmethod
    def search_seen(cls, person):
        return cls.objects.readable_to(person)

    def search_text(self):
        if self.removed_at:
            return None
        body = "\n".join(filter(None, (self.text, self.answer, self.more, self.more_answer)))
        return Text(title=str(self), body=body, on=timezone.localdate(self.asked_at))

    def ledger_lines(self):
        """One line for each of the two once it is answered; a private question's words stay out of it."""
        if self.answered_at is None or self.removed_at:
            return []
        on, link = timezone.localdate(self.answered_at), self.get_absolute_url()
        axes = (self.topic,) if self.topic in Competency else ()
        about = f"：{self.text[:60]}" if not self.is_private else self._about()
        by = self.answered_by_id
        return [
            Line(
                self.asker_id, Kind.QUESTION, on, f"向{self.mentor.called}请教{about}", by,
                competencies=axes, link=link,
            ),
            Line(
                self.mentor_id, Kind.QUESTION, on, f"回答了{self.asker.name}的请教{about}", by,
                competencies=axes, link=link,
            ),
        ]  # fmt: skip

    def _about(self):
        return f"（{self.get_topic_display()}）" if self.topic else ""
