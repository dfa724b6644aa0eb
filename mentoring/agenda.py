"""What stands on which day for a person: sessions, meetings, what is due. For calendar, list and feed.

Floors above add what they know with `register(source)`: `source(person, first, last, group) -> [Item]`, at
most MOST rows in one query, earliest first; `group` narrows to one 带教组, or is None.
"""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from growth.models import NextStep
from people.kept import KeptQuery

from .models import Attendance, Meeting, Participant, Session, Visit

# Of each source a page reads so many rows at most.
MOST = 60
# So many stand in the cell of a day; the rest is a number and a link.
IN_A_CELL = 2
SESSION, MEETING, VISIT, DUE = "session", "meeting", "visit", "due"
_sources = []


@dataclass(frozen=True)
class Item:
    """`row` is the row it stands for; `note` one line of detail; `done`: held, or only planned."""

    on: date
    kind: str
    title: str
    note: str
    url: str
    at: time | None = None
    done: bool = False
    row: object = None

    @property
    def order(self):
        return self.on, self.at is not None, self.at or time.min, self.title


def register(source):
    _sources.append(source)


def sessions_of(person):
    """Staff: all of the studio; a mentor: their own; an apprentice: where one is or was to be."""
    standing = person.standing
    shown = Session.objects.filter(removed_at__isnull=True).exclude(state=Session.State.CANCELLED)
    if standing.staff:
        return shown.filter(studio__in=standing.staff)
    own = Q(pk__in=Attendance.objects.filter(apprentice=person).values("session"))
    return shown.filter(mentor=person) if standing.mentor else shown.filter(own)


def _narrowed(person, first, last, group=None):
    found = sessions_of(person).filter(held_on__range=(first, last))
    return found.filter(group=group) if group else found


def _ask_sessions(person, first: date, last: date, group=None):
    found = _narrowed(person, first, last, group)
    found = found.select_related("mentor", "group__mentor", "base", "neighbourhood")
    return found.order_by("held_on", "pk")[:MOST]


# What a month says of a session.
IN_MONTH = ("held_on", "starts_at", "state", "mode", "theme", "topics", "note")
IN_MONTH += ("mentor__name", "mentor__salutation")


def _ask_ranked(person, first: date, last: date, group=None):
    """At most IN_A_CELL sessions of each day, with the number of all of that day."""
    order = (F("starts_at").asc(nulls_last=True), F("pk").asc())
    ranked = _narrowed(person, first, last, group).annotate(
        rank=Window(RowNumber(), partition_by=[F("held_on")], order_by=order),
        number=Window(Count("*"), partition_by=[F("held_on")]),
    )
    return (
        ranked.filter(rank__lte=IN_A_CELL)
        .select_related("mentor")
        .only(*IN_MONTH)
        .order_by("held_on", "rank")
    )


def _kept(ask):
    """`ask` for all groups by a prepared query; narrowed to one group, which is rare, as it is."""
    whole = KeptQuery(ask)

    def rows(person, first, last, group):
        return list(ask(person, first, last, group)) if group else whole.all(person, first=first, last=last)

    return rows


_SESSIONS, _RANKED = _kept(_ask_sessions), _kept(_ask_ranked)


def session_items(person, first, last, group=None):
    return [_session_item(session, person) for session in _SESSIONS(person, first, last, group)]


def day_counts(person, first, last, group=None):
    """(items of at most IN_A_CELL sessions of each day, {day: number of all}), in one query."""
    rows = _RANKED(person, first, last, group)
    return [_session_item(row, person) for row in rows], {row.held_on: row.number for row in rows}


def _session_item(session, person):
    what = session.theme or session.summary() or session.get_mode_display()
    whose = session.mentor.called if session.mentor_id != person.pk else "我"
    return Item(
        session.held_on, SESSION, f"{whose}带教", f"{session.get_mode_display()}，{what}",
        session.get_absolute_url(), session.starts_at, session.state == Session.State.LOGGED, session,
    )  # fmt: skip


def meeting_items(person, first, last, group=None):
    """Meetings belong to no group: narrowed to one, none is shown."""
    if group:
        return []
    return [_meeting_item(meeting) for meeting in _MEETINGS.all(person, first=first, last=last)]


def _ask_meetings(person, first: date, last: date):
    found = Meeting.objects.visible_to(person).exclude(state=Meeting.State.CANCELLED)
    found = found.filter(held_on__range=(first, last)).select_related("neighbourhood")
    return found.defer("minutes", "agenda").order_by("held_on", "pk")[:MOST]


_MEETINGS = KeptQuery(_ask_meetings)


def _meeting_item(meeting):
    url, held = meeting.get_absolute_url(), meeting.is_held
    return Item(
        meeting.held_on, MEETING, meeting.name, meeting.subject, url, meeting.starts_at, held, meeting
    )


def visit_items(person, first, last, group=None):
    """观摩 of the studio for staff, else those on which one goes along. They belong to no group."""
    if group:
        return []
    return [
        Item(
            row.on, VISIT, "观摩学习", row.title, row.get_absolute_url(), row.starts_at,
            row.state == Visit.State.HELD, row,
        )
        for row in _VISITS.all(person, first=first, last=last)
    ]  # fmt: skip


def _ask_visits(person, first: date, last: date):
    along = Participant.objects.filter(visit=OuterRef("pk"), person=person)
    found = Visit.objects.exclude(state=Visit.State.CANCELLED).filter(on__range=(first, last))
    found = found.filter(Q(studio__in=person.standing.staff) | Exists(along))
    return found.filter(studio__in=person.standing.studios).order_by("on", "pk")[:MOST]


_VISITS = KeptQuery(_ask_visits)


def due_items(person, first, last, group=None):
    """One's own next steps by their last day."""
    if group:
        return []
    return [
        Item(step.due_on, DUE, f"{step.text}", "要做好", step.report_link or "/ledger/me/#next", row=step)
        for step in _STEPS.all(person, first=first, last=last)
    ]


def _ask_steps(person, first: date, last: date):
    steps = NextStep.objects.open().filter(person=person, due_on__range=(first, last))
    return steps.order_by("due_on", "pk")[:MOST]


_STEPS = KeptQuery(_ask_steps)


def items(person, first, last, group=None):
    """Everything of those days, in order; `cut`: whether a source held more than was read."""
    found, cut = [], False
    for source in (session_items, meeting_items, visit_items, due_items, *_sources):
        rows = source(person, first, last, group)
        cut = cut or len(rows) == MOST
        found += rows
    return sorted(found, key=lambda item: item.order), cut


def others(person, first, last, group=None):
    """All but the sessions: for the month, which counts those."""
    found = []
    for source in (meeting_items, visit_items, due_items, *_sources):
        found += source(person, first, last, group)
    return found
