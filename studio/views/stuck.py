"""卡住的: everything that stands still, by kind; letting one rest, and taking it up again."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentoring import cadence
from mentoring.models import Cohort
from people.access import require
from people.actions import set_asides
from people.kept import KeptQuery
from people.models import SetAside
from people.once import once, sent_before
from people.views.base import show_form

from .. import stuck
from ..forms.set_aside import BackForm, LeaveForm

STAFF_ONLY = "卡住的只有街道工作人员能看"
MOST_ASIDE = 50


def _studio(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    return studio


@require_safe
def stuck_list(request):
    studio = _studio(request)
    order = list(stuck.BY_KEY)
    found = sorted(stuck.stuck(studio), key=lambda matter: order.index(matter.rule))
    parts = [
        (stuck.BY_KEY[key].label, list(matters)) for key, matters in groupby(found, key=lambda one: one.rule)
    ]
    today = timezone.localdate()
    board = cadence.board(studio, today.year, request.user, today, _RUNNING.all(studio=studio.pk))
    context = {
        "parts": parts,
        "most": stuck.MOST,
        "overdue": sorted(cadence.overdue(board), key=lambda slot: slot.due_on),
        "aside": _ASIDE.all(request.user, studio=studio.pk),
    }
    return render(request, "studio/stuck/list.html", context)


def _ask_running(nobody, studio):
    return Cohort.objects.running(timezone.localdate()).filter(studio=studio)


def _ask_aside(person, studio):
    aside = SetAside.objects.visible_to(person).filter(studio=studio).holding()
    return aside.select_related("by")[:MOST_ASIDE]


_RUNNING, _ASIDE = KeptQuery(_ask_running), KeptQuery(_ask_aside)


def stuck_leave(request, rule, pk):
    studio = _studio(request)
    done = sent_before(request)
    if done:
        return redirect(done)
    matter = stuck.one(studio, rule, pk)
    if matter is None:
        raise Http404
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        once(
            request,
            lambda: set_asides.set_aside(
                studio=studio, rule=rule, target=pk, told=matter.text, reason=form.cleaned_data["reason"],
                until=form.until, by=request.user,
            ),
            path=lambda aside: reverse("studio:stuck"),
        )  # fmt: skip
        messages.success(request, "先放着了，到日子还没动会再出来")
        return redirect("studio:stuck")
    return show_form(request, "studio/stuck/leave.html", form, matter=matter)


def stuck_back(request, pk):
    studio = _studio(request)
    aside = get_object_or_404(SetAside.objects.visible_to(request.user).filter(studio=studio), pk=pk)
    form = BackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        once(
            request,
            lambda: set_asides.take_up(aside, by=request.user),
            path=lambda taken: reverse("studio:stuck"),
        )
        messages.success(request, "又看起来了")
        return redirect("studio:stuck")
    return show_form(request, "studio/stuck/back.html", form, aside=aside)
