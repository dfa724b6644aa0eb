"""安排带教: making a plan, changing it, calling it off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from people.access import require
from people.actions import drafts
from people.once import once
from people.views.base import id_of, show_form

from ..actions import session_plans
from ..forms.session_ask import AskForm
from ..forms.session_plans import PlanEditForm, PlanForm
from ..models import Group
from ..session_rules import pairs_around, pairs_of
from ..session_start import WRITERS, may_log, own_groups
from .sessions import posted, visible_session

TOLD = "安排好了，参加的人都会收到通知。"


def session_plan(request):
    groups = _groups_to_plan(request)
    asked = request.POST.get("group") or request.GET.get("group", "")
    group = _named(request, asked) if asked else groups[0] if len(groups) == 1 else None
    if group is None:
        return render(request, "mentoring/session/choose_plan.html", {"groups": groups})
    around = pairs_around(group) if _asks_others(request) else ()
    form = PlanForm(posted(request), group=group, pairings=pairs_of(group), around=around)
    key = session_plans.draft_key(group)
    if "save_draft" in request.POST:
        drafts.save(request.user, key, request.POST, device=drafts.device_of(request))
        messages.info(request, "先存着了，还没有告诉大家。")
        return redirect(f"{request.path}?group={group.pk}")
    draft, other = drafts.choose(request, key)
    drafts.fill(form, draft)
    if form.is_valid():
        session = once(request, lambda: session_plans.plan(group=group, by=request.user, **form.facts()))
        messages.success(request, TOLD)
        return redirect(session)
    return show_form(
        request,
        "mentoring/session/plan.html",
        form,
        group=group,
        can_switch=len(groups) > 1,
        draft=draft,
        other=other,
        here=f"group={group.pk}",
        **_others(form, f"?group={group.pk}&others=1"),
    )


def _asks_others(request):
    return "others" in request.GET or "with_others" in request.POST


def _others(form, url):
    """Where the apprentices of other groups can be asked along."""
    return {} if "others" in form.fields else {"others_url": url}


def _groups_to_plan(request):
    """The groups whose sessions this person plans. 404 or 403 for those who plan none."""
    standing = request.standing
    if not (standing.staff or standing.mentor):
        if standing.apprentice:
            raise PermissionDenied(WRITERS)
        raise Http404
    if not standing.staff:
        return [group for group in own_groups(request.user) if group.cohort.ends_on >= timezone.localdate()]
    running = Group.objects.filter(studio__in=standing.staff, cohort__ends_on__gte=timezone.localdate())
    return list(running.select_related("mentor", "cohort", "studio").order_by("studio", "cohort", "number"))


def _named(request, asked):
    groups = Group.objects.visible_to(request.user).select_related("cohort", "mentor", "studio")
    group = get_object_or_404(groups, pk=id_of(asked))
    require(may_log(request.user, group), WRITERS)
    return group


def plan_edit(request, session):
    require(session.plan_editable_by(request.user), WRITERS)
    pairings = pairs_of(session.group)
    there = {row.apprentice_id for row in session.attendance.all()}
    guests = there.difference(pairing.apprentice_id for pairing in pairings)
    around = pairs_around(session.group) if guests or _asks_others(request) else ()
    form = PlanEditForm(posted(request), session=session, pairings=pairings, around=around)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        once(
            request,
            lambda: session_plans.change_plan(session, version=version, by=request.user, **form.facts()),
            path=lambda changed: session.get_absolute_url(),
        )
        messages.success(request, "改好了，参加的人都会收到通知。")
        return redirect(session)
    context = {"group": session.group, "session": session, **_others(form, "?others=1")}
    return show_form(request, "mentoring/session/plan.html", form, **context)


def session_cancel(request, pk):
    """A page that asks first."""
    session = visible_session(request, pk)
    require(session.plan_editable_by(request.user), WRITERS)
    form = AskForm(posted(request))
    if form.is_valid():
        session_plans.cancel_plan(session, by=request.user)
        messages.success(request, "取消了，参加的人都会收到通知。")
        return redirect(session)
    context = {"session": session, "appointment": session_plans.appointment(session)}
    return show_form(request, "mentoring/session/cancel.html", form, **context)
