"""The tree of studios: a district studio guides street studios. Here are the numbers each may set."""

import pghistory
from django.db import models

from .base import Versioned


class StudioQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(pk__in=person.standing.studios)


# What a studio starts with: the kinds of households that are visited, one a line.
HOUSEHOLD_KINDS = "\n".join(
    (
        "独居老人", "高龄老人", "困难家庭", "残疾人家庭", "大病家庭", "优抚对象", "一老一小", "新搬来的",
        "党员和骨干", "有矛盾的", "其他",
    )
)  # fmt: skip


@pghistory.track()
class Studio(Versioned):
    class Level(models.TextChoices):
        DISTRICT = "district", "区级"
        STREET = "street", "街道（镇）级"

    level = models.CharField("级别", max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="上级工作室",
        null=True,
        blank=True,
        related_name="children",
    )
    street = models.OneToOneField(
        "people.Street",
        models.PROTECT,
        verbose_name="街道（镇）",
        null=True,
        blank=True,
    )
    name = models.CharField("名称", max_length=60)
    brand_name = models.CharField("品牌名", max_length=30, blank=True)
    contact_name = models.CharField("联系人称呼", max_length=20, blank=True)
    contact_phone = models.CharField("联系电话", max_length=20)
    # Rules that DOMAIN.md leaves open, with the values of the reports.
    pair_capacity = models.PositiveSmallIntegerField("每位师傅最多带几名", default=5)
    quiet_days = models.PositiveSmallIntegerField("多少天没有带教算久", default=30)
    edit_hours = models.PositiveSmallIntegerField("记录后几小时内可以改", default=24)
    accept_workdays = models.PositiveSmallIntegerField("受理用几个工作日", default=3)
    return_workdays = models.PositiveSmallIntegerField("补充用几个工作日", default=5)
    consult_days = models.PositiveSmallIntegerField("会诊用几天", default=7)
    question_workdays = models.PositiveSmallIntegerField("问师傅几个工作日没回算久", default=3)
    review_days = models.PositiveSmallIntegerField("评价用几天", default=7)
    # 三个一: which of them are kept, and how many days after its month, quarter or half-year each may take.
    keeps_theme = models.BooleanField("每月一主题", default=True)
    keeps_exchange = models.BooleanField("每季一交流", default=True)
    keeps_summary = models.BooleanField("每半年一总结", default=True)
    theme_grace = models.PositiveSmallIntegerField("主题可以晚几天办", default=0)
    exchange_grace = models.PositiveSmallIntegerField("交流可以晚几天办", default=0)
    summary_grace = models.PositiveSmallIntegerField("总结可以晚几天交", default=10)

    household_kinds = models.TextField(
        "人家分哪几类",
        max_length=300,
        default=HOUSEHOLD_KINDS,
        db_default=HOUSEHOLD_KINDS,
        help_text="一行写一类",
    )
    group_members = models.PositiveSmallIntegerField("一栋楼几名党员就建党小组", default=5)
    resident_days = models.PositiveSmallIntegerField("办完多少天以后隐去居民姓名电话", default=365)

    objects = StudioQuerySet.as_manager()

    class Meta:
        verbose_name = "工作室"
        ordering = ("level", "street__code", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(level="district", street__isnull=True)
                | models.Q(level="street", street__isnull=False),
                name="studio_street_matches_level",
            ),
            models.CheckConstraint(
                condition=models.Q(pair_capacity__gte=1),
                name="studio_capacity_at_least_one",
            ),
        )

    def __str__(self):
        return self.brand_name or self.name


class Counter(models.Model):
    """The last number given out per studio, series and year. Numbers have no gaps: see people/numbers.py."""

    studio = models.ForeignKey(Studio, models.CASCADE, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("studio", "series", "year"), name="one_counter_per_series"),
        )

    def __str__(self):
        return f"{self.series} {self.year}: {self.last}"
