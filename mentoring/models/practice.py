"""做法: one practice seen somewhere, who tries it at home, and what came of it.

「带回一条」 of a study visit is a practice together with the seer's own uptake; others take it up with a plan
and a day of their own. The lineage reads: seen at, taken up by, result. Always in the order of time.
"""

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.counting import number_of
from people.models import Searched, Versioned, in_pairs
from people.search_index import Text

# A practice that was begun is looked at again after so many days.
CHECK_DAYS = 90


class PracticeQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Everybody of the studio, and the district above it: practices are there to be taken up."""
        standing = person.standing
        return self.filter(
            models.Q(studio__in=standing.member_studios) | models.Q(studio__in=standing.district)
        )

    def with_counts(self):
        """With `tried`, how many took it up; of them `told` the result, and `worked` where it worked."""
        taken = Uptake.objects.filter(practice=models.OuterRef("pk"))
        told = taken.filter(checked_at__isnull=False)
        counts = {"tried": taken, "told": told, "worked": told.filter(result=Uptake.Result.WORKED)}
        return self.annotate(**{name: number_of(rows, "practice") for name, rows in counts.items()})


@source
@pghistory.track()
class Practice(Searched, Versioned):
    search_kind, search_label = "practice", "做法"
    search_watches = ("name", "what", "place")

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    name = models.CharField("做法叫什么", max_length=40)
    what = models.TextField("他们是怎么做的", max_length=1000)
    place = models.CharField("在哪里看到的", max_length=60)
    seen_on = models.DateField("哪天看到的", default=timezone.localdate)
    seen_by = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="practices", verbose_name="谁带回来的"
    )
    visit = models.ForeignKey(
        "mentoring.Visit", models.PROTECT, null=True, blank=True, related_name="practices",
        verbose_name="哪次观摩",
    )  # fmt: skip
    at = models.DateTimeField(default=timezone.now)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "做法"
        ordering = ("-seen_on", "-pk")
        indexes = (
            models.Index(fields=("studio", "-seen_on", "-id"), name="practices_of_a_studio"),
            models.Index(fields=("seen_by", "-seen_on"), name="practices_of_a_person"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "visit", "seen_by"),
                condition=models.Q(visit__isnull=False),
                name="one_practice_brought_back_per_visit",
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("mentoring:practice-detail", self.pk)

    def search_text(self):
        return Text(title=self.name, body=f"{self.what}\n{self.place}", on=self.seen_on)

    def editable_by(self, person):
        return self.seen_by_id == person.pk or self.studio_id in person.standing.staff

    def ledger_lines(self):
        link, text = self.get_absolute_url(), f"带回一条做法：{self.name}（{self.place}）"
        return [Line(self.seen_by_id, Kind.STUDY, self.seen_on, text, self.seen_by_id, link=link)]


class UptakeQuerySet(models.QuerySet):
    def visible_to(self, person):
        practices = Practice.objects.visible_to(person).filter(pk=models.OuterRef("practice"))
        return self.filter(models.Exists(practices))

    def open(self):
        return self.filter(checked_at__isnull=True)


@source
@pghistory.track()
class Uptake(Versioned):
    class Result(models.TextChoices):
        WORKED = "worked", "见效了"
        PARTLY = "partly", "有一点用"
        UNFIT = "unfit", "在我这里不合用"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="uptakes", verbose_name="做法")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="uptakes", verbose_name="谁来试")
    plan = models.TextField("回去先试什么", max_length=500)
    check_on = models.DateField("哪天回头看")
    result = models.CharField("结果", max_length=8, choices=Result, blank=True)
    told = models.TextField("试下来怎么样", max_length=1000, blank=True)
    checked_at = models.DateTimeField("说结果的时间", null=True, blank=True)
    checked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("开始试的时间", default=timezone.now)

    objects = UptakeQuerySet.as_manager()

    class Meta:
        verbose_name = "试一试"
        ordering = ("at", "pk")
        indexes = (
            models.Index(
                fields=("person", "check_on"),
                condition=models.Q(checked_at__isnull=True),
                name="uptakes_to_check",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("studio", "practice", "person"), name="taken_up_once"),
            in_pairs("checked_at", "checked_by", name="uptake_checked_by_someone"),
            models.CheckConstraint(
                condition=models.Q(checked_at__isnull=True, result="")
                | models.Q(checked_at__isnull=False) & ~models.Q(result=""),
                name="uptake_checked_with_a_result",
            ),
        )

    def __str__(self):
        return f"{self.person.name}试“{self.practice.name}”"

    def get_absolute_url(self):
        return address_of("mentoring:practice-detail", self.practice_id)

    def ledger_lines(self):
        """That one tries what somebody else brought back, and what came of it."""
        link, name, lines = self.get_absolute_url(), self.practice.name, []
        if self.practice.seen_by_id != self.person_id:
            on = timezone.localdate(self.at)
            lines.append(
                Line(self.person_id, Kind.STUDY, on, f"也来试做法：{name}", self.person_id, link=link)
            )
        if self.checked_at:
            on, text = timezone.localdate(self.checked_at), f"试了“{name}”：{self.get_result_display()}"
            lines.append(Line(self.person_id, Kind.STUDY, on, text, self.checked_by_id, "checked", link=link))
        return lines
