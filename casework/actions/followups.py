"""复诊: reporting a step, the mentor's word on it, the final look, and the move to 待评价 that follows."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from growth.models import NextStep
from people import words
from people.actions import notices
from people.models import Person
from people.stale import Refused

from .. import roles
from ..models import Attachment, Followup, Outcome, Prescription, State, StepState
from .ground import move
from .locking import locked
from .prescriptions import add_step, close_next, current_step, drop, not_past, put_next

Verdict = Followup.Verdict


@transaction.atomic
def report(*, step, state, by, text="", want="", photos=(), at=None):
    """报复诊. `state`: done, doing or stuck; `want` only when stuck; `photos`: taken by people.uploads."""
    case, at = locked(step.prescription.case), at or timezone.now()
    step = current_step(step, case)
    if step.state == StepState.DONE:
        raise Refused("这一步已经报过“做好了”")
    want = want if state == StepState.STUCK else ""
    followup = Followup.objects.create(
        studio=step.studio, step=step, state=state, text=text, want=want, by=by, at=at
    )
    for number, photo in enumerate(photos, start=1):
        Attachment.objects.create(
            studio=step.studio, case=case, followup=followup, file=photo.image, thumb=photo.thumb,
            name=f"第{step.order}步复诊照片{number}.jpg", is_image=True, size=photo.image.size,
            uploaded_by=by, uploaded_at=at,
        )  # fmt: skip
    step.move_to(state, at=at)
    if state == StepState.DONE:
        close_next(step, state=NextStep.State.DONE, by=by, at=at)
    ledger.record(followup)
    _tell_reported(followup, case, at)
    settle(case, by=by, at=at)
    return followup


def _tell_reported(followup, case, at):
    step, looks = followup.step, followup.step.prescription.followup_by
    told, ask = {looks}, ""
    if followup.want == Followup.Want.CALL:
        ask = "，请师傅打个电话"
    elif followup.want == Followup.Want.AGAIN:
        ask = "，想再会诊一次"
        told |= {case.chair, *roles.staff_of(case.studio)}
    text = f"“{case.title}”药方第{step.order}步{followup.get_state_display()}{ask}"
    link = followup.get_absolute_url()
    notices.tell(told - {followup.by}, text, link=link, studio=case.studio, at=at)


@transaction.atomic
def judge(*, followup, verdict, by, note="", due_on=None, instead=None, at=None):
    """师傅看复诊: 可以了; 再加把劲 with a new day (`due_on`); 换个办法 with a reason and a Plan (`instead`).

    A step that was done stays done when another way is taken. Raises Refused.
    """
    case, at = locked(followup.step.prescription.case), at or timezone.now()
    step = current_step(followup.step, case)
    followup = Followup.objects.select_related("by").get(pk=followup.pk)
    followup.step = step
    _check_verdict(followup, step, verdict, note, due_on, instead, timezone.localdate(at))
    followup.verdict, followup.verdict_note = verdict, note
    followup.verdict_at, followup.verdict_by = at, by
    followup.save(update_fields=("verdict", "verdict_note", "verdict_at", "verdict_by"))
    if verdict == Verdict.MORE:
        _go_on(step, due_on, note, by, at)
    elif verdict == Verdict.OTHER:
        if step.state != StepState.DONE:
            drop(step, reason=note, by=by, at=at)
        last = step.prescription.steps.order_by("-order").values_list("order", flat=True).first()
        add_step(prescription=step.prescription, order=last + 1, plan=instead, by=by, at=at)
    ledger.record(followup)
    _tell_judged(followup, step, case, instead, at)
    settle(case, by=by, at=at)
    return followup


def _check_verdict(followup, step, verdict, note, due_on, instead, today):
    if followup.verdict:
        raise Refused("这次复诊已经看过了")
    later = Followup.objects.filter(step=step, at__gt=followup.at) | Followup.objects.filter(
        step=step, at=followup.at, pk__gt=followup.pk
    )
    if later.exists():
        raise Refused("这一步后来又报过复诊，请看最近的那一次")
    if step.state == StepState.DROPPED:
        raise Refused("这一步已经不做了")
    if verdict == Verdict.FINE and followup.state == StepState.STUCK:
        raise Refused("这一步做不下去，请选“再加把劲”或“换个办法”")
    if verdict == Verdict.MORE:
        if not due_on:
            raise Refused("再加把劲，请定个新的日子")
        not_past(due_on, today)
    if verdict == Verdict.OTHER:
        if instead is None or not note.strip():
            raise Refused("换个办法，请写一句为什么，再写新办法")
        not_past(instead.due_on, today)


def _go_on(step, due_on, note, by, at):
    step.due_on, step.reason, step.changed_at, step.changed_by = due_on, note[:200], at, by
    step.save(update_fields=("due_on", "reason", "changed_at", "changed_by"))
    step.move_to(StepState.DOING, at=at)
    put_next(step, by=by, at=at)


def _tell_judged(followup, step, case, instead, at):
    told = {followup.by, step.owner, case.owner} - {None, followup.verdict_by}
    note = f"：{followup.verdict_note}" if followup.verdict_note else ""
    text = f"药方第{step.order}步师傅看过了，{followup.get_verdict_display()}{note}"[:200]
    notices.tell(told, text, link=followup.get_absolute_url(), studio=case.studio, at=at)
    if instead and instead.owner and instead.owner not in (*told, followup.verdict_by):
        text = f"“{case.title}”的药方里有您要办的一步"
        link = step.prescription.get_absolute_url()
        notices.tell([instead.owner], text, link=link, studio=case.studio, at=at)


@transaction.atomic
def check_up(*, prescription, verdict, by, note="", next_on=None, at=None):
    """The look at the whole on its day. `verdict`: fine ends it; more names the next day (`next_on`)."""
    case, at = locked(prescription.case), at or timezone.now()
    prescription = Prescription.objects.select_related("studio", "issued_by").get(pk=prescription.pk)
    prescription.case = case
    if case.state != State.TREATING or prescription.round != case.round:
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，不用再看复诊")
    if prescription.followed_up_at:
        raise Refused("复诊已经看过了")
    prescription.followup_verdict, prescription.followup_note = verdict, note
    names = ["followup_verdict", "followup_note", "version"]
    if verdict == Prescription.Seen.FINE:
        prescription.followed_up_at, prescription.followed_up_by = at, by
        names += ["followed_up_at", "followed_up_by"]
    else:
        if not next_on:
            raise Refused("再看一次，请定个新的日子")
        not_past(next_on, timezone.localdate(at))
        prescription.followup_on = case.due_on = next_on
        names.append("followup_on")
        case.save(update_fields=("due_on",))
    prescription.version += 1
    prescription.save(update_fields=names)
    ledger.record(prescription)
    _tell_checked(prescription, case, by, at)
    settle(case, by=by, at=at)
    return prescription


def _tell_checked(prescription, case, by, at):
    note = f"：{prescription.followup_note}" if prescription.followup_note else ""
    more = "" if prescription.followed_up_at else f"，{words.before(prescription.followup_on)}再看一次"
    text = f"“{case.title}”复诊看过了{more}{note}"[:200]
    link = prescription.get_absolute_url()
    notices.tell({case.owner, case.chair} - {by, None}, text, link=link, studio=case.studio, at=at)


def settle(case, *, by, at):
    """Move the case to 待评价 as soon as no step is open and the final look is there; nothing otherwise.

    The one place that decides it. `case` is locked.
    """
    if case.state != State.TREATING:
        return
    prescription = case.prescriptions.filter(round=case.round).select_related("followup_by").first()
    if prescription is None or not prescription.followed_up_at or prescription.steps.open().exists():
        return
    move(case, State.REVIEWING, by=by, note="药方办完，复诊看过了", at=at)
    link = Outcome(case=case).get_absolute_url()
    both = Person.objects.filter(pk__in=(case.owner_id, prescription.followup_by_id))
    text = f"“{case.title}”的药方办完了，请评一评疗效"
    notices.tell(both, text, link=link, studio=case.studio, at=at)
