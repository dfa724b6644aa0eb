"""专项跟进: opening a campaign for a street, its stages, contacts, what is stuck, closing."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from people import words
from people.actions import removal
from people.actions.notices import tell
from people.models import Membership, Person
from people.roles import ApprenticeKind, Role
from people.stale import Refused, save_version

from ..models import Campaign, Contact, Matter, Pairing, Stage

WRITTEN = ("name", "about", "starts_on", "ends_on", "quiet_days")
OVER = "这个专项已经收尾了，不再记"
# Who answers for a neighbourhood, the first there is.
ANSWERS = (ApprenticeKind.SECRETARY, ApprenticeKind.DEPUTY, ApprenticeKind.DIRECTOR)


@transaction.atomic
def open_campaign(
    *, studio, name, stages, neighbourhoods, starts_on, by, about="", ends_on=None, quiet_days=14, at=None
):
    """A campaign with its stages [(name, hint)] and one matter for each neighbourhood.

    Who answers for a neighbourhood and which mentor follows is taken from the present pairs; staff may
    change it. The mentors and those who answer are told.
    """
    campaign = Campaign.objects.create(
        studio=studio, name=name, about=about, starts_on=starts_on, ends_on=ends_on, quiet_days=quiet_days
    )
    made = Stage.objects.bulk_create(
        Stage(studio=studio, campaign=campaign, order=order, name=title, hint=hint)
        for order, (title, hint) in enumerate(stages, start=1)
    )
    add_neighbourhoods(campaign, neighbourhoods, first=made[0], at=at)
    return campaign


@transaction.atomic
def add_neighbourhoods(campaign, neighbourhoods, *, first=None, at=None):
    """A matter at the first stage for each neighbourhood that has none yet."""
    first = first or campaign.stages.order_by("order").first()
    there = set(campaign.matters.values_list("neighbourhood", flat=True))
    wanted = [place for place in neighbourhoods if place.pk not in there]
    people = _who_answers(campaign.studio, wanted)
    matters = [
        Matter(
            studio=campaign.studio, campaign=campaign, neighbourhood=place, stage=first,
            stage_since=max(campaign.starts_on, timezone.localdate(at) if at else timezone.localdate()),
            owner_id=people.get(place.pk, (None, None))[0], mentor_id=people.get(place.pk, (None, None))[1],
        )
        for place in wanted
    ]  # fmt: skip
    Matter.objects.bulk_create(matters)
    told = {pk for matter in matters for pk in (matter.owner_id, matter.mentor_id) if pk}
    text = f"街道开始跟进“{campaign}”，可以看看您这里走到哪一步"
    tell(
        Person.objects.filter(pk__in=told), text, link=campaign.get_absolute_url(),
        studio=campaign.studio, at=at,
    )  # fmt: skip


def _who_answers(studio, places):
    """{neighbourhood id: (apprentice id, mentor id or None)} as roles and pairs are now."""
    held = Membership.objects.current().filter(
        studio=studio, role=Role.APPRENTICE, person__neighbourhood__in=[place.pk for place in places]
    )
    rank = {kind: place for place, kind in enumerate(ANSWERS)}
    rows = sorted(
        held.values_list("person", "person__neighbourhood", "apprentice_kind"),
        key=lambda row: (rank.get(row[2], len(rank)), row[0]),
    )
    mentors = dict(
        Pairing.objects.current()
        .filter(studio=studio, apprentice__in=[row[0] for row in rows])
        .values_list("apprentice", "mentor")
    )
    found = {}
    for person, place, _ in rows:
        found.setdefault(place, (person, mentors.get(person)))
    return found


@transaction.atomic
def edit(campaign, *, stages, neighbourhoods, at=None, **values):
    """Change a campaign. Stages keep their places: the third line renames the third stage; new ones come
    last, and the last ones go only while nobody has reached them. Raises Refused, StaleEdit.
    """
    for name in WRITTEN:
        setattr(campaign, name, values[name])
    save_version(campaign, WRITTEN)
    _set_stages(campaign, stages)
    add_neighbourhoods(campaign, neighbourhoods, at=at)
    return campaign


def _set_stages(campaign, stages):
    present = list(campaign.stages.order_by("order"))
    for stage, (name, hint) in zip(present, stages, strict=False):
        if (stage.name, stage.hint) != (name, hint):
            stage.name, stage.hint = name, hint
            stage.save(update_fields=("name", "hint"))
    for stage in present[len(stages) :]:
        if stage.matters.exists() or stage.contacts.exists():
            raise Refused(f"有居民区走到过“{stage.name}”，这一步不能去掉，可以改名字")
        stage.delete()
    Stage.objects.bulk_create(
        Stage(studio=campaign.studio, campaign=campaign, order=order, name=name, hint=hint)
        for order, (name, hint) in enumerate(stages[len(present) :], start=len(present) + 1)
    )


@transaction.atomic
def log_contact(
    matter, *, kind, by, text="", way=Contact.Way.PHONE, on=None, stage=None, finished=False, stuck="",
    at=None,
):  # fmt: skip
    """One contact. `stage`: where the matter stands after it; `stuck`: what holds it up now, "" for nothing.

    Raises Refused when the campaign was closed.
    """
    at = at or timezone.now()
    row = Matter.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=matter.pk)
    if row.campaign.closed_at:
        raise Refused(OVER)
    stage, on = stage or row.stage, on or timezone.localdate(at)
    moved = stage.pk != row.stage_id
    contact = Contact.objects.create(
        studio=row.studio, matter=row, kind=kind, way=way, on=on, text=text, stage=stage,
        moved=moved, finished=finished and not row.done_at, by=by, at=at,
    )  # fmt: skip
    was_stuck = row.stuck
    _stand(row, stage, moved, finished, "" if finished else stuck, contact)
    ledger.record(contact)
    _tell_about(row, contact, was_stuck, at)
    return contact


def _stand(row, stage, moved, finished, stuck, contact):
    """Write where the matter stands after the contact."""
    if moved:
        row.stage, row.stage_since = stage, contact.on
    if stuck != row.stuck:
        row.stuck = stuck
        row.stuck_at, row.stuck_by = (contact.at, contact.by) if stuck else (None, None)
    if finished and not row.done_at:
        row.done_at, row.done_by = contact.at, contact.by
    elif not finished:
        row.done_at = row.done_by = None
    save_version(row, ("stage", "stage_since", "stuck", "stuck_at", "stuck_by", "done_at", "done_by"))


def _tell_about(matter, contact, was_stuck, at):
    """Who has to know: staff and those who answer where it is stuck, and where it goes on."""
    told = [one for one in (matter.owner, matter.mentor) if one and one.pk != contact.by_id]
    facts = {"link": matter.get_absolute_url(), "studio": matter.studio, "at": at}
    if matter.stuck and matter.stuck != was_stuck:
        staff = Membership.objects.current().filter(studio=matter.studio, role=Role.STAFF)
        told += [one.person for one in staff.select_related("person") if one.person_id != contact.by_id]
        tell(told, f"{matter}卡住了：{matter.stuck}", **facts)
    elif contact.finished:
        tell(told, f"{matter}走完了", **facts)
    elif contact.moved:
        tell(told, f"{matter}走到“{contact.stage.name}”", **facts)


@transaction.atomic
def entrust(matter, *, mentor, owner, at=None):
    """Who follows it and who answers for it; whoever is new is told."""
    before = {matter.mentor_id, matter.owner_id}
    matter.mentor, matter.owner = mentor, owner
    save_version(matter, ("mentor", "owner"))
    fresh = [one for one in (mentor, owner) if one and one.pk not in before]
    tell(fresh, f"{matter}请您跟着", link=matter.get_absolute_url(), studio=matter.studio, at=at)
    return matter


@transaction.atomic
def close(campaign, *, by, at=None):
    """收尾: nothing is logged any more; all of it stays to be read."""
    campaign.closed_at, campaign.closed_by = at or timezone.now(), by
    save_version(campaign, ("closed_at", "closed_by"))
    return campaign


@transaction.atomic
def open_again(campaign):
    """The other way round."""
    campaign.closed_at = campaign.closed_by = None
    save_version(campaign, ("closed_at", "closed_by"))
    return campaign


@transaction.atomic
def remove_contact(contact, *, by, at=None):
    """Take a contact away; the matter stays where it stands. Its writer and staff may."""
    if not may_remove(contact, by):
        raise Refused("只有记的人和街道工作人员能去掉")
    removal.remove(contact, by=by, at=at)


def may_remove(contact, person):
    return contact.by_id == person.pk or contact.studio_id in person.standing.staff


def named(contact):
    """How 找回 names it."""
    return f"{words.day(contact.on)}的联系（{contact}）"


def after_removal(contact, *, by, at):
    """Its ledger lines go and come back with it."""
    ledger.record(contact)
