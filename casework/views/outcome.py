"""疗效评价 by both sides, and 结案."""

from django.contrib import messages
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.access import require
from people.kept import KeptQuery
from people.views.base import show_form

from .. import cure
from ..actions import outcomes
from ..forms.outcome import CloseForm, OutcomeForm
from ..models import Outcome, Prescription, State
from .cure import attempt, find_case

NOT_A_SIDE = "疗效由学员和师傅来评"


def case_close(request, pk):
    """One's own evaluation; whether the other side has given its own; and, for chair and staff, 结案."""
    case = find_case(request, pk)
    side = cure.side_of(case, _prescription(case), request.user)
    require(side or cure.is_staff(case, request.user), NOT_A_SIDE)
    if request.method == "GET" and case.state != State.REVIEWING:
        return redirect(case)
    given = {one.side: one for one in _GIVEN.all(case=case.pk)}
    own, mine = given.get(side), None
    if own is None or own.by_id == request.user.pk:
        mine = own
    form = _outcome_form(request.POST or None, mine)
    if request.method == "POST":
        require(side, NOT_A_SIDE)
        if form.is_valid() and (done := _evaluate(request, form, case, side, mine)):
            return redirect(done)
    seen = _SEEN.all(request.user, case=case.pk)
    return show_form(request, "casework/outcome/close.html", form, **_sides(case, side, given, seen, request))


def _of_this_round(rows, case):
    return rows.filter(case=case, round=F("case__round"))


_GIVEN = KeptQuery(lambda person, case: _of_this_round(Outcome.objects.select_related("by"), case))
_SEEN = KeptQuery(
    lambda person, case: _of_this_round(Outcome.objects.visible_to(person).select_related("by"), case)
)
_PRESCRIPTION = KeptQuery(lambda person, case: _of_this_round(Prescription.objects, case))


def _prescription(case):
    return next(iter(_PRESCRIPTION.all(case=case.pk)), None)


def _outcome_form(posted, mine):
    initial = {"version": 0}
    if mine:
        initial = {name: getattr(mine, name) for name in (*outcomes.FIELDS, "version")}
    return OutcomeForm(posted, initial=initial)


def _evaluate(request, form, case, side, mine):
    def act():
        if mine:
            mine.version = form.cleaned_data["version"] or 0
            return outcomes.change(outcome=mine, by=request.user, **form.values())
        return outcomes.evaluate(case=case, side=side, by=request.user, **form.values())

    done = attempt(request, form, act)
    if isinstance(done, Outcome):
        messages.success(request, "记好了。两边都评过，就能看到对方怎么评")
    return done


def _sides(case, side, given, seen, request):
    """What the page shows: who has evaluated, what may be read, what may be done."""
    both = len(given) == len(Outcome.Side)
    overdue = bool(case.due_on) and timezone.localdate() > case.due_on
    leads = cure.leads(case, request.user)
    own = given.get(side)
    return {
        "case": case,
        "side": side,
        "sides": [(word, value in given) for value, word in Outcome.Side.choices],
        "outcomes": seen,
        "can_evaluate": bool(side) and own is None,
        "can_change": own is not None and own.by_id == request.user.pk and not both,
        "can_close": leads and (both or overdue),
        "close_form": CloseForm(alone=not both, auto_id="close_%s"),
        "can_reopen": leads,
        "both": both,
    }


@require_POST
def case_finish(request, pk):
    """结案."""
    case = find_case(request, pk)
    require(cure.leads(case, request.user), "结案由主持人或街道来办")
    alone = case.outcomes.filter(round=case.round).count() < len(Outcome.Side)
    form = CloseForm(request.POST, alone=alone, auto_id="close_%s")
    if form.is_valid():

        def act():
            return outcomes.close(case=case, reason=form.cleaned_data["reason"], by=request.user)

        if attempt(request, form, act):
            messages.success(request, "结案了。来会诊过的人都已经知道")
            return redirect(case)
    back = reverse("casework:case-close", args=[case.pk])
    return show_form(request, "casework/outcome/finish.html", form, case=case, back=back)
