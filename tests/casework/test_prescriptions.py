"""Issuing a prescription and changing a step."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.actions import prescriptions, triage
from casework.models import Prescription, State, Step
from growth.models import Entry, NextStep
from people.models import Notice
from people.stale import Refused, StaleEdit
from tests.casework.cures import consulting, plan, prescribe, state_of, treating
from tests.factories import days_ago, days_ahead

pytestmark = pytest.mark.django_db


def test_issuing_moves_the_case_and_puts_each_step_into_its_owners_next_steps(cast):
    case = consulting(cast)
    prescription = prescribe(
        case,
        plan(cast.a.apprentice, text="上门量采光"),
        plan(cast.a.mentor, text="陪着去一次", kind="mentor"),
        plan(name="房管所", text="算补偿", kind="department"),
    )
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.TREATING, prescription.followup_on)
    lines = NextStep.objects.order_by("pk")
    assert [(line.person, line.text, line.origin) for line in lines] == [
        (cast.a.apprentice, "上门量采光", "step"),
        (cast.a.mentor, "陪着去一次", "step"),
    ]
    assert lines[0].report_link == f"/steps/{prescription.steps.get(order=1).pk}/followup/"
    assert {notice.person for notice in Notice.objects.all()} == {
        cast.a.apprentice,
        cast.a.mentor,
        cast.a.other_mentor,
    }
    ledger = set(Entry.objects.filter(text__contains="药方").values_list("person", "text"))
    assert ledger == {
        (cast.a.apprentice.pk, f"拿到药方：{case.title}"),
        (cast.a.lead.pk, f"开出药方：{case.title}"),
    }


def test_numbers_count_per_studio_and_year(cast):
    first, second = (prescribe(consulting(cast)) for _ in range(2))
    year = timezone.localdate().year
    assert [first.no, second.no] == [f"〔{year}〕会诊第 001 号", f"〔{year}〕会诊第 002 号"]


def test_a_round_has_one_prescription(cast):
    case = consulting(cast)
    prescribe(case)
    with pytest.raises(Refused, match="这一轮已经开过药方"):
        prescribe(case)


@pytest.mark.parametrize("late", ["step", "followup"])
def test_a_day_that_has_passed_is_refused(cast, late):
    case = consulting(cast)
    step_days, days = (-1, 14) if late == "step" else (7, -1)
    with pytest.raises(Refused, match="已经过了，请往后选"):
        prescribe(case, plan(case.owner, days=step_days), days=days)
    assert not Prescription.objects.exists()
    assert state_of(case) == State.CONSULTING


def test_the_day_counts_from_when_it_happened(cast):
    case = consulting(cast)
    long_ago = timezone.now() - timedelta(days=40)
    prescription = prescriptions.issue(
        case=case, diagnosis="话没说到一处。", followup_on=days_ago(10), followup_by=cast.a.mentor,
        steps=[prescriptions.Plan("上门", "apprentice", days_ago(20), owner=case.owner)],
        by=cast.a.lead, at=long_ago,
    )  # fmt: skip
    assert prescription.issued_at == long_ago


def test_changing_a_step_moves_its_line_to_the_new_owner_and_keeps_the_reason(cast):
    _, prescription = treating(cast)
    step = prescription.steps.get()
    changes = {"owner": cast.a.mentor, "owner_kind": "mentor", "due_on": days_ahead(9)}
    prescriptions.change_step(step=step, changes=changes, reason="他在外面开会", by=cast.a.lead, version=1)
    step.refresh_from_db()
    assert (step.owner, step.reason, step.changed_by, step.version) == (
        cast.a.mentor, "他在外面开会", cast.a.lead, 2,
    )  # fmt: skip
    lines = {(line.person, line.state) for line in NextStep.objects.all()}
    assert lines == {(cast.a.apprentice, "dropped"), (cast.a.mentor, "open")}
    told = set(Notice.objects.filter(text__contains="改了").values_list("person", flat=True))
    assert told == {cast.a.apprentice.pk, cast.a.mentor.pk}


def test_a_stale_change_of_a_step_is_refused(cast):
    _, prescription = treating(cast)
    step = prescription.steps.get()
    prescriptions.put_off(step=step, due_on=days_ahead(9), reason="下雨", by=cast.a.apprentice, version=1)
    with pytest.raises(StaleEdit):
        prescriptions.put_off(step=step, due_on=days_ahead(12), reason="开会", by=cast.a.lead, version=1)
    assert Step.objects.get().due_on == days_ahead(9)


def test_putting_off_needs_a_reason_and_a_coming_day(cast):
    _, prescription = treating(cast)
    step = prescription.steps.get()
    with pytest.raises(Refused, match="为什么"):
        prescriptions.put_off(step=step, due_on=days_ahead(9), reason=" ", by=cast.a.apprentice)
    with pytest.raises(Refused, match="请往后选"):
        prescriptions.put_off(step=step, due_on=days_ago(1), reason="下雨", by=cast.a.apprentice)


@pytest.mark.parametrize("way", ["reopen", "transfer"])
def test_what_is_left_is_stopped_when_the_case_takes_another_way(cast, way):
    case, _ = treating(cast)
    if way == "reopen":
        triage.reopen(case=case, reason="一楼又反悔了", by=cast.a.staff)
    else:
        triage.transfer(case=case, to="房管所", reason="要动产权", by=cast.a.staff)
    assert Step.objects.get().state == "dropped"
    assert NextStep.objects.get(origin="step").state == "dropped"
