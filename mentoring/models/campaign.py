"""专项跟进: one matter per neighbourhood followed through its stages by many short contacts (换届选举 …).

A campaign is what the whole street goes through, with stages of its own; a matter is the campaign in one
neighbourhood; a contact is one tap and one line: 分析, 梳理, 化解 or 督促.
"""

import pghistory
from django.db import models
from django.utils import timezone

from growth.ledger_line import Line, source
from growth.models import Kind
from people.addresses import address_of
from people.models import Removable, Versioned, for_finding, in_pairs
from people.sight import kept


class CampaignQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Those who work in the studio; which matters they see is another question."""
        return self.filter(studio__in=person.standing.member_studios)

    def running(self):
        return self.filter(closed_at__isnull=True)


@pghistory.track()
class Campaign(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    name = models.CharField("跟进什么事", max_length=40)
    about = models.CharField("说明", max_length=200, blank=True)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("几号前走完", null=True, blank=True)
    quiet_days = models.PositiveSmallIntegerField("几天没联系算久", default=14)
    closed_at = models.DateTimeField("收尾的时间", null=True, blank=True)
    closed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "专项跟进"
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("studio", "name"), name="campaign_name_once_per_studio"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="campaign_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_days__gte=1), name="campaign_quiet_days_at_least_one"
            ),
            in_pairs("closed_at", "closed_by", name="campaign_closed_by_someone"),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("mentoring:campaign-detail", self.pk)


@pghistory.track()
class Stage(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField("第几步")
    name = models.CharField("这一步叫什么", max_length=20)
    hint = models.CharField("这一步要做到什么", max_length=100, blank=True)

    class Meta:
        verbose_name = "步骤"
        ordering = ("campaign", "order")
        constraints = (
            models.UniqueConstraint(fields=("studio", "campaign", "order"), name="stage_once_per_campaign"),
            models.CheckConstraint(condition=models.Q(order__gte=1), name="stage_counts_from_one"),
        )

    def __str__(self):
        return self.name


class MatterQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Staff and lead mentors: the whole street. A mentor: what one follows. An apprentice: one's own."""
        standing = person.standing
        return self.filter(
            models.Q(studio__in=standing.staff)
            | models.Q(studio__in=standing.lead)
            | models.Q(mentor=person)
            | models.Q(owner=person)
            | models.Q(owner__in=standing.pupils)
        )

    def open(self):
        return self.filter(done_at__isnull=True, campaign__closed_at__isnull=True)

    def stuck(self):
        return self.open().filter(stuck_at__isnull=False)

    def with_latest(self):
        """With `last_on`, `last_kind` and `last_text` of the latest contact."""
        latest = Contact.objects.there().filter(matter=models.OuterRef("pk")).order_by("-on", "-pk")
        return self.annotate(
            last_on=models.Subquery(latest.values("on")[:1]),
            last_kind=models.Subquery(latest.values("kind")[:1]),
            last_text=models.Subquery(latest.values("text")[:1]),
        )


@pghistory.track()
class Matter(Versioned):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="matters", verbose_name="专项")
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood", models.PROTECT, related_name="+", verbose_name="居民区"
    )
    mentor = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="哪位师傅跟"
    )
    owner = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="居民区谁来办"
    )
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="matters", verbose_name="走到哪一步")
    stage_since = models.DateField("从哪天起在这一步")
    stuck = models.CharField("卡在哪里", max_length=100, blank=True)
    stuck_at = models.DateTimeField(null=True, blank=True)
    stuck_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField("走完的时间", null=True, blank=True)
    done_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = "一个居民区的跟进"
        ordering = ("neighbourhood__code", "pk")
        indexes = (
            models.Index(fields=("mentor", "campaign"), name="matters_of_a_mentor"),
            models.Index(fields=("owner", "campaign"), name="matters_of_an_owner"),
            models.Index(
                fields=("studio", "campaign"),
                condition=models.Q(stuck_at__isnull=False),
                name="matters_stuck",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("studio", "campaign", "neighbourhood"), name="matter_once_per_neighbourhood"
            ),
            in_pairs("stuck_at", "stuck_by", name="matter_stuck_told_by_someone"),
            in_pairs("done_at", "done_by", name="matter_done_by_someone"),
            models.CheckConstraint(
                condition=models.Q(stuck="", stuck_at__isnull=True)
                | models.Q(stuck_at__isnull=False) & ~models.Q(stuck=""),
                name="matter_stuck_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(stuck_at__isnull=True),
                name="matter_done_is_not_stuck",
            ),
        )

    def __str__(self):
        return f"{self.neighbourhood}的{self.campaign}"

    def get_absolute_url(self):
        return address_of("mentoring:matter-detail", self.pk)

    def followed_by(self, person):
        """Whether the person may log contacts: the mentor who follows it, lead mentors, staff."""
        standing = person.standing
        return person.pk == self.mentor_id or self.studio_id in standing.staff | standing.lead


class ContactQuerySet(models.QuerySet):
    def visible_to(self, person):
        matters = Matter.objects.visible_to(person).filter(pk=models.OuterRef("matter"))
        return self.there().filter(models.Exists(matters))

    def there(self):
        return self.filter(removed_at__isnull=True)


@source
@pghistory.track()
class Contact(Removable):
    class Kind(models.TextChoices):
        ANALYSE = "analyse", "分析"
        ORDER = "order", "梳理"
        SETTLE = "settle", "化解"
        URGE = "urge", "督促"

    class Way(models.TextChoices):
        PHONE = "phone", "电话"
        WECHAT = "wechat", "微信"
        VISIT = "visit", "走访"
        FACE = "face", "面对面"

    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="contacts")
    kind = models.CharField("哪一种", max_length=8, choices=Kind)
    way = models.CharField("怎么联系的", max_length=8, choices=Way, default=Way.PHONE)
    on = models.DateField("哪一天")
    text = models.CharField("一句话", max_length=200, blank=True)
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="contacts", verbose_name="走到哪一步")
    moved = models.BooleanField(default=False, help_text="this contact brought the matter to its stage")
    finished = models.BooleanField(default=False, help_text="with this contact the matter was done")
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁记的")
    at = models.DateTimeField(default=timezone.now)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "一次联系"
        ordering = ("-on", "-pk")
        indexes = (
            models.Index(fields=("matter", "-on", "-id"), name="contacts_of_a_matter"),
            for_finding("contacts_removed"),
        )
        constraints = (in_pairs("removed_at", "removed_by", name="contact_removed_by_someone"),)

    def __str__(self):
        return f"{self.get_kind_display()}：{self.text}" if self.text else self.get_kind_display()

    def get_absolute_url(self):
        return address_of("mentoring:matter-detail", self.matter_id)

    def ledger_lines(self):
        """A line where a stage was reached or the whole was done: daily calls would bury all else."""
        if self.removed_at or not (self.moved or self.finished):
            return []
        matter, link = self.matter, self.get_absolute_url()
        reached = "走完了" if self.finished else f"走到“{self.stage.name}”"
        said = f"{matter.campaign.name}（{matter.neighbourhood}）{reached}"
        told = {matter.owner_id: said, matter.mentor_id: f"跟进{said}"}
        return [
            Line(person, Kind.FOLLOWING, self.on, text, self.by_id, link=link)
            for person, text in told.items()
            if person is not None
        ]
