"""三联单: a resident's order on its way from 点单 to 回访. SLIP_MOVES is the one table, move_to the one
door.
"""

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.models import Versioned, in_pairs
from people.sight import kept
from people.stale import Refused

from .building import own_places
from .building_group import BuildingGroup
from .case import Case


class SlipState(models.TextChoices):
    OPEN = "open", "待派单"
    SENT = "sent", "已派单"
    ACCEPTED = "accepted", "已接单"
    FINISHED = "finished", "已办结"
    CALLED_BACK = "called_back", "已回访"
    REJECTED = "rejected", "退单"
    CONSULTED = "consulted", "转会诊"
    DROPPED = "dropped", "不办了"


SLIP_MOVES = {
    SlipState.OPEN: {SlipState.SENT, SlipState.DROPPED},
    # Sent again to somebody else; or finished at once on paper.
    SlipState.SENT: {
        SlipState.SENT,
        SlipState.ACCEPTED,
        SlipState.FINISHED,
        SlipState.REJECTED,
        SlipState.CONSULTED,
        SlipState.DROPPED,
    },
    SlipState.ACCEPTED: {
        SlipState.SENT,
        SlipState.FINISHED,
        SlipState.REJECTED,
        SlipState.CONSULTED,
        SlipState.DROPPED,
    },
    # The resident said that it is not done: it is sent out once more.
    SlipState.FINISHED: {SlipState.CALLED_BACK, SlipState.OPEN},
    SlipState.CALLED_BACK: set(),
    SlipState.REJECTED: {SlipState.SENT, SlipState.CONSULTED, SlipState.DROPPED},
    SlipState.CONSULTED: set(),
    SlipState.DROPPED: set(),
}
TO_SEND = (SlipState.OPEN, SlipState.REJECTED)
UNDER_WAY = (SlipState.SENT, SlipState.ACCEPTED)
LIVING = (*TO_SEND, *UNDER_WAY, SlipState.FINISHED)
# From the second 退单 on it is a matter for 会诊.
MOST_RETURNS = 2


