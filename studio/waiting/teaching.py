"""What waits around teaching: sessions to log and confirm, 拜师帖, 聘书."""

from mentoring import todo as sessions
from mentoring.models import (
    Advancement,
    Appointment,
    Cohort,
    Handover,
    Pairing,
    Pledge,
    Session,
    TrainingList,
)
from people.addresses import address_of

from .source import Source, Waiting

_MENTOR = ("mentor__name", "mentor__salutation")
READ = {
    Session: ("held_on", "place", "theme", "topics", "note", "group_id"),
    Pairing: _MENTOR,
    Pledge: ("pairing__apprentice__name", *(f"pairing__{name}" for name in _MENTOR)),
    Appointment: ("starts_on", "ends_on", "ended_on", *_MENTOR),
    Handover: ("pairing_id", "pairing__apprentice__name", "to_mentor__name", "to_mentor__salutation"),
    Cohort: ("name", "ends_on"),
    Advancement: ("proposal", "title", "apprentice__name"),
    TrainingList: ("kind", "subject"),
}


def _tell_session(session):
    origin = session.place or session.theme or "安排好的带教"
    return Waiting("记一下安排好的带教", origin, "记这一次", sessions.log_url(session), session.held_on)


def _tell_confirm(session):
    return Waiting("街道帮您记了一次，对不对？", session.summary(), "看一看", session.get_absolute_url())


def _tell_pledge(pairing):
    url = address_of("mentoring:pledge-write", pairing.pk)
    return Waiting(f"给{pairing.mentor.called}写一张拜师帖", "结对以后", "写拜师帖", url)


def _tell_words(pledge):
    url = address_of("mentoring:pledge-words", pledge.pairing_id)
    return Waiting(f"{pledge.pairing.apprentice.name}给您写了拜师帖", "拜师帖", "写寄语", url)


def _tell_settle(pledge):
    url = address_of("mentoring:pledge-settle", pledge.pairing_id)
    return Waiting(str(pledge), "写好了，还没定日期和见证人", "定日期", url)


def _tell_renew(letter):
    name = f"{letter}{letter.status[1]}，要不要续聘"
    return Waiting(name, f"聘期{letter.term}", "看聘书", letter.get_absolute_url(), letter.ends_on)


def _tell_run_out(letter):
    url = address_of("mentoring:mentor-leaving", letter.mentor_id)
    name = f"{letter.mentor.called}的聘期到了，还带着徒弟"
    return Waiting(name, f"聘期{letter.term}", "安排徒弟", url, letter.ends_on)


def _tell_handover(handover):
    url = address_of("mentoring:handover-write", handover.pairing_id)
    name = f"把{handover.pairing.apprentice.name}的情况交给{handover.to_mentor.called}"
    return Waiting(name, "换了师傅", "写交接", url)


def _tell_finish(cohort):
    url = address_of("mentoring:cohort-finish", cohort.pk)
    return Waiting(f"{cohort}到期了，还有结对没结束", "期次", "办期满", url, cohort.ends_on)


def _tell_training(training):
    url = address_of("mentoring:training-list-plan", training.pk)
    return Waiting(str(training), "名单定了，还没定日子", "安排", url)


def _tell_advancement(page, action, name):
    def tell(one):
        url = address_of(f"mentoring:advancement-{page}", one.pk)
        return Waiting(name.format(one), "培养晋级", action, url)

    return tell


_TELL_STREET = _tell_advancement("detail", "看一看", "{}")
SOURCES = (
    Source("log", sessions.sessions_to_log, _tell_session, Session),
    Source("confirm", sessions.waiting_confirmation, _tell_confirm, Session),
    Source("pledge", sessions.pledges_to_write, _tell_pledge, Pairing),
    Source("words", sessions.words_to_write, _tell_words, Pledge),
    Source("settle", sessions.pledges_to_settle, _tell_settle, Pledge),
    Source("renew", sessions.appointments_to_renew, _tell_renew, Appointment),
    Source("run_out", sessions.appointments_run_out, _tell_run_out, Appointment),
    Source("handover", sessions.handovers_to_write, _tell_handover, Handover),
    Source("training", sessions.trainings_to_plan, _tell_training, TrainingList),
    Source(
        "sign_mentor", sessions.advancements_to_sign, _tell_advancement("sign", "去签字", "{}"), Advancement
    ),
    Source(
        "sign_street",
        sessions.advancements_for_street,
        _tell_advancement("detail", "看一看", "{}"),
        Advancement,
    ),
    Source(
        "word",
        sessions.advancements_to_answer,
        _tell_advancement("word", "说说想法", "街道提了您的培养晋级"),
        Advancement,
    ),
    Source("finish", sessions.cohorts_to_finish, _tell_finish, Cohort),
)
