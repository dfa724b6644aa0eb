"""Asking people of the studio to a round of consultation."""

from django.utils import timezone

from ..models import CaseConsultant


def invite(case, persons, *, by, at=None):
    """Ask these people to this round of consultation; the owner and those asked already are left out."""
    at = at or timezone.now()
    present = set(case.consultants.filter(round=case.round).values_list("person", flat=True))
    new = {person.pk: person for person in persons if person.pk not in present | {case.owner_id}}
    CaseConsultant.objects.bulk_create(
        CaseConsultant(
            studio=case.studio, case=case, round=case.round, person=person, invited_by=by, invited_at=at
        )
        for person in new.values()
    )
    return list(new.values())
