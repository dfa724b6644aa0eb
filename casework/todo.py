"""What waits for a person on this floor, as querysets: 待办 and the lists count the same things."""

from django.db.models import Exists, F, OuterRef, Q

from .models import Case, CaseConsultant, Opinion, State

ROW = ("studio", "owner", "neighbourhood")


def to_accept(person):
    """Submitted cases of the studios where the person is staff, the longest waiting first."""
    cases = Case.objects.visible_to(person).filter(studio__in=person.standing.staff, state=State.SUBMITTED)
    return cases.select_related(*ROW).defer("story").order_by("state_since", "pk")


def to_complete(person):
    """The person's cases that were sent back, to be completed."""
    mine = Case.objects.visible_to(person).filter(owner=person, state=State.RETURNED)
    return mine.select_related(*ROW).defer("story").order_by("due_on", "pk")


def my_drafts(person):
    """Drafts that the person has not sent yet, the newest first."""
    return Case.objects.drafts_of(person).select_related(*ROW).defer("story").order_by("-created_at", "-pk")


def to_consult(person):
    """Cases that wait for this person's opinion of the present round, the most pressing first."""
    asked = CaseConsultant.objects.filter(person=person, case=OuterRef("pk"), round=OuterRef("round"))
    spoke = Opinion.objects.filter(author=person, case=OuterRef("pk"), round=OuterRef("round"))
    mine = CaseConsultant.objects.filter(person=person, round=F("case__round")).values("case")
    waiting = Case.objects.visible_to(person).filter(pk__in=mine, state=State.CONSULTING)
    waiting = waiting.exclude(owner=person).filter(Exists(asked), ~Exists(spoke))
    return waiting.select_related(*ROW).defer("story").order_by("due_on", "pk")


def waits_for(person):
    """A condition on cases: the next move is this person's own."""
    asked = CaseConsultant.objects.filter(person=person, case=OuterRef("pk"), round=OuterRef("round"))
    spoke = Opinion.objects.filter(author=person, case=OuterRef("pk"), round=OuterRef("round"))
    accept = Q(state=State.SUBMITTED, studio__in=person.standing.staff)
    complete = Q(state=State.RETURNED, owner=person)
    consult = Q(Exists(asked), ~Exists(spoke), state=State.CONSULTING)
    prescribe = Q(state=State.CONSULTING, chair=person)
    return accept | complete | consult | prescribe
