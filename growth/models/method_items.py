"""五必访、五必问、五必记: the items that a studio sets under the three headings."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from people.models import Versioned

LONGEST, MOST = 30, 10


def _lines(words):
    return ArrayField(models.CharField(max_length=LONGEST), verbose_name=words, default=list, blank=True)


class MethodItemsQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(studio__in=person.standing.member_studios)


@pghistory.track()
class MethodItems(Versioned):
    """An empty list stands for the items that are shipped (casework/visit_items.py)."""

    studio = models.OneToOneField("people.Studio", models.PROTECT, related_name="+", verbose_name="工作室")
    visits = _lines("五必访")
    asks = _lines("五必问")
    records = _lines("五必记")

    objects = MethodItemsQuerySet.as_manager()

    class Meta:
        verbose_name = "五必的内容"

    def __str__(self):
        return "、".join((*self.visits, *self.asks, *self.records))

    def headed(self):
        """[(heading, items)] of what is set."""
        names = ("visits", "asks", "records")
        return [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in names]
