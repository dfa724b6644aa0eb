"""交接: the old mentor writes, the new one and staff read; staff write for him or do without."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.history import history_of
from people.once import once, sent_before
from people.views.base import show_form

from ..actions import handovers
from ..forms.handovers import HandoverForm, WaiveForm
from ..models import Handover, Session
from .cohorts import STAFF_ONLY


def found_handover(request, pk):
    """The hand-over at the beginning of pairing `pk`."""
    found = Handover.objects.visible_to(request.user).select_related(
        "studio", "from_mentor", "to_mentor", "sent_by", "pairing__apprentice", "pairing__previous"
    )
    return get_object_or_404(found, pairing=pk)


def may_write(request, handover):
    """The old mentor and staff, unless it was done without."""
    person = request.user.pk == handover.from_mentor_id or handover.studio_id in request.standing.staff
    return person and handover.state != Handover.State.WAIVED


@require_safe
def handover_detail(request, pk):
    handover = found_handover(request, pk)
    asked = handover.state == Handover.State.ASKED
    context = {
        "handover": handover,
        "pairing": handover.pairing,
        "can_write": may_write(request, handover),
        "can_waive": asked and handover.studio_id in request.standing.staff,
        "history": history_of(handover) if handover.is_sent else [],
    }
    return render(request, "mentoring/handover/detail.html", context)


def handover_write(request, pk):
    handover = found_handover(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(may_write(request, handover), "交接由原来的师傅写，或者由街道代写")
    form = HandoverForm(request.POST or None, instance=handover)
    if request.method == "POST" and "save_draft" in request.POST:
        drafts.save(request.user, handovers.draft_key(handover), request.POST)
        messages.info(request, "先存着了，还没有交。")
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        handover.version = form.cleaned_data["version"] or 0
        parts = {name: form.cleaned_data[name] for name in handovers.PARTS}
        done = once(request, lambda: handovers.write(handover, by=request.user, **parts))
        messages.success(request, f"交好了，{handover.to_mentor.called}已经能看到。")
        return redirect(done)
    if request.method == "GET":
        drafts.fill(form, drafts.newest(request.user, handovers.draft_key(handover)))
    held = Session.objects.held().filter(
        mentor=handover.from_mentor, attendance__apprentice=handover.pairing.apprentice_id
    )
    context = {
        "handover": handover,
        "pairing": handover.pairing,
        "sessions": held.order_by("-held_on", "-pk")[:3],
    }
    return show_form(request, "mentoring/handover/write.html", form, **context)


def handover_waive(request, pk):
    handover = found_handover(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(handover.studio_id in request.standing.staff, STAFF_ONLY)
    form = WaiveForm(request.POST or None)
    form.fields["version"].initial = handover.version
    if request.method == "POST" and form.is_valid():
        handover.version = form.cleaned_data["version"] or 0
        return redirect(once(request, lambda: handovers.waive(handover)))
    return show_form(request, "mentoring/handover/waive.html", form, handover=handover)
