"""What staff decide about a case: 受理, 直接答复, 退回补充, 转办, 暂缓 and 接着办, 再会诊.

直接答复: the answer is kept as the opinion of whoever gives it and the case goes straight to 待评价: owner
and mentor say whether it helped; if it did not, 再会诊 opens the ordinary way. No prescription is invented.
"""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger, next_steps
from growth.models import NextStep
from people.stale import Refused
from people.words import before, exact_moment

from ..models import Case, Opinion, State
from ..roles import mentor_of
from . import district, meetings
from .ground import PAUSED, due_after_pause, move, notify, pause
from .inviting import invite
from .locking import locked
from .prescriptions import pause_steps, resume_steps, stop_open_steps


@transaction.atomic
def accept(*, case, handling, chair, consultants=(), due_on=None, meeting_at=None, meeting_place="", words="",
           category="", urgency="", by, at=None):  # fmt: skip
    """受理: online or at a meeting, who presides, who is asked, until when; `words` are said to the owner.

    `due_on` defaults to the studio's days for a consultation, or to the day of the meeting.
    """
    case, at = locked(case), at or timezone.now()
    if case.state != State.SUBMITTED:
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，不用受理")
    case.handling, case.chair = handling, chair
    case.meeting_at, case.meeting_place = meeting_at, meeting_place
    case.category, case.urgency = category or case.category, urgency or case.urgency
    fields = ("handling", "chair", "meeting_at", "meeting_place", "category", "urgency")
    case.save(update_fields=fields)
    if due_on is None and meeting_at is not None:
        due_on = timezone.localdate(meeting_at)
    move(case, State.CONSULTING, by=by, note=words, at=at, due_on=due_on)
    asked = invite(case, consultants, by=by, at=at)
    if meeting_at is not None:
        meetings.of_case(case, by=by, at=at)
    said = f"：{words}" if words else ""
    notify(case, [case.owner], f"“{case.title}”已受理，{_how(case, at)}{said}", by=by, at=at)
    notify(case, [chair], f"请您主持会诊“{case.title}”，{_how(case, at)}", by=by, at=at)
    invited = [person for person in asked if person.pk != chair.pk]
    notify(case, invited, f"请您给“{case.title}”出主意，{_how(case, at)}", by=by, at=at)
    return case


def _how(case, at):
    today = timezone.localdate(at)
    if case.handling == Case.Handling.MEETING and case.meeting_at:
        return f"{exact_moment(case.meeting_at, today)}在{case.meeting_place}开会诊会"
    return f"{before(case.due_on, today)}提意见"


@transaction.atomic
def answer(*, case, text, chair=None, category="", urgency="", by, at=None):
    """直接答复: the answer stands; owner and chair (the owner's mentor, else `by`) say what came of it."""
    case, at = locked(case), at or timezone.now()
    if case.state != State.SUBMITTED:
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，不用再答复")
    case.handling, case.chair = Case.Handling.DIRECT, chair or mentor_of(case.owner) or by
    case.category, case.urgency = category or case.category, urgency or case.urgency
    case.save(update_fields=("handling", "chair", "category", "urgency"))
    opinion, made = Opinion.objects.get_or_create(
        studio=case.studio, case=case, round=case.round, author=by,
        defaults={"text": text, "at": at, "written_by": by},
    )  # fmt: skip
    move(case, State.REVIEWING, by=by, note="直接答复，请看答复", at=at)
    if made:
        ledger.record(opinion)
    asked = [case.owner, case.chair]
    until = before(case.due_on, timezone.localdate(at))
    notify(case, asked, f"街道答复了“{case.title}”，请在{until}评一评管不管用", by=by, at=at)
    return case


@transaction.atomic
def send_back(*, case, sentence, by, at=None):
    """退回补充: the sentence says what to add. The owner finds it in 接下来."""
    case, at = locked(case), at or timezone.now()
    move(case, State.RETURNED, by=by, note=sentence, at=at)
    next_steps.assign(
        studio=case.studio, person=case.owner, text="补充疑难案例，要补什么写在案例里",
        origin=NextStep.Origin.CASE, by=by, due_on=case.due_on, source=case,
        link=case.get_absolute_url(), report_link=case.get_absolute_url(), at=at,
    )  # fmt: skip
    until = before(case.due_on, timezone.localdate(at))
    notify(case, [case.owner], f"请在{until}补充“{case.title}”：{sentence}", by=by, at=at)
    return case


