"""A person is the user model: one account each, signed in by mobile number, holding any number of roles."""

import pghistory
from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from ..access import standing_of
from ..addresses import address_of
from ..competencies import Competency
from .base import Versioned

MOBILE = RegexValidator(r"^1\d{10}$", "手机号码是1开头的11位数字，请再看看")


class PersonManager(BaseUserManager.from_queryset(models.QuerySet)):
    def visible_to(self, person):
        """Oneself, and all who hold or held a role in a studio where one is staff, mentor or apprentice.

        A district viewer sees the district's own people only: nobody below street level (DESIGN 4.11).
        """
        studios = person.standing.member_studios
        memberships = apps.get_model("people", "Membership").objects
        mates = models.Exists(memberships.filter(person=models.OuterRef("pk"), studio__in=studios))
        return self.filter(models.Q(pk=person.pk) | models.Q(mates))

    def create_user(self, mobile, password=None, **fields):
        person = self.model(mobile=mobile, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, mobile, password=None, **fields):
        return self.create_user(mobile, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, mobile):
        return self.get(mobile=mobile)


@pghistory.track(exclude=["password", "last_login"])
class Person(AbstractBaseUser, PermissionsMixin, Versioned):
    class TextSize(models.TextChoices):
        STANDARD = "", "标准"
        LARGE = "lg", "大字"
        XL = "xl", "特大"
        XXL = "xxl", "超大"

    mobile = models.CharField("手机号码", max_length=11, unique=True, validators=(MOBILE,))
    name = models.CharField("姓名", max_length=20)
    salutation = models.CharField("称呼", max_length=20, blank=True, help_text="不填就用姓加“书记”")
    neighbourhood = models.ForeignKey(
        "people.Neighbourhood",
        models.PROTECT,
        verbose_name="所在居民区",
        null=True,
        blank=True,
        related_name="people",
    )
    unit = models.CharField("所在单位", max_length=60, blank=True)
    post = models.CharField("职务", max_length=40, blank=True)
    post_since = models.DateField("任职起始", null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(
        "出生年",
        null=True,
        blank=True,
        validators=(MinValueValidator(1930), MaxValueValidator(2020)),
    )
    party_work_years = models.PositiveSmallIntegerField(
        "党务年限", null=True, blank=True, validators=(MaxValueValidator(70),)
    )
    expertise = ArrayField(models.CharField(max_length=20), verbose_name="专长", default=list, blank=True)
    weak_points = ArrayField(
        models.CharField(max_length=15, choices=Competency),
        verbose_name="自评最弱两项",
        default=list,
        blank=True,
        size=2,
    )
    text_size = models.CharField("字号", max_length=3, choices=TextSize, blank=True, default="")
    text_size_chosen = models.BooleanField("选过字号", default=False, editable=False)
    is_active = models.BooleanField("可以登录", default=True)
    is_staff = models.BooleanField("系统管理", default=False, editable=False)
    created_at = models.DateTimeField("加入时间", default=timezone.now, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "mobile"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        verbose_name = "人员"
        ordering = ("pk",)

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("people:person-detail", self.pk)

    @property
    def surname(self):
        """The family name; two-character ones that are common are known."""
        return self.name[:2] if self.name[:2] in DOUBLE_SURNAMES and len(self.name) > 2 else self.name[:1]

    @property
    def called(self):
        """How people address this person: 张书记, unless another 称呼 was chosen."""
        return self.salutation or f"{self.surname}书记"

    @property
    def place(self):
        """Neighbourhood or unit, for one line under the name. Select `neighbourhood` along."""
        return self.neighbourhood.short_name if self.neighbourhood_id else self.unit

    def weak_labels(self):
        """The weakest competencies by name."""
        return [Competency(axis).label for axis in self.weak_points]

    @property
    def shown_text_size(self):
        """The chosen 字号; until one is chosen, mentors read 大字."""
        if not self.text_size and not self.text_size_chosen and self.standing.mentor:
            return self.TextSize.LARGE.value
        return self.text_size

    @cached_property
    def standing(self):
        """What this person may do where: see people/access.py."""
        return standing_of(self)


DOUBLE_SURNAMES = {
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "夏侯",
    "东方",
    "令狐",
}
