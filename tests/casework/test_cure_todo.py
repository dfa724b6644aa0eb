"""What waits for whom while a case is cured: it appears with the turn and goes when it is taken."""

import pytest

from casework import todo
from casework.actions import consultations, followups, outcomes
from casework.models import Case, Prescription, Step
from tests.casework.cures import check, consulting, evaluated, opine, plan, prescribe, reviewing, treating
from tests.factories import days_ago, days_ahead

pytestmark = pytest.mark.django_db


def waits(cast, find):
    """The roles for whom something of this kind waits."""
    return {role for role, person in cast.roles().items() if person and find(person).exists()}


def test_an_opinion_waits_for_those_invited(cast):
    case = consulting(cast)
    assert waits(cast, todo.to_consult) == {"mentor", "other_mentor"}
    opine(case, cast.a.mentor)
    assert waits(cast, todo.to_consult) == {"other_mentor"}


def test_a_question_waits_for_the_owner_until_answered(cast):
    asked = consultations.ask(case=consulting(cast), question="几楼？", by=cast.a.mentor)
    assert waits(cast, todo.to_answer) == {"apprentice"}
    consultations.answer(clarification=asked, answer="一楼", by=cast.a.apprentice)
    assert waits(cast, todo.to_answer) == set()


def test_the_prescription_waits_for_the_chair_when_all_have_spoken_or_the_day_has_come(cast):
    case = consulting(cast)
    assert waits(cast, todo.to_prescribe) == set()
    opine(case, cast.a.mentor)
    opine(case, cast.a.other_mentor)
    assert waits(cast, todo.to_prescribe) == {"lead"}
    late = consulting(cast)
    prescribe(case)
    Case.objects.filter(pk=late.pk).update(due_on=days_ago(1))
    assert list(todo.to_prescribe(cast.a.lead)) == [late]


def test_a_step_waits_for_its_owner_until_done_or_the_case_is_held(cast):
    case, prescription = treating(cast, plan(cast.a.apprentice), plan(cast.a.mentor, kind="mentor"))
    assert waits(cast, todo.to_report) == {"apprentice", "mentor"}
    followups.report(step=prescription.steps.get(order=1), state="done", text="好了", by=cast.a.apprentice)
    assert waits(cast, todo.to_report) == {"mentor"}
    Case.objects.filter(pk=case.pk).update(state="held", held_from="treating")
    assert waits(cast, todo.to_report) == set()


def test_a_step_of_an_office_waits_for_the_cases_owner_on_its_day(cast):
    treating(cast, plan(name="房管所", kind="department"))
    assert waits(cast, todo.to_report) == set()
    Step.objects.update(due_on=days_ago(0))
    assert waits(cast, todo.to_report) == {"apprentice"}


def test_the_latest_report_waits_for_who_looks(cast):
    step = treating(cast)[1].steps.get()
    for state in ("doing", "done"):
        last = followups.report(step=step, state=state, text="去过了", by=cast.a.apprentice)
    assert list(todo.to_judge(cast.a.mentor)) == [last]
    assert waits(cast, todo.to_judge) == {"mentor"}
    followups.judge(followup=last, verdict="fine", by=cast.a.mentor)
    assert waits(cast, todo.to_judge) == set()


def test_the_final_look_waits_near_its_day_or_when_nothing_is_left(cast):
    case, prescription = treating(cast)
    assert waits(cast, todo.to_check_up) == set()
    followups.report(step=prescription.steps.get(), state="done", text="好了", by=cast.a.apprentice)
    assert list(todo.to_check_up(cast.a.mentor)) == [case]
    _, other = treating(cast)
    Prescription.objects.filter(pk=other.pk).update(followup_on=days_ahead(2))
    assert todo.to_check_up(cast.a.mentor).count() == 2
    check(prescription, cast.a.mentor)
    assert list(todo.to_check_up(cast.a.mentor)) == [other.case]


def test_an_evaluation_waits_for_each_side_by_itself(cast):
    case = reviewing(cast)
    assert waits(cast, todo.to_evaluate) == {"apprentice", "mentor"}
    outcomes.evaluate(case=case, side="apprentice", result="solved", by=cast.a.apprentice)
    assert waits(cast, todo.to_evaluate) == {"mentor"}


def test_closing_waits_for_chair_and_staff_when_both_sides_are_in(cast):
    evaluated(cast)
    assert waits(cast, todo.to_close) == {"lead", "staff"}


def test_closing_waits_for_staff_when_the_time_for_evaluation_is_over(cast):
    case = reviewing(cast)
    assert waits(cast, todo.to_close) == set()
    Case.objects.filter(pk=case.pk).update(due_on=days_ago(1))
    assert waits(cast, todo.to_close) == {"staff"}
