"""What waits for somebody around 问师傅 and 专项跟进. Computed, never stored: it goes when it is done."""

from .models import Matter, Question


def questions_to_answer(person):
    """Questions to this mentor without an answer, the oldest first."""
    return Question.objects.waiting().filter(mentor=person).order_by("due_on", "pk")


def matters_to_help(person):
    """专项跟进 of the street that is held up, for staff. It goes when a contact says that it goes on."""
    return Matter.objects.stuck().filter(studio__in=person.standing.staff).order_by("stuck_at", "pk")
