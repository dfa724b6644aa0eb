"""What waits around planned sessions: saying whether one comes."""

from mentoring import todo
from mentoring.models import Invitation
from people import words
from people.addresses import address_of

from .source import Source, Waiting

READ = {
    Invitation: (
        "session__held_on", "session__starts_at", "session__theme", "session__mentor__name",
        "session__mentor__salutation",
    ),
}  # fmt: skip


def _tell_invitation(invitation):
    session = invitation.session
    when = words.near_day(session.held_on) + (words.clock(session.starts_at) if session.starts_at else "")
    name = f"{when}{session.mentor.called}的带教，能来吗？"
    url = address_of("mentoring:session-coming", invitation.session_id)
    return Waiting(name, session.theme or "安排好的带教", "答一下", url, session.held_on)


SOURCES = (Source("invited", todo.invitations_to_answer, _tell_invitation, Invitation),)
