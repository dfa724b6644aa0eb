"""What waits around 问师傅, 专项跟进, 观摩 and 情景党课."""

from mentoring import todo_study as study
from mentoring.models import CastMember, Matter, Performance, Question, Uptake, Visit
from people.addresses import address_of

from .source import Source, Waiting

READ = {
    Question: ("due_on", "asker__name", "asker__salutation", "mentor__name", "mentor__salutation", "more_at"),
    Matter: ("stuck", "neighbourhood__name", "campaign__name"),
    Visit: ("title", "on"),
    Performance: ("on", "place", "scene__title"),
    CastMember: ("performance__scene__title", "performance_id"),
    Uptake: ("check_on", "practice__name", "practice__place"),
}


def _tell_question(question):
    said = "又问了一句" if question.more_at else "想问您一件事"
    url = question.get_absolute_url() + "#answer"
    return Waiting(f"{question.asker.name}{said}", "问师傅", "去回答", url, question.due_on)


def _tell_matter(matter):
    return Waiting(f"{matter}：{matter.stuck}", "专项跟进卡住了", "去看看", matter.get_absolute_url())


def _tell_hold(visit):
    url = address_of("mentoring:visit-hold", visit.pk)
    return Waiting(f"观摩“{visit.title}”去了谁", "您安排的观摩", "记一下", url, visit.on)


def _tell_bring(visit):
    url = address_of("mentoring:visit-bring", visit.pk)
    return Waiting(f"从“{visit.title}”带回一条", "观摩", "带回一条", url)


def _tell_check(uptake):
    url = address_of("mentoring:uptake-check", uptake.pk)
    name = f"“{uptake.practice.name}”试得怎么样"
    return Waiting(name, f"在{uptake.practice.place}看到的做法", "说说怎么样", url, uptake.check_on)


def _tell_play(performance):
    url = address_of("mentoring:performance-hold", performance.pk)
    return Waiting(f"“{performance.scene}”演过了没有", "情景党课", "记一下", url, performance.on)


def _tell_take(member):
    url = address_of("mentoring:performance-takes", member.performance_id)
    return Waiting(f"“{member.performance.scene}”里您带走的一句", "情景党课", "写一句", url)


SOURCES = (
    Source("question", study.questions_to_answer, _tell_question, Question),
    Source("matter", study.matters_to_help, _tell_matter, Matter),
    Source("hold", study.visits_to_hold, _tell_hold, Visit),
    Source("bring", study.visits_to_bring_from, _tell_bring, Visit),
    Source("play", study.performances_to_hold, _tell_play, Performance),
    Source("take", study.words_to_take_along, _tell_take, CastMember),
    Source("check", study.uptakes_to_check, _tell_check, Uptake),
)
