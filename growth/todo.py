"""What waits around an assessment: sheets to mark, rounds to take on, appeals to answer, as querysets."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .models import Appeal, Round, Sheet

State = Round.State


def rounds_to_score(person):
    """Open rounds in which the person has a sheet that was not sent."""
    unsent = Sheet.objects.filter(round=OuterRef("pk"), scorer=person).unsent()
    return Round.objects.filter(Exists(unsent), state=State.SCORING)


def rounds_to_take_on(person):
    """Rounds that wait for the staff: scoring past its day, being moderated, 公示 over."""
    today = timezone.localdate()
    due = (
        Q(state=State.SCORING, score_by__lt=today)
        | Q(state=State.MODERATING)
        | Q(state=State.PUBLICISED, appeal_until__lt=today)
    )
    return Round.objects.filter(due, studio__in=person.standing.staff)


def appeals_to_answer(person):
    """Open appeals in the studios where the person is staff; about oneself somebody else answers."""
    open_ones = Appeal.objects.waiting().filter(studio__in=person.standing.staff)
    return open_ones.filter(round__state=State.PUBLICISED).exclude(assessed__person=person)
