"""三个一: setting what a period is about, and hanging on it what really took place."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from people.actions.notices import tell
from people.models import Membership
from people.roles import MENTOR_ROLES
from people.stale import Refused, StaleEdit, save_version

from .. import cadence
from ..models import CadenceCell, CadenceKind, Meeting, Session, Visit
from ..models.cadence import BACKED, took_place

WRITTEN = ("theme", "held_on", "host", "place")
LINK = (*BACKED, "linked_at", "linked_by")
IS_DONE = "这一格已经办了，不能再改主题。要改，先取下挂着的带教"
JUST_SET = "这一格刚刚有人定了，请再打开看看"


def cell_of(*, studio, group, kind, year, period):
    """The row of that cell; one that is not in the database yet, of version 0, where nobody wrote."""
    place = {"studio": studio, "group": group, "kind": kind, "year": year, "period": period}
    rows = CadenceCell.objects.filter(
        studio=studio, kind=kind, year=year, period=period, group_id=group and group.pk
    )
    return rows.select_related(*BACKED).first() or CadenceCell(**place, version=0)


@transaction.atomic
def plan(cell, *, by, also=(), at=None, **words):
    """Set theme, day, host and place. `also`: groups for which the same is set, unless it is done there.

    Raises Refused for a cell that is done, StaleEdit when somebody else changed it meanwhile.
    """
    at = at or timezone.now()
    if cell.is_done:
        raise Refused(IS_DONE)
    for name in WRITTEN:
        setattr(cell, name, words.get(name, getattr(cell, name)))
    _keep(cell, by, at)
    _tell_mentors(cell, by, at)
    for group in also:
        other = cell_of(studio=cell.studio, group=group, kind=cell.kind, year=cell.year, period=cell.period)
        if not other.is_done:
            for name in WRITTEN:
                setattr(other, name, getattr(cell, name))
            _keep(other, by, at)
            _tell_mentors(other, by, at)
    return cell


def _keep(cell, by, at):
    cell.planned_at, cell.planned_by = at, by
    if cell.pk is None:
        cell.version = 1
        try:
            with transaction.atomic():
                cell.save(force_insert=True)
        except IntegrityError:
            cell.pk = None
            raise Refused(JUST_SET) from None
        return
    try:
        save_version(cell, [*WRITTEN, "planned_at", "planned_by"])
    except StaleEdit as stale:
        raise StaleEdit(stale.current, WRITTEN) from stale


def kept(cell, *, by, at=None):
    """The cell, written down if it was not yet."""
    if cell.pk is None:
        _keep(cell, by, at or timezone.now())
    return cell


def _tell_mentors(cell, by, at):
    """The group's mentor, or every mentor of the studio, hears of a theme that somebody else set."""
    if cell.group:
        people = [cell.group.mentor]
    else:
        held = Membership.objects.current().filter(studio=cell.studio, role__in=MENTOR_ROLES)
        people = [one.person for one in held.select_related("person")]
    what = f"{cadence.name_of(cell.kind, cell.period)}{cadence.SHORT[CadenceKind(cell.kind)]}"
    told = [person for person in people if person.pk != by.pk]
    tell(told, f"{what}定了：{cell.theme}", link=cell.get_absolute_url(), studio=cell.studio, at=at)


@transaction.atomic
def fill(slots, *, words_of, by, at=None):
    """Write words into the slots that are still open. `words_of(slot)` gives {theme, host, place} or None.

    Returns how many were written. What was set or done is left alone.
    """
    at, count = at or timezone.now(), 0
    for slot in slots:
        words = None if slot.cell else words_of(slot)
        if words:
            cell = CadenceCell(
                studio=slot.studio, group=slot.group, kind=slot.kind, year=slot.year, period=slot.period,
                planned_at=at, planned_by=by, **words,
            )  # fmt: skip
            made = CadenceCell.objects.bulk_create([cell], ignore_conflicts=True)
            count += len(made)
    return count


