"""会诊会: calling one, its agenda, who was there, its end. What is said there: actions/minutes.py."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from growth.actions import ledger
from people.actions import notices
from people.stale import Refused, save_version
from people.words import exact_moment

from ..models import AgendaItem, Case, Meeting, Seat, State
from .ground import PAUSED
from .locking import locked


def locked_meeting(meeting):
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("studio", "chair").get(pk=meeting.pk)


@transaction.atomic
def call(*, studio, at, place, chair, cases=(), by, called_at=None):
    """A meeting over these cases, in this order. Each of them is in 会诊: Refused otherwise."""
    meeting = Meeting.objects.create(
        studio=studio, at=at, place=place, chair=chair, called_by=by, called_at=called_at or timezone.now()
    )
    for case in cases:
        _add(meeting, locked(case))
    _tell(meeting, cases, by, called_at)
    return meeting


@transaction.atomic
def of_case(case, *, by, at):
    """受理 for a meeting: the planned one of that moment and place, or a new one. `case` is locked."""
    same = Meeting.objects.coming().filter(studio=case.studio, at=case.meeting_at, place=case.meeting_place)
    meeting = same.first() or Meeting.objects.create(
        studio=case.studio, at=case.meeting_at, place=case.meeting_place, chair=case.chair, called_by=by,
        called_at=at,
    )  # fmt: skip
    _add(locked_meeting(meeting), case)
    return meeting


def _add(meeting, case):
    """The last place on the agenda; the case says where and when. Both are locked."""
    if case.state != State.CONSULTING or case.studio_id != meeting.studio_id:
        raise Refused(f"“{case.title}”现在是“{case.get_state_display()}”，不在会诊里，不能放进会诊会")
    if meeting.ended_at:
        raise Refused("这个会已经开完了")
    last = meeting.items.aggregate(last=Max("order"))["last"] or 0
    AgendaItem.objects.get_or_create(
        studio=meeting.studio, meeting=meeting, case=case, defaults={"round": case.round, "order": last + 1}
    )
    case.handling = Case.Handling.MEETING
    case.meeting_at, case.meeting_place = meeting.at, meeting.place
    case.due_on = max(case.due_on or timezone.localdate(meeting.at), timezone.localdate(meeting.at))
    # A meeting takes place on its day, whatever is still to be answered.
    case.paused_on = case.paused_due = None
    case.save(update_fields=("handling", "meeting_at", "meeting_place", *PAUSED))


@transaction.atomic
def change(*, meeting, at, place, chair, cases, by, now=None):
    """Another time, place, chair or agenda. `meeting.version` is the editor's: StaleEdit."""
    current = locked_meeting(meeting)
    if current.ended_at:
        raise Refused("这个会已经开完了")
    current.version = meeting.version
    current.at, current.place, current.chair = at, place, chair
    save_version(current, ("at", "place", "chair"))
    wanted = {case.pk for case in cases}
    for item in current.items.exclude(case__in=wanted).select_related("case"):
        _take_off(item)
    present = set(current.items.values_list("case", flat=True))
    for case in cases:
        if case.pk not in present:
            _add(current, locked(case))
    Case.objects.filter(agenda_items__meeting=current, state=State.CONSULTING).update(
        meeting_at=at, meeting_place=place
    )
    _tell(current, cases, by, now)
    return current


def _take_off(item):
    """Off the agenda; what was taken down about the case already keeps it there."""
    if item.notes.exclude(text="").exists() or item.opinions.exists():
        raise Refused(f"“{item.case.title}”在会上已经有记录了，不能从会上拿掉")
    case = locked(item.case)
    case.meeting_at, case.meeting_place = None, ""
    if case.handling == Case.Handling.MEETING:
        case.handling = Case.Handling.ONLINE
    case.save(update_fields=("meeting_at", "meeting_place", "handling"))
    item.delete()


@transaction.atomic
def earlier(item, *, by):
    """One place further up the agenda; the first one stays where it is."""
    locked_meeting(item.meeting)
    above = AgendaItem.objects.filter(meeting=item.meeting_id, order__lt=item.order).last()
    if above is None:
        return item
    item.order, above.order = above.order, item.order
    for one in (item, above):
        one.save(update_fields=("order",))
    return item


@transaction.atomic
def seat(*, meeting, people, outside, by):
    """Who was there, as a whole: persons, and `(organisation, name, post)` of those from outside."""
    meeting = locked_meeting(meeting)
    meeting.seats.exclude(person__in=people).filter(person__isnull=False).delete()
    present = set(meeting.seats.values_list("person", flat=True))
    Seat.objects.bulk_create(
        Seat(studio=meeting.studio, meeting=meeting, person=one) for one in people if one.pk not in present
    )
    kept = set()
    for organisation, name, post in outside:
        one, _ = Seat.objects.update_or_create(
            studio=meeting.studio, meeting=meeting, person=None, organisation=organisation, name=name,
            defaults={"post": post},
        )  # fmt: skip
        kept.add(one.pk)
    meeting.seats.filter(person__isnull=True).exclude(pk__in=kept).delete()
    if meeting.ended_at:
        ledger.record(meeting)
    return meeting


@transaction.atomic
def end(*, meeting, by, at=None):
    """会开完了: the minutes are read from now on; notes may still be put right after 再打开."""
    meeting = locked_meeting(meeting)
    if not meeting.ended_at:
        meeting.ended_at, meeting.ended_by = at or timezone.now(), by
        meeting.save(update_fields=("ended_at", "ended_by"))
        ledger.record(meeting)
    return meeting


@transaction.atomic
def go_on(*, meeting, by):
    """再打开: something has to be added to the notes."""
    meeting = locked_meeting(meeting)
    meeting.ended_at = meeting.ended_by = None
    meeting.save(update_fields=("ended_at", "ended_by"))
    ledger.record(meeting)
    return meeting


def _tell(meeting, cases, by, at):
    """Chair, owners and those asked learn when and where; each hears of the own case alone."""
    when = f"{exact_moment(meeting.at)}在{meeting.place}开会诊会"
    for case in cases:
        asked = [one.person for one in case.consultants.filter(round=case.round).select_related("person")]
        told = [person for person in (case.owner, case.chair, *asked) if person and person != by]
        text = f"“{case.title}”{when}"
        notices.tell(told, text, link=case.get_absolute_url(), studio=meeting.studio, at=at)
    if meeting.chair_id != by.pk:
        text = f"请您主持：{when}，{len(cases)}件案例"
        link = meeting.get_absolute_url()
        notices.tell([meeting.chair], text, link=link, studio=meeting.studio, at=at)
