"""Streets and their neighbourhoods, as the official list names and numbers them (people/data/places.csv)."""

import pghistory
from django.db import models
from django.db.models.functions import Now

from .base import Versioned


class Street(models.Model):
    province = models.CharField("省（市）", max_length=30)
    city = models.CharField("市", max_length=30)
    district = models.CharField("区", max_length=30)
    name = models.CharField("街道（镇）", max_length=40)
    code = models.CharField("编码", max_length=12, unique=True)

    class Meta:
        verbose_name = "街道（镇）"
        ordering = ("code",)

    def __str__(self):
        return self.name


def short_name_of(name):
    """The name of a neighbourhood as people say it: 源园居委会 → 源园居民区."""
    for ending, place in (
        ("居民委员会", "居民区"),
        ("居委会", "居民区"),
        ("村民委员会", "村"),
        ("村委会", "村"),
    ):
        if name.endswith(ending):
            stem = name.removesuffix(ending)
            return stem if stem.endswith(place) else stem + place
    return name


class NeighbourhoodQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Neighbourhoods of the streets whose studio one belongs to; a district sees those below it."""
        return self.filter(street__studio__in=person.standing.studios)

    def of_studio(self, studio):
        return self.filter(street=studio.street_id)


@pghistory.track()
class Neighbourhood(Versioned):
    class Kind(models.TextChoices):
        OLD = "old", "老旧小区"
        COMMODITY = "commodity", "商品房小区"
        MIXED = "mixed", "混合型"
        SCATTERED = "scattered", "小小区多"
        NEW = "new", "新建小区"
        VILLAGE = "village", "村"

    street = models.ForeignKey(
        Street, models.PROTECT, verbose_name="街道（镇）", related_name="neighbourhoods"
    )
    name = models.CharField("名称", max_length=60)
    code = models.CharField("编码", max_length=15, unique=True)
    kind = models.CharField("类型", max_length=12, choices=Kind, blank=True)
    has_committee = models.BooleanField("已成立居委会", default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = NeighbourhoodQuerySet.as_manager()

    class Meta:
        verbose_name = "居民区"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(fields=("street", "name"), name="neighbourhood_once_in_street"),
        )

    def __str__(self):
        return self.short_name

    @property
    def short_name(self):
        return short_name_of(self.name)

    def keep_searchable(self, written=None):
        """What is told of this place is found by its type, too; called by save_version."""
        if written is None or "kind" in written:
            from ..search_index import keep_around  # noqa: PLC0415  it reads the models of this package

            keep_around(self)
