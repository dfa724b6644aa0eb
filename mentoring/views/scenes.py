"""情景党课: the list, the builder, one scene, its script on paper."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.kept import KeptQuery
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.views.base import show_form

from ..actions import scenes
from ..forms.scenes import SceneForm, SettleForm
from ..models import CastMember, Performance, Scene
from .series import MEMBERS_ONLY

LIST_SIZE = 20
WRITERS = "情景党课由写的人、师傅和街道来改"


def listed(person):
    found = Scene.objects.visible_to(person).filter(studio__in=person.standing.member_studios)
    return found.select_related("by").defer("script", "setting", "conflict")


_FIRST_PAGE = KeptQuery(lambda person: newest(listed(person), by="at", size=LIST_SIZE))


@require_safe
def scene_list(request):
    standing = request.standing
    require(standing.staff or standing.mentor or standing.apprentice, MEMBERS_ONLY)
    if "page" in request.GET:
        page = page_of(request, listed(request.user), by="at", size=LIST_SIZE)
    else:
        page = first_page(_FIRST_PAGE.all(request.user), by="at", size=LIST_SIZE)
    return render(request, "mentoring/scene/list.html", {"page": page})


def studio_of(standing):
    """Where the person writes: everybody of a studio may begin a scene."""
    return standing.studio_as("staff") or standing.studio_as("mentor") or standing.studio_as("apprentice")


def scene_new(request):
    studio = studio_of(request.standing)
    require(studio, "情景党课由本工作室的人来写")
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    if "save_draft" in request.POST:
        return _keep(request, scenes.NEW)
    form = SceneForm(request.POST or None, studio=studio)
    draft, other = drafts.choose(request, scenes.NEW) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    if request.method == "POST" and form.is_valid():
        given = {**form.facts(), "studio": studio, "by": request.user}
        made = once(request, lambda: scenes.write(**given))
        messages.success(request, "存好了，可以接着写。")
        return redirect(made)
    return show_form(request, "mentoring/scene/form.html", form, draft=draft, other=other)


def _keep(request, key):
    drafts.save(request.user, key, request.POST, device=drafts.device_of(request))
    messages.info(request, "先存着了。")
    return redirect(request.path)


def _ask_one(person, pk):
    return Scene.objects.visible_to(person).filter(pk=pk).select_related("studio", "by")


def _ask_played(person, scene):
    return Performance.objects.filter(scene=scene).order_by("-on", "-pk")[:20]


_ONE, _PLAYED = KeptQuery(_ask_one), KeptQuery(_ask_played)


@require_safe
def scene_detail(request, pk):
    scene, person = _ONE.get_or_404(request.user, pk=pk), request.user
    standing = request.standing
    context = {
        "scene": scene,
        "roles": list(scene.roles.order_by("order")),
        "writers": "、".join(one.name for one in scene.writers.all()),
        "performances": _PLAYED.all(person, scene=scene.pk),
        "can_write": scene.writable_by(person),
        "can_perform": scene.state == Scene.State.READY
        and scene.studio_id in standing.staff | standing.mentor,
    }
    return render(request, "mentoring/scene/detail.html", context)


@require_safe
def scene_print(request, pk):
    """The script on A4: the parts with the names of those who play next, the turns, the questions."""
    scene = _ONE.get_or_404(request.user, pk=pk)
    coming = Performance.objects.filter(scene=scene).order_by("state", "-on", "-pk").last()
    players = (
        dict(
            CastMember.objects.filter(performance=coming, role__isnull=False).values_list(
                "role", "person__name"
            )
        )
        if coming
        else {}
    )
    context = {
        "scene": scene,
        "roles": [(role, players.get(role.pk, "")) for role in scene.roles.order_by("order")],
        "performance": coming,
    }
    return render(request, "mentoring/scene/print.html", context)


def _writable(request, pk):
    scene = get_object_or_404(Scene.objects.visible_to(request.user).select_related("studio", "by"), pk=pk)
    require(scene.writable_by(request.user), WRITERS)
    return scene


def scene_edit(request, pk):
    scene = _writable(request, pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    key = scenes.edit_key(scene)
    if "save_draft" in request.POST:
        return _keep(request, key)
    form = SceneForm(request.POST or None, instance=scene, studio=scene.studio)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    if request.method == "POST" and form.is_valid():
        scene.version = form.cleaned_data["version"] or 0
        edited = once(request, lambda: scenes.edit(scene, **form.facts(), by=request.user))
        messages.success(request, "存好了。")
        return redirect(edited)
    return show_form(request, "mentoring/scene/form.html", form, scene=scene, draft=draft, other=other)


def scene_ready(request, pk):
    """定稿: from then on the whole studio reads it and it may be played; or back to writing."""
    scene = _writable(request, pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    form = SettleForm(request.POST or None)
    form.fields["version"].initial = scene.version
    finishing = scene.state == Scene.State.DRAFT
    form.submit_label = "定稿" if finishing else "退回去再写"
    if request.method == "POST" and form.is_valid():
        scene.version = form.cleaned_data["version"] or 0
        return redirect(once(request, lambda: scenes.settle(scene, ready=finishing)))
    return show_form(request, "mentoring/scene/ready.html", form, scene=scene, lacking=scene.missing())
