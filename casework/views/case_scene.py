"""「编成情景党课」: a finished case becomes the beginning of a scene, masked; a page shows it first."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from mentoring.actions import scenes
from mentoring.models import Scene
from people.access import require
from people.forms.base import StudioForm
from people.once import once, sent_before
from people.views.base import show_form

from ..models import Case
from ..scene_start import beginning, may_begin

LABELS = (
    ("title", "名字"),
    ("setting", "时间、地点、事情"),
    ("conflict", "矛盾"),
    ("questions", "演完一起谈"),
)


class BeginForm(StudioForm):
    submit_label = "开始编"


def case_scene(request, pk):
    found = Case.objects.visible_to(request.user).select_related("studio", "owner", "chair")
    case = get_object_or_404(found, pk=pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    require(may_begin(case, request.user), "结了案的案例，由提的人、师傅和街道编成情景党课")
    values, masked = beginning(case)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**values, "studio": case.studio, "by": request.user}
        made = once(request, lambda: scenes.write(**given), path=_edit_page)
        messages.info(request, "开了个头。请再看看人名、地名是不是都换掉了，接着写。")
        return redirect(_edit_page(made) if isinstance(made, Scene) else made)
    context = {
        "case": case,
        "masked": masked,
        "rows": [{"label": label, "value": values[name]} for name, label in LABELS],
        "there": Scene.objects.visible_to(request.user).filter(studio=case.studio, case_id=case.pk)[:5],
    }
    return show_form(request, "casework/case/scene.html", form, **context)


def _edit_page(scene):
    return reverse("mentoring:scene-edit", args=[scene.pk])
