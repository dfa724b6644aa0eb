"""药方: what was found to be the cause, the steps with owners and dates, and a compulsory day to look again."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.models import Versioned, in_pairs
from people.stale import Refused

from .case import Case


class PrescriptionQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(case__in=Case.objects.visible_to(person).values("pk"))


@source
@pghistory.track()
class Prescription(Versioned):
    class Mode(models.TextChoices):
        FACE = "face", "当面"
        VISIT = "visit", "走访"
        PHONE = "phone", "电话"
        MEETING = "meeting", "开会"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="prescriptions")
    round = models.PositiveSmallIntegerField(default=1)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    diagnosis = models.TextField("归纳（病因）", max_length=1000)
    cautions = models.CharField("注意事项", max_length=500, blank=True)
    methods = models.ManyToManyField(
        "growth.Method", verbose_name="用到的工作法", blank=True, related_name="+"
    )
    followup_on = models.DateField("下次复诊")
    followup_by = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name="谁来看"
    )
    followup_mode = models.CharField(
        "复诊方式", max_length=8, choices=Mode, default=Mode.VISIT
    )
    followed_up_at = models.DateTimeField(
        "复诊时间", null=True, blank=True, editable=False
    )
    followed_up_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    followup_note = models.TextField("复诊情况", max_length=1000, blank=True)
    issued_by = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name="谁开的"
    )
    issued_at = models.DateTimeField(default=timezone.now)

    objects = PrescriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "药方"
        ordering = ("round", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "year", "number"),
                name="prescription_number_once_per_year",
            ),
            models.UniqueConstraint(
                fields=("studio", "case", "round"), name="one_prescription_a_round"
            ),
            in_pairs(
                "followed_up_at",
                "followed_up_by",
                name="prescription_followed_up_by_someone",
            ),
        )

    def __str__(self):
        return self.no

    def get_absolute_url(self):
        return reverse("casework:case-detail", args=[self.case_id]) + "#prescription"

    @property
    def no(self):
        return f"〔{self.year}〕会诊第 {self.number:03d} 号"

    def ledger_lines(self):
        day, link = timezone.localdate(self.issued_at), self.case.get_absolute_url()
        return [
            Line(
                self.case.owner_id,
                Kind.CASE,
                day,
                f"拿到药方：{self.case.title}",
                self.issued_by_id,
                link=link,
            ),
            Line(
                self.issued_by_id,
                Kind.CASE,
                day,
                f"开出药方：{self.case.title}",
                self.issued_by_id,
                "issued",
                link=link,
            ),
        ]


class StepState(models.TextChoices):
    TODO = "todo", "还没做"
    DOING = "doing", "正在做"
    DONE = "done", "做好了"
    STUCK = "stuck", "做不下去"
    DROPPED = "dropped", "不做了"


STEP_MOVES = {
    StepState.TODO: {
        StepState.DOING,
        StepState.DONE,
        StepState.STUCK,
        StepState.DROPPED,
    },
    StepState.DOING: {
        StepState.DOING,
        StepState.DONE,
        StepState.STUCK,
        StepState.DROPPED,
    },
    StepState.STUCK: {
        StepState.DOING,
        StepState.DONE,
        StepState.STUCK,
        StepState.DROPPED,
    },
    StepState.DONE: {StepState.DOING},  # the mentor looked and said 再加把劲
    StepState.DROPPED: set(),
}


class StepQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(
            prescription__case__in=Case.objects.visible_to(person).values("pk")
        )

    def open(self):
        return self.filter(state__in=(StepState.TODO, StepState.DOING, StepState.STUCK))


@pghistory.track()
class Step(Versioned):
    State = StepState

    class OwnerKind(models.TextChoices):
        APPRENTICE = "apprentice", "学员"
        MENTOR = "mentor", "师傅"
        STREET = "street", "街道"
        DEPARTMENT = "department", "职能部门"
        VOLUNTEER = "volunteer", "志愿者/党小组"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    prescription = models.ForeignKey(Prescription, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField("第几步")
    text = models.CharField("做什么", max_length=200)
    owner_kind = models.CharField(
        "责任人", max_length=12, choices=OwnerKind, default=OwnerKind.APPRENTICE
    )
    owner = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="谁来办",
    )
    owner_name = models.CharField("谁来办（写名称）", max_length=40, blank=True)
    due_on = models.DateField("几号前")
    mode = models.CharField("方式", max_length=8, choices=Prescription.Mode, blank=True)
    state = models.CharField(
        "状态", max_length=8, choices=StepState, default=StepState.TODO
    )
    state_since = models.DateTimeField(default=timezone.now)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "步骤"
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "prescription", "order"), name="steps_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False) | ~models.Q(owner_name=""),
                name="step_has_an_owner",
            ),
        )
        indexes = (
            models.Index(
                fields=("owner", "due_on"),
                condition=models.Q(state__in=("todo", "doing", "stuck")),
                name="open_steps_of_an_owner",
            ),
            models.Index(
                fields=("studio", "due_on"),
                condition=models.Q(state__in=("todo", "doing", "stuck")),
                name="open_steps_of_a_studio",
            ),
        )

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("casework:step-followup", args=[self.pk])

    @property
    def whose(self):
        return self.owner.called if self.owner_id else self.owner_name

    def move_to(self, state, *, at=None):
        """Change the step's state by its table; raises Refused. Lock the row first."""
        state = StepState(state)
        if state not in STEP_MOVES[self.state]:
            raise Refused(
                f"这一步现在是“{self.get_state_display()}”，不能改成“{state.label}”"
            )
        self.state, self.state_since = state, at or timezone.now()
        self.version += 1
        self.save(update_fields=("state", "state_since", "version"))


class FollowupQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(step__in=Step.objects.visible_to(person).values("pk"))


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
        choices=[
            (s.value, s.label) for s in StepState if s in ("done", "doing", "stuck")
        ],
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
        )

    def __str__(self):
        return f"{self.get_state_display()} {self.text[:20]}"

    def ledger_lines(self):
        case, day = self.step.prescription.case, timezone.localdate(self.at)
        text = f"药方第{self.step.order}步{self.get_state_display()}：{self.text[:60] or self.step.text[:60]}"
        return [
            Line(
                self.by_id,
                Kind.CASE,
                day,
                text,
                self.by_id,
                link=case.get_absolute_url(),
            )
        ]


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
    residents = models.CharField(
        "居民反应", max_length=12, choices=Residents, blank=True
    )
    best_move = models.CharField("最管用的一招", max_length=300, blank=True)
    learned = models.JSONField("学到的本领", default=list, blank=True)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "疗效评价"
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "case", "round", "side"), name="one_outcome_a_side"
            ),
        )

    def __str__(self):
        return f"{self.get_side_display()}：{self.get_result_display()}"

    def ledger_lines(self):
        text = f"评疗效“{self.get_result_display()}”：{self.best_move[:80] or self.case.title}"
        axes = tuple(self.learned) if self.side == self.Side.APPRENTICE else ()
        day, link = timezone.localdate(self.at), self.case.get_absolute_url()
        return [
            Line(
                self.by_id,
                Kind.CASE,
                day,
                text,
                self.by_id,
                competencies=axes,
                link=link,
            )
        ]
