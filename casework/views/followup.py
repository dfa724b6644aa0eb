"""复诊: reporting a step, the mentor's word on it, the look at the whole."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.access import require
from people.actions import drafts
from people.kept import KeptQuery
from people.views.base import id_of, show_form
from people.views.drafts import keep_for_later

from .. import cure
from ..actions import attachments, followups
from ..draft_keys import report_key
from ..forms.followup import MOST_PHOTOS, CheckUpForm, JudgeForm, ReportForm
from ..models import Attachment, Followup, Prescription, Step, StepState
from .contexts import photo_rows
from .cure import attempt, find_case, find_followup, find_step

FINISHED = (StepState.DONE, StepState.DROPPED)


def step_followup(request, pk):
    """报复诊: three taps and one sentence."""
    step = find_step(request, pk)
    require(cure.does(step, request.user), "复诊由办这一步的人来报")
    over = step.state in FINISHED or not cure.is_current(step.prescription)
    if request.method == "GET" and over:
        last = step.followups.last()
        return redirect(last or step.prescription)
    kept = keep_for_later(request, report_key(step.pk))
    if kept:
        return kept
    form = ReportForm(request.POST or None, request.FILES or None, step=step)
    done = _report(request, form, step) if form.is_valid() else None
    if done:
        return redirect(done)
    draft, other = drafts.choose(request, report_key(step.pk))
    return show_form(
        request, "casework/followup/form.html", drafts.fill(form, draft), step=step, draft=draft,
        prescription=step.prescription, case=step.prescription.case, other_draft=other,
        earlier=_EARLIER.all(step=step.pk), waiting=_WAITING.all(request.user, step=step.pk),
    )  # fmt: skip


_EARLIER = KeptQuery(
    lambda person, step: Followup.objects.filter(step=step).select_related("by", "verdict_by")
)
_WAITING = KeptQuery(lambda person, step: Attachment.objects.waiting(step, person))


def _report(request, form, step):
    data, refused = form.cleaned_data, []

    def act():
        drafts.clear(request.user, report_key(step.pk))
        made = followups.report(
            step=step, state=data["state"], text=data["text"], want=data["want"], by=request.user
        )
        case = made.step.prescription.case
        ids = [pk for one in request.POST.getlist("photo_ids") if (pk := id_of(one))]
        attachments.hand_over(followup=made, ids=ids, by=request.user)
        refused.extend(attachments.add_all(case=case, files=data["photos"], followup=made, by=request.user))
        return made

    done = attempt(request, form, act)
    if isinstance(done, Followup):
        messages.success(request, f"记好了。{step.prescription.followup_by.called}已经能看到")
        for sentence in refused:
            messages.warning(request, sentence)
    return done


@require_POST
def step_photo(request, pk):
    """One file `photo` of a report that is being written → {"id", "thumb"}, or {"error": sentence}, 422."""
    step = find_step(request, pk)
    require(cure.does(step, request.user), "复诊由办这一步的人来报")
    uploaded = request.FILES.get("photo")
    try:
        if uploaded is None:
            raise ValidationError("请选一张照片")
        kept = attachments.keep_waiting(step=step, uploaded=uploaded, by=request.user, most=MOST_PHOTOS)
    except ValidationError as refusal:
        return JsonResponse({"error": refusal.messages[0]}, status=422)
    return JsonResponse({"id": kept.pk, "thumb": reverse("casework:case-thumb", args=[kept.pk])})


def _ask_photos(person, followup):
    return Attachment.objects.filter(followup=followup, is_image=True).values_list("pk", flat=True)


_PHOTOS = KeptQuery(_ask_photos)


def followup_detail(request, pk):
    """One report: what was said, the photos, the mentor's word or the form for it."""
    followup = find_followup(request, pk)
    step = followup.step
    prescription, case = step.prescription, step.prescription.case
    can_judge = cure.may_judge(followup, request.user) and step.state != StepState.DROPPED
    photo_ids = _PHOTOS.all(followup=pk)
    owners = cure.step_owners(case) if can_judge or request.method == "POST" else []
    form = JudgeForm(request.POST or None, step=step, owners=owners)
    if request.method == "POST":
        looks = prescription.followup_by_id == request.user.pk or cure.leads(case, request.user)
        require(looks and followup.by_id != request.user.pk, "复诊由师傅来看")
        if form.is_valid():

            def act():
                return followups.judge(followup=followup, by=request.user, **form.values())

            if attempt(request, form, act):
                messages.success(request, f"记好了。{followup.by.called}已经能看到")
                return redirect(followup)
    return show_form(
        request, "casework/followup/detail.html", form, followup=followup, step=step, case=case,
        prescription=prescription, photos=photo_rows(photo_ids),
        can_judge=can_judge or form.is_bound, can_reopen=cure.leads(case, request.user),
        can_report=cure.may_report(step, request.user),
    )  # fmt: skip


def _ask_of_this_round(person, case):
    found = Prescription.objects.filter(case=case, round=F("case__round"))
    return found.select_related("followup_by")


_OF_THIS_ROUND = KeptQuery(_ask_of_this_round)
_STEPS = KeptQuery(
    lambda person, prescription: Step.objects.filter(prescription=prescription).select_related("owner")
)


def case_checkup(request, pk):
    """The look at the whole prescription on its day."""
    case = find_case(request, pk)
    prescription = _OF_THIS_ROUND.get_or_404(request.user, case=pk)
    prescription.case = case
    looks = prescription.followup_by_id == request.user.pk or cure.leads(case, request.user)
    require(looks, f"复诊由{prescription.followup_by.called}来看")
    if request.method == "GET" and not cure.may_check_up(prescription, request.user):
        return redirect(prescription)
    form = CheckUpForm(request.POST or None)
    if form.is_valid():

        def act():
            return followups.check_up(prescription=prescription, by=request.user, **form.cleaned_data)

        if attempt(request, form, act, path=lambda made: reverse("casework:case-detail", args=[case.pk])):
            messages.success(request, f"记好了。{case.owner.called}已经能看到")
            return redirect(case)
    steps = _STEPS.all(prescription=prescription.pk)
    return show_form(
        request, "casework/followup/checkup.html", form, case=case, prescription=prescription, steps=steps
    )
