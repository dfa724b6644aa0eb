"""带教活动: one teaching session, planned or held, with those who were there and its photos."""

from datetime import timedelta

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.competencies import Competency, Topic
from people.models import Removable, Searched, Versioned, for_finding, in_pairs
from people.search_index import Text
from people.sight import kept

from .photo import Photo


class SessionQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """The mentor, those who took part, a participant's present mentor, staff; not the district."""
        standing = person.standing
        attending = Attendance.objects.filter(session=models.OuterRef("pk"))
        own = models.Exists(attending.filter(apprentice=person))
        taught = models.Exists(attending.filter(apprentice__in=standing.pupils))
        return self.filter(removed_at__isnull=True).filter(
            models.Q(mentor=person) | models.Q(studio__in=standing.staff) | own | taught
        )

    def titles_visible_to(self, person):
        """Sessions of one's own group: date, mentor, topics; not the words (DESIGN 3.4: 同组 title only)."""
        attending = Attendance.objects.filter(session=models.OuterRef("pk"))
        mates = attending.filter(apprentice__in=person.standing.peers)
        return self.filter(models.Exists(mates), removed_at__isnull=True)

    def held(self):
        return self.filter(state=Session.State.LOGGED, removed_at__isnull=True)

    def planned(self):
        return self.filter(state=Session.State.PLANNED, removed_at__isnull=True)