class SlipCategory(Versioned):
    """政策咨询、环境卫生 …: each studio has its own, with the days a slip of the kind may take."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="slip_categories")
    name = models.CharField("类别", max_length=12)
    days = models.PositiveSmallIntegerField("几天办好", default=3)
    order = models.PositiveSmallIntegerField("第几个", default=0)
    in_use = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "三联单类别"
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("studio", "name"), name="slip_category_once"),
            models.CheckConstraint(
                condition=models.Q(days__gte=1, days__lte=365), name="slip_category_takes_days"
            ),
        )

    def __str__(self):
        return self.name


class OrderPage(Versioned):
    """The public page of a neighbourhood on which residents order without an account. Off until opened."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    neighbourhood = models.OneToOneField(
        "people.Neighbourhood", models.PROTECT, related_name="order_page", verbose_name="居民区"
    )
    is_open = models.BooleanField("开着", default=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "居民点单页"
        constraints = (in_pairs("changed_at", "changed_by", name="order_page_changed_by_someone"),)

    def __str__(self):
        return f"{self.neighbourhood}居民点单页"

    def get_absolute_url(self):
        return address_of("casework:order-page", self.neighbourhood_id)


class SlipQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The staff; who wrote it down, sends it or has it; the apprentices of its neighbourhood; the leader
        of its building's group; who owns or chairs the case it comes from. Never the district, no guest."""
        standing = person.standing
        mine = models.Q(registered_by=person) | models.Q(sent_by=person) | models.Q(handler=person)
        led = BuildingGroup.objects.filter(leader_account=person, buildings=models.OuterRef("building"))
        treated = Case.objects.filter(pk=models.OuterRef("of_case"), removed_at__isnull=True)
        treated = treated.filter(models.Q(owner=person) | models.Q(chair=person))
        return self.filter(
            models.Q(studio__in=standing.staff)
            | (mine | models.Exists(led) | models.Exists(treated)) & models.Q(studio__in=standing.studios)
            | own_places(person)
        )

    def open(self):
        return self.filter(state__in=LIVING)


@source
@pghistory.track(exclude=["ask_code"])
class Slip(Versioned):
    State = SlipState

    class Source(models.TextChoices):
        ORDER = "order", "群众点单"
        STEP = "step", "药方"
        VISIT = "visit", "接待走访"

    class Way(models.TextChoices):
        ONLINE = "online", "线上答疑"
        ERRAND = "errand", "上门跑腿"
        HANDED = "handed", "转办"

    class Said(models.TextChoices):
        SATISFIED = "satisfied", "满意"
        MOSTLY = "mostly", "基本满意"
        DISSATISFIED = "dissatisfied", "不满意"
        UNREACHED = "unreached", "没联系上"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年", editable=False)
    number = models.PositiveIntegerField("编号", editable=False)
    # 问题联
    source = models.CharField("来源", max_length=8, choices=Source, default=Source.ORDER)
    step = models.ForeignKey(
        "casework.Step", models.PROTECT, null=True, blank=True, related_name="slips", verbose_name="药方步骤"
    )
    of_case = models.ForeignKey(
        "casework.Case", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="哪个案例"
    )
    visit = models.ForeignKey(
        "casework.Visit", models.PROTECT, null=True, blank=True, related_name="slips", verbose_name="哪次走访"
    )
    category = models.ForeignKey(SlipCategory, models.PROTECT, related_name="+", verbose_name="类别")
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="居民区"
    )
    building = models.ForeignKey(
        "casework.Building", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="楼栋"
    )
    place = models.CharField("在哪里", max_length=40, blank=True)
    resident = models.ForeignKey(
        "people.Resident", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="反映人"
    )
    problem = models.CharField("什么事", max_length=500)
    wish = models.CharField("要求", max_length=200, blank=True)
    received_on = models.DateField("收到日期", default=timezone.localdate)
    registered_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )
    registered_name = models.CharField("登记人", max_length=40, blank=True)
    ask_code = models.CharField(max_length=12, blank=True, editable=False)
    # 责任联
    handler = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="slips", verbose_name="承办人"
    )
    handler_name = models.CharField("承办人（写名称）", max_length=40, blank=True)
    group = models.ForeignKey(
        BuildingGroup, models.PROTECT, null=True, blank=True, related_name="slips", verbose_name="党小组"
    )
    due_on = models.DateField("办理时限", null=True, blank=True)
    gives_phone = models.BooleanField("承办人要联系居民", default=False)
    sent_at = models.DateTimeField("派单时间", null=True, blank=True)
    sent_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="派单人"
    )
    accepted_at = models.DateTimeField("接单时间", null=True, blank=True)
    returns = models.PositiveSmallIntegerField("退单几次", default=0)
    # 服务联
    way = models.CharField("办理方式", max_length=8, choices=Way, blank=True)
    result = models.CharField("办了什么", max_length=500, blank=True)
    finished_at = models.DateTimeField("办结时间", null=True, blank=True)
    said = models.CharField("居民满意吗", max_length=12, choices=Said, blank=True)
    resident_words = models.CharField("居民怎么说", max_length=300, blank=True)
    called_back_at = models.DateTimeField("回访时间", null=True, blank=True)
    called_back_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="回访人"
    )
    state = models.CharField("状态", max_length=12, choices=SlipState, default=SlipState.OPEN)
    state_since = models.DateTimeField("从什么时候起", default=timezone.now)
    case = models.ForeignKey(
        "casework.Case", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="转成的案例"
    )

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = "三联单"
        ordering = ("-state_since", "-pk")
        indexes = (
            models.Index(fields=("studio", "-state_since", "-id"), name="slips_of_a_studio"),
            models.Index(fields=("studio", "state", "due_on"), name="slips_by_state"),
            models.Index(fields=("neighbourhood", "-state_since", "-id"), name="slips_of_a_neighbourhood"),
            models.Index(
                fields=("handler", "state"),
                condition=models.Q(state__in=("sent", "accepted")),
                name="slips_of_a_handler",
            ),
            models.Index(fields=("studio", "year"), include=("sent_at", "finished_at"), name="slips_counted"),
            models.Index(fields=("studio", "year"), condition=models.Q(sent_at=None), name="slips_unsent"),
            models.Index(
                fields=("studio", "year"), condition=models.Q(finished_at=None), name="slips_unfinished"
            ),
            models.Index(
                fields=("studio", "received_on"), include=("category", "neighbourhood"), name="slips_received"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("studio", "year", "number"), name="slip_number_once_per_year"),
            models.UniqueConstraint(
                fields=("studio", "ask_code"), condition=~models.Q(ask_code=""), name="slip_ask_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("open", "dropped"))
                | models.Q(sent_at__isnull=False, sent_by__isnull=False, due_on__isnull=False)
                & (models.Q(handler__isnull=False) | ~models.Q(handler_name="")),
                name="slip_sent_to_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("finished", "called_back"))
                | models.Q(finished_at__isnull=False) & ~models.Q(way="") & ~models.Q(result=""),
                name="slip_finished_with_result",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="called_back")
                | models.Q(called_back_at__isnull=False) & ~models.Q(said=""),
                name="slip_called_back_with_word",
            ),
            models.CheckConstraint(
                condition=models.Q(source="step", step__isnull=False)
                | ~models.Q(source="step") & models.Q(step__isnull=True),
                name="slip_of_a_step_has_it",
            ),
            in_pairs("called_back_at", "called_back_by", name="slip_called_back_by_someone"),
        )

    def __str__(self):
        return f"三联单{self.no}"

    def get_absolute_url(self):
        return address_of("casework:slip-detail", self.pk)

    @property
    def no(self):
        """〔2026〕第0012号."""
        return f"〔{self.year}〕第{self.number:04d}号"

    @property
    def whose(self):
        """Who has it, in words. Select `handler` along."""
        return self.handler.called if self.handler_id else self.handler_name

    @property
    def is_late(self):
        return bool(self.due_on) and self.state in UNDER_WAY and self.due_on < timezone.localdate()

    @property
    def where(self):
        """源园居民区 3号楼. Select `neighbourhood` and `building` along."""
        parts = (self.neighbourhood, self.building, self.place)
        return " ".join(str(part) for part in parts if part)

    @property
    def origin(self):
        """来源 as the coupon prints it. Select `step` along."""
        return f"药方第{self.step.order}步" if self.step_id else self.get_source_display()

    @property
    def public_steps(self):
        """For components/stepper.html: what a resident who asks is told."""
        names = ("收到", "派单", "接单", "办结", "回访")
        states = (
            SlipState.OPEN,
            SlipState.SENT,
            SlipState.ACCEPTED,
            SlipState.FINISHED,
            SlipState.CALLED_BACK,
        )
        now = states.index(self.state) + 1 if self.state in states else 1
        return [
            {"label": name, "state": "past" if place < now else "now" if place == now else "todo"}
            for place, name in enumerate(names)
        ]

    def move_to(self, state, *, by=None, by_name="", note="", at=None):
        """Change the state and write the trail; the caller saves what belongs to the state before or after.

        Only actions call this, inside a transaction and on a row locked with `select_for_update()`.
        """
        state = SlipState(state)
        if state not in SLIP_MOVES[self.state]:
            raise Refused(f"这张三联单现在是“{self.get_state_display()}”，不能改成“{state.label}”")
        at, before = at or timezone.now(), self.state
        self.state, self.state_since = state, at
        self.version += 1
        return SlipMove(
            studio_id=self.studio_id, slip=self, before=before, after=state, by=by, by_name=by_name, at=at,
            note=note,
        )  # fmt: skip

    def ledger_lines(self):
        """For whoever carried it out with an account."""
        if self.finished_at is None or self.handler_id is None:
            return []
        day, text = timezone.localdate(self.finished_at), f"办结三联单：{self.result}"
        return [Line(self.handler_id, Kind.SLIP, day, text, self.handler_id, link=self.get_absolute_url())]


class SlipMove(models.Model):
    """The trail: who moved the slip, with or without an account, and what was said. Never changed."""

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    slip = models.ForeignKey(Slip, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=12, choices=SlipState)
    after = models.CharField(max_length=12, choices=SlipState)
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "三联单流程"
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("slip", "at"), name="moves_of_a_slip"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(by__isnull=False) | ~models.Q(by_name=""), name="slip_moved_by_someone"
            ),
        )

    def __str__(self):
        return f"{self.get_before_display()} → {self.get_after_display()}"

    @property
    def who(self):
        if self.by_id and self.by_name:
            return f"{self.by_name}（{self.by.called}代记）"
        return self.by.called if self.by_id else self.by_name
