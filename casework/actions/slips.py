"""三联单: 登记, 派单, 接单, 退单, 办结, 回访.

Whoever acts by a link has no account: `by` is None, `by_name` says who.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from growth.actions import ledger
from people import scoped_links, words
from people.actions import residents
from people.actions.notices import tell
from people.models import Membership, Person
from people.numbers import next_number
from people.roles import Role
from people.stale import Refused

from ..models import Case, Slip, SlipCategory, SlipState, State
from ..models.slip import MOST_RETURNS, TO_SEND, UNDER_WAY
from ..roles import staff_of
from . import cases

# What a studio starts with, and the days it gives each.
CATEGORIES = (("政策咨询", 2), ("环境卫生", 3), ("困难需求", 3), ("其他", 3))
LINK = "slip"
# A link goes on working for a while after the day by which the matter should be settled.
LINK_GRACE_DAYS = 14
# Easy to read out on the telephone: no letters, no figure that looks like another.
CODE_FIGURES, CODE_LENGTH = "23456789", 8


def categories_of(studio):
    """The studio's kinds of slips in their order; made from CATEGORIES where it has none yet."""
    kept = SlipCategory.objects.filter(studio=studio)
    if not kept.exists():
        SlipCategory.objects.bulk_create(
            [
                SlipCategory(studio=studio, name=name, days=days, order=order)
                for order, (name, days) in enumerate(CATEGORIES, start=1)
            ],
            ignore_conflicts=True,
        )
    return kept.filter(in_use=True)


def locked(slip):
    """The slip as it is now, locked until the transaction ends."""
    rows = Slip.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("studio", "neighbourhood", "handler", "sent_by", "registered_by").get(
        pk=slip.pk
    )


@transaction.atomic
def register(
    *, studio, category, problem, by=None, by_name="", source=Slip.Source.ORDER, step=None, visit=None,
    neighbourhood=None, building=None, place="", name="", phone="", resident=None, wish="", received_on=None,
    public=False, at=None,
):  # fmt: skip
    """登记: the next number of the year, without gaps. `name`, `phone` go into the vault.

    `public`: it came by the page of the neighbourhood; whoever sent it gets a number to ask by.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    if resident is None and (name.strip() or phone.strip()):
        resident = residents.keep(studio=studio, name=name or "居民", phone=phone, on=day)
    slip = Slip(
        studio=studio, source=source, step=step, visit=visit,
        of_case=step.prescription.case if step else None,
        category=category, neighbourhood=neighbourhood, building=building, place=place, resident=resident,
        problem=problem, wish=wish, received_on=received_on or day, registered_by=by, registered_name=by_name,
        year=day.year, number=next_number(studio, "slip", day.year), state_since=at,
        ask_code=_code() if public else "",
    )  # fmt: skip
    slip.save(force_insert=True)
    if public or by is None:
        text = f"{neighbourhood or ''}有居民点单，编号{slip.no}，请派单"
        tell(staff_of(studio), text, link=slip.get_absolute_url(), studio=studio, at=at)
    return slip


@transaction.atomic
def for_step(step, *, by, at=None):
    """The slip that a step asks for: it waits to be sent, and only who and by when are left to say.

    None where one was written for the step before. Select `prescription__case__neighbourhood` along.
    """
    if step.slips.exclude(state=SlipState.DROPPED).exists():
        return None
    return register(
        studio=step.studio, category=other_of(step.studio), problem=step.text, by=by, step=step, at=at,
        source=Slip.Source.STEP, neighbourhood=step.prescription.case.neighbourhood,
    )  # fmt: skip


@transaction.atomic
def follow_step(step, *, by, reason, at=None):
    """A slip that nobody has yet says what the step says, and goes with it. One under way is its worker's."""
    for slip in step.slips.filter(state__in=TO_SEND):
        if not step.wants_slip or step.state == "dropped":
            drop(slip, reason=f"药方改了：{reason}"[:200], by=by, at=at)
        elif slip.problem != step.text:
            Slip.objects.filter(pk=slip.pk).update(problem=step.text, version=F("version") + 1)


