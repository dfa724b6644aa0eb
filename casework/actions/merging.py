"""合并: two cases about one matter become one. The merged one points to the kept one, open to its people."""

from django.db import transaction
from django.utils import timezone

from people.models import Person
from people.stale import Refused

from .. import roles
from ..models import Case, CaseReader, State
from ..models.case_state import OPEN_STATES
from .ground import move, notify
from .locking import locked


@transaction.atomic
def merge(*, case, into, reason, by, at=None):
    """`case` ends here, `into` goes on. Raises Refused when either has moved on meanwhile."""
    at = at or timezone.now()
    # Both in the order of their ids, so that two merges at once never wait for each other.
    held = {pk: locked(Case(pk=pk)) for pk in sorted({case.pk, into.pk})}
    case, kept = held[case.pk], held[into.pk]
    _check(case, kept)
    case.merged_into = kept  # written by the move, together with the state
    move(case, State.MERGED, by=by, note=f"并入{kept.case_no}“{kept.title}”：{reason}"[:500], at=at)
    people = _people(case)
    CaseReader.objects.bulk_create(
        [CaseReader(studio=kept.studio, case=kept, person=one, since=at) for one in people],
        ignore_conflicts=True,
    )
    text = f"“{case.title}”和“{kept.title}”是同一件事，并到一起办了：{reason}"
    notify(kept, people, text, by=by, at=at)
    notify(kept, [kept.owner, kept.chair], f"“{case.title}”并到“{kept.title}”里一起办了", by=by, at=at)
    return case


def _check(case, kept):
    if case.pk == kept.pk or case.studio_id != kept.studio_id:
        raise Refused("请选另外一件在办的案例")
    if kept.state not in OPEN_STATES or kept.removed_at:
        raise Refused(f"“{kept.title}”现在是“{kept.get_state_display()}”，不能再并进去")


def _people(case):
    """Owner, writer, the owner's mentor, chair, those asked and those named."""
    mentor = roles.mentor_of(case.owner)
    ids = {case.owner_id, case.drafted_by_id, case.chair_id, mentor and mentor.pk} - {None}
    ids |= set(case.consultants.values_list("person", flat=True))
    ids |= set(case.wanted.values_list("pk", flat=True))
    return list(Person.objects.filter(pk__in=ids).order_by("pk"))
