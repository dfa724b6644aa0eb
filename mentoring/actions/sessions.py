"""Sessions that were held: logging, correcting, taking away; the ledger is written along with them."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from people import words
from people.actions import removal
from people.actions.notices import tell
from people.stale import Refused, StaleEdit, save_version

from .. import session_modes
from .. import session_rules as rules
from ..models import Attendance, Session
from . import cadence, course, session_talks, session_tasks
from .photos import attach

# What the form of a session writes into its row, besides who was there.
WRITTEN = (
    "held_on", "minutes", "topics", "note", "mode", "neighbourhood", "base", "place", "theme", "proxy_source",
    *session_modes.PARTICULARS,
)  # fmt: skip
NOT_NOW = "这次带教已经记过，或者已经取消了，不用再记"
TOO_LATE = "记录后可以改的时间已经过了。要改，请打电话给街道工作人员"


@transaction.atomic
def log(
    *, group, present, held_on, by, minutes=60, topics=(), note="", mode=Session.Mode.FACE,
    neighbourhood=None, base=None, place="", theme="", methods=(), tasks=(), photos=(), proxy_source="",
    others=(), planned=None, at=None, **particulars,
):  # fmt: skip
    """Record a session that took place, and tell those who were there.

    `present`: Persons paired in the group on that day; `others`: Persons of other groups of the cohort;
    `particulars`: those of session_modes; `tasks`: session_tasks.Task or (text, due_on) for everybody
    present; `photos`: SessionPhotos that wait; `planned`: the planned Session that this one was.
    `by` other than the mentor is staff (代记), who may say in `proxy_source` from what. Raises Refused.
    """
    at = at or timezone.now()
    present, others = list(present), list(others)
    by_proxy = by.pk != group.mentor_id
    said = {"mode": mode, "topics": topics, "note": note, **particulars}
    _check(group, present, others, held_on, said, by_proxy, at)
    session = _taken_up(planned, group) if planned else _blank(group)
    session.held_on, session.minutes, session.mode = held_on, minutes, mode
    session.topics, session.note = list(topics), "" if session.is_talk else note.strip()
    for name, value in session_modes.fitting(mode, _whole(particulars)).items():
        setattr(session, name, value)
    session.neighbourhood, session.base, session.place = neighbourhood, base, place
    session.theme = (theme or session.theme).strip()
    session.proxy_source = proxy_source if by_proxy else ""
    session.state, session.logged_at, session.logged_by = Session.State.LOGGED, at, by
    _store(session)
    present += others
    _set_present(session, present)
    session_talks.keep(session, present, note, at=at)
    session.methods.set(methods)
    attach(session, photos)
    session_tasks.settle(session, present, tasks, by=by, at=at)
    course.recognise(session)
    ledger.record(session)
    cadence.link_matching(session, by=by, at=at)
    _tell_present(session, present, at)
    return session


@transaction.atomic
def edit(session, *, version, present, others=(), methods=(), tasks=(), by, at=None, **changes):
    """Correct a session within its window.

    `changes`: values for some of WRITTEN; `version`: the one that the form began from. Whoever is new among
    those present is told. The mentor's own correction of a 代记 confirms it.
    Raises Refused, or StaleEdit when somebody else changed it meanwhile.
    """
    at = at or timezone.now()
    if not session.editable_by(by, at=at):
        raise Refused(TOO_LATE)
    present, others = list(present), list(others)
    session_talks.refuse_change(session, changes, [*present, *others], by)
    for name, value in changes.items():
        if name not in WRITTEN:
            raise TypeError(f"edit() writes no {name}")
        setattr(session, name, value)
    told = session.note.strip()
    session.note = "" if session.is_talk else told
    said = {name: getattr(session, name) for name in ("mode", "topics", *session_modes.PARTICULARS)}
    said["note"] = told
    _check(session.group, present, others, session.held_on, said, by.pk != session.mentor_id, at)
    fields = [*changes]
    if session.waits_for(by):
        session.confirmed_at, session.confirmed_by = at, by
        fields += ["confirmed_at", "confirmed_by"]
    _save_version(session, version, fields)
    present += others
    newcomers = _set_present(session, present)
    if "note" in changes and by.pk == session.mentor_id:
        session_talks.keep(session, present, told, at=at)
    session.methods.set(methods)
    session_tasks.settle(session, present, tasks, by=by, at=at)
    course.recognise(session)
    ledger.record(session)
    cadence.link_matching(session, by=by, at=at)
    _tell_present(session, newcomers, at)
    return session


@transaction.atomic
def confirm(session, *, by, at=None):
    """The mentor says that what staff wrote is right. A second time changes nothing."""
    Session.objects.filter(pk=session.pk, mentor=by, confirmed_at__isnull=True).update(
        confirmed_at=at or timezone.now(), confirmed_by=by
    )


@transaction.atomic
def remove(session, *, by, at=None):
    """Take a session away, with its ledger lines and what it gave to do; 30 days to find it again."""
    if not session.editable_by(by, at=at):
        raise Refused(TOO_LATE)
    removal.remove(session, by=by, at=at)


@transaction.atomic
def restore(session, *, by, at=None):
    """Bring a removed session back as it was. Raises Refused after the 30 days."""
    removal.restore(session, by=by, at=at)


def named(session):
    """How people speak of it: 6月18日（周四）张书记的带教."""
    return f"{words.day(session.held_on)}{session.mentor.called}的带教"


def after_removal(session, *, by, at):
    """What hangs on a session goes and comes back with it (people.actions.removal calls this)."""
    if session.removed_at:
        session_tasks.drop_all(session, by=by, at=session.removed_at)
    else:
        session_tasks.reopen(session)
    ledger.record(session)


def _check(group, present, others, held_on, said, by_proxy, at):
    today = rules.today_of(at)
    rules.refuse(rules.date_problem(held_on, group.cohort, today))
    rules.refuse(rules.present_problem(present, group, held_on, today, others))
    if said["mode"] == Session.Mode.TALK:
        rules.refuse(rules.talk_problem([*present, *others], said["note"], by_proxy=by_proxy))
    else:
        rules.refuse(rules.words_problem(said["topics"], said["note"]))
    rules.refuse(next(iter(session_modes.problems(said["mode"], said).values()), ""))


def _whole(particulars):
    """All particulars, those that were not given empty."""
    unknown = set(particulars) - set(session_modes.PARTICULARS)
    if unknown:
        raise TypeError(f"log() knows no {unknown}")
    return {name: particulars.get(name, [] if name == "units" else "") for name in session_modes.PARTICULARS}


def _blank(group):
    return Session(studio=group.studio, cohort=group.cohort, group=group, mentor=group.mentor)


def _taken_up(planned, group):
    """The planned row, locked, so that it is logged once only."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("mentor", "studio")
    session = rows.get(pk=planned.pk)
    if session.state != Session.State.PLANNED or session.removed_at or session.group_id != group.pk:
        raise Refused(NOT_NOW)
    session.version += 1
    return session


def _store(session):
    if session.pk is None:
        session.save(force_insert=True)
    else:
        session.save(update_fields=[*WRITTEN, "state", "logged_at", "logged_by", "version"])


def _save_version(session, version, fields):
    session.version = version
    try:
        save_version(session, fields)
    except StaleEdit as stale:
        # Only what people wrote in words can be compared side by side.
        raise StaleEdit(stale.current, [name for name in ("note", "place") if name in fields]) from None


def _set_present(session, present):
    """Make the attendance say exactly `present`; returns those who are new."""
    wanted = {person.pk: person for person in present}
    there = dict(session.attendance.values_list("apprentice", "pk"))
    session.attendance.filter(pk__in=[pk for person, pk in there.items() if person not in wanted]).delete()
    newcomers = [person for pk, person in wanted.items() if pk not in there]
    Attendance.objects.bulk_create(
        Attendance(studio=session.studio, session=session, apprentice=person) for person in newcomers
    )
    return newcomers


def _tell_present(session, present, at):
    day = words.day(session.held_on, rules.today_of(at))
    text = f"{session.mentor.called}{day}的带教记好了，您参加了"
    tell(present, text, link=session.get_absolute_url(), studio=session.studio, at=at)
