"""What logging, correcting and taking away a session does, and what the rules refuse."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from growth.actions import ledger, next_steps
from growth.models import Entry, NextStep
from mentoring import session_rules as rules
from mentoring.actions import session_plans, session_tasks, sessions
from mentoring.models import Attendance, Session
from people.competencies import Topic
from people.models import Notice
from people.stale import Refused, StaleEdit
from tests.cast import make_cast
from tests.factories import PairingFactory, days_ago, days_ahead

TODAY = timezone.localdate


@pytest.fixture
def log(cast):
    """Logs a session of the first group with what a test names."""

    def act(**given):
        defaults = {
            "group": cast.a.group,
            "present": [cast.a.apprentice],
            "held_on": days_ago(1),
            "topics": ["governance"],
            "note": "看了楼道，讲了怎么一户一户说。",
            "by": cast.a.mentor,
        }
        return sessions.log(**{**defaults, **given})

    return act


def lines(person):
    return list(Entry.objects.of(person).values_list("text", flat=True))


def test_a_logged_session_is_in_the_ledger_of_everybody_present_and_of_the_mentor(cast, log):
    session = log(present=[cast.a.apprentice, cast.a.peer])
    assert session.state == Session.State.LOGGED
    assert lines(cast.a.apprentice) == [f"{cast.a.mentor.called}带教：面对面，社区治理"]
    assert lines(cast.a.peer) == lines(cast.a.apprentice)
    assert lines(cast.a.mentor) == ["带教2人：面对面，社区治理"]
    assert lines(cast.a.other_apprentice) == []


def test_those_present_are_told_and_nobody_else(cast, log):
    session = log(present=[cast.a.apprentice])
    notice = Notice.objects.get()
    assert notice.person == cast.a.apprentice
    assert notice.link == session.get_absolute_url()
    assert cast.a.mentor.called in notice.text


def test_what_is_given_to_do_stands_in_the_next_steps_of_each_one_present(cast, log):
    session = log(
        present=[cast.a.apprentice, cast.a.peer], tasks=[("走访三户", days_ahead(3)), ("写一页小结",)]
    )
    steps = NextStep.objects.open()
    assert {(step.person, step.text, step.due_on) for step in steps} == {
        (person, text, due)
        for person in (cast.a.apprentice, cast.a.peer)
        for text, due in (("走访三户", days_ahead(3)), ("写一页小结", None))
    }
    assert {step.link for step in steps} == {session.get_absolute_url()}
    assert {step.origin for step in steps} == {NextStep.Origin.SESSION}


def test_a_task_may_be_for_one_of_those_present(cast, log):
    log(
        present=[cast.a.apprentice, cast.a.peer],
        tasks=[session_tasks.Task("数一遍车位", to=(cast.a.peer.pk,))],
    )
    assert NextStep.objects.get().person == cast.a.peer


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"present": []}, rules.NOBODY),
        ({"topics": [], "note": "  "}, rules.NOTHING_SAID),
        ({"held_on": days_ahead(1)}, rules.IN_FUTURE),
        ({"note": "长" * 2001}, "写得有点多，请留在2000字以内，现在是2001字"),
    ],
)
def test_refusals_are_sentences_and_write_nothing(cast, log, given, sentence):
    with pytest.raises(Refused, match=sentence):
        log(**given)
    assert not Session.objects.exists()
    assert not Notice.objects.exists()


def test_a_day_before_the_cohort_is_refused_and_its_first_day_is_not(cast, log):
    first = cast.a.cohort.starts_on
    with pytest.raises(Refused, match=r"在本期开始（.*）之前，请看看是不是选错了"):
        log(held_on=first - timedelta(days=1))
    assert log(held_on=first).held_on == first


def test_a_day_after_the_cohort_is_refused_even_when_it_is_past(cast, log):
    cast.a.cohort.ends_on = days_ago(10)
    cast.a.cohort.save()
    with pytest.raises(Refused, match=r"在本期结束（.*）之后"):
        log(held_on=days_ago(9))
    assert log(held_on=days_ago(10)).pk


def test_somebody_of_another_group_cannot_have_been_there(cast, log):
    with pytest.raises(Refused, match=cast.a.other_apprentice.name):
        log(present=[cast.a.apprentice, cast.a.other_apprentice])


def test_whoever_has_left_the_group_was_there_before_and_not_after(cast, log):
    pairing = cast.a.group.pairings.get(apprentice=cast.a.apprentice)
    pairing.state, pairing.ends_on = "changed", days_ago(20)
    pairing.save()
    assert log(held_on=days_ago(21)).pk
    with pytest.raises(Refused, match=cast.a.apprentice.name):
        log(held_on=days_ago(20))


def test_a_pair_that_is_only_proposed_does_not_count(cast, log):
    newcomer = PairingFactory(group=cast.a.group, state="proposed").apprentice
    with pytest.raises(Refused, match=newcomer.name):
        log(present=[newcomer])


def test_late_is_allowed_on_any_past_day_of_the_cohort(cast, log):
    assert log(held_on=days_ago(99)).held_on == days_ago(99)


def test_the_moment_of_logging_can_be_told(cast, log):
    at = timezone.make_aware(datetime.combine(days_ago(30), datetime.min.time())) + timedelta(hours=9)
    session = log(held_on=days_ago(30), at=at)
    assert session.logged_at == at
    assert Notice.objects.get().at == at
    with pytest.raises(Refused, match="日期在今天以后"):
        log(held_on=days_ago(29), at=at)


def test_the_database_holds_that_a_session_says_something(cast, log):
    session = log()
    with pytest.raises(IntegrityError, match="session_says_something"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(note="", topics=[])


def test_a_planned_session_is_logged_in_its_own_row_once(cast, log):
    plan = session_plans.plan(
        group=cast.a.group, held_on=TODAY(), participants=[cast.a.peer], theme="停车难", by=cast.a.staff
    )
    session = log(planned=plan, held_on=TODAY())
    assert session.pk == plan.pk
    assert session.theme == "停车难"
    assert list(session.apprentices.all()) == [cast.a.apprentice]
    with pytest.raises(Refused, match="不用再记"):
        log(planned=plan, held_on=TODAY())
    assert Session.objects.count() == 1


# --- editing ----------------------------------------------------------------------------------------------


def correct(session, **given):
    defaults = {
        "version": session.version,
        "present": list(session.apprentices.all()),
        "by": session.mentor,
    }
    return sessions.edit(session, **{**defaults, **given})


def test_a_correction_is_in_the_ledger_at_once(cast, log):
    session = correct(log(), topics=["party"], mode="visit")
    assert lines(cast.a.apprentice) == [f"{cast.a.mentor.called}带教：走访，党建业务"]
    assert Session.objects.get().version == session.version == 2


def test_who_is_added_gets_line_notice_and_tasks_and_who_was_not_there_loses_them(cast, log):
    session = log(present=[cast.a.apprentice], tasks=[("走访三户",)])
    Notice.objects.all().delete()
    correct(session, present=[cast.a.peer], tasks=[("走访三户",)])
    assert lines(cast.a.apprentice) == []
    assert len(lines(cast.a.peer)) == 1
    assert Notice.objects.get().person == cast.a.peer
    assert NextStep.objects.open().get().person == cast.a.peer
    assert cast.a.apprentice.next_steps.get().state == NextStep.State.DROPPED


def test_a_reworded_task_stays_the_same_step_also_when_it_is_done(cast, log):
    session = log(present=[cast.a.apprentice, cast.a.peer], tasks=[("走防三户", days_ahead(3))])
    done = NextStep.objects.get(person=cast.a.peer)
    NextStep.objects.filter(pk=done.pk).update(state="done", closed_at=timezone.now(), closed_by=cast.a.peer)
    correct(session, tasks=[session_tasks.Task("走访三户", days_ahead(5), was="走防三户")])
    assert set(NextStep.objects.values_list("text", "due_on", "state")) == {
        ("走访三户", days_ahead(5), "open"),
        ("走访三户", days_ahead(5), "done"),
    }


def test_a_task_taken_back_is_dropped_unless_done(cast, log):
    session = log(tasks=[("走访三户",), ("写小结",)])
    correct(session, tasks=[("写小结",)])
    assert dict(NextStep.objects.values_list("text", "state")) == {"走访三户": "dropped", "写小结": "open"}


def test_a_correction_without_changes_touches_no_step(cast, log):
    session = log(tasks=[("走访三户", days_ahead(1)), ("写小结",)])
    before = list(NextStep.objects.order_by("pk").values())
    correct(session, tasks=session_tasks.given(session))
    assert list(NextStep.objects.order_by("pk").values()) == before
    assert [task.text for task in session_tasks.given(session)] == ["走访三户", "写小结"]


def test_the_mentor_may_edit_within_24_hours_to_the_second(cast, log):
    at = timezone.now() - timedelta(days=3)
    session = log(held_on=days_ago(4), at=at)
    last = at + timedelta(hours=24) - timedelta(seconds=1)
    assert session.editable_by(cast.a.mentor, at=last)
    assert not session.editable_by(cast.a.mentor, at=at + timedelta(hours=24))
    correct(session, note="改一个字。", at=last)
    with pytest.raises(Refused, match="打电话给街道工作人员"):
        correct(session, note="再改一个字。", at=at + timedelta(hours=24))
    assert Session.objects.get().note == "改一个字。"


def test_the_window_is_as_long_as_the_studio_says(cast, log):
    cast.a.studio.edit_hours = 2
    cast.a.studio.save()
    session = log()
    assert session.editable_by(cast.a.mentor, at=session.logged_at + timedelta(minutes=119))
    assert not session.editable_by(cast.a.mentor, at=session.logged_at + timedelta(minutes=121))


def test_staff_may_always_edit_and_apprentices_never(cast, log):
    session = log(at=timezone.now() - timedelta(days=50), held_on=days_ago(60))
    assert session.editable_by(cast.a.staff)
    for person in (cast.a.apprentice, cast.a.other_mentor, cast.b.staff, cast.district):
        assert not session.editable_by(person)


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(cast, log):
    session = log()
    mine, theirs = Session.objects.get(pk=session.pk), Session.objects.get(pk=session.pk)
    correct(theirs, by=cast.a.staff, note="街道改的。")
    with pytest.raises(StaleEdit) as stale:
        correct(mine, version=1, note="师傅改的。", tasks=[("走访",)])
    assert stale.value.current.note == "街道改的。"
    assert stale.value.fields == ("note",)
    assert not NextStep.objects.exists()


# --- 代记 -------------------------------------------------------------------------------------------------


def test_what_staff_log_waits_for_the_mentor_until_confirmed(cast, log):
    session = log(
        by=cast.a.staff, proxy_source="phone", at=timezone.now() - timedelta(days=3), held_on=days_ago(4)
    )
    assert session.by_proxy
    assert session.waits_for(cast.a.mentor)
    assert session.editable_by(cast.a.mentor)
    sessions.confirm(session, by=cast.a.mentor)
    session.refresh_from_db()
    assert session.confirmed_by == cast.a.mentor
    assert not session.editable_by(cast.a.mentor)


def test_confirming_twice_keeps_the_first_moment_and_only_the_mentor_can(cast, log):
    session = log(by=cast.a.staff)
    sessions.confirm(session, by=cast.a.staff)
    assert Session.objects.get().confirmed_at is None
    sessions.confirm(session, by=cast.a.mentor)
    first = Session.objects.get().confirmed_at
    sessions.confirm(session, by=cast.a.mentor)
    assert Session.objects.get().confirmed_at == first


def test_the_mentors_own_correction_confirms_what_staff_logged(cast, log):
    session = log(by=cast.a.staff)
    correct(session, by=cast.a.mentor, note="那天还讲了垃圾分类。")
    assert Session.objects.get().confirmed_by == cast.a.mentor


def test_a_mentor_names_no_source(cast, log):
    assert log(proxy_source="phone").proxy_source == ""
    assert log(by=cast.a.staff, proxy_source="phone").proxy_source == "phone"


# --- taking away ------------------------------------------------------------------------------------------


def test_a_removed_session_leaves_ledger_and_next_steps_and_comes_back_whole(cast, log):
    session = log(tasks=[("走访三户",), ("写小结",), ("打电话",)])
    done, dropped = NextStep.objects.get(text="写小结"), NextStep.objects.get(text="打电话")
    correct(session, tasks=[("走访三户",), ("写小结",)])
    NextStep.objects.filter(pk=done.pk).update(state="done", closed_at=timezone.now(), closed_by=done.person)
    before = list(Entry.objects.order_by("person", "text").values("person", "kind", "on", "text", "link"))
    sessions.remove(session, by=cast.a.mentor)
    assert not Entry.objects.exists()
    assert not NextStep.objects.open().exists()
    assert not Session.objects.visible_to(cast.a.mentor).exists()
    sessions.restore(session, by=cast.a.mentor)
    after = list(Entry.objects.order_by("person", "text").values("person", "kind", "on", "text", "link"))
    assert after == before
    assert dict(NextStep.objects.values_list("text", "state")) == {
        "走访三户": "open",
        "写小结": "done",
        "打电话": "dropped",
    }
    dropped.refresh_from_db()
    assert dropped.closed_by == cast.a.mentor


def test_after_30_days_it_stays_away(cast, log):
    session = log(at=timezone.now() - timedelta(days=40), held_on=days_ago(41))
    sessions.remove(session, by=cast.a.staff, at=timezone.now() - timedelta(days=31))
    with pytest.raises(Refused, match="找不回来"):
        sessions.restore(session, by=cast.a.staff)


def test_after_the_window_the_mentor_cannot_take_it_away(cast, log):
    session = log(at=timezone.now() - timedelta(days=2), held_on=days_ago(3))
    with pytest.raises(Refused, match="打电话"):
        sessions.remove(session, by=cast.a.mentor)
    assert Session.objects.visible_to(cast.a.mentor).exists()


# --- properties -------------------------------------------------------------------------------------------


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    topics=st.lists(st.sampled_from(Topic.values), unique=True),
    note=st.text(alphabet="楼道走访，\n ", max_size=30),
    there=st.sets(st.sampled_from(["apprentice", "peer", "other_apprentice"])),
    days=st.integers(min_value=-3, max_value=103),
)
def test_any_session_either_stands_in_every_ledger_or_nowhere(topics, note, there, days):
    with transaction.atomic():
        cast = make_cast()
        present = [getattr(cast.a, name) for name in sorted(there)]
        fits = (
            bool(present)
            and "other_apprentice" not in there
            and 0 <= days <= 100
            and bool(topics or note.strip())
        )
        try:
            with transaction.atomic():
                session = sessions.log(
                    group=cast.a.group, present=present, held_on=days_ago(days), topics=topics, note=note,
                    tasks=[("走访三户",)], by=cast.a.mentor,
                )  # fmt: skip
        except Refused:
            assert not fits
            assert not Session.objects.exists()
            assert not Entry.objects.exists()
            assert not NextStep.objects.exists()
        else:
            assert fits
            assert set(Attendance.objects.values_list("apprentice", flat=True)) == {p.pk for p in present}
            written = _written()
            assert {line["person"] for line in written} == {p.pk for p in (*present, cast.a.mentor)}
            Entry.objects.all().delete()
            ledger.record(session)
            assert _written() == written
        transaction.set_rollback(True)


def _written():
    return list(
        Entry.objects.order_by("person").values("person", "kind", "on", "text", "link", "competencies", "by")
    )


def test_what_came_from_a_session_is_asked_by_the_name_of_its_kind(log):
    """A kept query outlives the number that a database gave the kind."""
    _, given = next_steps.of_source(log(tasks=[("走访三户",)])).query.sql_with_params()
    assert {"mentoring", "session"} <= set(given)
