"""What the views of a cure share: fetching what is visible, and telling a refused move on the form itself."""

from django.shortcuts import get_object_or_404

from people.once import once
from people.stale import Refused

from ..models import Case, Followup, Prescription, Step

CASE = ("studio", "owner", "owner__neighbourhood", "chair")


def find_case(request, pk):
    found = Case.objects.visible_to(request.user).select_related(*CASE)
    return get_object_or_404(found, pk=pk)


def find_prescription(request, pk):
    found = Prescription.objects.visible_to(request.user)
    found = found.select_related("issued_by", "followup_by", "followed_up_by", *_through("case"))
    return get_object_or_404(found, pk=pk)


def find_step(request, pk):
    found = Step.objects.visible_to(request.user)
    found = found.select_related("owner", "prescription__followup_by", *_through("prescription__case"))
    return get_object_or_404(found, pk=pk)


def find_followup(request, pk):
    found = Followup.objects.visible_to(request.user).select_related(
        "by", "verdict_by", "step__owner", "step__prescription__followup_by",
        *_through("step__prescription__case"),
    )  # fmt: skip
    return get_object_or_404(found, pk=pk)


def _through(path):
    return [path, *(f"{path}__{name}" for name in CASE)]


def attempt(request, form, act, *, path=None):
    """`once`, where a refused move becomes a sentence on the form, so that nothing typed is lost: None."""
    try:
        return once(request, act, path=path)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
