"""疑难案例: a hard case on its way from a draft to a cure. MOVES is the one table, move_to the one door."""

from datetime import timedelta

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.competencies import Competency
from people.models import Removable, Searched, Versioned, in_pairs
from people.models.base import RESTORE_DAYS
from people.search_index import Text
from people.sight import kept
from people.stale import Refused

from .case_state import MOVES, OPEN_STATES, WRITABLE_STATES, State


class CaseQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The owner; staff; the invited; the mentor, before 受理 only if named. Drafts: their writer.

        Whoever presides, is invited or named sees it as long as any role in the studio is held.
        """
        standing = person.standing
        invited = models.Exists(_of("CaseConsultant").filter(case=models.OuterRef("pk"), person=person))
        named = models.Exists(
            Case.wanted.through.objects.filter(case_id=models.OuterRef("pk"), person_id=person.pk)
        )
        # People of a case that was merged into this one.
        told = models.Exists(_of("CaseReader").filter(case=models.OuterRef("pk"), person=person))
        # Accepted cases have somebody in the chair.
        treated = models.Q(owner__in=standing.pupils, chair__isnull=False)
        asked = (models.Q(chair=person) | invited | named | told) & models.Q(studio__in=standing.studios)
        shown = models.Q(studio__in=standing.staff) | asked | treated
        sent = ~models.Q(state=State.DRAFT)
        return self.filter(removed_at__isnull=True).filter(
            models.Q(owner=person) & sent | shown & sent | self._written_by(person)
        )

    @staticmethod
    def _written_by(person):
        """A draft is its writer's alone: the owner's, or that of the staff member who writes it (代交)."""
        return models.Q(state=State.DRAFT) & (
            models.Q(owner=person, drafted_by__isnull=True) | models.Q(drafted_by=person)
        )

    def drafts_of(self, person):
        """The open drafts of a writer; `removed_drafts_of` those that can still be found again."""
        return self.filter(self._written_by(person), removed_at__isnull=True)

    def removed_drafts_of(self, person):
        since = timezone.now() - timedelta(days=RESTORE_DAYS)
        return self.filter(self._written_by(person), removed_at__gt=since)

    def involving(self, person):
        """Cases that concern someone who is not staff: own, chaired, invited to, named for, and pupils'.

        Narrows a list by indexes before `visible_to` says what may be seen.
        """
        model, wanted = self.model, self.model.wanted.through.objects
        own = model.objects.filter(owner=person).order_by().values("pk")
        chaired = model.objects.filter(chair=person).order_by().values("pk")
        pupils = model.objects.filter(owner__in=person.standing.pupils).order_by().values("pk")
        invited = _of("CaseConsultant").filter(person=person).order_by().values("case_id")
        named = wanted.filter(person=person).order_by().values("case_id")
        told = _of("CaseReader").filter(person=person).order_by().values("case_id")
        return self.filter(pk__in=own.union(chaired, pupils, invited, named, told))

    def open(self):
        return self.filter(state__in=OPEN_STATES, removed_at__isnull=True)


def _of(name):
    return Case._meta.apps.get_model("casework", name).objects


@source
@pghistory.track()
class Case(Searched, Versioned, Removable):
    search_kind, search_label = "case", "疑难案例"
    search_watches = ("title", "story", "question", "category", "state", "neighbourhood")
    search_along = ("neighbourhood",)

    State = State

    class Category(models.TextChoices):
        PROPERTY = "property", "物业管理"
        PARKING = "parking", "停车"
        LIFT = "lift", "加装电梯"
        CORRIDOR = "corridor", "楼道环境"
        NEIGHBOURS = "neighbours", "邻里矛盾"
        OWNERS = "owners", "业委会"
        RENEWAL = "renewal", "旧改修缮"
        CARE = "care", "养老助残"
        PARTY = "party", "党务工作"
        EMERGENCY = "emergency", "应急"
        OTHER = "other", "其他"

    class Urgency(models.TextChoices):
        CALM = "calm", "不急"
        WEEK = "week", "这周内"
        TODAY = "today", "今天就要人帮"

    class Way(models.TextChoices):
        ONLINE = "online", "线上提意见"
        MEETING = "meeting", "开个会"
        EITHER = "either", "都行"

    class Handling(models.TextChoices):
        ONLINE = "online", "线上会诊"
        MEETING = "meeting", "线下会诊"
        DIRECT = "direct", "直接答复"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年", null=True, blank=True, editable=False)
    number = models.PositiveIntegerField("案例编号", null=True, blank=True, editable=False)
    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="cases", verbose_name="谁提的")
    drafted_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="谁代交的",
        help_text="staff writing for the owner",
    )
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="居民区",
    )
    title = models.CharField("一句话说清楚", max_length=30, blank=True)
    story = models.TextField("事情经过", max_length=3000, blank=True)
    began = models.CharField("什么时候开始的", max_length=60, blank=True)
    category = models.CharField("类别", max_length=12, choices=Category, blank=True)
    urgency = models.CharField("急不急", max_length=6, choices=Urgency, blank=True)
    question = models.CharField("最想请大家帮忙的一个问题", max_length=200, blank=True)
    wanted = models.ManyToManyField(
        "people.Person", verbose_name="希望谁来会诊", blank=True, related_name="+"
    )
    wanted_way = models.CharField("想怎么会诊", max_length=8, choices=Way, default=Way.ONLINE)
    nothing_tried = models.BooleanField("还没试过", default=False)
    kept_findings = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="what the privacy scanner found and the writer kept: fingerprints (people/privacy.py)",
    )
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField("从什么时候起", default=timezone.now)
    due_on = models.DateField("这一步几号前", null=True, blank=True)
    held_from = models.CharField(max_length=12, choices=State, blank=True, editable=False)
    handling = models.CharField("受理方式", max_length=8, choices=Handling, blank=True)
    chair = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chaired_cases",
        verbose_name="主持人",
    )
    meeting_at = models.DateTimeField("会议时间", null=True, blank=True)
    meeting_place = models.CharField("会议地点", max_length=60, blank=True)
    # While the case waits for its owner or is held no day is due: `due_on` is empty and comes back later.
    paused_on = models.DateField("从哪天起停下期限", null=True, blank=True, editable=False)
    paused_due = models.DateField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并到哪一件"
    )
    transferred_to = models.CharField("转给谁", max_length=60, blank=True)
    round = models.PositiveSmallIntegerField("第几次会诊", default=1)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True, editable=False)
    closed_at = models.DateTimeField("结案时间", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "疑难案例"
        ordering = ("-state_since", "-pk")
        indexes = (
            models.Index(fields=("studio", "-state_since", "-id"), name="cases_of_a_studio"),
            models.Index(fields=("studio", "state", "-state_since", "-id"), name="cases_by_state"),
            models.Index(fields=("owner", "-state_since", "-id"), name="cases_of_an_owner"),
            models.Index(fields=("chair", "state"), name="cases_of_a_chair"),
            # Counted without a look at the rows themselves.
            models.Index(
                fields=("studio", "state", "closed_at"),
                condition=models.Q(removed_at__isnull=True),
                name="cases_counted",
            ),
            models.Index(
                fields=("studio", "submitted_at"),
                include=("category", "neighbourhood"),
                condition=models.Q(removed_at__isnull=True),
                name="cases_submitted",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "year", "number"),
                name="case_number_once_per_studio_and_year",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(number__isnull=False, submitted_at__isnull=False),
                name="case_numbered_when_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | (
                    ~models.Q(title="")
                    & ~models.Q(story="")
                    & ~models.Q(category="")
                    & ~models.Q(urgency="")
                    & ~models.Q(question="")
                ),
                name="case_complete_when_submitted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("consulting", "treating", "reviewing"))
                | models.Q(chair__isnull=False),
                name="case_chaired_from_consulting_on",
            ),
            models.CheckConstraint(
                condition=models.Q(state="merged", merged_into__isnull=False)
                | ~models.Q(state="merged") & models.Q(merged_into__isnull=True),
                name="case_merged_into_another",
            ),
            models.CheckConstraint(
                condition=models.Q(paused_on__isnull=True) | models.Q(due_on__isnull=True),
                name="case_paused_without_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state="held") & ~models.Q(held_from="")
                | ~models.Q(state="held") & models.Q(held_from=""),
                name="case_held_from_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("closed", "published"), closed_at__isnull=False)
                | ~models.Q(state__in=("closed", "published")) & models.Q(closed_at__isnull=True),
                name="case_closed_at_when_closed",
            ),
            in_pairs("removed_at", "removed_by", name="case_removed_by_someone"),
        )

    def __str__(self):
        return self.title or "还没写完的案例"

    def get_absolute_url(self):
        return address_of("casework:case-detail", self.pk)

    @property
    def case_no(self):
        """〔2026〕案例第 012 号, or "" for a draft."""
        return f"〔{self.year}〕案例第 {self.number:03d} 号" if self.number else ""

    @property
    def writer_id(self):
        """Who may change the words of a draft: the owner, or the staff member who writes for the owner."""
        return self.drafted_by_id or self.owner_id

    def writable_by(self, person):
        """Until it is accepted, its writer may change the words; the owner too once it has been sent."""
        sent = self.state != State.DRAFT
        mine = person.pk == self.writer_id or (sent and person.pk == self.owner_id)
        return mine and self.state in WRITABLE_STATES and not self.removed_at

    def move_to(self, state, *, by, note="", at=None, due_on=None):
        """Change the state and write the trail. Raises Refused when the table does not allow it.

        Only actions call this, inside a transaction and on a row locked with `select_for_update()`.
        """
        state = State(state)
        back = self.state != State.HELD or state in (self.held_from, State.TRANSFERRED)
        if state not in MOVES[self.state] or not back:
            raise Refused(f"这个案例现在是“{self.get_state_display()}”，不能改成“{state.label}”")
        at, before = at or timezone.now(), self.state
        self.held_from = before if state == State.HELD else ""
        self.state, self.state_since, self.due_on = state, at, due_on
        if due_on is not None or state not in (State.HELD, before):
            self.paused_on = self.paused_due = None
        ended = state in (State.CLOSED, State.PUBLISHED)
        self.closed_at = (self.closed_at or at) if ended else None
        self.version += 1
        self.save(
            update_fields=(
                "state",
                "state_since",
                "due_on",
                "paused_on",
                "paused_due",
                "held_from",
                "merged_into",
                "closed_at",
                "version",
            )
        )
        return self.moves.create(
            studio_id=self.studio_id,
            before=before,
            after=state,
            by=by,
            at=at,
            note=note,
        )

    def keep_searchable(self, written=None):
        """Its words are found, and it is compared with others by its meaning."""
        super().keep_searchable(written)
        from ..likeness import keep  # noqa: PLC0415  it reads the models of this package

        if written is None or not {"title", "story", "question", "state"}.isdisjoint(written):
            keep(self)

    def search_text(self):
        """What everybody reads who sees the case; not the opinions, which wait, nor the residents."""
        if self.state == State.DRAFT or self.removed_at:
            return None
        tried = [text for one in self.tried.all() for text in (one.way, one.result)]
        found = self.prescriptions.values_list("diagnosis", flat=True)
        return Text(
            title=self.title,
            lead=self.question,
            body="\n".join(filter(None, (self.story, *tried, *found))),
            on=timezone.localdate(self.submitted_at),
            category=self.category,
            place_kind=self.neighbourhood.kind if self.neighbourhood_id else "",
        )

    def ledger_lines(self):
        """What the owner, and at the end the chair and those who gave opinions, can look back on."""
        if self.state == State.DRAFT or self.removed_at:
            return []
        link, day = self.get_absolute_url(), timezone.localdate(self.submitted_at)
        lines = [
            Line(
                self.owner_id,
                Kind.CASE,
                day,
                # The mentor reads this line, too, and learns of the case when it is accepted (DESIGN 3.4).
                f"提交疑难案例：{self.title}" if self.chair_id else "提交疑难案例",
                self.owner_id,
                "submitted",
                link=link,
            )
        ]
        if self.closed_at:
            day, learned = timezone.localdate(self.closed_at), self.learned()
            text = f"案例结案：{self.title}"
            lines.append(
                Line(
                    self.owner_id,
                    Kind.CASE,
                    day,
                    text,
                    self.chair_id,
                    "closed",
                    True,
                    learned,
                    link,
                )
            )
            if self.chair_id and self.chair_id != self.owner_id:
                lines.append(
                    Line(
                        self.chair_id,
                        Kind.CASE,
                        day,
                        f"主持会诊并结案：{self.title}",
                        self.chair_id,
                        "closed",
                        link=link,
                    )
                )
            spoke = set(self.opinions.values_list("author", flat=True)) - {self.owner_id, self.chair_id, None}
            for author in sorted(spoke):
                text = f"出过主意的案例结案：{self.title}"
                lines.append(Line(author, Kind.CASE, day, text, self.chair_id, "closed", link=link))
        return lines

    def learned(self):
        """The competencies ticked in the outcome evaluations of this case, in their fixed order."""
        ticked = {axis for outcome in self.outcomes.all() for axis in outcome.learned}
        return tuple(axis for axis in Competency.values if axis in ticked)
