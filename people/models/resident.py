"""Residents who gave a name or a number: the one table that holds them, and the record of who read them.

Cases, slips, visits and building files point here. The two texts are encrypted (people/vault.py); their
history is not tracked, because what is deleted has to be gone.
"""

from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone

from .. import vault
from ..residents_register import ids_shown_to
from .base import Versioned, in_pairs

SHOWN_MINUTES = 10


class ResidentQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The studio's staff, and whoever works on a matter of this resident; never the district."""
        shown = models.Q(studio__in=person.standing.staff)
        for source in ids_shown_to(person):
            shown |= models.Q(pk__in=source)
        return self.filter(shown)

    def kept(self):
        """Those whose name has not been deleted."""
        return self.filter(erased_at__isnull=True)

    def called(self, *, name="", phone=""):
        """Residents with this number, or, where none is given, of this very name."""
        if phone:
            return self.kept().filter(phone_mark__in=vault.marks(phone))
        return self.kept().filter(name_mark__in=vault.marks(name))


class Resident(models.Model):
    class Erased(models.TextChoices):
        TIME = "time", "保存期满"
        REQUEST = "request", "本人要求"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    secret = vault.SealedField(default=dict, help_text="{name, phone}, encrypted")
    name_mark = models.CharField(max_length=32, blank=True, editable=False)
    phone_mark = models.CharField(max_length=32, blank=True, editable=False)
    kept_on = models.DateField("记下的日子", default=timezone.localdate)
    erased_at = models.DateTimeField("隐去的时间", null=True, blank=True, editable=False)
    erased_why = models.CharField("为什么隐去", max_length=8, choices=Erased, blank=True, editable=False)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        verbose_name = "居民"
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("studio", "phone_mark"), name="residents_by_phone"),
            models.Index(fields=("studio", "name_mark"), name="residents_by_name"),
            models.Index(
                fields=("studio", "kept_on"),
                condition=models.Q(erased_at__isnull=True),
                name="residents_to_forget",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True, erased_why="")
                | models.Q(erased_at__isnull=False, secret="", name_mark="", phone_mark="")
                & ~models.Q(erased_why=""),
                name="resident_erased_is_empty",
            ),
        )

    def __str__(self):
        return self.masked

    def get_absolute_url(self):
        return reverse("people:resident-reveal", args=[self.pk])

    @property
    def masked_name(self):
        return vault.mask_name(self.secret.get("name", "")) if not self.erased_at else vault.HIDDEN

    @property
    def masked_phone(self):
        return vault.mask_phone(self.secret.get("phone", ""))

    @property
    def masked(self):
        """张* 138****1234: what stands on pages."""
        return " ".join(filter(None, (self.masked_name, self.masked_phone)))


class RevealQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The record is open to the studio's staff; one's own lines to oneself."""
        return self.filter(models.Q(studio__in=person.standing.staff) | models.Q(by=person))


class Reveal(models.Model):
    """Somebody read a resident's name and number: who, when, why. Never changed."""

    class Why(models.TextChoices):
        CALL = "call", "打电话联系"
        VISIT = "visit", "上门走访"
        CHECK = "check", "核对情况"
        COPY = "copy", "本人要求提供"
        OTHER = "other", "其他"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="reveals")
    by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谁看的"
    )
    by_name = models.CharField("谁看的（没有账号）", max_length=100, blank=True)
    at = models.DateTimeField("什么时候", default=timezone.now)
    why = models.CharField("为什么看", max_length=8, choices=Why)
    note = models.CharField("说明", max_length=100, blank=True)

    objects = RevealQuerySet.as_manager()

    class Meta:
        verbose_name = "查看居民信息"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("studio", "-at", "-id"), name="reveals_newest_first"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(why="other") | ~models.Q(note=""), name="reveal_other_is_told"
            ),
            models.CheckConstraint(
                condition=models.Q(by__isnull=False) | ~models.Q(by_name=""), name="reveal_by_somebody"
            ),
        )

    def __str__(self):
        return f"{self.get_why_display()} {self.note}".strip()

    def get_absolute_url(self):
        return reverse("people:reveal-shown", args=[self.pk])

    @property
    def who(self):
        return self.by.called if self.by_id else self.by_name

    @property
    def is_open(self):
        """Whether the page still shows what was asked for."""
        return self.at > timezone.now() - timedelta(minutes=SHOWN_MINUTES)


class ResidentRequestQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(studio__in=person.standing.staff)

    def open(self):
        return self.filter(done_at__isnull=True)


class ResidentRequest(Versioned):
    """A resident asks for a copy, a correction or a deletion of what is kept about him or her."""

    class Kind(models.TextChoices):
        COPY = "copy", "要一份复印件"
        CORRECT = "correct", "改正"
        DELETE = "delete", "删除"

    class Way(models.TextChoices):
        FACE = "face", "当面"
        PHONE = "phone", "电话"
        LETTER = "letter", "来信"

    class Answer(models.TextChoices):
        DONE = "done", "照办了"
        NOTHING = "nothing", "没有记过这个人"
        REFUSED = "refused", "依法不能照办"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="requests", verbose_name="谁提的")
    kind = models.CharField("要什么", max_length=8, choices=Kind)
    way = models.CharField("怎么提的", max_length=8, choices=Way)
    asked_on = models.DateField("哪天提的", default=timezone.localdate)
    due_on = models.DateField("几号前答复")
    registered_by = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name="登记人"
    )
    answer = models.CharField("怎么答复的", max_length=8, choices=Answer, blank=True)
    answer_note = models.CharField("答复的话", max_length=200, blank=True)
    done_at = models.DateTimeField("办结时间", null=True, blank=True)
    done_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ResidentRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "居民的要求"
        ordering = ("-asked_on", "-pk")
        indexes = (
            models.Index(fields=("studio", "-asked_on", "-id"), name="resident_requests_newest"),
            models.Index(
                fields=("studio", "due_on"),
                condition=models.Q(done_at__isnull=True),
                name="resident_requests_open",
            ),
        )
        constraints = (
            in_pairs("done_at", "done_by", name="resident_request_done_by_someone"),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True, answer="")
                | models.Q(done_at__isnull=False) & ~models.Q(answer=""),
                name="resident_request_answered_when_done",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("asked_on")), name="resident_request_due_later"
            ),
        )

    def __str__(self):
        return f"{self.resident.masked_name}要求{self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("people:resident-request", args=[self.pk])
