"""What the views of a cure share: fetching what is visible, and telling a refused move on the form itself."""

from people.kept import KeptQuery
from people.once import once
from people.stale import Refused

from ..models import Case, Followup, Prescription, Step

CASE = ("studio", "owner", "owner__neighbourhood", "chair__neighbourhood", "neighbourhood")


def find_case(request, pk):
    return _CASE.get_or_404(request.user, pk=pk)


def find_prescription(request, pk):
    return _PRESCRIPTION.get_or_404(request.user, pk=pk)


def find_step(request, pk):
    return _STEP.get_or_404(request.user, pk=pk)


def find_followup(request, pk):
    return _FOLLOWUP.get_or_404(request.user, pk=pk)


def _through(path):
    return [path, *(f"{path}__{name}" for name in CASE)]


def _one(model, *along):
    """A visible row by its id, with what `along` names."""
    return KeptQuery(lambda person, pk: model.objects.visible_to(person).select_related(*along).filter(pk=pk))


_CASE = _one(Case, *CASE)
_PRESCRIPTION = _one(Prescription, "issued_by", "followup_by", "followed_up_by", *_through("case"))
_STEP = _one(Step, "owner", "prescription__followup_by", *_through("prescription__case"))
_FOLLOWUP = _one(
    Followup, "by", "verdict_by", "step__owner", "step__prescription__followup_by",
    *_through("step__prescription__case"),
)  # fmt: skip


def attempt(request, form, act, *, path=None):
    """`once`, where a refused move becomes a sentence on the form, so that nothing typed is lost: None."""
    try:
        return once(request, act, path=path)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
