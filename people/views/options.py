"""设置 · 选项: the studio's rules, its contact, its neighbourhoods."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ..access import require
from ..actions import neighbourhoods
from ..forms.studio import PARTS, PARTS_BY_KEY, NeighbourhoodEditForm, NeighbourhoodForm, form_of
from ..history import history_of
from ..models import Neighbourhood, Studio
from ..once import AlreadyDone, once, save_once, sent_before
from ..stale import current_version
from .base import show_form


def _studio(request):
    require(request.standing.staff, "这一页只有街道工作人员能看")
    return request.standing.studio_as("staff")


def _street_studio(request):
    studio = _studio(request)
    require(studio.street_id, "这一页只有街道的工作人员能看")
    return studio


@require_safe
def options(request):
    """All parts with what is set now, each leading to its own form."""
    studio = _studio(request)
    parts = [
        (part, [{"label": _label(name), "value": _value(studio, name)} for name in part.fields])
        for part in PARTS
    ]
    context = {"studio": studio, "parts": parts, "history": history_of(studio)}
    return render(request, "people/studio/options.html", context)


def options_part(request, key):
    studio = _studio(request)
    if key not in PARTS_BY_KEY:
        raise Http404
    part = PARTS_BY_KEY[key]
    form = form_of(key)(request.POST or None, instance=studio)
    if request.method == "POST" and form.is_valid():
        studio.version = current_version(studio, part.fields, form.cleaned_data["version"] or 0)
        save_once(request, studio, part.fields, path=lambda saved: reverse("people:options"))
        messages.success(request, f"{part.label}的选项存好了")
        return redirect("people:options")
    return show_form(request, "people/studio/options_part.html", form, studio=studio, part=part)


def _label(name):
    return Studio._meta.get_field(name).verbose_name


def _value(studio, name):
    """What is set, in words."""
    field, value = Studio._meta.get_field(name), getattr(studio, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return getattr(studio, f"get_{name}_display")() if field.choices else value


@require_safe
def neighbourhood_list(request):
    places = Neighbourhood.objects.of_studio(_street_studio(request))
    return render(request, "people/studio/neighbourhoods.html", {"places": places})


def neighbourhood_new(request):
    studio = _street_studio(request)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = NeighbourhoodForm(request.POST or None, street=studio.street)
    if request.method == "POST" and form.is_valid():
        made = once(
            request,
            lambda: neighbourhoods.add(street=studio.street, by=request.user, **form.cleaned_data),
            path=lambda place: reverse("people:neighbourhood-list"),
        )
        if not isinstance(made, AlreadyDone):
            messages.success(request, f"{made.short_name}加好了")
        return redirect("people:neighbourhood-list")
    return show_form(request, "people/studio/neighbourhood_form.html", form)


def neighbourhood_edit(request, pk):
    studio = _street_studio(request)
    place = get_object_or_404(Neighbourhood.objects.of_studio(studio), pk=pk)
    form = NeighbourhoodEditForm(request.POST or None, instance=place, street=studio.street)
    if request.method == "POST" and form.is_valid():
        place.version = form.cleaned_data["version"] or 0
        save_once(request, place, form.Meta.fields, path=lambda saved: reverse("people:neighbourhood-list"))
        messages.success(request, "改好了")
        return redirect("people:neighbourhood-list")
    return show_form(request, "people/studio/neighbourhood_form.html", form, place=place)
