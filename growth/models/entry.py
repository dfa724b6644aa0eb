"""The growth ledger (成长台账): one dated line per person for everything that happened.

Lines are written with the thing itself, by `growth.actions.ledger.record`, and can be derived again from the
sources (`manage.py rebuild_ledger`). Timeline, calendar, evidence, tiles and reports read only this table, so
they agree.
"""

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from people.competencies import Competency
from people.sight import kept


class Kind(models.TextChoices):
    SESSION = "session", "带教"
    REFLECTION = "reflection", "心得"
    CASE = "case", "会诊"
    ASSESSMENT = "assessment", "考核"
    BRAND = "brand", "项目"
    HONOUR = "honour", "荣誉"
    PAIRING = "pairing", "结对"
    ADVANCEMENT = "advancement", "晋级"
    AIM = "aim", "目标"
    QUESTION = "question", "请教"
    FOLLOWING = "following", "专项跟进"
    STUDY = "study", "观摩"
    SCENE = "scene", "情景党课"
    SLIP = "slip", "三联单"
    MEETING = "meeting", "会议"


class EntryQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """One's own file, one's pupils' files, and every file of the studios where one is staff."""
        standing = person.standing
        return self.filter(
            models.Q(person=person)
            | models.Q(person__in=standing.pupils)
            | models.Q(studio__in=standing.staff)
        )

    def of(self, person):
        return self.filter(person=person)


class Entry(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="谁的", related_name="ledger")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    on = models.DateField("日期")
    text = models.CharField("一句话", max_length=200)
    link = models.CharField(max_length=200, blank=True)
    milestone = models.BooleanField("里程碑", default=False)
    competencies = ArrayField(
        models.CharField(max_length=15, choices=Competency),
        verbose_name="本领",
        default=list,
        blank=True,
    )
    source_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    source_id = models.BigIntegerField()
    aspect = models.CharField(
        max_length=20,
        blank=True,
        help_text="tells lines of one source for one person apart",
    )
    by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="谁记的",
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "成长台账"
        ordering = ("-on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "source_type", "source_id", "person", "aspect"),
                name="one_line_per_source_and_person",
            ),
        )
        indexes = (
            models.Index(fields=("person", "-on", "-id"), name="ledger_of_a_person"),
            models.Index(fields=("studio", "-on", "-id"), name="ledger_of_a_studio"),
            # Teaching sessions are counted once each, without a look at the lines themselves.
            models.Index(
                fields=("studio", "on", "source_id"),
                condition=models.Q(kind=Kind.SESSION),
                name="sessions_counted",
            ),
        )

    def __str__(self):
        return self.text
