"""药方: issuing it, changing a step later, and stopping what is left of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from growth.actions import ledger, next_steps
from growth.models import NextStep
from people import words
from people.actions import notices
from people.models import Person
from people.numbers import next_number
from people.stale import Refused, StaleEdit, save_version

from .. import roles
from ..models import Prescription, State, Step, StepState
from . import slips
from .ground import move
from .locking import locked

MOST_STEPS = 8
CHANGEABLE = ("text", "owner_kind", "owner", "owner_name", "due_on", "mode", "wants_slip")


@dataclass(frozen=True)
class Plan:
    """One step as it is agreed: somebody with an account (`owner`), or the name of an office or a group."""

    text: str
    owner_kind: str
    due_on: date
    owner: Person | None = None
    owner_name: str = ""
    mode: str = ""
    wants_slip: bool = False


@transaction.atomic
def issue(
    *, case, diagnosis, steps, followup_on, followup_by, by,
    followup_mode=Prescription.Mode.VISIT, cautions="", methods=(), at=None,
):  # fmt: skip
    """Write the prescription of the present round. `steps`: one to eight Plans in their order.

    The case moves to 执行药方; every owner with an account gets a line in 接下来. Raises Refused: no step,
    a date that has passed, a round that has its prescription already.
    """
    case, at = locked(case), at or timezone.now()
    _check_new(case, steps, followup_on, timezone.localdate(at))
    year = timezone.localdate(at).year
    prescription = Prescription.objects.create(
        studio=case.studio, case=case, round=case.round, year=year,
        number=next_number(case.studio, "prescription", year), diagnosis=diagnosis, cautions=cautions,
        followup_on=followup_on, followup_by=followup_by, followup_mode=followup_mode,
        issued_by=by, issued_at=at,
    )  # fmt: skip
    prescription.methods.set(methods)
    move(case, State.TREATING, by=by, note=f"开了药方{prescription.no}", at=at, due_on=followup_on)
    for order, plan in enumerate(steps, start=1):
        add_step(prescription=prescription, order=order, plan=plan, by=by, at=at)
    ledger.record(prescription)
    _tell_issued(prescription, by, at)
    return prescription


def _check_new(case, steps, followup_on, today):
    if case.prescriptions.filter(round=case.round).exists():
        raise Refused("这一轮已经开过药方了，请看看那一张")
    if case.state != State.CONSULTING:
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，不能开药方")
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Refused(f"药方要有一到{MOST_STEPS}步")
    for day in (followup_on, *(plan.due_on for plan in steps)):
        not_past(day, today)


def not_past(day, today):
    """Raise Refused for a day before `today`."""
    if day < today:
        raise Refused(f"期限{words.short_day(day)}已经过了，请往后选")


def add_step(*, prescription, order, plan, by, at):
    """One more step, and the line in its owner's 接下来. Inside the transaction of what it belongs to."""
    step = Step.objects.create(
        studio=prescription.studio, prescription=prescription, order=order, text=plan.text,
        owner_kind=plan.owner_kind, owner=plan.owner, owner_name=plan.owner_name, due_on=plan.due_on,
        mode=plan.mode, wants_slip=plan.wants_slip, state_since=at,
    )  # fmt: skip
    put_next(step, by=by, at=at)
    if step.wants_slip:
        slips.for_step(step, by=by, at=at)
    return step


def put_next(step, *, by, at):
    """Make the owner's 接下来 agree with an open step: one line for whoever has it now, none for others."""
    left = next_steps.of_source(step).filter(state=NextStep.State.OPEN)
    for line in left.exclude(person=step.owner_id):
        next_steps.close(line, by=by, state=NextStep.State.DROPPED, at=at)
    if step.owner_id is None or step.state in (StepState.DONE, StepState.DROPPED):
        return
    if left.filter(person=step.owner_id).update(text=step.text, due_on=step.due_on):
        return
    next_steps.assign(
        studio=step.studio, person=step.owner, text=step.text, origin=NextStep.Origin.STEP, by=by,
        due_on=step.due_on, source=step, link=step.prescription.get_absolute_url(),
        report_link=step.get_absolute_url(), at=at,
    )  # fmt: skip


def close_next(step, *, state, by, at):
    """Tick off or drop what stands in 接下来 because of this step."""
    for line in next_steps.of_source(step).filter(state=NextStep.State.OPEN):
        next_steps.close(line, by=by, state=state, at=at)


