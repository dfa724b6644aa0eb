"""药方: the cause that was found, the steps with owners and dates, and a compulsory day to look again."""

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.models import Versioned, in_pairs
from people.sight import kept
from people.stale import Refused

from .case import Case
from .case_state import State


class PrescriptionQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        return self.filter(models.Exists(Case.objects.visible_to(person).filter(pk=models.OuterRef("case"))))


@source
@pghistory.track()
class Prescription(Versioned):
    class Mode(models.TextChoices):
        FACE = "face", "当面"
        VISIT = "visit", "走访"
        PHONE = "phone", "电话"
        MEETING = "meeting", "开会"

    class Seen(models.TextChoices):
        FINE = "fine", "可以了"
        MORE = "more", "再看一次"

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
    followup_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁来看")
    followup_mode = models.CharField("复诊方式", max_length=8, choices=Mode, default=Mode.VISIT)
    followed_up_at = models.DateTimeField("复诊时间", null=True, blank=True, editable=False)
    followed_up_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    followup_verdict = models.CharField("师傅看复诊", max_length=6, choices=Seen, blank=True)
    followup_note = models.TextField("复诊情况", max_length=1000, blank=True)
    issued_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁开的")
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
            models.UniqueConstraint(fields=("studio", "case", "round"), name="one_prescription_a_round"),
            in_pairs("followed_up_at", "followed_up_by", name="prescription_followed_up_by_someone"),
            models.CheckConstraint(
                condition=models.Q(followed_up_at__isnull=True) | models.Q(followup_verdict="fine"),
                name="prescription_followed_up_when_fine",
            ),
        )
        indexes = (
            models.Index(
                fields=("followup_by", "followup_on"),
                condition=models.Q(followed_up_at__isnull=True),
                name="prescriptions_to_look_at",
            ),
        )

    def __str__(self):
        return self.no

    def get_absolute_url(self):
        return address_of("casework:prescription-detail", self.pk)

    @property
    def no(self):
        return f"〔{self.year}〕会诊第 {self.number:03d} 号"

    def ledger_lines(self):
        """For the owner and the issuer; once it was looked at in the end, for the owner and who looked."""
        link, title = self.case.get_absolute_url(), self.case.title
        day, by = timezone.localdate(self.issued_at), self.issued_by_id
        lines = [
            Line(self.case.owner_id, Kind.CASE, day, f"拿到药方：{title}", by, link=link),
            Line(by, Kind.CASE, day, f"开出药方：{title}", by, "issued", link=link),
        ]
        if self.followed_up_at:
            day, by = timezone.localdate(self.followed_up_at), self.followed_up_by_id
            text = f"复诊看过了：{self.followup_note[:80] or title}"
            lines.append(Line(self.case.owner_id, Kind.CASE, day, text, by, "checked", link=link))
            lines.append(Line(by, Kind.CASE, day, f"去看了复诊：{title}", by, "looked", link=link))
        return lines


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
        """Whoever sees the case; and who has to do the step, while any role in the studio is held."""
        cases = Case.objects.visible_to(person).filter(pk=models.OuterRef("prescription__case"))
        seen = models.Q(models.Exists(cases))
        kept = models.Q(prescription__case__removed_at__isnull=True)
        own = models.Q(owner=person, studio__in=person.standing.studios)
        return self.filter(seen | own & kept)

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
    owner_kind = models.CharField("责任人", max_length=12, choices=OwnerKind, default=OwnerKind.APPRENTICE)
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
    wants_slip = models.BooleanField("需要派三联单", default=False, db_default=False)
    state = models.CharField("状态", max_length=8, choices=StepState, default=StepState.TODO)
    state_since = models.DateTimeField(default=timezone.now)
    # The latest change of what was agreed; earlier ones are in the step's history.
    reason = models.CharField("为什么改", max_length=200, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "步骤"
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("studio", "prescription", "order"), name="steps_in_order"),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False) | ~models.Q(owner_name=""),
                name="step_has_an_owner",
            ),
            in_pairs("changed_at", "changed_by", name="step_changed_by_someone"),
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
            models.Index(fields=("studio", "due_on"), include=("state", "state_since"), name="steps_by_day"),
        )

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return address_of("casework:step-followup", self.pk)

    @property
    def is_late(self):
        """Not done although its day has passed; nothing is late while the case is held."""
        if self.state in (StepState.DONE, StepState.DROPPED) or self.due_on >= timezone.localdate():
            return False
        return self.prescription.case.state != State.HELD

    @property
    def whose(self):
        return self.owner.called if self.owner_id else self.owner_name

    def move_to(self, state, *, at=None):
        """Change the step's state by its table; raises Refused. Lock the row first."""
        state = StepState(state)
        if state not in STEP_MOVES[self.state]:
            raise Refused(f"这一步现在是“{self.get_state_display()}”，不能改成“{state.label}”")
        self.state, self.state_since = state, at or timezone.now()
        self.version += 1
        self.save(update_fields=("state", "state_since", "version"))
