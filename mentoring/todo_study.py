"""What waits for somebody around 问师傅. Computed, never stored: it goes when it is done."""

from .models import Question


def questions_to_answer(person):
    """Questions to this mentor without an answer, the oldest first."""
    return Question.objects.waiting().filter(mentor=person).order_by("due_on", "pk")
