"""Reporting steps, the mentor's word, the final look, and when the case reaches 待评价."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.actions import followups, triage
from casework.models import Case, Followup, Prescription, State, Step, StepState
from growth.models import Entry, NextStep
from people.models import Notice
from people.stale import Refused
from tests.casework.cures import check, plan, state_of, treating
from tests.factories import days_ahead

pytestmark = pytest.mark.django_db

FINE, MORE, OTHER = Followup.Verdict.values


def report(step, state="done", **fields):
    return followups.report(step=step, state=state, text="去过了", by=step.owner, **fields)


def test_a_done_step_ticks_its_line_off_and_is_written_into_the_ledger(cast):
    _, prescription = treating(cast)
    report(prescription.steps.get())
    assert Step.objects.get().state == StepState.DONE
    assert NextStep.objects.get().state == "done"
    entry = Entry.objects.get(person=cast.a.apprentice, text__startswith="药方第1步做好了")
    assert "去过了" in entry.text


def test_a_call_for_help_reaches_the_mentor_and_another_round_the_chair_and_staff(cast):
    _, prescription = treating(cast)
    step = prescription.steps.get()
    report(step, "stuck", want="call")
    assert Notice.objects.filter(text__contains="请师傅打个电话").get().person == cast.a.mentor
    report(step, "stuck", want="again")
    told = set(Notice.objects.filter(text__contains="想再会诊").values_list("person", flat=True))
    assert told == {cast.a.mentor.pk, cast.a.lead.pk, cast.a.staff.pk}


def test_help_is_only_asked_for_when_stuck(cast):
    _, prescription = treating(cast)
    assert report(prescription.steps.get(), "doing", want="call").want == ""


def test_a_done_step_is_not_reported_again(cast):
    _, prescription = treating(cast)
    report(prescription.steps.get())
    with pytest.raises(Refused, match="已经报过"):
        report(prescription.steps.get())


def test_more_work_reopens_the_step_with_a_new_day(cast):
    _, prescription = treating(cast)
    step = prescription.steps.get()
    followup = report(step)
    followups.judge(followup=followup, verdict=MORE, note="再走两家", due_on=days_ahead(9), by=cast.a.mentor)
    step.refresh_from_db()
    assert (step.state, step.due_on, step.reason) == (StepState.DOING, days_ahead(9), "再走两家")
    assert NextStep.objects.open().get().due_on == days_ahead(9)


def test_another_way_drops_the_step_and_adds_one(cast):
    _, prescription = treating(cast)
    followup = report(prescription.steps.get(), "stuck")
    followups.judge(
        followup=followup, verdict=OTHER, note="他怕的是吵", instead=plan(cast.a.mentor, text="换个时间去"),
        by=cast.a.mentor,
    )  # fmt: skip
    steps = [(step.order, step.state, step.text) for step in prescription.steps.all()]
    assert steps == [(1, "dropped", "请设计单位到场算采光"), (2, "todo", "换个时间去")]
    assert NextStep.objects.open().get().person == cast.a.mentor


def test_another_way_leaves_a_done_step_done(cast):
    _, prescription = treating(cast)
    followup = report(prescription.steps.get())
    new = plan(cast.a.apprentice, text="再办一件")
    followups.judge(followup=followup, verdict=OTHER, note="还不够", instead=new, by=cast.a.mentor)
    assert [step.state for step in prescription.steps.all()] == ["done", "todo"]


@pytest.mark.parametrize(
    ("given_values", "sentence"),
    [
        ({"verdict": FINE}, "做不下去"),
        ({"verdict": MORE}, "新的日子"),
        ({"verdict": MORE, "due_on": days_ahead(-1)}, "请往后选"),
        ({"verdict": OTHER, "note": "换"}, "换个办法"),
    ],
)
def test_a_verdict_that_lacks_something_is_refused(cast, given_values, sentence):
    _, prescription = treating(cast)
    followup = report(prescription.steps.get(), "stuck")
    with pytest.raises(Refused, match=sentence):
        followups.judge(followup=followup, by=cast.a.mentor, **given_values)
    assert not Followup.objects.get().verdict


def test_only_the_latest_report_is_judged_and_only_once(cast):
    _, prescription = treating(cast)
    step = prescription.steps.get()
    first = report(step, "doing")
    second = report(step)
    with pytest.raises(Refused, match="最近的那一次"):
        followups.judge(followup=first, verdict=FINE, by=cast.a.mentor)
    followups.judge(followup=second, verdict=FINE, by=cast.a.mentor)
    with pytest.raises(Refused, match="已经看过"):
        followups.judge(followup=second, verdict=FINE, by=cast.a.mentor)


def test_the_case_waits_for_evaluation_when_all_is_done_and_looked_at(cast):
    case, prescription = treating(cast)
    check(prescription, cast.a.mentor)
    assert state_of(case) == State.TREATING
    report(prescription.steps.get())
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.REVIEWING, days_ahead(7))
    told = set(Notice.objects.filter(text__contains="评一评疗效").values_list("person", flat=True))
    assert told == {cast.a.apprentice.pk, cast.a.mentor.pk}
    assert case.moves.last().by == cast.a.apprentice


def test_looking_again_moves_the_day(cast):
    case, prescription = treating(cast)
    report(prescription.steps.get())
    followups.check_up(
        prescription=prescription, verdict="more", note="还有两户没说通", next_on=days_ahead(20),
        by=cast.a.mentor,
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.TREATING, days_ahead(20))
    check(prescription, cast.a.mentor)
    assert state_of(case) == State.REVIEWING


def test_nothing_is_reported_while_the_case_is_held(cast):
    case, prescription = treating(cast)
    triage.hold(case=case, reason="等规划", by=cast.a.staff)
    with pytest.raises(Refused, match="暂缓"):
        report(prescription.steps.get())


def test_a_step_of_a_round_that_is_over_is_not_reported(cast):
    case, prescription = treating(cast)
    triage.reopen(case=case, reason="反悔了", by=cast.a.staff)
    with pytest.raises(Refused):
        report(prescription.steps.get())


# Any order of reports, verdicts and looks: (what, which step, how).
MOVES = st.one_of(
    st.tuples(st.just("report"), st.integers(0, 2), st.sampled_from(["done", "doing", "stuck"])),
    st.tuples(st.just("judge"), st.integers(0, 2), st.sampled_from([FINE, MORE, OTHER])),
    st.tuples(st.just("look"), st.just(0), st.sampled_from(["fine", "more"])),
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(moves=st.lists(MOVES, min_size=4, max_size=10))
def test_in_any_order_the_case_settles_exactly_when_nothing_is_left(cast, moves):
    case, prescription = treating(cast, plan(cast.a.apprentice), plan(cast.a.mentor, kind="mentor"))
    for move in moves:
        before = snapshot(case)
        try:
            act(cast, prescription, *move)
        except Refused:
            assert snapshot(case) == before
        assert_sound(case, prescription)


def act(cast, prescription, what, which, how):
    steps = list(prescription.steps.all())
    step = steps[which % len(steps)]
    if what == "report":
        report(step, how)
    elif what == "look":
        followups.check_up(
            prescription=prescription, verdict=how, note="看了", next_on=days_ahead(9), by=cast.a.mentor
        )
    elif followup := step.followups.last():
        instead = plan(cast.a.apprentice, text="新办法") if how == OTHER else None
        followups.judge(
            followup=followup,
            verdict=how,
            note="说一句",
            due_on=days_ahead(5),
            instead=instead,
            by=cast.a.mentor,
        )


def snapshot(case):
    """Everything a refused move must leave as it was."""
    steps = Step.objects.filter(prescription__case=case).order_by("pk")
    return (
        list(Case.objects.filter(pk=case.pk).values()),
        list(steps.values()),
        Followup.objects.filter(step__in=steps).count(),
        NextStep.objects.count(),
    )


def assert_sound(case, prescription):
    now = Prescription.objects.get(pk=prescription.pk)
    steps = list(now.steps.all())
    open_steps = [step for step in steps if step.state in ("todo", "doing", "stuck")]
    settled = bool(now.followed_up_at) and not open_steps
    assert state_of(case) == (State.REVIEWING if settled else State.TREATING)
    assert [step.order for step in steps] == list(range(1, len(steps) + 1))
    lines = NextStep.objects.open().filter(link=now.get_absolute_url())
    assert sorted(lines.values_list("source_id", flat=True)) == sorted(step.pk for step in open_steps)