def sessions_for(cell, person):
    """Sessions that may stand behind the cell: held in its time by the group, or by several together."""
    held = Session.objects.visible_to(person).held().filter(studio=cell.studio, held_on__range=_time_of(cell))
    if cell.group_id:
        held = held.filter(group=cell.group_id) | held.filter(mode__in=TOGETHER)
    return held.select_related("mentor", "group__mentor").order_by("-held_on", "-pk")


TOGETHER = (Session.Mode.CLASS, Session.Mode.RESEARCH, Session.Mode.STUDY, Session.Mode.SCENE)


def meetings_for(cell, person):
    """Meetings that may stand behind the cell: held in its time."""
    held = Meeting.objects.visible_to(person).held()
    return held.filter(studio=cell.studio, held_on__range=_time_of(cell)).order_by("-held_on", "-pk")


def visits_for(cell, person):
    """Visits that may stand behind the cell: made in its time, for a group by somebody of it."""
    held = Visit.objects.visible_to(person).filter(studio=cell.studio, state=Visit.State.HELD)
    if cell.group_id:
        mentors = Q(along__person=cell.group.mentor_id)
        learners = Q(along__person__in=cell.group.pairings.current().values("apprentice"))
        held = held.filter(mentors | learners).distinct()
    return held.filter(on__range=_time_of(cell)).order_by("-on", "-pk")


def _time_of(cell):
    """First day, and the last that still counts."""
    first, last = cadence.days_of(cell.kind, cell.year, cell.period)
    return first, max(last, cadence.due_on(cell.studio, cell.kind, cell.year, cell.period))


@transaction.atomic
def link(cell, held, *, by, at=None):
    """This session, meeting or visit was it: the cell is 已办 from now on."""
    if not took_place(held):
        raise Refused("这一次还没有记，或者已经去掉了")
    for name in BACKED:
        setattr(cell, name, held if held._meta.model_name == name else None)
    cell.linked_at, cell.linked_by = at or timezone.now(), by
    save_version(cell, LINK)
    return cell


@transaction.atomic
def unlink(cell, *, by):
    """Take it off again: the cell goes back to what it was."""
    cell.session = cell.meeting = cell.visit = cell.linked_at = cell.linked_by = None
    save_version(cell, LINK)
    return cell


@transaction.atomic
def report(cell, *, text, by, at=None):
    """Keep the written summary of an exchange or a half-year; an empty text takes it back."""
    if cell.kind == CadenceKind.THEME:
        raise Refused("每月主题要靠带教来办，不用写总结")
    cell.report = text.strip()
    cell.reported_at, cell.reported_by = (at or timezone.now(), by) if cell.report else (None, None)
    try:
        save_version(cell, ["report", "reported_at", "reported_by"])
    except StaleEdit as stale:
        raise StaleEdit(stale.current, ["report"]) from stale
    return cell


@transaction.atomic
def link_matching(session, *, by, at=None):
    """A session logged under the theme of its month, quarter or half-year stands behind that cell by itself.

    Where only the whole studio has set that theme, the group's own cell is made from it.
    """
    theme = session.theme.strip()
    if not theme or session.state != Session.State.LOGGED:
        return
    at = at or timezone.now()
    rows = CadenceCell.objects.filter(
        Q(group=session.group_id) | Q(group__isnull=True),
        studio=session.studio_id,
        theme=theme,
        year=session.held_on.year,
    ).select_related(*BACKED, "studio")
    own = {(row.kind, row.period) for row in rows if row.group_id}
    for row in rows:
        if row.period != cadence.period_of(row.kind, session.held_on):
            continue
        if row.group_id is None:
            if (row.kind, row.period) in own:
                continue
            row = cell_of(
                studio=session.studio, group=session.group, kind=row.kind, year=row.year, period=row.period
            )
            if row.pk:
                continue
            row.theme = theme
            _keep(row, by, at)
        if not row.is_done:
            link(row, session, by=by, at=at)