def other_of(studio):
    """The studio's last kind of slips, 其他 as shipped: for what no resident has put into one."""
    kinds = list(categories_of(studio)) or list(SlipCategory.objects.filter(studio=studio))
    return kinds[-1]


def _code():
    return "".join(secrets.choice(CODE_FIGURES) for _ in range(CODE_LENGTH))


def due_for(category, at=None):
    """The day by which a slip of this kind should be settled."""
    return timezone.localdate(at) + timedelta(days=category.days)


@transaction.atomic
def dispatch(
    slip, *, handler=None, handler_name="", group=None, due_on, gives_phone=False, note="", by, at=None
):
    """派单, also once more to somebody else. Links that were given to the one before open nothing any
    more.
    """
    slip, at = locked(slip), at or timezone.now()
    if due_on < timezone.localdate(at):
        raise Refused(f"期限{words.short_day(due_on)}已经过了，请往后选")
    before = slip.handler
    move = slip.move_to(SlipState.SENT, by=by, note=note, at=at)
    slip.handler, slip.handler_name = handler, "" if handler else handler_name
    slip.group, slip.due_on, slip.gives_phone = group, due_on, gives_phone
    slip.sent_at, slip.sent_by, slip.accepted_at = at, by, None
    _write(slip, move, "handler", "handler_name", "group", "due_on", "gives_phone", "sent_at", "sent_by",
           "accepted_at")  # fmt: skip
    scoped_links.revoke_all(LINK, slip, by=by, at=at)
    text = f"有一张三联单派给您：{slip.problem[:60]}，{words.before(due_on)}办好"
    _tell(slip, [handler], text, by=by, at=at)
    if before and before != handler:
        _tell(slip, [before], f"三联单{slip.no}改由{slip.whose}办了", by=by, at=at)
    return slip


@transaction.atomic
def accept(slip, *, by=None, by_name="", at=None):
    """接单."""
    slip, at = locked(slip), at or timezone.now()
    move = slip.move_to(SlipState.ACCEPTED, by=by, by_name=by_name, at=at)
    slip.accepted_at = at
    _write(slip, move, "accepted_at")
    _tell(slip, [slip.sent_by], f"{_who(by, by_name)}接了三联单{slip.no}", by=by, at=at)
    return slip


@transaction.atomic
def give_back(slip, *, reason, proposed="", by=None, by_name="", at=None):
    """退单, with the reason and who should have it. The second one makes a draft case of it: 转会诊."""
    slip, at = locked(slip), at or timezone.now()
    if slip.state not in UNDER_WAY:
        raise Refused(f"这张三联单现在是“{slip.get_state_display()}”，不用退单")
    note = reason + (f"；建议由{proposed}办" if proposed else "")
    slip.returns += 1
    again = slip.returns >= MOST_RETURNS
    state = SlipState.CONSULTED if again else SlipState.REJECTED
    move = slip.move_to(state, by=by, by_name=by_name, note=note[:300], at=at)
    if again:
        slip.case = _draft_case(slip, reason, at)
    _write(slip, move, "returns", "case")
    scoped_links.revoke_all(LINK, slip, by=by or slip.sent_by, at=at)
    who = _who(by, by_name)
    told = (
        f"{who}第二次退了三联单{slip.no}，已经写成疑难案例的草稿"
        if again
        else f"{who}退了三联单{slip.no}，请另派"
    )
    _tell(slip, {slip.sent_by, *staff_of(slip.studio)}, told, by=by, at=at)
    return slip


def _draft_case(slip, reason, at):
    """A draft that staff find prefilled; its owner is the apprentice of the neighbourhood, if there is
    one.
    """
    here = Membership.objects.current().filter(studio=slip.studio, role=Role.APPRENTICE)
    here = here.filter(person__neighbourhood=slip.neighbourhood, person__is_active=True)
    found = here.select_related("person").order_by("pk").first() if slip.neighbourhood_id else None
    owner, writer = (found.person if found else slip.sent_by), slip.sent_by
    trail = slip.moves.filter(after=SlipState.REJECTED).values_list("note", flat=True)
    story = "\n".join(
        [f"三联单{slip.no}（{slip.received_on:%Y年%m月%d日}收到）：{slip.problem}", *trail, reason]
    )
    values = {"title": slip.problem[:30], "story": story[:3000]}
    case = cases.begin(studio=slip.studio, owner=owner, by=writer, values=values, at=at)
    Case.objects.filter(pk=case.pk, state=State.DRAFT).update(neighbourhood=slip.neighbourhood)
    return case


