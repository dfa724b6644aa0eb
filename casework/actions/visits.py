"""接待与走访: writing one down, keeping 「一本账」, and what becomes of a problem that was found."""

from django.db import transaction
from django.utils import timezone

from people.actions import residents
from people.stale import Refused, save_version

from ..models import Case, Household, Visit
from . import cases


@transaction.atomic
def log(
    *, studio, way, held_on, kind, neighbourhood=None, household=None, name="", phone="", items=(), note="",
    problem="", by, at=None,
):  # fmt: skip
    """One visit. `name`, `phone` of somebody who is on no book go into the vault."""
    resident = household.resident if household else None
    if resident is None and (name.strip() or phone.strip()):
        resident = residents.keep(studio=studio, name=name or "居民", phone=phone, on=held_on)
    return Visit.objects.create(
        studio=studio, way=way, held_on=held_on, kind=kind, household=household, resident=resident,
        neighbourhood=household.neighbourhood if household else neighbourhood, items=list(items), note=note,
        problem=problem, by=by, at=at or timezone.now(),
    )  # fmt: skip


@transaction.atomic
def add_household(
    *, studio, neighbourhood, kind, name, phone="", door="", building=None, every_days=30, by, at=None
):
    """One more line of 「一本账」. Raises Refused when this door of the building is on the book already."""
    at = at or timezone.now()
    if building and door.strip():
        there = Household.objects.filter(building=building, left_on__isnull=True).select_related("resident")
        if any(one.resident.secret.get("door") == door.strip() for one in there):
            raise Refused(f"{building}的这一户已经在账上了")
    resident = residents.keep(studio=studio, name=name, phone=phone, door=door, on=timezone.localdate(at))
    return Household.objects.create(
        studio=studio, neighbourhood=neighbourhood, building=building, kind=kind, resident=resident,
        every_days=every_days, added_by=by, added_at=at,
    )  # fmt: skip


@transaction.atomic
def change_household(household, *, kind, every_days, left_on=None):
    """Another kind, another rhythm, or off the book."""
    household.kind, household.every_days, household.left_on = kind, every_days, left_on
    save_version(household, ("kind", "every_days", "left_on"))
    return household


@transaction.atomic
def make_case(visit, *, by, at=None):
    """The problem found on a visit becomes a draft case, to be completed by whoever brings it."""
    visit = Visit.objects.select_for_update(no_key=True).select_related("studio", "by").get(pk=visit.pk)
    if visit.case_id:
        raise Refused("这个问题已经写成疑难案例了")
    if not visit.problem:
        raise Refused("这次走访没有记下问题")
    own = visit.studio_id in by.standing.apprentice | by.standing.mentor
    owner = by if own else visit.by
    values = {"title": visit.problem[:30], "story": visit.problem}
    case = cases.begin(studio=visit.studio, owner=owner, by=by, values=values, at=at)
    if visit.neighbourhood_id:
        Case.objects.filter(pk=case.pk).update(neighbourhood=visit.neighbourhood_id)
    visit.case = case
    visit.version += 1
    visit.save(update_fields=("case", "version"))
    return case
