"""安排带教: sessions to come. Those concerned are told; logging one later fills the form from it."""

from django.db import transaction
from django.utils import timezone

from people import words
from people.actions import drafts
from people.actions.notices import tell
from people.stale import Refused, save_version

from .. import session_rules as rules
from ..models import Attendance, Session
from . import invitations

# An answer 能来 was for this day and this place: it is asked for again when one of these changes.
WHEN_AND_WHERE = ("held_on", "starts_at", "neighbourhood_id", "base_id", "place")
# What the form of a plan writes into its row.
WRITTEN = ("held_on", "starts_at", "mode", "theme", "neighbourhood", "base", "place")
IN_PAST = "安排的日期请选今天或以后。已经带过的，请用“记一次带教”"
OVER = "这次带教已经记过，或者已经取消了，不能再改安排"


def plan_problem(day, cohort, today):
    """Why nothing can be planned for that day, or ""."""
    return IN_PAST if day < today else rules.outside_cohort(day, cohort, today)


def draft_key(group):
    """Name of the autosaved draft of a new plan; each group has its own."""
    return f"plan-{group.pk}"


@transaction.atomic
def plan(
    *, group, held_on, by, participants, others=(), starts_at=None, mode=Session.Mode.FACE, theme="",
    neighbourhood=None, base=None, place="", at=None,
):  # fmt: skip
    """Plan a session of the group and ask everybody to come.

    `participants`: Persons of the group; `others`: of the cohort's other groups. Raises Refused.
    """
    at = at or timezone.now()
    _check(group, held_on, participants, others, at)
    participants = [*participants, *others]
    session = Session.objects.create(
        studio=group.studio, cohort=group.cohort, group=group, mentor=group.mentor,
        state=Session.State.PLANNED, held_on=held_on, starts_at=starts_at, mode=mode, theme=theme,
        neighbourhood=neighbourhood, base=base, place=place, minutes=None, planned_at=at, planned_by=by,
    )  # fmt: skip
    _set_participants(session, participants)
    drafts.clear(by, draft_key(group))
    _tell(session, participants, f"{session.group}安排了带教：{appointment(session, at)}", by, at)
    return session


@transaction.atomic
def change_plan(session, *, version, by, participants, others=None, at=None, **changes):
    """Change a plan. `changes`: values for some of WRITTEN; `others`: those of other groups, None: as it was.

    Raises Refused or StaleEdit.
    """
    at = at or timezone.now()
    _require_planned(session)
    agreed = [getattr(session, name) for name in WHEN_AND_WHERE]
    for name, value in changes.items():
        if name not in WRITTEN:
            raise TypeError(f"change_plan() writes no {name}")
        setattr(session, name, value)
    before = [row.apprentice for row in session.attendance.select_related("apprentice")]
    own = {pairing.apprentice_id for pairing in rules.members(session.group)}
    others = [person for person in before if person.pk not in own] if others is None else list(others)
    _check(session.group, session.held_on, participants, others, at)
    session.version = version
    save_version(session, [*changes])
    participants = [*participants, *others]
    session.attendance.all().delete()
    _set_participants(session, participants)
    if agreed != [getattr(session, name) for name in WHEN_AND_WHERE]:
        invitations.ask_again(session)
    concerned = [*before, *participants]
    _tell(session, concerned, f"{session.group}的带教改了安排：{appointment(session, at)}", by, at)
    return session


@transaction.atomic
def cancel_plan(session, *, by, at=None):
    """Call a planned session off and tell everybody concerned. Raises Refused when it is over already."""
    at = at or timezone.now()
    rows = Session.objects.select_for_update(of=("self",)).select_related("group__mentor", "mentor")
    session = rows.get(pk=session.pk)
    if session.state == Session.State.CANCELLED:
        return session
    _require_planned(session)
    session.state = Session.State.CANCELLED
    session.version += 1
    session.save(update_fields=["state", "version"])
    participants = [row.apprentice for row in session.attendance.select_related("apprentice")]
    _tell(session, participants, f"{session.group}的带教取消了：{appointment(session, at)}", by, at)
    return session


def appointment(session, at=None):
    """When, where and about what, in one line: 6月18日（周四）下午2:30，在甲居民区，主题：停车."""
    today = rules.today_of(at)
    when = words.day(session.held_on, today) + (words.clock(session.starts_at) if session.starts_at else "")
    where = session.where()
    return "，".join(
        part for part in (when, where and f"在{where}", session.theme and f"主题：{session.theme}") if part
    )


def _check(group, held_on, participants, others, at):
    today = rules.today_of(at)
    rules.refuse(plan_problem(held_on, group.cohort, today))
    rules.refuse(rules.present_problem(list(participants), group, held_on, today, list(others)))


def _require_planned(session):
    if session.state != Session.State.PLANNED or session.removed_at:
        raise Refused(OVER)


def _set_participants(session, participants):
    Attendance.objects.bulk_create(
        Attendance(studio=session.studio, session=session, apprentice=person) for person in participants
    )
    invitations.invite(session, participants)


def _tell(session, participants, text, by, at):
    concerned = [person for person in (session.mentor, *participants) if person.pk != by.pk]
    tell(concerned, text, link=session.get_absolute_url(), studio=session.studio, at=at)