@transaction.atomic
def finish(slip, *, way, result, by=None, by_name="", at=None):
    """办结: 线上答疑, 上门跑腿 or 转办, and what was done."""
    slip, at = locked(slip), at or timezone.now()
    move = slip.move_to(SlipState.FINISHED, by=by, by_name=by_name, at=at)
    slip.way, slip.result, slip.finished_at = way, result, at
    slip.accepted_at = slip.accepted_at or at
    _write(slip, move, "way", "result", "finished_at", "accepted_at")
    ledger.record(slip)
    told = {slip.sent_by, slip.registered_by, *_case_people(slip)}
    _tell(slip, told, f"三联单{slip.no}办结了，请回访", by=by, at=at)
    return slip


@transaction.atomic
def call_back(slip, *, said, resident_words="", again=False, by, at=None):
    """回访: the resident's word beside the worker's. `again`: it is not done, and waits to be sent once
    more.
    """
    slip, at = locked(slip), at or timezone.now()
    if again:
        note = f"居民说：{resident_words}" if resident_words else "居民说还没办好"
        move = slip.move_to(SlipState.OPEN, by=by, note=note, at=at)
        slip.result, slip.way, slip.finished_at = "", "", None
        _write(slip, move, "result", "way", "finished_at")
        ledger.record(slip)
        return slip
    move = slip.move_to(SlipState.CALLED_BACK, by=by, at=at)
    slip.said, slip.resident_words = said, resident_words
    slip.called_back_at, slip.called_back_by = at, by
    _write(slip, move, "said", "resident_words", "called_back_at", "called_back_by")
    scoped_links.revoke_all(LINK, slip, by=by, at=at)
    _tell(slip, {slip.handler, *_case_people(slip)}, f"三联单{slip.no}回访过了", by=by, at=at)
    return slip


@transaction.atomic
def drop(slip, *, reason, by, at=None):
    """不办了, with the reason: sent by mistake, told twice, nothing to be done."""
    slip = locked(slip)
    move = slip.move_to(SlipState.DROPPED, by=by, note=reason, at=at)
    _write(slip, move)
    scoped_links.revoke_all(LINK, slip, by=by, at=at)
    return slip


def link_for(slip, *, by):
    """A FreshLink for whoever has the slip."""
    if slip.state not in UNDER_WAY:
        raise Refused("派出去还没办结的三联单，才要给承办人链接")
    days = (slip.due_on - timezone.localdate()).days + LINK_GRACE_DAYS
    return scoped_links.issue(purpose=LINK, target=slip, holder=slip.whose[:100], days=days, by=by)


def show_resident(slip, *, by_name, at=None):
    """The worker without an account reads name and number; that stands on the record like any other
    reading.
    """
    return residents.reveal(slip.resident, why="visit", note=f"三联单{slip.no}", by_name=by_name, at=at)


# --- Small things -----------------------------------------------------------------------------------------


def _write(slip, move, *fields):
    slip.save(update_fields=("state", "state_since", "version", *fields))
    move.save(force_insert=True)


def _who(by, by_name):
    return by.called if by else by_name


def _case_people(slip):
    if slip.of_case_id is None:
        return []
    case = slip.of_case
    return list(Person.objects.filter(pk__in=[pk for pk in (case.owner_id, case.chair_id) if pk]))


def _tell(slip, people, text, *, by, at):
    others = [person for person in people if person is not None and person != by]
    tell(others, text, link=slip.get_absolute_url(), studio=slip.studio, at=at)


def may_send(slip):
    return slip.state in (*TO_SEND, *UNDER_WAY)
