"""药方: writing it, reading and printing it, changing a step."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people import history
from people.access import require
from people.actions import drafts
from people.views.base import show_form

from .. import cure
from ..actions import prescriptions
from ..draft_keys import prescription_key
from ..forms.prescription import PutOffForm, Sheet, StepEditForm
from ..models import Block, BlockNote, Case, Prescription, State
from .consultation import opinions_of
from .contexts import steps_of
from .cure import attempt, find_case, find_prescription, find_step

NOT_YOURS = "药方由主持人或街道来开"


def case_prescribe(request, pk):
    case = find_case(request, pk)
    require(cure.leads(case, request.user), NOT_YOURS)
    if request.method == "GET" and case.state != State.CONSULTING:
        messages.info(request, "这个案例现在不在会诊里，不用开药方")
        return redirect(case)
    if {"save_draft", "add_step"} & set(request.POST):
        return _keep_for_later(request, case)
    key = prescription_key(case.pk)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    sheet = _sheet(request, case, draft)
    if request.method == "POST" and sheet.is_valid():
        done = attempt(request, sheet.form, lambda: _issue(request, case, sheet))
        if isinstance(done, Prescription):
            messages.success(request, f"药方开好了，编号{done.no}。谁来办都已经告诉他们了")
            if any(plan.wants_slip for plan in sheet.plans()):
                messages.info(request, "要派的三联单也写好了，只差定谁来办、几号前，点“去派三联单”")
        if done:
            return redirect(done)
    return render(
        request,
        "casework/prescription/form.html",
        {
            "case": case, "sheet": sheet, "problems": sheet.problems(), "other_draft": other, "draft": draft,
            "opinions": opinions_of(case, request.user), "form": sheet.form, "most": prescriptions.MOST_STEPS,
            "autosave": reverse("people:draft", args=[key]),
        },
        status=422 if sheet.problems() else 200,
    )  # fmt: skip


def _sheet(request, case, draft):
    kept = drafts.as_posted(draft) if draft else None
    sheet = Sheet(
        request.POST if request.method == "POST" else None, case=case, people=cure.may_follow_up(case),
        owners=cure.step_owners(case), mentor=cure.mentor_around(case), kept=kept, taken=_taken_down(case),
    )  # fmt: skip
    for part in (sheet.form, *sheet.rows):
        drafts.fill(part, draft)
    return sheet


def _taken_down(case):
    """{diagnosis, followup_on} that were taken down at the meeting of this round."""
    if case.handling != Case.Handling.MEETING:
        return {}
    summary = BlockNote.objects.filter(item=OuterRef("pk"), block=Block.SUMMARY).values("text")
    item = case.agenda_items.filter(round=case.round).annotate(summary=Subquery(summary)).last()
    found = {"diagnosis": item.summary, "followup_on": item.followup_on} if item else {}
    return {name: value for name, value in found.items() if value}


def _issue(request, case, sheet):
    drafts.clear(request.user, prescription_key(case.pk))
    data = sheet.form.cleaned_data
    names = ("diagnosis", "followup_on", "followup_by", "followup_mode", "cautions", "methods")
    given = {name: data[name] for name in names}
    return prescriptions.issue(case=case, steps=sheet.plans(), by=request.user, **given)


def _keep_for_later(request, case):
    """「先存着」 and 「先存着，再加一步」: the draft as it is, right or not, and the page again."""
    posted, place = request.POST.copy(), ""
    if "add_step" in posted:
        asked = posted.get("rows", "")
        rows = int(asked) + 1 if asked.isascii() and asked.isdigit() and len(asked) < 3 else 4
        posted["rows"] = str(min(rows, prescriptions.MOST_STEPS))
        place = f"#step-{posted['rows']}"
    posted["rev"] = ""
    drafts.save(request.user, prescription_key(case.pk), posted, device=drafts.device_of(request))
    messages.info(request, "已存草稿，还没有提交")
    return HttpResponseRedirect(request.path + place)


@require_safe
def prescription_detail(request, pk):
    """The whole prescription on one page, on screen and on paper."""
    prescription = find_prescription(request, pk)
    steps = steps_of(prescription.case, request.user, prescription)
    context = {
        "prescription": prescription, "case": prescription.case, "steps": steps,
        "methods": prescription.methods.all(),
        "can_change": cure.may_change_steps(prescription, request.user),
        "can_check_up": cure.may_check_up(prescription, request.user),
    }  # fmt: skip
    return render(request, "casework/prescription/detail.html", context)


@require_safe
def prescription_history(request, pk):
    prescription = find_prescription(request, pk)
    items = history.history_of(prescription, *prescription.steps.all())
    context = {"prescription": prescription, "case": prescription.case, "items": items}
    return render(request, "casework/prescription/history.html", context)


def step_edit(request, pk):
    """Change what a step says, who does it or until when; with the reason."""
    step = find_step(request, pk)
    prescription = step.prescription
    case = prescription.case
    may = cure.leads(case, request.user) or prescription.followup_by_id == request.user.pk
    require(may, "改药方由主持人、看复诊的师傅或街道来改")
    form = StepEditForm(request.POST or None, step=step, owners=cure.step_owners(case))
    if form.is_valid():

        def act():
            return prescriptions.change_step(
                step=step, changes=form.changes(), reason=form.cleaned_data["reason"], by=request.user,
                version=form.cleaned_data["version"] or 0,
            )  # fmt: skip

        if attempt(request, form, act, path=lambda made: prescription.get_absolute_url()):
            return redirect(prescription)
    return show_form(request, "casework/prescription/step_form.html", form, step=step, case=case)


def step_later(request, pk):
    """要晚几天."""
    step = find_step(request, pk)
    prescription = step.prescription
    mine = cure.may_report(step, request.user) or cure.may_change_steps(prescription, request.user)
    require(mine, "日子由办这一步的人来改")
    form = PutOffForm(request.POST or None, initial={"version": step.version})
    if form.is_valid():

        def act():
            data = form.cleaned_data
            return prescriptions.put_off(
                step=step, due_on=data["due_on"], reason=data["reason"], by=request.user,
                version=data["version"] or 0,
            )  # fmt: skip

        if attempt(request, form, act, path=lambda made: step.get_absolute_url()):
            messages.success(request, "记好了，新的日子看复诊的师傅也知道了")
            return redirect(step)
    return show_form(request, "casework/prescription/later.html", form, step=step, case=prescription.case)
