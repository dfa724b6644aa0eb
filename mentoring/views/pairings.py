"""师徒结对: the groups of a cohort, one pair's page, 调整结对."""

from collections import Counter
from datetime import timedelta
from itertools import groupby

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from growth import charts
from growth.models import NextStep
from people.access import require
from people.history import history_of
from people.kept import KeptQuery
from people.once import new_token, once, save_once, sent_before
from people.stale import Refused
from people.views.base import show_form

from ..actions import pairings
from ..forms.pairings import ChangeForm, GoalForm, unpaired
from ..models import Cohort, Pairing, Session
from .cohorts import STAFF_ONLY


def chosen_cohort(request):
    """(cohort asked for or the newest one, all cohorts of the staff member's studios)."""
    cohorts = list(Cohort.objects.filter(studio__in=request.standing.staff).select_related("studio")[:50])
    asked = request.GET.get("cohort", "")
    return next((one for one in cohorts if str(one.pk) == asked), cohorts[0] if cohorts else None), cohorts


@require_safe
def pairing_list(request):
    """For staff the groups of a cohort; for the others the pairs they are or were in."""
    if not request.standing.staff:
        require(request.standing.member_studios, "结对只有本工作室的人能看")
        return own_pairs(request)
    cohort, cohorts = chosen_cohort(request)
    pairs = (
        Pairing.objects.current()
        .filter(cohort=cohort)
        .select_related("group", "mentor__neighbourhood", "apprentice__neighbourhood")
        .order_by("group__number", "pk")
    )
    groups = [(group, list(found)) for group, found in groupby(pairs, key=lambda pair: pair.group)]
    context = {
        "cohort": cohort,
        "cohorts": cohorts,
        "groups": groups,
        "pairs": sum(len(found) for _, found in groups),
        "unpaired": unpaired(cohort)[:100] if cohort else [],
    }
    return render(request, "mentoring/pairing/list.html", context)


def own_pairs(request):
    pairs = Pairing.objects.visible_to(request.user).select_related("mentor", "apprentice", "cohort")
    return render(request, "mentoring/pairing/own.html", {"pairs": pairs.order_by("-starts_on", "-pk")[:100]})


@require_safe
def pairing_detail(request, pk):
    pairing = _PAIRING.get_or_404(request.user, pk=pk)
    pair = {"mentor": pairing.mentor_id, "apprentice": pairing.apprentice_id}
    term = {"apprentice": pairing.apprentice_id, "cohort": pairing.cohort_id}
    mine, staff = request.user.pk == pairing.mentor_id, pairing.studio_id in request.standing.staff
    context = {
        "pairing": pairing,
        "pledge": getattr(pairing, "pledge", None),
        "calendar": charts.months_of(Counter(_DAYS.all(**pair))),
        "sessions": _SESSIONS.all(**pair),
        "steps": _STEPS.all(request.user, apprentice=pairing.apprentice_id),
        "earlier": [one for one in _TERM.all(request.user, **term) if one.pk != pairing.pk],
        "can_log": pairing.is_current and mine,
        "can_change": pairing.is_current and staff,
        "token": new_token() if mine and pairing.state == Pairing.State.ACTIVE else "",
        "can_plan": pairing.is_current and (mine or staff),
        "can_set_goal": pairing.is_current and (mine or staff),
        "history": history_of(pairing),
    }
    return render(request, "mentoring/pairing/detail.html", context)


def _ask_pairing(person, pk):
    found = Pairing.objects.visible_to(person).select_related("studio", "cohort", "group", "pledge")
    along = ("mentor__neighbourhood", "apprentice__neighbourhood", "previous__mentor")
    return found.select_related(*along).filter(pk=pk)


def _together(mentor, apprentice):
    """Sessions that the two had with each other."""
    return Session.objects.held().filter(mentor=mentor, attendance__apprentice=apprentice)


def _ask_days(person, mentor, apprentice):
    half_year = timezone.localdate() - timedelta(days=180)
    return _together(mentor, apprentice).filter(held_on__gte=half_year).values_list("held_on", flat=True)


def _ask_sessions(person, mentor, apprentice):
    return _together(mentor, apprentice).order_by("-held_on", "-pk")[:3]


def _ask_steps(person, apprentice):
    return NextStep.objects.visible_to(person).open().filter(person=apprentice)[:5]


def _ask_term(person, apprentice, cohort):
    """The apprentice's pairs of the term that the person may see, in their order."""
    found = Pairing.objects.visible_to(person).filter(apprentice=apprentice, cohort=cohort)
    return found.select_related("mentor").order_by("starts_on", "pk")


_PAIRING, _DAYS, _SESSIONS = map(KeptQuery, (_ask_pairing, _ask_days, _ask_sessions))
_STEPS, _TERM = KeptQuery(_ask_steps), KeptQuery(_ask_term)


def pairing_goal(request, pk):
    pairing = get_object_or_404(Pairing.objects.visible_to(request.user), pk=pk)
    allowed = request.user.pk == pairing.mentor_id or pairing.studio_id in request.standing.staff
    require(allowed and pairing.is_current, "带教目标由师傅或街道来写")
    form = GoalForm(request.POST or None, instance=pairing)
    if request.method == "POST" and form.is_valid():
        pairing.version = form.cleaned_data["version"] or 0
        return redirect(save_once(request, pairing, ("goal",)))
    return show_form(request, "mentoring/pairing/goal.html", form, pairing=pairing)


def pairing_change(request, pk):
    found = Pairing.objects.visible_to(request.user).select_related(
        "studio", "cohort", "mentor", "apprentice"
    )
    pairing = get_object_or_404(found, pk=pk)
    require(pairing.studio_id in request.standing.staff, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = ChangeForm(request.POST or None, pairing=pairing)
    if request.method == "POST" and form.is_valid():
        pairing.version = form.cleaned_data["version"] or 0
        try:
            return redirect(once(request, lambda: change(pairing, form.cleaned_data, request.user)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, "mentoring/pairing/change.html", form, pairing=pairing)


def change(pairing, given, by):
    """Carry out what ChangeForm asks; returns the pairing to look at afterwards."""
    why = {"reason": given["reason"], "note": given["note"], "by": by}
    if given["what"] == ChangeForm.CHANGE:
        return pairings.change_mentor(pairing, mentor=given["mentor"], on=given["on"], **why)
    if given["what"] == ChangeForm.END:
        pairings.end(pairing, on=given["on"], **why)
    elif given["what"] == ChangeForm.PAUSE:
        pairings.pause(pairing, **why)
    else:
        pairings.resume(pairing, by=by)
    return pairing
