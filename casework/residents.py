"""What this floor tells the vault about residents: who works for them, what is open, where they stand."""

from django.db.models import Q

from .models import BuildingMember, Case, CaseResident, Household, Slip, Visit
from .models.building import own_places
from .models.case_state import OPEN_STATES, State
from .models.slip import LIVING


def _ids(rows):
    return rows.filter(resident__isnull=False).order_by().values("resident")


def shown_to(person):
    """Residents of the cases that this person owns or writes, and of the slips, visits and files one
    works on.

    A slip shows its resident to who wrote it down, sends it or has it, and to the apprentice of the place.
    """
    cases = Case.objects.filter(Q(owner=person) | Q(drafted_by=person), removed_at__isnull=True)
    has_it = Q(handler=person, gives_phone=True, state__in=LIVING)
    slips = Slip.objects.filter(Q(registered_by=person) | Q(sent_by=person) | has_it | own_places(person))
    slips = slips.filter(studio__in=person.standing.studios)
    return _ids(CaseResident.objects.filter(case__in=cases.order_by().values("pk"))).union(
        _ids(slips),
        _ids(Visit.objects.filter(by=person, studio__in=person.standing.studios)),
        _ids(Household.objects.visible_to(person)),
        _ids(BuildingMember.objects.visible_to(person)),
    )


def needed(since):
    """Residents in matters that are open, being written, or ended on the day `since` or later."""
    living = Q(case__state__in=(State.DRAFT, *OPEN_STATES)) & Q(case__removed_at__isnull=True)
    recent = Q(case__state_since__date__gte=since)
    kept = Q(left_on__isnull=True) | Q(left_on__gte=since)
    return _ids(CaseResident.objects.filter(living | recent)).union(
        _ids(Slip.objects.filter(Q(state__in=LIVING) | Q(state_since__date__gte=since))),
        _ids(Visit.objects.filter(held_on__gte=since)),
        _ids(Household.objects.filter(kept)),
        _ids(BuildingMember.objects.filter(kept)),
    )


def places(residents):
    """[(words, address)] of where these residents stand."""
    ids = [resident.pk for resident in residents]
    cases = CaseResident.objects.filter(resident__in=ids, case__removed_at__isnull=True)
    found = [
        (f"疑难案例{row.case.case_no}：{row.case}", row.case.get_absolute_url())
        for row in cases.select_related("case")
    ]
    slips = Slip.objects.filter(resident__in=ids)
    found += [(f"{slip}：{slip.problem[:30]}", slip.get_absolute_url()) for slip in slips]
    for model, words in ((Visit, "接待与走访"), (Household, "一本账"), (BuildingMember, "楼栋党员")):
        rows = model.objects.filter(resident__in=ids).select_related("resident")
        found += [(f"{words}：{row}", row.get_absolute_url()) for row in rows]
    return found
