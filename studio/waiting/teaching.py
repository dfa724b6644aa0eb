"""What waits around teaching: sessions to log and confirm, 拜师帖, 聘书."""

from django.urls import reverse

from mentoring import todo as sessions
from mentoring.models import Appointment, Pairing, Pledge, Session

from .source import Source, Waiting

_MENTOR = ("mentor__name", "mentor__salutation")
READ = {
    Session: ("held_on", "place", "theme", "topics", "note", "group_id"),
    Pairing: _MENTOR,
    Pledge: ("pairing__apprentice__name", *(f"pairing__{name}" for name in _MENTOR)),
    Appointment: ("starts_on", "ends_on", "ended_on", *_MENTOR),
}


def _tell_session(session):
    origin = session.place or session.theme or "安排好的带教"
    return Waiting("记一下安排好的带教", origin, "记这一次", sessions.log_url(session), session.held_on)


def _tell_confirm(session):
    return Waiting("街道帮您记了一次，对不对？", session.summary(), "看一看", session.get_absolute_url())


def _tell_pledge(pairing):
    url = reverse("mentoring:pledge-write", args=[pairing.pk])
    return Waiting(f"给{pairing.mentor.called}写一张拜师帖", "结对以后", "写拜师帖", url)


def _tell_words(pledge):
    url = reverse("mentoring:pledge-words", args=[pledge.pairing_id])
    return Waiting(f"{pledge.pairing.apprentice.name}给您写了拜师帖", "拜师帖", "写寄语", url)


def _tell_settle(pledge):
    url = reverse("mentoring:pledge-settle", args=[pledge.pairing_id])
    return Waiting(str(pledge), "写好了，还没定日期和见证人", "定日期", url)


def _tell_renew(letter):
    name = f"{letter}{letter.status[1]}，要不要续聘"
    return Waiting(name, f"聘期{letter.term}", "看聘书", letter.get_absolute_url(), letter.ends_on)


SOURCES = (
    Source("log", sessions.sessions_to_log, _tell_session, Session),
    Source("confirm", sessions.waiting_confirmation, _tell_confirm, Session),
    Source("pledge", sessions.pledges_to_write, _tell_pledge, Pairing),
    Source("words", sessions.words_to_write, _tell_words, Pledge),
    Source("settle", sessions.pledges_to_settle, _tell_settle, Pledge),
    Source("renew", sessions.appointments_to_renew, _tell_renew, Appointment),
)
