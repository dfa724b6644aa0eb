"""What staff do to an account besides its data: roles, sign-in, password."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..access import require
from ..actions import persons
from ..actions.credentials import readable_password
from ..forms.persons import EndRoleForm, NewPasswordForm, RoleForm
from ..models import Membership, Person
from ..once import once
from ..stale import Refused
from .base import show_form


def role_new(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(request.standing.staff, "这一页只有街道工作人员能看")
    studio = request.standing.studio_as("staff")
    form = RoleForm(request.POST or None, studio=studio)
    if request.method == "POST" and form.is_valid():
        try:
            once(
                request,
                lambda: persons.add_role(person=person, studio=studio, by=request.user, **form.cleaned_data),
                path=lambda membership: person.get_absolute_url(),
            )
            return redirect(person)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, "people/role/form.html", form, person=person, studio=studio)


def role_end(request, pk):
    roles = Membership.objects.visible_to(request.user).select_related("person", "studio")
    membership = get_object_or_404(roles, pk=pk)
    require(membership.studio_id in request.standing.staff, "这一页只有街道工作人员能看")
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            persons.end_role(membership, on=form.cleaned_data["on"], by=request.user)
            messages.success(request, "记好了")
            return redirect(membership.person)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, "people/role/end.html", form, membership=membership)


@require_POST
def sign_in_switch(request, pk):
    """Close or open an account: `open` is "1" or empty."""
    person = _managed(request, pk)
    allowed = request.POST.get("open") == "1"
    persons.let_sign_in(person, allowed, by=request.user)
    messages.success(request, f"{person.called}{'可以登录了' if allowed else '不能登录了'}")
    return redirect(person)


@never_cache
def password_reset(request, pk):
    person = _managed(request, pk)
    form = NewPasswordForm(request.POST or None, initial={"password": readable_password()})
    if request.method == "POST" and form.is_valid():
        try:
            persons.set_password(person, form.cleaned_data["password"], by=request.user)
        except ValidationError as weak:
            form.add_error("password", weak)
        else:
            messages.success(request, f"换好了。请把新密码告诉{person.called}，登录后可以自己再换")
            return redirect(person)
    return show_form(request, "people/person/password.html", form, person=person)


def _managed(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(persons.may_manage(request.user, person), "这件事由这个人所在工作室的工作人员来办")
    return person
