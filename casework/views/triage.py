"""受理: how a submitted case is handled, decided by staff on one page."""

from django.contrib import messages
from django.db.models import Subquery
from django.shortcuts import redirect

from people.access import require
from people.kept import KeptQuery
from people.once import once
from people.stale import Refused
from people.views.base import show_form

from ..actions import triage
from ..forms.triage import CONSULTED, DIRECT, DISTRICT, TRANSFER, TriageForm
from ..models import Case, State
from ..rights import is_staff
from .contexts import tried_of

DONE = {
    "online": "已受理，请会诊的人都会看到",
    "meeting": "已受理，会议时间地点都告诉大家了",
    "direct": "已答复，接下来等学员和师傅评一评",
    "transfer": "已转办",
    "district": "报给区里了，区里答复了会告诉大家",
    "return": "已请提的人补充",
}
MOST_ALIKE = 5


def _ask_case(person, pk):
    found = Case.objects.visible_to(person).filter(pk=pk)
    return found.select_related("studio", "owner", "neighbourhood")


_CASE = KeptQuery(_ask_case)


def case_triage(request, pk):
    case = _CASE.get_or_404(request.user, pk=pk)
    require(is_staff(case, request.user), "这一页只有街道工作人员能看")
    if case.state != State.SUBMITTED and request.method == "GET":
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，不用受理了")
    form = TriageForm(request.POST or None, case=case, by=request.user)
    if form.is_valid():
        done = once(request, lambda: carry_out(form, case, request.user))
        if isinstance(done, Case):
            messages.success(request, DONE[form.cleaned_data["way"]])
            if form.cleaned_data["outside"] and form.cleaned_data["way"] in CONSULTED:
                return redirect("casework:case-guests", case.pk)
        return redirect(done)
    context = {"case": case, "alike": alike(case, request.user), "tried": tried_of(case)}
    return show_form(request, "casework/case/triage.html", form, **context)


def carry_out(form, case, by):
    """Do what the form says; returns the case."""
    data = form.cleaned_data
    way, about = data["way"], {"category": data["category"], "urgency": data["urgency"]}
    if way in CONSULTED:
        meeting = {} if way == "online" else {key: data[key] for key in ("meeting_at", "meeting_place")}
        due = {"due_on": data["due_on"]} if way == "online" else {}
        asked = {"chair": data["chair"], "consultants": data["consultants"], "words": data["words"]}
        return triage.accept(case=case, handling=way, by=by, **asked, **due, **meeting, **about)
    if way == DIRECT:
        return triage.answer(case=case, text=data["answer"], by=by, **about)
    if way in (TRANSFER, DISTRICT):
        to_district = way == DISTRICT
        return triage.transfer(
            case=case, to=data["to"], reason=data["reason"], to_district=to_district, by=by
        )
    return triage.send_back(case=case, sentence=data["sentence"], by=by)


def alike(case, person):
    """Open cases of the same kind, those of the same neighbourhood first: may be the same matter."""
    found = _ALIKE.all(person, pk=case.pk, studio=case.studio_id)
    found.sort(key=lambda other: other.neighbourhood_id != case.neighbourhood_id)
    return found[:MOST_ALIKE]


def _ask_alike(person, pk, studio):
    kind = Case.objects.filter(pk=pk).values("category")[:1]
    near = Case.objects.visible_to(person).open().filter(studio=studio, category=Subquery(kind))
    near = near.exclude(pk=pk).select_related("owner", "neighbourhood").order_by("-state_since", "-pk")
    return near[: MOST_ALIKE * 4]


_ALIKE = KeptQuery(_ask_alike)
