"""短板 and half-year aims of one person: named, proposed, agreed on, closed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.actions.removal import remove
from people.history import history_of
from people.once import once
from people.stale import Refused
from people.views.base import show_form

from ..actions import aims
from ..forms.aims import AgreeForm, AimForm, CloseAimForm, WeaknessEditForm, WeaknessForm
from ..models import Aim, Weakness
from .files import open_file
from .next_steps import learning_studio

OWN = "短板和目标由本人来写"


@require_safe
def my_aims(request):
    return aim_list(request, request.user.pk)


@require_safe
def aim_list(request, pk):
    """Everything of one person, newest half-year first."""
    person, viewer = open_file(request, pk), request.user
    found = Aim.objects.visible_to(viewer).filter(person=person).select_related("weakness")
    weaknesses = list(Weakness.objects.visible_to(viewer).filter(person=person)[:100])
    context = {
        "whose": person,
        "own": person == viewer,
        "can_write": person == viewer and bool(request.standing.apprentice),
        "aims": list(found[:60]),
        "standing": [one for one in weaknesses if not one.overcome_on],
        "overcome": [one for one in weaknesses if one.overcome_on],
    }
    return render(request, "growth/aim/list.html", context)


def weakness_new(request):
    studio = learning_studio(request.user)
    require(studio, OWN)
    form = WeaknessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data, studio=studio, person=request.user)
        once(request, lambda: aims.name_weakness(**given))
        messages.success(request, "记下了。要补上它，可以定一个半年目标。")
        return redirect("growth:my-aims")
    return show_form(request, "growth/aim/weakness.html", form)


def _own_weakness(request, pk):
    weakness = get_object_or_404(Weakness.objects.visible_to(request.user), pk=pk)
    require(weakness.person_id == request.user.pk, OWN)
    return weakness


def weakness_edit(request, pk):
    """Correct it, or say 「补上了」: two buttons of one page."""
    weakness = _own_weakness(request, pk)
    form = WeaknessEditForm(request.POST or None, instance=weakness)
    if request.method == "POST" and form.is_valid():
        weakness.version = form.cleaned_data.pop("version") or 0
        if "overcome" in request.POST:
            once(request, lambda: aims.overcome(weakness))
        else:
            once(request, lambda: aims.correct_weakness(weakness, **form.cleaned_data))
        messages.success(request, "补上了，真好。" if "overcome" in request.POST else "改好了。")
        return redirect("growth:my-aims")
    return show_form(request, "growth/aim/weakness.html", form, weakness=weakness)


def weakness_remove(request, pk):
    """A page that asks; the row can be found again for 30 days."""
    weakness = _own_weakness(request, pk)
    if request.method == "POST":
        remove(weakness, by=request.user)
        messages.success(request, "去掉了。30天内可以在“我 · 找回”里找回。")
        return redirect("growth:my-aims")
    return render(request, "growth/aim/weakness_remove.html", {"weakness": weakness})


def aim_new(request):
    studio = learning_studio(request.user)
    require(studio, OWN)
    mine = Weakness.objects.standing().filter(person=request.user, studio=studio)[:50]
    initial = {"weakness": request.GET.get("weakness", "")}
    form = AimForm(request.POST or None, weaknesses=mine, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data, studio=studio, person=request.user, by=request.user)
        try:
            made = once(request, lambda: aims.propose(**given))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已经告诉师傅，等师傅商定。")
            return redirect(made)
    return show_form(request, "growth/aim/new.html", form)


def aim_detail(request, pk):
    """One page for all: the mentor agrees here, later closes it; the apprentice can let it go."""
    found = Aim.objects.visible_to(request.user).select_related(
        "person", "weakness", "agreed_by", "closed_by"
    )
    aim = get_object_or_404(found, pk=pk)
    guides = aim.person_id in request.standing.pupils
    own = aim.person_id == request.user.pk
    kind = _form_kind(aim) if guides else None
    form = kind(request.POST or None, instance=aim) if kind else None
    if request.method == "POST":
        if "drop" in request.POST and own:
            aims.close(aim, state=Aim.State.DROPPED, by=request.user)
            messages.success(request, "不做了，已经收起来。")
            return redirect("growth:my-aims")
        if form is None:
            raise PermissionDenied("商定和收好目标是师傅的事")
        if form.is_valid():
            aim.version = form.cleaned_data.pop("version") or 0
            act = aims.agree if kind is AgreeForm else aims.close
            once(request, lambda: act(aim, by=request.user, **form.cleaned_data))
            messages.success(request, f"{aim.person.name}已经能看到了。")
            return redirect(aim)
    context = {"aim": aim, "own": own, "history": history_of(aim), "list_url": _list_url(aim, own)}
    return (
        show_form(request, "growth/aim/detail.html", form, **context)
        if form
        else render(request, "growth/aim/detail.html", context)
    )


def _form_kind(aim):
    return {Aim.State.PROPOSED: AgreeForm, Aim.State.AGREED: CloseAimForm}.get(aim.state)


def _list_url(aim, own):
    return reverse("growth:my-aims") if own else reverse("growth:aims", args=[aim.person_id])
