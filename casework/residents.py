"""What this floor tells the vault about residents: who works for them, what is open, where they stand."""

from django.db.models import Q

from .models import Case, CaseResident
from .models.case import OPEN_STATES, State


def shown_to(person):
    """Residents of the cases that this person owns or writes."""
    mine = Case.objects.filter(Q(owner=person) | Q(drafted_by=person), removed_at__isnull=True)
    return CaseResident.objects.filter(case__in=mine.order_by().values("pk")).order_by().values("resident")


def needed(since):
    """Residents of cases that are open, being written, or ended on the day `since` or later."""
    living = Q(case__state__in=(State.DRAFT, *OPEN_STATES)) & Q(case__removed_at__isnull=True)
    recent = Q(case__state_since__date__gte=since)
    return CaseResident.objects.filter(living | recent).order_by().values("resident")


def places(residents):
    """[(words, address)] of the cases in which these residents stand."""
    rows = CaseResident.objects.filter(resident__in=residents, case__removed_at__isnull=True)
    rows = rows.select_related("case").order_by("-case_id")
    return [(f"疑难案例{row.case.case_no}：{row.case}", row.case.get_absolute_url()) for row in rows]
