"""工作例会 and 三项会议: calling people together, changing and calling off, minutes with what was decided."""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger, next_steps
from growth.models import NextStep
from people import words
from people.actions import removal
from people.actions.notices import tell
from people.stale import Refused, save_version

from .. import session_rules as rules
from ..models import Meeting, MeetingDecision, MeetingMember
from .invitations import told_of

WRITTEN = ("kind", "held_on", "starts_at", "place", "neighbourhood", "subject", "agenda", "chair")
OVER = "这个会已经写过纪要，或者取消了，不能再改安排"
CALLED_OFF = "这个会已经取消了，不用写纪要"
TOO_EARLY = "会还没开，开过以后再写纪要"
NO_ANSWER = "这个会已经开过，或者取消了，不用再答"
GONE_BY = "开会的日子已经过了，不用再答"
NOT_ASKED = "这个会没有请您参加"
NOT_HELD = "还没写纪要的会，请用“取消”"


class Decided(NamedTuple):
    """`pk` is that of the MeetingDecision that it was before this edit, None for a new one."""

    text: str
    owner: object
    due_on: object
    pk: int | None = None


@transaction.atomic
def plan(*, studio, kind, held_on, subject, members, by, at=None, **more):
    """Call a meeting. `members`: Persons; `more`: values for the rest of WRITTEN.

    One of today or later is told to those who are to come; one that was held already only waits for minutes.
    """
    at = at or timezone.now()
    meeting = Meeting(
        studio=studio, kind=kind, held_on=held_on, subject=subject, planned_at=at, planned_by=by
    )
    _write(meeting, more)
    meeting.save(force_insert=True)
    _set_members(meeting, members)
    _tell_to_come(meeting, members, "请来开会", by, at)
    return meeting


@transaction.atomic
def change(meeting, *, version, members, by, at=None, **changes):
    """Change a meeting that is still to come. Raises Refused or StaleEdit."""
    at = at or timezone.now()
    _require_open(meeting)
    before = (meeting.held_on, meeting.starts_at, meeting.place)
    _write(meeting, changes)
    meeting.version = version
    save_version(meeting, [*changes])
    known = [row.person for row in meeting.members.select_related("person")]
    _set_members(meeting, members)
    moved = before != (meeting.held_on, meeting.starts_at, meeting.place)
    if moved:  # an answer was for that day and that place
        asked = meeting.members.exclude(answer="")
        asked.update(answer="", reason="", answered_at=None)
    there = {person.pk for person in members}
    gone = [person for person in known if person.pk not in there]
    new = [person for person in members if person.pk not in {one.pk for one in known}]
    _tell_to_come(meeting, members if moved else new, "会议改了安排" if moved else "请来开会", by, at)
    if meeting.held_on >= rules.today_of(at):
        _tell(meeting, gone, f"{words.day(meeting.held_on)}的{meeting.name}您不用来了", by, at)
    return meeting


@transaction.atomic
def answer(meeting, *, person, coming, reason="", at=None):
    """能来, or 来不了 with a reason, which whoever called the meeting and its chair are told. May be changed
    until the day is over. Raises Refused."""
    at = at or timezone.now()
    meeting = _locked(meeting)
    if not meeting.is_open:
        raise Refused(NO_ANSWER)
    if meeting.held_on < rules.today_of(at):
        raise Refused(GONE_BY)
    row = meeting.members.filter(person=person).first()
    if row is None:
        raise Refused(NOT_ASKED)
    before, changed = row.take(coming=coming, reason=reason, at=at)
    if changed:
        day = words.day(meeting.held_on, rules.today_of(at))
        text = told_of(row, before, f"{person.name}{day}的{meeting.name}")
        told = {one.pk: one for one in (meeting.planned_by, meeting.chair) if one}
        _tell(meeting, told.values() if text else (), text, person, at)
    return row


@transaction.atomic
def cancel(meeting, *, by, at=None):
    """Call a meeting off and tell those who were to come. A second time changes nothing."""
    at = at or timezone.now()
    meeting = _locked(meeting)
    if meeting.state == Meeting.State.CANCELLED:
        return meeting
    _require_open(meeting)
    meeting.state = Meeting.State.CANCELLED
    meeting.version += 1
    meeting.save(update_fields=["state", "version"])
    members = [row.person for row in meeting.members.select_related("person")]
    _tell(meeting, members, f"{meeting.name}取消了：{appointment(meeting, at)}", by, at)
    return meeting


@transaction.atomic
def write_minutes(meeting, *, version, came, minutes, decisions=(), units=(), by, at=None):
    """Minutes, attendance and decisions, written first or corrected.

    `came`: Persons of those who were to come; `decisions`: Decided in their order. Each becomes a next
    step of its owner. Raises Refused or StaleEdit.
    """
    at = at or timezone.now()
    if meeting.state == Meeting.State.CANCELLED or meeting.removed_at:
        raise Refused(CALLED_OFF)
    if meeting.held_on > rules.today_of(at):
        raise Refused(TOO_EARLY)
    fields = ["minutes", "units"]
    meeting.minutes, meeting.units, meeting.version = minutes.strip(), list(units), version
    if not meeting.is_held:
        meeting.state, meeting.written_at, meeting.written_by = Meeting.State.HELD, at, by
        fields += ["state", "written_at", "written_by"]
    save_version(meeting, fields)
    there = {person.pk for person in came}
    for row in meeting.members.all():
        if row.came != (row.person_id in there):
            row.came = row.person_id in there
            row.save(update_fields=["came"])
    _settle(meeting, decisions, by, at)
    ledger.record(meeting)
    return meeting


