"""人员名册: the people of a studio, one by one. Bringing in a whole roster stands in views of its own."""

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from ..access import require
from ..actions import persons
from ..forms.cards import CardsForm
from ..forms.persons import FIELDS, NewPersonForm, PersonFilter, PersonForm
from ..history import history_of
from ..kept import KeptQuery
from ..models import Membership, Person
from ..once import once, save_once, sent_before
from ..paging import Page
from ..roles import Role
from ..stale import Refused
from .base import show_form

PAGE_SIZE = 50


@require_safe
def person_list(request):
    require(request.standing.staff, "这一页只有街道工作人员能看")
    studio = request.standing.studio_as("staff")
    filters = PersonFilter(request.GET or None, studio=studio)
    chosen = filters.chosen()
    page = _page(request, chosen)
    return render(
        request,
        "people/person/list.html",
        {"page": page, "filters": filters, "chosen": chosen, "cards": CardsForm(by=request.user)},
    )


def _filtered(staff, chosen):
    """People who hold (or also held) a role in the studios of `staff`, narrowed by what was chosen."""
    mine = Membership.objects.filter(studio__in=staff.standing.staff)
    held = mine if chosen.get("former") else mine.current()
    if "role" in chosen:
        held = held.filter(role=chosen["role"])
    found = Person.objects.filter(Exists(held.filter(person=OuterRef("pk"))))
    if "neighbourhood" in chosen:
        found = found.filter(neighbourhood=chosen["neighbourhood"])
    if "name" in chosen:
        found = found.filter(name__contains=chosen["name"])
    shown = mine if chosen.get("former") else mine.current()
    here = shown.filter(person=OuterRef("pk")).order_by("studio", "role", "pk").values("role")
    return found.select_related("neighbourhood").annotate(roles_here=ArraySubquery(here))


_PAGE = KeptQuery(lambda staff, after: _after(_filtered(staff, {}), after))


def _after(found, pk):
    return found.filter(pk__gt=pk).order_by("pk")[: PAGE_SIZE + 1]


def _page(request, chosen):
    """In the order in which they joined, so that a roster keeps the order of its list."""
    after = request.GET.get("page", "")
    after = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0
    if chosen:
        rows = list(_after(_filtered(request.user, chosen), after))
    else:
        rows = _PAGE.all(request.user, after=after)
    for person in rows:
        person.roles_here = [Role(role).label for role in person.roles_here]
    more = str(rows[PAGE_SIZE - 1].pk) if len(rows) > PAGE_SIZE else ""
    return Page(rows[:PAGE_SIZE], more, first=not after)


_PERSON = KeptQuery(
    lambda viewer, pk: (
        Person.objects.visible_to(viewer).filter(pk=pk).select_related("neighbourhood").order_by()
    )
)
_ROLES = KeptQuery(
    lambda viewer, whose: (
        Membership.objects.visible_to(viewer)
        .filter(person=whose)
        .select_related("studio")
        .order_by("-starts_on")
    )
)


@require_safe
def person_detail(request, pk):
    person = _PERSON.get_or_404(request.user, pk=pk)
    roles = _ROLES.all(request.user, whose=person.pk)
    standing = request.standing
    staff = any(role.studio_id in standing.staff for role in roles)
    near = {request.user.pk, *standing.pupils, *(mentor.pk for mentor in standing.mentors)}
    context = {
        "person": person,
        "can_call": staff or person.pk in near,
        "roles": roles,
        "here": request.standing.staff,
        "is_staff_here": staff,
        "can_edit": staff and persons.may_manage(request.user, person),
        "cards": CardsForm(by=request.user),
        "history": history_of(person, *roles) if staff else [],
    }
    return render(request, "people/person/detail.html", context)


def person_new(request):
    require(request.standing.staff, "这一页只有街道工作人员能看")
    studio = request.standing.studio_as("staff")
    done = sent_before(request)
    if done:
        return redirect(done)
    form = NewPersonForm(request.POST or None, studio=studio)
    if request.method == "POST" and form.is_valid():
        role = {name: form.cleaned_data[name] for name in ("role", "apprentice_kind", "starts_on")}
        if form.existing and not form.cleaned_data["add_to_existing"]:
            # A double tap: the first sending may have made this very person meanwhile.
            done = sent_before(request)
            return redirect(done) if done else _offer_role(request, form)
        try:
            return redirect(once(request, lambda: _join(form, studio, request.user, role)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, "people/person/form.html", form)


def _offer_role(request, form):
    """The mobile has an owner already: show no more than the name and ask."""
    posted = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    context = {
        "existing": form.existing,
        "label": Role(form.cleaned_data["role"]).label,
        "posted": [pair for pair in posted if pair[0] not in ("csrfmiddlewaretoken", "add_to_existing")],
    }
    return show_form(request, "people/person/existing.html", form, **context)


def _join(form, studio, by, role):
    if form.existing:
        persons.add_role(person=form.existing, studio=studio, by=by, **role)
        return form.existing
    return persons.add(studio=studio, by=by, **role, **form.person_fields())


def person_edit(request, pk):
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    require(persons.may_manage(request.user, person), "这件事由这个人所在工作室的工作人员来办")
    form = PersonForm(request.POST or None, instance=person, studio=request.standing.studio_as("staff"))
    if request.method == "POST" and form.is_valid():
        person.version = form.cleaned_data["version"] or 0
        saved = save_once(request, person, FIELDS)
        messages.success(request, "改好了")
        return redirect(saved)
    return show_form(request, "people/person/form.html", form, person=person)
