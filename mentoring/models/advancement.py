"""培养晋级: what is proposed for an apprentice, on what evidence, who signed, what the apprentice says, and
what was decided. Once decided the row is a frozen copy that the database holds.
"""

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind, Post
from people.addresses import address_of
from people.models import Versioned, in_pairs
from people.sight import kept

WORDS_MOST, REASONS_MOST = 300, 600


class AdvancementQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The apprentice, the mentor who signs, the present mentor, staff."""
        standing = person.standing
        return self.filter(
            models.Q(apprentice=person)
            | models.Q(mentor=person)
            | models.Q(apprentice__in=standing.pupils)
            | models.Q(studio__in=standing.staff)
        )

    def under_way(self):
        return self.filter(state=Advancement.State.SIGNING)


@source
@pgtrigger.register(
    pgtrigger.Protect(
        name="decided_stands",
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__state="decided"),
    )
)
@pghistory.track()
class Advancement(Versioned):
    class Proposal(models.TextChoices):
        STAY = "stay", "留任学员"
        NEXT = "next", "进入下一期"
        BACKBONE = "backbone", "转为骨干"
        RESERVE = "reserve", "后备人选"
        POST = "post", "任职"
        MENTOR = "mentor", "转为带教书记"
        LEAVE = "leave", "退出"

    class State(models.TextChoices):
        SIGNING = "signing", "等签字"
        DECIDED = "decided", "已定"
        DROPPED = "dropped", "撤回了"

    class Decision(models.TextChoices):
        APPROVED = "approved", "同意"
        REFUSED = "refused", "不同意，照旧"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    cohort = models.ForeignKey("mentoring.Cohort", models.PROTECT, related_name="+", verbose_name="期次")
    apprentice = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="advancements", verbose_name="学员"
    )
    mentor = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="师傅")
    state = models.CharField("状态", max_length=8, choices=State, default=State.SIGNING)
    proposal = models.CharField("提什么", max_length=8, choices=Proposal)
    reasons = models.TextField("依据", max_length=REASONS_MOST)
    evidence = models.JSONField(default=list, help_text="ledger lines: entry, on, kind, text, link, by")
    starts_on = models.DateField("从哪天起")
    # What the proposal needs besides.
    rank = models.CharField("任哪一种职务", max_length=16, choices=Post.Rank, blank=True)
    title = models.CharField("职务", max_length=40, blank=True)
    next_cohort = models.ForeignKey(
        "mentoring.Cohort", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="下一期"
    )
    next_mentor = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="下一期的师傅"
    )
    proposed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁提的")
    proposed_at = models.DateTimeField(default=timezone.now)
    mentor_words = models.CharField("师傅的话", max_length=WORDS_MOST, blank=True)
    mentor_signed_at = models.DateTimeField("师傅签字", null=True, blank=True)
    mentor_signed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    street_words = models.CharField("街道的话", max_length=WORDS_MOST, blank=True)
    street_signed_at = models.DateTimeField("街道签字", null=True, blank=True)
    street_signed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    word = models.CharField("本人的话", max_length=WORDS_MOST, blank=True)
    word_at = models.DateTimeField("本人说话的时间", null=True, blank=True)
    word_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField("决定", max_length=8, choices=Decision, blank=True)
    decision_words = models.CharField("说明", max_length=WORDS_MOST, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    frozen = models.JSONField(null=True, blank=True, help_text="the whole packet in words, as decided")

    objects = AdvancementQuerySet.as_manager()

    class Meta:
        verbose_name = "培养晋级"
        ordering = ("-proposed_at", "-pk")
        indexes = (
            models.Index(fields=("studio", "-proposed_at", "-id"), name="advancements_newest_first"),
            models.Index(fields=("apprentice", "-id"), name="advancements_of_a_person"),
        )
        constraints = (
            in_pairs("mentor_signed_at", "mentor_signed_by", name="advancement_mentor_signs"),
            in_pairs("street_signed_at", "street_signed_by", name="advancement_street_signs"),
            in_pairs("word_at", "word_by", name="advancement_word_of_somebody"),
            in_pairs("decided_at", "decided_by", name="advancement_decided_by_somebody"),
            models.UniqueConstraint(
                fields=("studio", "apprentice"),
                condition=models.Q(state="signing"),
                name="one_advancement_under_way",
            ),
            models.CheckConstraint(
                condition=models.Q(state="decided", decided_at__isnull=False, frozen__isnull=False)
                & ~models.Q(decision="")
                & models.Q(mentor_signed_at__isnull=False, street_signed_at__isnull=False)
                | models.Q(~models.Q(state="decided"), decided_at__isnull=True, decision=""),
                name="advancement_decided_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(mentor_signed_by=models.F("street_signed_by"))
                | models.Q(mentor_signed_by__isnull=True)
                | models.Q(street_signed_by__isnull=True),
                name="advancement_two_sign",
            ),
            models.CheckConstraint(
                condition=~models.Q(proposal="post") | ~models.Q(rank="") & ~models.Q(title=""),
                name="advancement_post_is_named",
            ),
            models.CheckConstraint(
                condition=~models.Q(proposal="next") | models.Q(next_cohort__isnull=False),
                name="advancement_next_cohort_is_named",
            ),
        )

    def __str__(self):
        return f"{self.apprentice.name}：{self.what}"

    def get_absolute_url(self):
        return address_of("mentoring:advancement-detail", self.pk)

    @property
    def what(self):
        """任职：管弄新村居民区党总支副书记; 进入下一期 …"""
        label = self.get_proposal_display()
        return f"{label}：{self.title}" if self.proposal == self.Proposal.POST else label

    @property
    def is_open(self):
        return self.state == self.State.SIGNING

    @property
    def is_ready(self):
        """Both have signed: it can be decided."""
        return self.is_open and bool(self.mentor_signed_at and self.street_signed_at)

    def ledger_lines(self):
        if self.state != self.State.DECIDED or self.decision != self.Decision.APPROVED:
            return []
        day, link = timezone.localdate(self.decided_at), self.get_absolute_url()
        own = f"培养晋级定了：{self.what}"
        his = f"{self.apprentice.name}的培养晋级定了：{self.what}"
        return [
            Line(
                self.apprentice_id, Kind.ADVANCEMENT, day, own, self.decided_by_id, milestone=True, link=link
            ),
            Line(self.mentor_id, Kind.ADVANCEMENT, day, his, self.decided_by_id, link=link),
        ]
