"""我的: what everybody sets for themselves, and which desk one sits at."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..access import require
from ..actions import persons
from ..forms.me import ExpertiseForm, OwnPasswordForm, SalutationForm, WeakPointsForm
from ..models import Person
from ..once import save_once
from .base import show_form

DESKS = {
    "staff": "街道工作人员",
    "mentor": "带教书记",
    "apprentice": "学员",
    "district": "区级查看",
    "consultant": "会诊专家",
}


@require_safe
def me(request):
    """Links to the pages of the floors above come from the frame (studio.context)."""
    standing = request.standing
    context = {
        "person": request.user,
        "memberships": standing.memberships,
        "desks": [(desk, DESKS[desk]) for desk in standing.desks],
        "desk": request.session.get("desk") or next(iter(standing.desks), ""),
        "is_apprentice": bool(standing.apprentice),
        "is_mentor": bool(standing.mentor),
        "size_label": dict(Person.TextSize.choices)[request.text_size],
        "can_two_step": bool(standing.staff or standing.district),
    }
    return render(request, "people/me/me.html", context)


def salutation(request):
    return _one_field(request, SalutationForm, "salutation", "称呼")


def expertise(request):
    require(request.standing.mentor, "专长由带教书记自己来写")
    return _one_field(request, ExpertiseForm, "expertise", "专长")


def weak_points(request):
    return _one_field(request, WeakPointsForm, "weak_points", "自评最弱两项")


def _one_field(request, form_class, name, title):
    person = request.user
    form = form_class(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        person.version = form.cleaned_data["version"] or 0
        save_once(request, person, [name], path=lambda saved: reverse("people:me"))
        messages.success(request, "改好了")
        return redirect("people:me")
    return show_form(request, "people/me/form.html", form, title=title)


@never_cache
def password(request):
    """Change one's own password; other devices have to sign in again, this one stays."""
    person = request.user
    form = OwnPasswordForm(request.POST or None, person=person)
    if request.method == "POST":
        if not ratelimit.consume(request, action="change_password", user=person):
            return render(request, "429.html", status=429)
        if form.is_valid():
            try:
                persons.set_password(person, form.cleaned_data["new"], by=person)
            except ValidationError as weak:
                form.add_error("new", weak)
            else:
                update_session_auth_hash(request, person)
                messages.success(request, "密码换好了")
                return redirect("people:me")
    return show_form(request, "people/me/form.html", form, title="换密码")


@require_POST
def desk_switch(request):
    """Sit down at another of one's desks: `desk` is one of standing.desks."""
    desk = request.POST.get("desk")
    if desk in request.standing.desks:
        request.session["desk"] = desk
    return redirect("/")
