"""What waits for a person on this floor, as querysets: 待办 and the lists count the same things."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from .models import (
    Case,
    CaseConsultant,
    CaseGuest,
    Clarification,
    DistrictRequest,
    Followup,
    LibraryCase,
    LibraryState,
    Meeting,
    Opinion,
    Outcome,
    Prescription,
    State,
    Step,
    StepState,
)

ROW = ("studio", "owner", "neighbourhood")
# The final look shows up this many days ahead, so that a visit can be arranged.
LOOK_AHEAD_DAYS = 3


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
    prescribe = Q(_ripe(), state=State.CONSULTING, chair=person)
    return accept | complete | consult | prescribe


# --- The cure ---------------------------------------------------------------------------------------------


def _kept(state):
    """Cases in this state, as rows of a list."""
    return Case.objects.filter(state=state, removed_at__isnull=True).select_related(*ROW).defer("story")


def _ripe():
    """A condition on cases: everybody asked has spoken, or the time for it is over."""
    spoke = Opinion.objects.filter(case=OuterRef("case"), round=OuterRef("round"), author=OuterRef("person"))
    silent = CaseConsultant.objects.filter(~Exists(spoke), case=OuterRef("pk"), round=OuterRef("round"))
    heard = Opinion.objects.filter(case=OuterRef("case"), round=OuterRef("round"), guest=OuterRef("pk"))
    unheard = CaseGuest.objects.filter(~Exists(heard), case=OuterRef("pk"), round=OuterRef("round"))
    return Q(due_on__lte=timezone.localdate()) | ~Exists(silent) & ~Exists(unheard)


def to_answer(person):
    """Questions asked back about the person's own cases."""
    asked = Clarification.objects.filter(case__owner=person, answered_at__isnull=True)
    asked = asked.filter(case__state=State.CONSULTING, case__removed_at__isnull=True)
    return asked.select_related("case", "asker", "guest").order_by("at", "pk")


def to_host(person):
    """Meetings that the person presides over: from the day before until they are ended."""
    soon = timezone.localdate() + timedelta(days=1)
    mine = Meeting.objects.coming().filter(chair=person, at__date__lte=soon)
    return mine.order_by("at", "pk")


def to_prescribe(person):
    """Cases the person presides over that are ripe for a prescription."""
    return _kept(State.CONSULTING).filter(_ripe(), chair=person).order_by("due_on", "pk")


def to_report(person):
    """Steps that the person has to do; of those with only a name, the ones due in the person's cases."""
    named = Step.objects.open().filter(owner__isnull=True, due_on__lte=timezone.localdate())
    mine = Step.objects.open().filter(owner=person).values("pk")
    named = named.filter(prescription__case__owner=person).values("pk")
    steps = Step.objects.filter(pk__in=mine.union(named))
    return _carried_out(steps, "prescription").order_by("due_on", "pk")


def _carried_out(rows, path):
    """Only what belongs to the present prescription of a case in 执行药方."""
    case = f"{path}__case"
    rows = rows.filter(**{f"{case}__state": State.TREATING, f"{case}__removed_at__isnull": True})
    return rows.filter(**{f"{path}__round": F(f"{case}__round")}).select_related(case)


def to_judge(person):
    """Reports that wait for this mentor's word: the latest of each step."""
    later = Followup.objects.filter(step=OuterRef("step"), at__gt=OuterRef("at"))
    reports = Followup.objects.filter(step__prescription__followup_by=person, verdict_at__isnull=True)
    reports = reports.filter(~Exists(later)).exclude(by=person).exclude(step__state=StepState.DROPPED)
    return _carried_out(reports, "step__prescription").select_related("by", "step").order_by("at", "pk")


def to_check_up(person):
    """Cases whose prescription this person looks at, when the day has come or nothing is left to do."""
    soon = timezone.localdate() + timedelta(days=LOOK_AHEAD_DAYS)
    left = Step.objects.open().filter(prescription=OuterRef("pk"))
    mine = Prescription.objects.filter(followup_by=person, followed_up_at__isnull=True)
    mine = mine.filter(Q(followup_on__lte=soon) | ~Exists(left), round=F("case__round"))
    return _kept(State.TREATING).filter(pk__in=mine.values("case")).order_by("due_on", "pk")


def to_evaluate(person):
    """Cases that this person's side has not evaluated: one's own, and those one looked at as the mentor."""
    given = Outcome.objects.filter(case=OuterRef("pk"), round=OuterRef("round"))
    looked = Prescription.objects.filter(followup_by=person, round=F("case__round")).values("case")
    answered = Q(chair=person, handling=Case.Handling.DIRECT)
    reviewing = _kept(State.REVIEWING)
    own = reviewing.filter(~Exists(given.filter(side=Outcome.Side.APPRENTICE)), owner=person).values("pk")
    guided = reviewing.filter(Q(pk__in=looked) | answered).exclude(owner=person)
    guided = guided.filter(~Exists(given.filter(side=Outcome.Side.MENTOR))).values("pk")
    return reviewing.filter(pk__in=own.union(guided)).order_by("due_on", "pk")


def to_close(person):
    """Cases to be closed: both sides have evaluated; or, for staff, the time for it is over."""
    given = Outcome.objects.filter(case=OuterRef("pk"), round=OuterRef("round"))
    both = Q(*(Exists(given.filter(side=side)) for side in Outcome.Side))
    staff = Q(studio__in=person.standing.staff)
    cases = _kept(State.REVIEWING).filter(staff | Q(chair=person))
    return cases.filter(both | staff & Q(due_on__lt=timezone.localdate())).order_by("due_on", "pk")


def to_read_again(person):
    """Public texts that wait for a second reader, who wrote nothing in them: staff, leads, the chair."""
    wrote = LibraryCase.editors.through.objects.filter(librarycase_id=OuterRef("pk"), person_id=person.pk)
    waiting = LibraryCase.objects.visible_to(person).filter(~Exists(wrote), state=LibraryState.READING)
    return waiting.select_related("edited_by").order_by("edited_at", "pk")


def to_coordinate(person):
    """Cases that a street handed to the district which this person is of, not answered yet."""
    waiting = DistrictRequest.objects.visible_to(person).waiting().filter(studio__in=person.standing.district)
    return waiting.select_related("studio").order_by("asked_at", "pk")
