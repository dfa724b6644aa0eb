"""撤回, 转办, 暂缓, 接着办, 再会诊: one page each that asks why. Also 去掉 and 找回 a draft."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.access import require
from people.once import once
from people.stale import Refused
from people.views.base import show_form

from .. import rights
from ..actions import cases, triage
from ..forms.triage import ReasonForm, TransferForm
from ..models import Case, State


@dataclass(frozen=True)
class Move:
    """One page: what it asks (`label`; `needed` when the answer may not be empty) and what it does."""

    heading: str
    lead: str
    label: str
    needed: str
    submit: str
    done: str
    who: Callable  # who may ever do this to such a case: others get 403
    now: Callable  # and whether it can be done in its present state: otherwise 409
    act: Callable
    form: type = ReasonForm


def _owner(case, person):
    return case.owner_id == person.pk


def _staff_or_chair(case, person):
    return rights.is_staff(case, person) or case.chair_id == person.pk


MOVES = {
    "withdraw": Move(
        "撤回这个案例", "撤回以后街道不再受理，写的都还在。", "为什么撤回", "", "撤回", "已撤回", _owner,
        rights.may_withdraw, lambda case, data, by: cases.withdraw(case=case, note=data["reason"], by=by),
    ),
    "transfer": Move(
        "转办", "转给别的部门以后，在工作室就不再往下走了。请区里协调的，区里答复了还可以接着办。",
        "为什么转，要协调什么", "请写一句为什么转", "转办", "已转办", rights.is_staff, rights.may_transfer,
        lambda case, data, by: triage.transfer(
            case=case, to=data["to"], reason=data["reason"], to_district=data["where"] == "district", by=by
        ),
        TransferForm,
    ),
    "hold": Move(
        "暂缓", "先放一放，随时可以接着办。", "为什么暂缓", "请写一句为什么暂缓", "暂缓", "已暂缓",
        rights.is_staff, rights.may_hold,
        lambda case, data, by: triage.hold(case=case, reason=data["reason"], by=by),
    ),
    "resume": Move(
        "接着办", "回到原来的那一步，停了几天，期限就往后移几天。", "说一句", "", "接着办", "接着办了",
        rights.is_staff, rights.may_resume,
        lambda case, data, by: triage.resume(case=case, note=data["reason"], by=by),
    ),
    "reopen": Move(
        "再会诊", "请原来会诊的人再出一轮主意。", "为什么再会诊", "请写一句为什么再会诊", "再会诊",
        "开始再会诊，会诊的人都会看到", _staff_or_chair, rights.may_reopen,
        lambda case, data, by: triage.reopen(case=case, reason=data["reason"], by=by),
    ),
}  # fmt: skip


def case_move(request, pk, move):
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("studio", "owner"), pk=pk)
    page = MOVES[move]
    require(page.who(case, request.user), "这一步不归您办，需要的话请打电话给街道")
    if not page.now(case, request.user) and request.method == "GET":
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，不能{page.heading}")
    asked = {"label": page.label, "needed": page.needed, "submit_label": page.submit}
    form = page.form(request.POST or None, **asked)
    if form.is_valid():
        done = once(request, lambda: page.act(case, form.cleaned_data, request.user))
        if isinstance(done, Case):
            messages.success(request, page.done)
        return redirect(done)
    return show_form(request, "casework/case/move.html", form, case=case, page=page)


def case_remove(request, pk):
    """A page that asks, and 去掉. The writer finds the draft again on the list for 30 days."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    if case.state != State.DRAFT:
        require(rights.sees_residents(case, request.user), "这个案例只有写它的人能改")
        raise Refused("已经交上去的案例不能去掉，可以撤回")
    if request.method == "POST":
        cases.remove_draft(case=case, by=request.user)
        messages.success(request, "去掉了。30天内可以在这一页找回")
        return redirect("casework:case-list")
    return show_form(request, "casework/case/remove.html", None, status=200, case=case)


@require_POST
def case_restore(request, pk):
    """找回 a draft of one's own."""
    case = get_object_or_404(Case.objects.removed_drafts_of(request.user), pk=pk)
    cases.restore_draft(case=case, by=request.user)
    messages.success(request, "找回来了，接着写吧")
    return redirect(reverse("casework:case-check", args=[case.pk]))
