"""师徒结对: the groups of a cohort, one pair's page, 调整结对."""

from collections import Counter
from datetime import timedelta
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from growth import charts
from growth.models import NextStep
from people.access import require
from people.history import history_of
from people.kept import KeptQuery
from people.models import Person
from people.once import new_token, once, save_once, sent_before
from people.stale import Refused
from people.views.base import show_form

from ..actions import pairings
from ..forms.pairings import ChangeForm, GoalForm, KindForm, unpaired
from ..models import Cohort, Handover, Pairing, Session
from ..pairing_story import pairs_in, story
from .cohorts import STAFF_ONLY

MOST_PAIRS = 200


def _ask_pairs(person, cohort):
    along = ("group", "station", "mentor__neighbourhood", "apprentice__neighbourhood")
    pairs = Pairing.objects.current().filter(cohort=cohort).select_related(*along)
    return pairs.order_by("group__number", "pk")


_COHORTS = KeptQuery(lambda person: Cohort.objects.filter(studio__in=person.standing.staff)[:50])
_PAIRS = KeptQuery(_ask_pairs)
_UNPAIRED = KeptQuery(lambda person, studio: unpaired(studio)[:100])


def chosen_cohort(request):
    """(cohort asked for or the newest one, all cohorts of the staff member's studios)."""
    cohorts = _COHORTS.all(request.user)
    asked = request.GET.get("cohort", "")
    return next((one for one in cohorts if str(one.pk) == asked), cohorts[0] if cohorts else None), cohorts


@require_safe
def pairing_list(request):
    """For staff the groups of a cohort; for the others the pairs they are or were in."""
    if not request.standing.staff:
        require(request.standing.member_studios, "结对只有本工作室的人能看")
        return own_pairs(request)
    cohort, cohorts = chosen_cohort(request)
    pairs = _PAIRS.all(cohort=cohort.pk) if cohort else ()
    groups = [(group, list(found)) for group, found in groupby(pairs, key=lambda pair: pair.group)]
    context = {
        "cohort": cohort,
        "cohorts": cohorts,
        "groups": groups,
        "pairs": sum(len(found) for _, found in groups),
        "unpaired": _UNPAIRED.all(studio=cohort.studio_id) if cohort else (),
    }
    return render(request, "mentoring/pairing/list.html", context)


def own_pairs(request):
    return render(request, "mentoring/pairing/own.html", {"pairs": _OWN.all(request.user)})


def _ask_own(person):
    pairs = Pairing.objects.filter(Q(mentor=person) | Q(apprentice=person))
    found = pairs.select_related("mentor", "apprentice", "cohort", "station")
    return found.order_by("-starts_on", "-pk")[:100]


def _ask_whose(viewer, pk):
    return Person.objects.visible_to(viewer).filter(pk=pk)


def _ask_whole_story(viewer, person):
    """All pairs of the person, as mentor and as apprentice, that the viewer may see."""
    own = Q(mentor=person) | Q(apprentice=person)
    return pairs_in(Pairing.objects.visible_to(viewer).filter(own))[:MOST_PAIRS]


_OWN, _WHOSE, _WHOLE_STORY = map(KeptQuery, (_ask_own, _ask_whose, _ask_whole_story))


@require_safe
def pairing_story(request, pk):
    """结对的经过 of one person, as mentor and as apprentice, in sentences."""
    person = _WHOSE.get_or_404(request.user, pk=pk)
    pairs = _WHOLE_STORY.all(request.user, person=person.pk)
    staff, current = request.standing.staff, [one for one in pairs if one.is_current]
    leads = any(one.mentor_id == person.pk and one.studio_id in staff for one in current)
    context = {"whose": person, "pairs": pairs, "story": story(pairs), "can_settle": leads}
    return render(request, "mentoring/pairing/story.html", context)


@require_safe
def pairing_detail(request, pk):
    pairing = _PAIRING.get_or_404(request.user, pk=pk)
    pair = {"mentor": pairing.mentor_id, "apprentice": pairing.apprentice_id}
    mine, staff = request.user.pk == pairing.mentor_id, pairing.studio_id in request.standing.staff
    context = {
        "pairing": pairing,
        "pledge": getattr(pairing, "pledge", None),
        "calendar": charts.months_of(Counter(pairing.days)),
        "sessions": _SESSIONS.all(**pair),
        "steps": _STEPS.all(request.user, apprentice=pairing.apprentice_id),
        "story": story(_TERM.all(request.user, apprentice=pairing.apprentice_id)),
        "handovers": _HANDOVERS.all(request.user, pairing=pairing.pk),
        "can_log": pairing.is_current and mine,
        "can_change": pairing.is_current and staff,
        "can_set_kind": pairing.is_current and staff,
        "token": new_token() if mine and pairing.state == Pairing.State.ACTIVE else "",
        "can_plan": pairing.is_current and (mine or staff),
        "can_set_goal": pairing.is_current and (mine or staff),
        "history": history_of(pairing),
    }
    return render(request, "mentoring/pairing/detail.html", context)


