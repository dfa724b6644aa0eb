"""案例库: a finished case told so that nobody is recognised, read by a second person before others see it."""

from datetime import date

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.models import Neighbourhood, Searched, Studio, Versioned, in_pairs
from people.search_index import Text, district_scope
from people.sight import kept

from .case import Case
from .outcome import Outcome

MOST_STORY, MOST_CURE, MOST_WORDS = 3000, 2000, 1000


class LibraryState(models.TextChoices):
    DRAFT = "draft", "在写"
    READING = "reading", "等第二个人看"
    PUBLISHED = "published", "已入库"
    WITHDRAWN = "withdrawn", "已撤下"


def family_of(person):
    """Studios whose library the person reads: one's own, their district's, and the streets beside them."""
    standing = person.standing
    own = models.Q(pk__in=standing.member_studios) | models.Q(pk__in=standing.district)
    heads = Studio.objects.filter(own, parent__isnull=False).order_by().values("parent")
    found = Studio.objects.filter(own | models.Q(parent__in=heads) | models.Q(pk__in=heads))
    return found.order_by().values("pk")


class LibraryCaseQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """What is in the library: the whole district; what is not yet: who writes it and who may read it."""
        standing = person.standing
        chaired = models.Exists(Case.objects.filter(pk=models.OuterRef("case"), chair=person))
        inside = models.Q(studio__in=standing.staff) | models.Q(studio__in=standing.lead)
        return self.filter(
            models.Q(state=LibraryState.PUBLISHED, studio__in=family_of(person))
            | inside
            | models.Q(studio__in=standing.studios) & chaired
        )

    def published(self):
        return self.filter(state=LibraryState.PUBLISHED)


@source
@pghistory.track()
class LibraryCase(Searched, Versioned):
    """The public text (公开稿) of one case. Attachments and residents never come along."""

    search_kind, search_label = "library", "案例库"
    search_watches = (
        "title", "story", "question", "diagnosis", "cure", "effect", "comment", "state", "category",
    )  # fmt: skip
    search_along = ("studio",)

    State = LibraryState

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="library_case", verbose_name="原案例")
    state = models.CharField("状态", max_length=10, choices=LibraryState, default=LibraryState.DRAFT)
    title = models.CharField("标题", max_length=40)
    category = models.CharField("类别", max_length=12, choices=Case.Category)
    place_kind = models.CharField(
        "居民区类型", max_length=12, choices=Neighbourhood.Kind, blank=True, editable=False
    )
    story = models.TextField("经过", max_length=MOST_STORY)
    question = models.CharField("想问的问题", max_length=200)
    diagnosis = models.TextField("病因", max_length=MOST_WORDS, blank=True)
    cure = models.TextField("药方", max_length=MOST_CURE)
    effect = models.TextField("疗效", max_length=MOST_WORDS)
    comment = models.TextField("点评", max_length=MOST_WORDS, blank=True)
    commented_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁点评"
    )
    named = models.BooleanField("点评的人同意署名", default=False)
    result = models.CharField("结果", max_length=8, choices=Outcome.Result, blank=True, editable=False)
    methods = models.ManyToManyField(
        "growth.Method", verbose_name="用到的工作法", blank=True, related_name="+"
    )
    # Month in which the case was closed, as its first day; the exact day stays in the street.
    month = models.DateField("月份", editable=False)
    kept_findings = models.JSONField(default=list, blank=True, editable=False)
    # Everybody who wrote in it: none of them can be the second reader.
    editors = models.ManyToManyField("people.Person", related_name="+", editable=False)
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_by = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", editable=False, verbose_name="谁写的"
    )
    returned = models.CharField("还要改哪里", max_length=300, blank=True)
    read_at = models.DateTimeField("看过的时间", null=True, blank=True, editable=False)
    read_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name="第二个人",
    )  # fmt: skip
    withdrawn_at = models.DateTimeField("撤下的时间", null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name="谁撤下的",
    )  # fmt: skip
    reason = models.CharField("为什么撤下", max_length=300, blank=True)

    objects = LibraryCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "入库案例"
        ordering = ("-read_at", "-pk")
        indexes = (
            models.Index(fields=("studio", "-read_at", "-id"), name="library_of_a_studio"),
            models.Index(
                fields=("-read_at", "-id"), condition=models.Q(state="published"), name="library_newest"
            ),
            models.Index(fields=("studio", "state"), name="library_by_state"),
        )
        constraints = (
            in_pairs("read_at", "read_by", name="library_read_by_someone"),
            in_pairs("withdrawn_at", "withdrawn_by", name="library_withdrawn_by_someone"),
            models.CheckConstraint(
                condition=models.Q(state="published", read_by__isnull=False)
                | ~models.Q(state="published") & models.Q(read_by__isnull=True),
                name="library_published_when_read",
            ),
            models.CheckConstraint(
                condition=models.Q(read_by__isnull=True) | ~models.Q(read_by=models.F("edited_by")),
                name="library_read_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state="withdrawn", withdrawn_at__isnull=False) & ~models.Q(reason="")
                | ~models.Q(state="withdrawn") & models.Q(withdrawn_at__isnull=True, reason=""),
                name="library_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(named=False) | models.Q(commented_by__isnull=False),
                name="library_named_somebody",
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="library_knows_the_month_only"),
        )

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address_of("casework:library-detail", self.pk)

    @property
    def is_published(self):
        return self.state == LibraryState.PUBLISHED

    @property
    def credit(self):
        """Who commented, in words: by name where the person agreed."""
        return self.commented_by.called if self.named and self.commented_by_id else "带教书记"

    def search_text(self):
        """In the library the whole district finds it."""
        if not self.is_published:
            return None
        body = "\n".join(filter(None, (self.story, self.diagnosis, self.cure, self.effect, self.comment)))
        return Text(
            title=self.title,
            lead=self.question,
            body=body,
            on=self.month,
            category=self.category,
            place_kind=self.place_kind,
            scope=district_scope(self.studio.parent_id or self.studio_id),
        )

    def ledger_lines(self):
        """For the case's owner, and who commented, while it is in the library."""
        if not self.is_published:
            return []
        day, link = timezone.localdate(self.read_at), self.get_absolute_url()
        text, owner = f"案例进了案例库：{self.title}", self.case.owner_id
        lines = [Line(owner, Kind.CASE, day, text, self.edited_by_id, milestone=True, link=link)]
        if self.commented_by_id and self.commented_by_id != owner:
            text = f"点评的案例进了案例库：{self.title}"
            lines.append(Line(self.commented_by_id, Kind.CASE, day, text, self.edited_by_id, link=link))
        return lines


def first_of_month(moment):
    """The month of a moment, as its first day."""
    day = timezone.localdate(moment)
    return date(day.year, day.month, 1)
