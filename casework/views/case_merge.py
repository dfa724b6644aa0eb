"""合并: one page that asks which other case is about the same matter, and why."""

from django.contrib import messages
from django.shortcuts import redirect

from people.access import require
from people.stale import Refused
from people.views.base import id_of, show_form

from .. import rights
from ..actions import merging
from ..forms.triage import MergeForm
from ..models import Case
from .cure import attempt, find_case


def case_merge(request, pk):
    case = find_case(request, pk)
    require(rights.is_staff(case, request.user), "合并案例由街道工作人员来办")
    if request.method == "GET" and not rights.may_merge(case, request.user):
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，不能再并到别的案例里")
    others = Case.objects.visible_to(request.user).open().filter(studio=case.studio).exclude(pk=case.pk)
    others = others.select_related("owner", "neighbourhood").order_by("-state_since", "-pk")
    form = MergeForm(request.POST or None, cases=others, initial={"into": id_of(request.GET.get("into"))})
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