def _ask_pairing(person, pk):
    """The pair, with the `days` of its sessions in the last half-year."""
    found = Pairing.objects.visible_to(person).select_related("studio", "cohort", "group", "pledge")
    along = ("mentor__neighbourhood", "apprentice__neighbourhood", "station")
    half_year = timezone.localdate() - timedelta(days=180)
    days = _together(OuterRef("mentor"), OuterRef("apprentice")).filter(held_on__gte=half_year)
    found = found.annotate(days=ArraySubquery(days.order_by().values("held_on")))
    return found.select_related(*along).filter(pk=pk)


def _together(mentor, apprentice):
    """Sessions that the two had with each other."""
    return Session.objects.held().filter(mentor=mentor, attendance__apprentice=apprentice)


def _ask_sessions(person, mentor, apprentice):
    return _together(mentor, apprentice).order_by("-held_on", "-pk")[:3]


def _ask_steps(person, apprentice):
    return NextStep.objects.visible_to(person).open().filter(person=apprentice)[:5]


def _ask_term(person, apprentice):
    """The apprentice's pairs that the person may see, in their order."""
    return pairs_in(Pairing.objects.visible_to(person).filter(apprentice=apprentice))[:MOST_PAIRS]


def _ask_handovers(person, pairing):
    """The note at the beginning of this pair and the one at its end, where the person may see them."""
    either = Q(pairing=pairing) | Q(pairing__previous=pairing)
    found = Handover.objects.visible_to(person).filter(either)
    return found.select_related("from_mentor", "to_mentor").order_by("pk")


_PAIRING, _SESSIONS = map(KeptQuery, (_ask_pairing, _ask_sessions))
_STEPS, _TERM, _HANDOVERS = map(KeptQuery, (_ask_steps, _ask_term, _ask_handovers))


def pairing_goal(request, pk):
    pairing = get_object_or_404(Pairing.objects.visible_to(request.user), pk=pk)
    allowed = request.user.pk == pairing.mentor_id or pairing.studio_id in request.standing.staff
    require(allowed and pairing.is_current, "带教目标由师傅或街道来写")
    form = GoalForm(request.POST or None, instance=pairing)
    if request.method == "POST" and form.is_valid():
        pairing.version = form.cleaned_data["version"] or 0
        return redirect(save_once(request, pairing, ("goal",)))
    return show_form(request, "mentoring/pairing/goal.html", form, pairing=pairing)


def _ask_told(person, pk):
    return Pairing.objects.visible_to(person).select_related(*pairings.TOLD).filter(pk=pk)


_TOLD = KeptQuery(_ask_told)


def pairing_kind(request, pk):
    """怎么带: 带教组, 一对一 or 驻点."""
    pairing = _TOLD.get_or_404(request.user, pk=pk)
    require(pairing.studio_id in request.standing.staff, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = KindForm(request.POST or None, pairing=pairing)
    if request.method == "POST" and form.is_valid():
        pairing.version = form.cleaned_data["version"] or 0
        given = {"kind": form.cleaned_data["kind"], "station": form.cleaned_data["station"]}
        try:
            return redirect(once(request, lambda: pairings.set_kind(pairing, **given)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, "mentoring/pairing/kind.html", form, pairing=pairing)


def pairing_change(request, pk):
    pairing = _TOLD.get_or_404(request.user, pk=pk)
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
            pairing.refresh_from_db(fields=("state", "version"))
            form.add_error(None, str(refusal))
    return show_form(request, "mentoring/pairing/change.html", form, pairing=pairing)


def change(pairing, given, by):
    """Carry out what ChangeForm asks; returns the pairing to look at afterwards."""
    why = {"reason": given["reason"], "note": given["note"], "on": given["on"], "by": by}
    if given["what"] == ChangeForm.CHANGE:
        return pairings.change_mentor(pairing, mentor=given["mentor"], **why)
    if given["what"] == ChangeForm.END:
        pairings.end(pairing, **why)
    elif given["what"] == ChangeForm.PAUSE:
        pairings.pause(pairing, **why)
    elif given["what"] == ChangeForm.RESUME:
        pairings.resume(pairing, **why)
    else:
        pairings.finish(pairing, note=given["note"], by=by)
    return pairing
