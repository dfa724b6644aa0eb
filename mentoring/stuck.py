"""What is stuck on this floor, for the list 卡住的 of the staff: rows, and how a row is told.

Words are about the matter, never about a person's diligence (DESIGN 4.1).
"""

from django.utils import timezone

from people.kept import KeptQuery

from .models import Matter, Question

FEW = 6


def _ask_questions(person, studio):
    late = Question.objects.waiting().filter(studio=studio, due_on__lt=timezone.localdate())
    return late.select_related("asker", "mentor").order_by("due_on", "pk")[:FEW]


_QUESTIONS = KeptQuery(_ask_questions)


def unanswered_questions(studio):
    """Questions whose working days (Studio.question_workdays) have passed without an answer, oldest first.

    Tell them by `str(question)` and `question.due_on`: the words of a private one are not for staff.
    """
    return _QUESTIONS.all(studio=studio.pk)


def _ask_matters(person, studio):
    held_up = Matter.objects.stuck().filter(studio=studio).order_by("stuck_at", "pk")
    return held_up.select_related("campaign", "neighbourhood", "stage")[:FEW]


_MATTERS = KeptQuery(_ask_matters)


def stuck_matters(studio):
    """专项跟进 that somebody said is held up (`matter.stuck` says by what), oldest first."""
    return _MATTERS.all(studio=studio.pk)