@transaction.atomic
def remove(meeting, *, by, at=None):
    """Take a meeting that was held away, with what it gave to do; 30 days to find it again."""
    if not meeting.is_held:
        raise Refused(NOT_HELD)
    removal.remove(meeting, by=by, at=at)


def after_removal(meeting, *, by, at):
    """What was decided goes and comes back with the meeting (people.actions.removal calls this)."""
    steps = [step for decision in meeting.decisions.all() for step in next_steps.of_source(decision)]
    for step in steps:
        if meeting.removed_at and step.state == NextStep.State.OPEN:
            next_steps.close(step, by=by, state=NextStep.State.DROPPED, at=meeting.removed_at)
        elif not meeting.removed_at and step.state == NextStep.State.DROPPED:
            next_steps.reopen(step)
    ledger.record(meeting)


def titled(meeting):
    """6月18日（周四）的工作例会."""
    return f"{words.day(meeting.held_on)}的{meeting.get_kind_display()}"


def appointment(meeting, at=None):
    """When, where and about what, in one line."""
    today = rules.today_of(at)
    when = words.day(meeting.held_on, today) + (words.clock(meeting.starts_at) if meeting.starts_at else "")
    where = f"在{meeting.place}" if meeting.place else ""
    return "，".join(part for part in (when, where, f"议{meeting.subject}") if part)


def _write(meeting, values):
    for name, value in values.items():
        if name not in WRITTEN:
            raise TypeError(f"a meeting has no {name}")
        setattr(meeting, name, value)
    if meeting.kind != Meeting.Kind.BRANCH:
        meeting.neighbourhood = None


def _locked(meeting):
    along = ("studio", "neighbourhood", "chair", "planned_by")
    return Meeting.objects.select_for_update(of=("self",)).select_related(*along).get(pk=meeting.pk)


def _require_open(meeting):
    if not meeting.is_open:
        raise Refused(OVER)


def _set_members(meeting, members):
    """Make the members exactly these; what is known of those who stay stays."""
    wanted = {person.pk for person in members}
    there = set(meeting.members.values_list("person", flat=True))
    meeting.members.filter(person__in=there - wanted).delete()
    MeetingMember.objects.bulk_create(
        MeetingMember(studio=meeting.studio, meeting=meeting, person=person)
        for person in members
        if person.pk not in there
    )


def _settle(meeting, decisions, by, at):
    """Rows and next steps say what `decisions` say; what is done stays done."""
    known = {row.pk: row for row in meeting.decisions.all()}
    for order, told in enumerate(decisions, start=1):
        row = known.pop(told.pk, None)
        if row is None:
            row = MeetingDecision(studio=meeting.studio, meeting=meeting)
        same = (row.text, row.owner_id, row.due_on) == (told.text, told.owner.pk, told.due_on)
        row.order, row.text, row.owner, row.due_on = order, told.text, told.owner, told.due_on
        row.save()
        if not same:
            _give(meeting, row, by, at)
    for row in known.values():
        _take_back(row, by, at)
        row.delete()


def _give(meeting, row, by, at):
    """The owner's next step: reworded if it was theirs already, else a new one and a notice."""
    steps = next_steps.of_source(row).exclude(state=NextStep.State.DROPPED)
    own = steps.filter(person=row.owner).first()
    if own:
        own.text, own.due_on = row.text, row.due_on
        own.save(update_fields=["text", "due_on"])
        return
    _take_back(row, by, at)
    next_steps.assign(
        studio=meeting.studio, person=row.owner, text=row.text, origin=NextStep.Origin.MEETING, by=by,
        due_on=row.due_on, source=row, link=meeting.get_absolute_url(), at=at,
    )  # fmt: skip
    text = f"{meeting.name}定了一件事请您办：{row.text}，{words.before(row.due_on, rules.today_of(at))}"
    _tell(meeting, [row.owner], text, by, at)


def _take_back(row, by, at):
    for step in next_steps.of_source(row).open():
        next_steps.close(step, by=by, state=NextStep.State.DROPPED, at=at)


def _tell_to_come(meeting, members, words_first, by, at):
    if meeting.held_on >= rules.today_of(at):
        _tell(meeting, members, f"{words_first}：{meeting.name}，{appointment(meeting, at)}", by, at)


def _tell(meeting, persons, text, by, at):
    concerned = [person for person in persons if person.pk != by.pk]
    tell(concerned, text, link=meeting.get_absolute_url(), studio=meeting.studio, at=at)
