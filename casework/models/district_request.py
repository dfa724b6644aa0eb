"""需要区里协调的: a case that the street handed to the district, and the district's answer."""

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from people.addresses import address_of
from people.models import in_pairs
from people.sight import kept

from .case import Case


class DistrictRequestQuerySet(models.QuerySet):
    @kept
    def visible_to(self, person):
        """Whoever sees the case; and the district above the street, which sees no more of it than this."""
        seen = Exists(Case.objects.visible_to(person).filter(pk=OuterRef("case")))
        return self.filter(Q(studio__in=person.standing.district) | seen)

    def waiting(self):
        return self.filter(answered_at__isnull=True)


@pghistory.track()
class DistrictRequest(models.Model):
    studio = models.ForeignKey("people.Studio", models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="district_requests")
    round = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField("要区里协调什么", max_length=300)
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="谁报的")
    asked_at = models.DateTimeField("报给区里", default=timezone.now)
    answer = models.CharField("区里的答复", max_length=1000, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = DistrictRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "请区里协调"
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(fields=("studio", "-asked_at", "-id"), name="requests_to_the_district"),
            models.Index(
                fields=("studio", "asked_at"),
                condition=Q(answered_at__isnull=True),
                name="requests_not_answered",
            ),
        )
        constraints = (
            in_pairs("answered_at", "answered_by", name="district_request_answered_by_someone"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) & Q(answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="district_request_answered_in_words",
            ),
            models.UniqueConstraint(
                fields=("studio", "case"),
                condition=Q(answered_at__isnull=True),
                name="one_open_district_request_a_case",
            ),
        )

    def __str__(self):
        return self.reason[:40]

    def get_absolute_url(self):
        return address_of("casework:district-request", self.pk)
