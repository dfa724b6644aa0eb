"""What waits around meetings: saying whether one comes, minutes of those that were held."""

from mentoring import todo
from mentoring.models import Meeting, MeetingMember
from people import words
from people.addresses import address_of

from .source import Source, Waiting

_ASKED = ("kind", "subject", "held_on", "starts_at")
READ = {
    Meeting: ("kind", "subject", "held_on"),
    MeetingMember: tuple(f"meeting__{name}" for name in _ASKED),
}


def _tell_asked(row):
    meeting = row.meeting
    when = words.near_day(meeting.held_on) + (words.clock(meeting.starts_at) if meeting.starts_at else "")
    name = f"{when}的{meeting.get_kind_display()}，能来吗？"
    url, origin = meeting.get_absolute_url(), meeting.subject or "安排好的会议"
    return Waiting(name, origin, "答一下", url, meeting.held_on)


def _tell_minutes(meeting):
    url = address_of("mentoring:meeting-minutes", meeting.pk)
    return Waiting(f"写{meeting.get_kind_display()}的纪要", meeting.subject, "写纪要", url)


SOURCES = (
    Source("meeting_asked", todo.meetings_to_answer, _tell_asked, MeetingMember),
    Source("minutes", todo.minutes_to_write, _tell_minutes, Meeting),
)
