"""接下来: ticking off, taking back, one's own step, the mentor's reminder."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from people.access import require
from people.kept import KeptQuery
from people.models import Membership
from people.once import once
from people.roles import Role
from people.stale import Refused
from people.views.base import show_form

from ..actions import next_steps
from ..forms.small import NextStepForm, ReminderForm
from ..models import NextStep
from .files import open_file


def learning_studio(person):
    """The studio in which the person learns now, or None."""
    found = _LEARNS.all(person=person.pk)
    return found[0].studio if found else None


_LEARNS = KeptQuery(
    lambda viewer, person: (
        Membership.objects.current().filter(person=person, role=Role.APPRENTICE).select_related("studio")[:1]
    )
)


@require_POST
def step_close(request, pk):
    """做好了 or, for whoever gave it, 不做了."""
    step = get_object_or_404(NextStep.objects.visible_to(request.user), pk=pk)
    state = NextStep.State.DROPPED if "drop" in request.POST else NextStep.State.DONE
    require(request.user.pk in (step.person_id, step.by_id), "这件事要本人来点")
    if step.report_link:
        raise Refused("这件事请到它自己的那一页去办，办好了这里会自己收起来")
    next_steps.close(step, by=request.user, state=state)
    messages.success(request, "不做了，已经收起来。" if "drop" in request.POST else "记下了，这件事做好了。")
    return redirect("growth:file-detail", step.person_id)


@require_POST
def step_reopen(request, pk):
    step = get_object_or_404(NextStep.objects.visible_to(request.user), pk=pk)
    require(request.user.pk == step.person_id, "这件事要本人来点")
    next_steps.reopen(step)
    return redirect("growth:file-detail", step.person_id)


def step_new(request):
    """An apprentice's own next step."""
    studio = learning_studio(request.user)
    require(studio, "自己定的事记在学员的档案里")
    form = NextStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data, studio=studio, person=request.user, by=request.user)
        once(
            request,
            lambda: next_steps.assign(origin=NextStep.Origin.OWN, **given),
            path=lambda step: "/ledger/me/",
        )
        return redirect("growth:my-file")
    return show_form(request, "growth/next_step/form.html", form)


def remind(request, pk):
    """给他提个醒: a mentor's line into a pupil's 接下来."""
    person = open_file(request, pk)
    require(person.pk in request.standing.pupils, "提个醒是师傅的事")
    studio = learning_studio(person)
    require(studio, "这位现在不是学员")
    form = ReminderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data, studio=studio, person=person, by=request.user)
        page = f"/ledger/{person.pk}/"
        once(request, lambda: next_steps.remind(**given), path=lambda step: page)
        messages.success(request, f"已经放进{person.name}的“接下来”。")
        return redirect(page)
    return show_form(request, "growth/next_step/form.html", form, whose=person)
