"""情景党课 on a day: the cast, playing it, the talk afterwards."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.kept import KeptQuery
from people.once import once, sent_before
from people.views.base import show_form

from ..actions import scenes
from ..actions.cadence_counts import open_slots
from ..forms.scenes import CastForm, HeldForm, SeenForm, TakesForm
from ..models import CastMember, Performance, Scene, Session

ARRANGERS = "演出由师傅和街道来安排"
NOT_YOURS = "只有安排的人和街道工作人员能改"
SHOWN = ("scene__studio", "studio", "by")

_ONE = KeptQuery(
    lambda person, pk: Performance.objects.visible_to(person).filter(pk=pk).select_related(*SHOWN)
)


def _ask_cast(person, performance):
    return (
        CastMember.objects.filter(performance=performance)
        .select_related("person", "role")
        .order_by("role__order", "pk")
    )


def _ask_seen(person, performance):
    """The sessions that the performance was, as far as the person may see them."""
    through = Performance.sessions.through.objects.filter(performance=performance)
    seen = Session.objects.visible_to(person).filter(pk__in=through.values("session"))
    return seen.select_related("mentor").order_by("pk")


_CAST, _SEEN = KeptQuery(_ask_cast), KeptQuery(_ask_seen)


def scene_perform(request, pk):
    """安排演: a day, a place and a cast."""
    scene = get_object_or_404(Scene.objects.visible_to(request.user).select_related("studio"), pk=pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    standing = request.standing
    require(scene.studio_id in standing.staff | standing.mentor, ARRANGERS)
    require(scene.state == Scene.State.READY, "还在写，先定稿再安排演")
    form = CastForm(request.POST or None, scene=scene)
    if request.method == "POST" and form.is_valid():
        arranged = once(request, lambda: scenes.arrange(scene, **form.facts(), by=request.user))
        messages.success(request, "安排好了，演的人和看的人都会收到通知。")
        return redirect(arranged)
    return show_form(request, "mentoring/performance/form.html", form, scene=scene)


@require_safe
def performance_detail(request, pk):
    """The cast and, once it was played, what was seen and what each takes along."""
    performance, person = _ONE.get_or_404(request.user, pk=pk), request.user
    cast = _CAST.all(person, performance=performance.pk)
    mine = next((row for row in cast if row.person_id == person.pk), None)
    held, arranges = performance.state == Performance.State.HELD, performance.arranged_by(person)
    context = {
        "performance": performance,
        "scene": performance.scene,
        "players": [row for row in cast if row.role_id],
        "onlookers": "、".join(row.person.name for row in cast if not row.role_id),
        "taken": [row for row in cast if row.takes],
        "sessions": _SEEN.all(person, performance=performance.pk) if held else [],
        "mine": mine,
        "can_take": held and mine is not None,
        "can_change": arranges and not held,
        "can_tell": arranges and held,
    }
    return render(request, "mentoring/performance/detail.html", context)


def _arranged(request, pk):
    performance = _ONE.get_or_404(request.user, pk=pk)
    require(performance.arranged_by(request.user), NOT_YOURS)
    return performance


def performance_edit(request, pk):
    performance = _arranged(request, pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    require(performance.state == Performance.State.PLANNED, "已经演过了，安排不再改")
    form = CastForm(request.POST or None, scene=performance.scene, performance=performance)
    if request.method == "POST" and form.is_valid():
        performance.version = form.cleaned_data["version"] or 0
        return redirect(once(request, lambda: scenes.rearrange(performance, **form.facts())))
    context = {"performance": performance, "scene": performance.scene}
    return show_form(request, "mentoring/performance/form.html", form, **context)


def performance_hold(request, pk):
    """演过了: it becomes a session for those who were there."""
    performance = _arranged(request, pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    require(performance.state == Performance.State.PLANNED, "这一次已经记过了")
    there = performance.cast.values("person")
    slots = open_slots(studio=performance.studio, people=there, day=performance.on, by=request.user)
    form = HeldForm(request.POST or None, scene=performance.scene, performance=performance, slots=slots)
    if request.method == "POST" and form.is_valid():
        performance.version = form.cleaned_data["version"] or 0
        held = once(request, lambda: scenes.hold(performance, **form.facts(), by=request.user))
        messages.success(request, "记好了，参加的学员都有了一次带教记录。")
        return redirect(held)
    context = {"performance": performance, "scene": performance.scene}
    return show_form(request, "mentoring/performance/hold.html", form, **context)


def performance_seen(request, pk):
    """大家看到了什么, after the talk."""
    performance = _arranged(request, pk)
    require(performance.state == Performance.State.HELD, "还没有演，演过再写")
    form = SeenForm(request.POST or None, instance=performance)
    if request.method == "POST" and form.is_valid():
        performance.version = form.cleaned_data["version"] or 0
        seen = form.cleaned_data["seen"]
        return redirect(once(request, lambda: scenes.tell_seen(performance, seen=seen)))
    return show_form(request, "mentoring/performance/seen.html", form, performance=performance)


def performance_takes(request, pk):
    """我带走的一句, by each who was there."""
    performance = _ONE.get_or_404(request.user, pk=pk)
    member = performance.cast.select_related("performance").filter(person=request.user).first()
    held = performance.state == Performance.State.HELD
    require(member is not None and held, "演过以后，由参加的人来写")
    form = TakesForm(request.POST or None, initial={"takes": member.takes})
    if request.method == "POST" and form.is_valid():
        taken = once(request, lambda: scenes.take_along(member, takes=form.cleaned_data["takes"]))
        messages.success(request, "记好了。")
        return redirect(taken)
    return show_form(request, "mentoring/performance/takes.html", form, performance=performance)
