"""What waits around 问师傅 and 专项跟进."""

from mentoring import todo_study as study
from mentoring.models import Matter, Question

from .source import Source, Waiting

READ = {
    Question: ("due_on", "asker__name", "asker__salutation", "mentor__name", "mentor__salutation", "more_at"),
    Matter: ("stuck", "neighbourhood__name", "campaign__name"),
}


def _tell_question(question):
    said = "又问了一句" if question.more_at else "想问您一件事"
    url = question.get_absolute_url() + "#answer"
    return Waiting(f"{question.asker.name}{said}", "问师傅", "去回答", url, question.due_on)


def _tell_matter(matter):
    return Waiting(f"{matter}：{matter.stuck}", "专项跟进卡住了", "去看看", matter.get_absolute_url())


SOURCES = (
    Source("question", study.questions_to_answer, _tell_question, Question),
    Source("matter", study.matters_to_help, _tell_matter, Matter),
)