@source
@pghistory.track()
class Session(Searched, Versioned, Removable):
    search_kind, search_label = "session", "带教活动"
    search_watches = (
        "note", "theme", "topics", "place", "findings", "held_on", "state", "mode", "neighbourhood",
    )  # fmt: skip
    search_along = ("mentor", "neighbourhood")

    class State(models.TextChoices):
        PLANNED = "planned", "已安排"
        LOGGED = "logged", "已记录"
        CANCELLED = "cancelled", "已取消"

    class Mode(models.TextChoices):
        FACE = "face", "面对面"
        VISIT = "visit", "走访"
        PHONE = "phone", "电话"
        WECHAT = "wechat", "微信"
        STATIONED = "stationed", "驻点"
        STUDY = "study", "观摩"
        SCENE = "scene", "情景党课"
        SMALL = "small", "小班带训"
        CLASS = "class", "集中培训"
        SELECTED = "selected", "双月选训"
        ONSITE = "onsite", "实地督训"
        RESEARCH = "research", "研讨"
        ANSWERS = "answers", "现场答疑"
        LECTURE = "lecture", "共建讲课"
        TALK = "talk", "谈心"

    class Duration(models.IntegerChoices):
        HALF_HOUR = 30, "半小时"
        HOUR = 60, "1小时"
        TWO_HOURS = 120, "2小时"
        HALF_DAY = 240, "半天"

    class ProxySource(models.TextChoices):
        PHONE = "phone", "电话"
        WECHAT = "wechat", "微信"
        NOTEBOOK = "notebook", "纸质本子"
        FACE = "face", "当面"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    cohort = models.ForeignKey("mentoring.Cohort", models.PROTECT, related_name="+", verbose_name="期次")
    group = models.ForeignKey(
        "mentoring.Group",
        models.PROTECT,
        related_name="sessions",
        verbose_name="带教组",
    )
    mentor = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        related_name="sessions_as_mentor",
        verbose_name="师傅",
    )
    apprentices = models.ManyToManyField(
        "people.Person",
        through="mentoring.Attendance",
        verbose_name="带了谁",
        related_name="sessions",
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.LOGGED)
    held_on = models.DateField("日期")
    starts_at = models.TimeField("几点", null=True, blank=True, help_text="for planned ones")
    minutes = models.PositiveSmallIntegerField(
        "时长", choices=Duration, null=True, blank=True, default=Duration.HOUR
    )
    topics = ArrayField(
        models.CharField(max_length=15, choices=Topic),
        verbose_name="讲了什么",
        default=list,
        blank=True,
    )
    note = models.TextField("说一说", max_length=2000, blank=True)
    mode = models.CharField("方式", max_length=10, choices=Mode, default=Mode.FACE)
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="居民区",
    )
    base = models.ForeignKey(
        "mentoring.Base",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="教学基地",
    )
    place = models.CharField("地点", max_length=60, blank=True)
    theme = models.CharField("主题", max_length=60, blank=True)
    # What some ways of teaching need besides: mentoring/session_modes.py says which.
    lecturer = models.CharField("主讲人", max_length=30, blank=True)
    partner = models.CharField("讲课的单位", max_length=40, blank=True)
    units = ArrayField(models.CharField(max_length=40), verbose_name="来答疑的部门", default=list, blank=True)
    findings = models.TextField("看到的问题，怎么改", max_length=1000, blank=True)
    methods = models.ManyToManyField(
        "growth.Method", verbose_name="用到的工作法", blank=True, related_name="+"
    )
    logged_at = models.DateTimeField("记录时间", null=True, blank=True, editable=False)
    logged_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="谁记的",
    )
    planned_at = models.DateTimeField(null=True, blank=True, editable=False)
    planned_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    proxy_source = models.CharField("根据什么记的", max_length=10, choices=ProxySource, blank=True)
    confirmed_at = models.DateTimeField("师傅核对的时间", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "带教活动"
        ordering = ("-held_on", "-pk")
        indexes = (
            models.Index(fields=("studio", "-held_on", "-id"), name="sessions_of_a_studio"),
            models.Index(fields=("mentor", "-held_on", "-id"), name="sessions_of_a_mentor"),
            models.Index(fields=("group", "-held_on", "-id"), name="sessions_of_a_group"),
            for_finding("sessions_removed"),
            models.Index(
                fields=("studio", "held_on"),
                condition=models.Q(state="planned", removed_at__isnull=True),
                name="sessions_planned",
            ),
        )
        constraints = (
            in_pairs("logged_at", "logged_by", name="session_logged_by_someone"),
            in_pairs("planned_at", "planned_by", name="session_planned_by_someone"),
            in_pairs("confirmed_at", "confirmed_by", name="session_confirmed_by_someone"),
            in_pairs("removed_at", "removed_by", name="session_removed_by_someone"),
            models.CheckConstraint(
                condition=models.Q(state="logged", logged_at__isnull=False)
                | models.Q(~models.Q(state="logged"), logged_at__isnull=True),
                name="session_logged_when_logged",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="logged")
                | ~models.Q(topics=[])
                | ~models.Q(note="")
                | models.Q(mode="talk"),
                name="session_says_something",
            ),
            # What two people said to each other in 谈心 stands in TalkNote, for the two alone.
            models.CheckConstraint(
                condition=~models.Q(mode="talk") | models.Q(note=""), name="talk_is_not_in_the_record"
            ),
        )

    def __str__(self):
        return f"{self.held_on:%Y-%m-%d} {self.mentor.called}"

    def get_absolute_url(self):
        return address_of("mentoring:session-detail", self.pk)

    @property
    def by_proxy(self):
        """Logged by staff for the mentor (由街道代记)."""
        return self.state == self.State.LOGGED and self.logged_by_id != self.mentor_id

    @property
    def editable_until(self):
        """End of the undo window for the mentor; `studio` must be loaded. None while not logged."""
        return self.logged_at and self.logged_at + timedelta(hours=self.studio.edit_hours)

    def waits_for(self, person):
        """Whether this is a 代记 that its mentor, this person, has not looked at yet."""
        return self.by_proxy and self.mentor_id == person.pk and not self.confirmed_at

    def editable_by(self, person, at=None):
        """Staff of the studio always; the mentor within the window, or until a 代记 is confirmed."""
        if self.removed_at or self.state != self.State.LOGGED:
            return False
        if self.studio_id in person.standing.staff:
            return True
        in_time = (at or timezone.now()) < self.editable_until
        return self.mentor_id == person.pk and (in_time or self.waits_for(person))

    def plan_editable_by(self, person):
        """A plan is changed or called off by its mentor or by staff, as long as it is one."""
        planned = self.state == self.State.PLANNED and not self.removed_at
        return planned and (self.mentor_id == person.pk or self.studio_id in person.standing.staff)

    def where(self):
        """The place in words: 教学基地, 居民区, what was typed; `base` and `neighbourhood` selected along."""
        known = self.base or self.neighbourhood
        return "，".join(str(part) for part in (known, self.place) if part)

    def topic_labels(self):
        return [Topic(topic).label for topic in self.topics]

    def summary(self):
        """One sentence: what was taught, or the first words of the note; of a talk that it was one."""
        return "、".join(self.topic_labels()) or self.note[:40] or ("谈心" if self.is_talk else "")

    @property
    def is_talk(self):
        return self.mode == self.Mode.TALK

    def search_text(self):
        """Of a talk nothing is found: what was said stays between the two."""
        if self.state != self.State.LOGGED or self.removed_at or self.is_talk:
            return None
        about = self.theme or "、".join(self.topic_labels()) or self.get_mode_display()
        kind = self.neighbourhood.kind if self.neighbourhood_id else ""
        body = "\n".join(filter(None, (self.note, self.findings, self.place)))
        title = f"{self.mentor.called}带教：{about}"
        return Text(title=title, body=body, on=self.held_on, place_kind=kind)

    def ledger_lines(self):
        if self.state != self.State.LOGGED or self.removed_at:
            return []
        link, axes = (
            self.get_absolute_url(),
            tuple(t for t in self.topics if t in Competency),
        )
        way, what = self.get_mode_display(), self.summary()
        said = way if what == way else f"{way}，{what}"
        present = list(self.attendance.values_list("apprentice", flat=True))
        lines = [
            Line(
                pk,
                Kind.SESSION,
                self.held_on,
                f"{self.mentor.called}带教：{said}",
                self.logged_by_id,
                competencies=axes,
                link=link,
            )
            for pk in present
        ]
        own = f"带教{len(present)}人：{said}"
        return [
            *lines,
            Line(
                self.mentor_id,
                Kind.SESSION,
                self.held_on,
                own,
                self.logged_by_id,
                competencies=axes,
                link=link,
            ),
        ]


@pghistory.track()
class Attendance(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="attendance")
    apprentice = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="attendance", verbose_name="徒弟"
    )

    class Meta:
        verbose_name = "参加"
        constraints = (
            models.UniqueConstraint(fields=("studio", "session", "apprentice"), name="attends_once"),
        )
        indexes = (models.Index(fields=("apprentice", "session"), name="sessions_of_an_apprentice"),)

    def __str__(self):
        return f"{self.session_id} {self.apprentice_id}"


class SessionPhoto(Photo):
    OWNER, MOST = "session", 6

    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="photos")
    image = models.FileField(upload_to="sessions/%Y/%m")
    thumb = models.FileField(upload_to="sessions/%Y/%m")

    class Meta(Photo.Meta):
        indexes = (
            models.Index(
                fields=("uploaded_by", "uploaded_at"),
                condition=models.Q(session__isnull=True),
                name="photos_waiting",
            ),
        )