@transaction.atomic
def change_step(*, step, changes, reason, by, version=None, at=None):
    """Change what was agreed about an open step. `changes`: {field of CHANGEABLE: value}; with a reason.

    `version`: the one that the editor began from; another one raises StaleEdit. Raises Refused as well.
    """
    case, at = locked(step.prescription.case), at or timezone.now()
    names = [name for name in CHANGEABLE if name in changes]
    now = current_step(step, case)
    if version not in (None, now.version):
        raise StaleEdit(now, names)
    if now.state in (StepState.DONE, StepState.DROPPED):
        raise Refused(f"这一步已经是“{now.get_state_display()}”，不用再改了")
    before = {name: getattr(now, name) for name in names}
    if not reason.strip():
        raise Refused("请写一句为什么改")
    if "due_on" in changes and changes["due_on"] != now.due_on:
        not_past(changes["due_on"], timezone.localdate(at))
    for name in names:
        setattr(now, name, changes[name])
    now.reason, now.changed_at, now.changed_by = reason, at, by
    save_version(now, (*names, "reason", "changed_at", "changed_by"))
    put_next(now, by=by, at=at)
    slips.follow_step(now, by=by, reason=reason, at=at)
    if "wants_slip" in changes and now.wants_slip and not before["wants_slip"]:
        slips.for_step(now, by=by, at=at)
    _tell_changed(now, before, case, by, at)
    return now


def put_off(*, step, due_on, reason, by, version=None, at=None):
    """要晚几天: the step's owner, or who reports for it, names another day and why."""
    return change_step(step=step, changes={"due_on": due_on}, reason=reason, by=by, version=version, at=at)


def current_step(step, case):
    """The step as it is under the lock of its case; Refused when its prescription is not carried out now."""
    now = Step.objects.select_related("prescription", "prescription__case", "owner", "studio").get(pk=step.pk)
    if case.state != State.TREATING:
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，药方不在执行")
    if now.prescription.round != case.round:
        raise Refused("这一步是上一轮药方里的，现在按新药方办")
    return now


@transaction.atomic
def stop_open_steps(*, case, reason, by, at=None):
    """Drop what is left of the prescriptions of a case that takes another way (再会诊, 转办)."""
    at = at or timezone.now()
    for step in Step.objects.open().filter(prescription__case=case).select_related("prescription"):
        drop(step, reason=reason, by=by, at=at)


def pause_steps(case):
    """While the case is held nothing of it is due in anybody's 接下来."""
    for step in Step.objects.open().filter(prescription__case=case, prescription__round=case.round):
        next_steps.of_source(step).filter(state=NextStep.State.OPEN).update(due_on=None)


def resume_steps(case, *, days, by, at):
    """Open steps and the day to look again move on by the `days` that the case was held."""
    moved = timedelta(days=days)
    Prescription.objects.filter(case=case, round=case.round, followed_up_at=None).update(
        followup_on=F("followup_on") + moved, version=F("version") + 1
    )
    steps = Step.objects.open().filter(prescription__case=case, prescription__round=case.round)
    for step in steps.select_related("prescription", "owner", "studio"):
        step.due_on, step.version = step.due_on + moved, step.version + 1
        step.save(update_fields=("due_on", "version"))
        put_next(step, by=by, at=at)


def drop(step, *, reason, by, at):
    """A step that is not done any more, with the reason. Inside a transaction that holds the case."""
    step.reason, step.changed_at, step.changed_by = reason[:200], at, by
    step.save(update_fields=("reason", "changed_at", "changed_by"))
    step.move_to(StepState.DROPPED, at=at)
    close_next(step, state=NextStep.State.DROPPED, by=by, at=at)
    slips.follow_step(step, by=by, reason=reason, at=at)


def _tell_issued(prescription, by, at):
    case, link = prescription.case, prescription.get_absolute_url()
    invited = Person.objects.filter(pk__in=case.consultants.filter(round=case.round).values("person"))
    doers = Person.objects.filter(pk__in=prescription.steps.values("owner"))
    owners = {person.pk for person in (case.owner, *doers)}
    tell = notices.tell
    text = f"“{case.title}”的药方开好了，{words.before(prescription.followup_on)}复诊"
    tell([case.owner], text, link=link, studio=case.studio, at=at)
    others = [person for person in doers if person not in (case.owner, by)]
    tell(others, f"“{case.title}”的药方里有您要办的一步", link=link, studio=case.studio, at=at)
    rest = [*invited, prescription.followup_by, case.chair]
    rest = [person for person in rest if person and person != by and person.pk not in owners]
    tell(rest, f"“{case.title}”的药方开好了", link=link, studio=case.studio, at=at)


def _tell_changed(step, before, case, by, at):
    """Owner, former owner and who looks are told of a change; whoever made it is not."""
    told = {person for person in (step.owner, before.get("owner"), step.prescription.followup_by) if person}
    if not step.owner_id:
        told.update(roles.staff_of(case.studio))
    text = f"“{case.title}”药方第{step.order}步改了：{step.text}，{words.before(step.due_on)}"[:200]
    link = step.prescription.get_absolute_url()
    notices.tell(told - {by}, text, link=link, studio=case.studio, at=at)
