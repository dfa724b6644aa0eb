"""合并: one page that asks which other case is about the same matter, and why."""

from django.contrib import messages
from django.shortcuts import redirect

from people.access import require
from people.kept import KeptQuery
from people.models import Neighbourhood, Person
from people.stale import Refused
from people.views.base import id_of, show_form

from .. import rights
from ..actions import merging
from ..forms.triage import MergeForm
from ..models import Case, State
from .cure import attempt, find_case


def case_merge(request, pk):
    case = find_case(request, pk)
    require(rights.is_staff(case, request.user), "合并案例由街道工作人员来办")
    if request.method == "GET" and not rights.may_merge(case, request.user):
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，不能再并到别的案例里")
    form = MergeForm(
        request.POST or None,
        cases=_others(request.user, case.pk, case.studio_id),
        offered=_offered(request.user, case),
        initial={"into": id_of(request.GET.get("into"))},
    )
    if form.is_valid():

        def act():
            return merging.merge(
                case=case, into=form.cleaned_data["into"], reason=form.cleaned_data["reason"], by=request.user
            )

        done = attempt(request, form, act)
        if isinstance(done, Case):
            messages.success(request, "并过去了，两件案例的人都会看到")
        if done:
            return redirect(done)
    return show_form(request, "casework/case/merge.html", form, case=case)


def _others(person, case, studio):
    return Case.objects.visible_to(person).open().filter(studio=studio).exclude(pk=case)


def _ask_told(person, case, studio):
    """Of a few hundred cases only the words that are shown."""
    found = _others(person, case, studio).order_by("-state_since", "-pk")
    owner = ("owner__name", "owner__salutation")
    return found.values_list("pk", "title", "state", "neighbourhood__name", *owner)


_TOLD = KeptQuery(_ask_told)


def _offered(person, case):
    """[(id, words)] of the other open cases, the latest first; whoever owns several is worded once."""
    rows = _TOLD.all(person, case=case.pk, studio=case.studio_id)
    called = {
        (name, own): Person(name=name, salutation=own).called for name, own in {row[4:] for row in rows}
    }
    places = {name: "，" + Neighbourhood(name=name).short_name for name in {row[3] for row in rows} if name}
    return [
        (pk, f"{title}（{called[name, own]}{places.get(place, '')}，{State(state).label}）")
        for pk, title, state, place, name, own in rows
    ]
