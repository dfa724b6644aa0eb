"""工作法: a studio's own version of one, what a mentor tells in one go, and the items of 五必."""

from django.db import transaction

from people.actions import drafts
from people.actions.notices import tell
from people.kept import KeptQuery
from people.models import Membership
from people.roles import Role
from people.stale import StaleEdit, save_version

from ..models import Method, MethodItems

WRITTEN = ("name", "summed_up_by", "summary", "steps", "fits")
ITEMS = ("visits", "asks", "records")
TOLD_KEY = "method-told"


@transaction.atomic
def add(*, studio, values, parent=None):
    """A method of the studio; `parent`: the one that it is a local variant of."""
    return Method.objects.create(studio=studio, parent=parent, **values)


@transaction.atomic
def take_down(*, studio, name, told, by, draft=TOLD_KEY, at=None):
    """口述: kept as it was told; nobody ticks it before the staff have written out the steps.

    `draft`: the key of the autosaved form that this was.
    """
    method = Method.objects.create(
        studio=studio, name=name, told=told, told_by=by, is_told=True, summed_up_by=by.called
    )
    drafts.clear(by, draft)
    staff = Membership.objects.current().filter(studio=studio, role=Role.STAFF).select_related("person")
    text = f"{by.called}口述了一个工作法“{name}”，请整理成步骤"
    told_to = [membership.person for membership in staff]
    tell(told_to, text, link=method.get_absolute_url(), studio=studio, at=at)
    return method


@transaction.atomic
def write_out(method, *, by, at=None):
    """Keep the staff's words; one that was told is ready from now on, and the teller hears of it."""
    was_told, method.is_told = method.is_told, False
    save_version(method, (*WRITTEN, "is_told"))
    if was_told:
        text = f"您口述的工作法“{method.name}”整理好了，大家都能看到"
        link = method.get_absolute_url()
        tell({method.told_by} - {by}, text, link=link, studio=method.studio, at=at)
    return method


def items_of(studio):
    """The studio's own items of 五必; a row of version 0 where nothing is set."""
    return next(iter(_ITEMS.all(studio=studio.pk)), None) or MethodItems(studio=studio, version=0)


_ITEMS = KeptQuery(lambda person, studio: MethodItems.objects.filter(studio=studio))


@transaction.atomic
def set_items(items, **lists):
    """Set the items under the three headings; StaleEdit when somebody was faster."""
    for name in ITEMS:
        setattr(items, name, lists[name])
    if items.pk is None:
        there = MethodItems.objects.filter(studio=items.studio_id).first()
        if there:
            raise StaleEdit(there, ITEMS)
        items.version = 1
        items.save(force_insert=True)
    else:
        save_version(items, ITEMS)
    return items
