"""三个一: the set themes that a visit or a played scene may stand behind, and putting it there."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from .. import cadence
from ..models import CadenceCell, Group, Pairing
from ..models.cadence import BACKED
from . import cadence as cells


def open_slots(*, studio, people, day, by):
    """Slots of that day that are set and not done, of the groups of these people, where `by` may set them.

    What only the whole studio set stands for each group as a cell of its own, not kept yet. Two queries.
    """
    staff = studio.pk in by.standing.staff
    learns = Pairing.objects.current().filter(group=OuterRef("pk"), apprentice__in=people)
    groups = Group.objects.filter(Q(mentor__in=people) | Exists(learns), studio=studio)
    groups = groups.filter(cohort__starts_on__lte=day, cohort__ends_on__gte=day)
    groups = groups if staff else groups.filter(mentor=by)
    periods = {kind: cadence.period_of(kind, day) for kind in cadence.kinds_of(studio)}
    rows = CadenceCell.objects.filter(studio=studio, year=day.year).select_related(*BACKED)
    known = {(row.group_id, row.kind): row for row in rows if row.period == periods.get(row.kind)}
    found = []
    for group in [*([None] if staff else []), *groups.select_related("mentor").order_by("number", "pk")]:
        for kind, period in periods.items():
            own, of_all = known.get((group and group.pk, kind.value)), known.get((None, kind.value))
            cell = own or _from_studio(of_all, group)
            if cell and not cell.is_done:
                found.append(cadence.Slot(studio, group, kind, day.year, period, cell))
    return found


def _from_studio(cell, group):
    """The group's own cell as the whole studio set it, not kept yet."""
    return cell and CadenceCell(
        studio=cell.studio, group=group, kind=cell.kind, year=cell.year, period=cell.period, theme=cell.theme,
        version=0,
    )  # fmt: skip


def is_meant(slot, *, title, day):
    """Whether an act of this name and day is plainly what was set: the same words, or the very day."""
    return slot.theme == title.strip() or slot.cell.held_on == day


@transaction.atomic
def count(slots, act_of, *, day, by, at=None):
    """Put an act of that day behind each slot: `act_of(slot)` is a session or visit that took place, or None.

    What was done meanwhile, and what lies in another month, is left alone.
    """
    for slot in slots:
        act, (first, last) = act_of(slot), cadence.days_of(slot.kind, slot.year, slot.period)
        cell = cells.cell_of(
            studio=slot.studio, group=slot.group, kind=slot.kind, year=slot.year, period=slot.period
        )
        if act is None or cell.is_done or not first <= day <= last:
            continue
        cell.theme = cell.theme or slot.theme
        cells.link(cells.kept(cell, by=by, at=at), act, by=by, at=at)
