"""需要区里协调的: what the district reads of a case, and its answer. No names of people, no files."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from people.access import require
from people.actions import drafts
from people.kept import KeptQuery
from people.views.base import show_form
from people.views.drafts import keep_for_later

from ..actions import district
from ..draft_keys import district_key
from ..forms.district import DistrictAnswerForm
from ..models import Case, DistrictRequest
from .cure import attempt


def _ask(person, pk):
    shown = DistrictRequest.objects.visible_to(person).filter(pk=pk)
    return shown.select_related("studio", "case__studio", "case__neighbourhood", "answered_by")


_REQUEST = KeptQuery(_ask)


def district_request(request, pk):
    asked = _REQUEST.get_or_404(request.user, pk=pk)
    answers = asked.studio_id in request.standing.district
    key = district_key(asked.pk)
    kept = keep_for_later(request, key) if answers else None
    if kept:
        return kept
    form = DistrictAnswerForm(request.POST or None, autosave=reverse("people:draft", args=[key]))
    if request.method == "POST":
        require(answers, "请区里协调的事，由区里来答复")
        if form.is_valid():

            def act():
                drafts.clear(request.user, key)
                return district.answer(request=asked, answer=form.cleaned_data["answer"], by=request.user)

            if attempt(request, form, act):
                messages.success(request, "答复了，街道和提案例的人都会看到")
                return redirect(asked)
    draft, other = drafts.choose(request, key) if answers else (None, None)
    seen = Case.objects.visible_to(request.user).filter(pk=asked.case_id).exists()
    return show_form(
        request, "casework/district/detail.html", drafts.fill(form, draft), asked=asked, case=asked.case,
        tried=asked.case.tried.all(), answers=answers, sees_case=seen, draft=draft, other_draft=other,
    )  # fmt: skip
