"""三个一: what a group, or the whole studio, set for a month, a quarter or a half-year, and what it became.

The board itself is worked out (mentoring/cadence.py): a row stands here only for what somebody wrote. A cell
is 已办 through a session, a meeting or a visit that was held, or a report that was written, never by a tick.
"""

import pghistory
from django.db import models
from django.urls import reverse

from people.models import Versioned, in_pairs
from people.sight import kept

from .cohort import Group
from .pairing import Pairing

REPORT_MOST = 3000
# What may stand behind a cell, one of them; select these along before asking `is_done`.
BACKED = ("session", "meeting", "visit")


class CadenceKind(models.TextChoices):
    THEME = "theme", "每月一主题"
    EXCHANGE = "exchange", "每季一交流"
    SUMMARY = "summary", "每半年一总结"


class CadenceCellQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Staff all of the studio's; mentors and apprentices the whole studio's and their own group's."""
        standing = person.standing
        return self.filter(
            models.Q(studio__in=standing.staff)
            | models.Q(studio__in=standing.member_studios, group__isnull=True)
            | models.Q(models.Exists(own_groups(person).filter(pk=models.OuterRef("group"))))
        )


def own_groups(person):
    """Groups the person leads, or learns in now."""
    learning = Pairing.objects.current().filter(group=models.OuterRef("pk"), apprentice=person)
    return Group.objects.filter(models.Q(mentor=person) | models.Exists(learning))


def took_place(act):
    """Whether a session, meeting or visit (or None) was held and is still there."""
    return act is not None and act.state in ("logged", "held") and not getattr(act, "removed_at", None)


def _backed_by(name):
    """The condition that exactly this one of BACKED is set, with its moment; None: nothing is."""
    empty = {f"{one}__isnull": one != name for one in BACKED}
    return models.Q(linked_at__isnull=name is None, **empty)


@pghistory.track()
class CadenceCell(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    group = models.ForeignKey(
        "mentoring.Group", models.PROTECT, null=True, blank=True, related_name="cadence",
        verbose_name="带教组", help_text="empty: the whole studio",
    )  # fmt: skip
    kind = models.CharField("哪一个一", max_length=8, choices=CadenceKind)
    year = models.PositiveSmallIntegerField("年度")
    period = models.PositiveSmallIntegerField("第几段", help_text="month, quarter or half-year, from 1")
    theme = models.CharField("主题", max_length=60)
    held_on = models.DateField("日期", null=True, blank=True)
    host = models.CharField("主讲或主持", max_length=40, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    planned_at = models.DateTimeField("定下的时间", editable=False)
    planned_by = models.ForeignKey("people.Person", models.PROTECT, editable=False, related_name="+")
    session = models.ForeignKey(
        "mentoring.Session",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="哪一次带教",
    )
    meeting = models.ForeignKey(
        "mentoring.Meeting", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="哪一次会"
    )
    visit = models.ForeignKey(
        "mentoring.Visit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="哪一次观摩"
    )
    linked_at = models.DateTimeField("挂上的时间", null=True, blank=True, editable=False)
    linked_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    report = models.TextField("写下来的总结", max_length=REPORT_MOST, blank=True)
    reported_at = models.DateTimeField("写好的时间", null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = CadenceCellQuerySet.as_manager()

    class Meta:
        verbose_name = "三个一"
        ordering = ("year", "kind", "period", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "year", "kind", "period", "group"),
                nulls_distinct=False,
                name="cadence_cell_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="theme", period__range=(1, 12))
                | models.Q(kind="exchange", period__range=(1, 4))
                | models.Q(kind="summary", period__range=(1, 2)),
                name="cadence_period_is_there",
            ),
            models.CheckConstraint(condition=~models.Q(theme=""), name="cadence_cell_has_theme"),
            in_pairs("linked_at", "linked_by", name="cadence_linked_by_someone"),
            models.CheckConstraint(
                condition=_backed_by(None)
                | _backed_by("session")
                | _backed_by("meeting")
                | _backed_by("visit"),
                name="cadence_backed_by_one_thing",
            ),
            in_pairs("reported_at", "reported_by", name="cadence_reported_by_someone"),
            models.CheckConstraint(
                condition=models.Q(report="", reported_at__isnull=True)
                | ~models.Q(report="") & ~models.Q(kind="theme") & models.Q(reported_at__isnull=False),
                name="cadence_report_is_no_theme",
            ),
        )

    def __str__(self):
        return self.theme

    def get_absolute_url(self):
        return reverse("mentoring:cadence-cell", args=[self.year, self.kind, self.period, self.group_id or 0])

    @property
    def linked(self):
        """What was hung on it, as it is now, or None."""
        return self.session or self.meeting or self.visit

    @property
    def is_done(self):
        """Whether something real stands behind it; select BACKED along."""
        return bool(self.report) or took_place(self.linked)
