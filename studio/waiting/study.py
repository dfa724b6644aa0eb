"""What waits around 问师傅."""

from mentoring import todo_study as study
from mentoring.models import Question

from .source import Source, Waiting

READ = {
    Question: ("due_on", "asker__name", "asker__salutation", "mentor__name", "mentor__salutation", "more_at"),
}


def _tell_question(question):
    said = "又问了一句" if question.more_at else "想问您一件事"
    url = question.get_absolute_url() + "#answer"
    return Waiting(f"{question.asker.name}{said}", "问师傅", "去回答", url, question.due_on)


SOURCES = (Source("question", study.questions_to_answer, _tell_question, Question),)
