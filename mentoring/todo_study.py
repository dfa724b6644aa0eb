"""What waits for somebody around 问师傅, 专项跟进, 观摩 and 情景党课. Computed: it goes when it is done."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from .models import CastMember, Matter, Participant, Performance, Practice, Question, Uptake, Visit

# 带回一条 is asked for so many days after a visit; later one may still, unasked.
BRING_DAYS = 30
# 带走的一句 likewise, after a scene was played.
TAKE_DAYS = 14


def questions_to_answer(person):
    """Questions to this mentor without an answer, the oldest first."""
    return Question.objects.waiting().filter(mentor=person).order_by("due_on", "pk")


def matters_to_help(person):
    """专项跟进 of the street that is held up, for staff. It goes when a contact says that it goes on."""
    return Matter.objects.stuck().filter(studio__in=person.standing.staff).order_by("stuck_at", "pk")


def visits_to_hold(person):
    """Visits that this person arranged, whose day has come, where nobody has said yet who went."""
    due = Visit.objects.filter(by=person, state=Visit.State.PLANNED, on__lte=timezone.localdate())
    return due.order_by("on", "pk")


def visits_to_bring_from(person):
    """Visits of the last weeks that this person went on and has brought nothing back from."""
    today = timezone.localdate()
    along = Participant.objects.filter(visit=OuterRef("pk"), person=person)
    brought = Practice.objects.filter(visit=OuterRef("pk"), seen_by=person)
    lately = Visit.objects.filter(on__lte=today, on__gte=today - timedelta(days=BRING_DAYS))
    went = lately.exclude(state=Visit.State.CANCELLED).filter(Exists(along), ~Exists(brought))
    return went.order_by("on", "pk")


def uptakes_to_check(person):
    """Practices that this person tries and is to look at again by now."""
    due = Uptake.objects.open().filter(person=person, check_on__lte=timezone.localdate())
    return due.order_by("check_on", "pk")


def performances_to_hold(person):
    """Scenes that this person arranged to be played, whose day has come."""
    due = Performance.objects.filter(by=person, state=Performance.State.PLANNED, on__lte=timezone.localdate())
    return due.order_by("on", "pk")


def words_to_take_along(person):
    """Scenes played lately with this person there, who has not said yet what to take along."""
    since = timezone.localdate() - timedelta(days=TAKE_DAYS)
    own = CastMember.objects.filter(person=person, takes="")
    return own.filter(performance__state="held", performance__on__gte=since).order_by("pk")