@transaction.atomic
def transfer(*, case, to="", reason, to_district=False, by, at=None):
    """转办: handed to a department or another office, which ends the case here; or to the district, whose
    answer may bring it back.
    """
    case, at = locked(case), at or timezone.now()
    to = district.TO if to_district else to
    stop_open_steps(case=case, reason=f"案例转给{to}办了", by=by, at=at)
    move(case, State.TRANSFERRED, by=by, note=f"转给{to}：{reason}"[:500], at=at)
    if to_district:
        district.ask(case=case, reason=reason, by=by, at=at)
    case.transferred_to = to
    case.save(update_fields=("transferred_to",))
    notify(case, _everybody(case), f"“{case.title}”转给{to}办了：{reason}", by=by, at=at)
    return case


@transaction.atomic
def hold(*, case, reason, by, at=None):
    """暂缓: nothing is due until somebody goes on with it, its steps included."""
    case, at = locked(case), at or timezone.now()
    pause(case, at=at)
    move(case, State.HELD, by=by, note=reason, at=at)
    pause_steps(case)
    notify(case, _everybody(case), f"“{case.title}”先放一放：{reason}", by=by, at=at)
    return case


@transaction.atomic
def resume(*, case, note="", by, at=None):
    """接着办: back to where it was; what was due moves on by as many days as it was held.

    A case that the district has answered comes back, too: to a new round where it had been consulted on.
    """
    case, at = locked(case), at or timezone.now()
    if case.state == State.TRANSFERRED and answered_by_district(case):
        return _come_back(case, note, by, at)
    if case.state != State.HELD:
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，没有暂缓")
    state, since = State(case.held_from), case.paused_on
    waits = state == State.CONSULTING and case.clarifications.filter(answered_at__isnull=True).exists()
    due = None if waits and not case.meeting_at else due_after_pause(case, state, at)
    paused = case.paused_on, case.paused_due
    move(case, state, by=by, note=note, at=at, due_on=due)
    if due is None and waits:  # still waiting for its owner
        (case.paused_on, case.paused_due), case.due_on = paused, None
        case.save(update_fields=PAUSED)
    if since:
        resume_steps(case, days=(timezone.localdate(at) - since).days, by=by, at=at)
    notify(case, _everybody(case), f"“{case.title}”接着办了", by=by, at=at)
    return case


def answered_by_district(case):
    return case.district_requests.filter(round=case.round, answered_at__isnull=False).exists()


def _come_back(case, note, by, at):
    case.transferred_to = ""
    case.save(update_fields=("transferred_to",))
    if case.chair_id:
        return reopen(case=case, reason=note or "按区里的答复接着办", by=by, at=at)
    move(case, State.SUBMITTED, by=by, note=note or "区里答复了，接着办", at=at)
    notify(case, [case.owner], f"“{case.title}”区里答复了，街道接着办", by=by, at=at)
    return case


@transaction.atomic
def reopen(*, case, reason, due_on=None, by, at=None):
    """再会诊: a new round, with the same people asked again."""
    case, at = locked(case), at or timezone.now()
    if case.state in (State.SUBMITTED, State.HELD):
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，还不能再会诊")
    stop_open_steps(case=case, reason="再会诊，按新药方办", by=by, at=at)
    last = [invited.person for invited in case.consultants.filter(round=case.round).select_related("person")]
    move(case, State.CONSULTING, by=by, note=reason, at=at, due_on=due_on)
    case.round += 1
    case.handling = Case.Handling.ONLINE
    case.meeting_at, case.meeting_place = None, ""
    case.save(update_fields=("round", "handling", "meeting_at", "meeting_place"))
    asked = invite(case, last or [person for person in [mentor_of(case.owner)] if person], by=by, at=at)
    until = before(case.due_on, timezone.localdate(at))
    text = f"“{case.title}”第{case.round}次会诊，请在{until}再出出主意：{reason}"
    notify(case, [*asked, case.chair], text, by=by, at=at)
    notify(case, [case.owner], f"“{case.title}”再会诊一次：{reason}", by=by, at=at)
    return case


def _everybody(case):
    asked = [invited.person for invited in case.consultants.filter(round=case.round).select_related("person")]
    return [case.owner, case.chair, *asked]
