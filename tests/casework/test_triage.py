"""受理 and the side exits: what staff decide, who is told, what waits for whom afterwards."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework import todo
from casework.actions import cases, triage
from casework.models import Case, CaseConsultant, Opinion, State
from growth.models import Entry, NextStep
from people.models import Notice
from people.stale import Refused
from people.workdays import after_workdays
from tests.casework.writing import draft_of, send
from tests.factories import CaseFactory, days_ahead

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    """The apprentice's case, submitted just now, with the own mentor named."""
    draft = draft_of(cast.a.apprentice, cast.a.studio, neighbourhood=cast.a.apprentice.neighbourhood)
    draft.wanted.set([cast.a.mentor])
    return cases.submit(case=draft, by=cast.a.apprentice)


def decide(cast, case, way, **said):
    about = {"way": way, "category": case.category, "urgency": case.urgency}
    return send(cast.client(cast.a.staff), "case-triage", case.pk, **about, **said)


def told(person, words):
    return Notice.objects.filter(person=person, text__contains=words).exists()


def test_the_page_proposes_the_lead_the_own_mentor_and_a_week(cast, case):
    form = cast.client(cast.a.staff).get(reverse("casework:case-triage", args=[case.pk])).context["form"]
    assert form["chair"].initial == cast.a.lead
    assert form["consultants"].initial == [cast.a.mentor.pk]
    assert form["due_on"].initial == days_ahead(7)
    offered = set(form.fields["consultants"].rows.values())
    assert offered == {cast.a.lead, cast.a.mentor, cast.a.other_mentor, cast.guest}


def test_accepted_online_it_waits_for_those_who_are_asked(cast, case):
    answer = decide(
        cast, case, "online", chair=cast.a.lead.pk, consultants=[cast.a.mentor.pk, cast.guest.pk],
        due_on=days_ahead(5), words="别急，大家一起想。",
    )  # fmt: skip
    assert answer["Location"] == case.get_absolute_url()
    case.refresh_from_db()
    assert (case.state, case.handling, case.chair) == (State.CONSULTING, "online", cast.a.lead)
    assert case.due_on == days_ahead(5)
    assert set(case.consultants.values_list("person", flat=True)) == {cast.a.mentor.pk, cast.guest.pk}
    assert told(cast.a.apprentice, "别急，大家一起想")
    assert told(cast.a.mentor, "请您给")
    assert told(cast.guest, "请您给")
    assert told(cast.a.lead, "请您主持会诊")
    assert list(todo.to_consult(cast.guest)) == [case]
    assert not todo.to_accept(cast.a.staff).exists()


def test_accepted_for_a_meeting_it_is_due_on_that_day(cast, case):
    at = timezone.localtime() + timedelta(days=3)
    said = {"chair": cast.a.lead.pk, "consultants": [cast.a.mentor.pk], "meeting_place": "党群服务中心二楼"}
    decide(cast, case, "meeting", meeting_at=f"{at:%Y-%m-%dT%H:%M}", **said)
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.CONSULTING, at.date())
    assert told(cast.a.mentor, "党群服务中心二楼")
    shown = cast.client(cast.a.apprentice).get(case.get_absolute_url()).content.decode()
    assert "在党群服务中心二楼开会诊会" in shown


def test_a_direct_answer_is_an_opinion_that_waits_for_evaluation(cast, case):
    decide(cast, case, "direct", answer="到街道二楼窗口盖个章就行。")
    case.refresh_from_db()
    assert (case.state, case.handling, case.chair) == (State.REVIEWING, "direct", cast.a.mentor)
    opinion = Opinion.objects.get(case=case)
    assert (opinion.author, opinion.text) == (cast.a.staff, "到街道二楼窗口盖个章就行。")
    assert Opinion.objects.visible_to(cast.a.apprentice).get() == opinion
    assert Entry.objects.filter(person=cast.a.staff, text__contains=case.title).exists()
    assert told(cast.a.apprentice, "评一评")


def test_sent_back_it_is_the_owners_next_step_until_it_is_sent_again(cast, case):
    decide(cast, case, "return", sentence="请补一张楼道的照片")
    case.refresh_from_db()
    assert case.state == State.RETURNED
    assert case.due_on == after_workdays(timezone.localdate(), cast.a.studio.return_workdays)
    step = NextStep.objects.get(person=cast.a.apprentice)
    assert (step.state, step.due_on) == ("open", case.due_on)
    # The mentor reads the step, too, and a case that is not accepted does not concern him yet.
    assert "请补一张楼道的照片" not in step.text
    assert told(cast.a.apprentice, "请补一张楼道的照片")
    assert list(todo.to_complete(cast.a.apprentice)) == [case]
    client = cast.client(cast.a.apprentice)
    assert "请补一张楼道的照片" in client.get(case.get_absolute_url()).content.decode()
    number = case.number
    send(client, "case-check", case.pk)
    case.refresh_from_db()
    step.refresh_from_db()
    assert (case.state, case.number, step.state) == (State.SUBMITTED, number, "done")
    assert told(cast.a.staff, "补充好了")


def test_the_offices_clock_stands_while_the_case_is_with_its_owner(cast):
    case = draft_of(cast.a.apprentice, cast.a.studio)
    monday = timezone.make_aware(datetime(2026, 6, 1, 12))
    cases.submit(case=case, by=case.owner, at=monday)
    triage.send_back(case=case, sentence="补一张照片", by=cast.a.staff, at=monday + timedelta(days=2))
    cases.submit(case=case, by=case.owner, at=monday + timedelta(days=7))
    case.refresh_from_db()
    # Two of the three working days were used up before.
    assert case.due_on == date(2026, 6, 9)
    triage.send_back(case=case, sentence="还差一句", by=cast.a.staff, at=monday + timedelta(days=9))
    cases.submit(case=case, by=case.owner, at=monday + timedelta(days=14))
    case.refresh_from_db()
    assert case.due_on == date(2026, 6, 16)  # never less than the next working day


def test_transferred_it_says_to_whom_and_why(cast, case):
    decide(cast, case, "transfer", to="街道城建办", reason="归他们管")
    case.refresh_from_db()
    assert (case.state, case.transferred_to) == (State.TRANSFERRED, "街道城建办")
    shown = cast.client(cast.a.apprentice).get(case.get_absolute_url()).content.decode()
    assert "现在：转给街道城建办办了。" in shown


@pytest.mark.parametrize(
    ("way", "said", "sentence"),
    [
        ("online", {}, "请至少请一位来会诊"),
        ("online", {"due_on": "2020-01-01"}, "已经过了，请往后选"),
        ("online", {"due_on": "那天"}, "请写成这样的日期"),
        ("meeting", {}, "请写会议时间"),
        ("meeting", {"meeting_at": "2020-01-01T10:00"}, "会议时间已经过了，请往后选"),
        ("direct", {}, "请写怎么答复"),
        ("transfer", {"reason": "归他们管"}, "请写转给谁办"),
        ("return", {}, "请写一句要补充什么"),
        ("", {}, "请选受理方式"),
    ],
)
def test_what_is_missing_is_said_and_nothing_moves(cast, case, way, said, sentence):
    answer = decide(cast, case, way, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    case.refresh_from_db()
    assert case.state == State.SUBMITTED


def test_accepting_twice_is_refused_with_a_sentence(cast, case):
    said = {"chair": cast.a.lead.pk, "consultants": [cast.a.mentor.pk], "due_on": days_ahead(5)}
    assert decide(cast, case, "online", **said).status_code == 302
    again = decide(cast, case, "online", **said)
    assert again.status_code == 409
    assert "不用受理" in again.content.decode()
    assert CaseConsultant.objects.filter(case=case).count() == 1


def test_open_cases_of_the_same_kind_are_shown_the_nearest_first(cast, case):
    near = CaseFactory(
        studio=cast.a.studio, owner=cast.a.peer, neighbourhood=case.neighbourhood, title="同一个居民区的"
    )
    far = CaseFactory(studio=cast.a.studio, owner=cast.a.peer, title="别的居民区的")
    CaseFactory(studio=cast.b.studio, owner=cast.b.apprentice, title="别的街道的")
    CaseFactory(studio=cast.a.studio, owner=cast.a.peer, category="parking", title="别的类别")
    shown = cast.client(cast.a.staff).get(reverse("casework:case-triage", args=[case.pk]))
    assert shown.context["alike"] == [near, far]


# --- Side exits -------------------------------------------------------------------------------------------


def accepted(cast, case):
    return triage.accept(
        case=case, handling="online", chair=cast.a.lead, consultants=[cast.a.mentor], by=cast.a.staff
    )


def test_held_nothing_is_due_and_it_goes_on_with_a_new_date(cast, case):
    case = accepted(cast, case)
    staff = cast.client(cast.a.staff)
    assert send(staff, "case-hold", case.pk).status_code == 422
    send(staff, "case-hold", case.pk, reason="等法院的说法")
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.HELD, None)
    assert not todo.to_consult(cast.a.mentor).exists()
    send(staff, "case-resume", case.pk)
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.CONSULTING, days_ahead(7))
    assert list(todo.to_consult(cast.a.mentor)) == [case]


def test_the_owner_withdraws_before_the_consultation_only(cast, case):
    owner = cast.client(cast.a.apprentice)
    accepted(cast, case)
    assert owner.get(reverse("casework:case-withdraw", args=[case.pk])).status_code == 409
    assert send(owner, "case-withdraw", case.pk, reason="").status_code == 409
    other = cases.submit(case=draft_of(cast.a.apprentice, cast.a.studio), by=cast.a.apprentice)
    assert send(owner, "case-withdraw", other.pk, reason="").status_code == 302
    other.refresh_from_db()
    assert other.state == State.WITHDRAWN
    assert told(cast.a.staff, "撤回了")


def test_consulted_again_the_same_people_are_asked_for_another_round(cast, case):
    case = accepted(cast, case)
    triage.hold(case=case, reason="等一等", by=cast.a.staff)
    with pytest.raises(Refused):
        triage.reopen(case=case, reason="没谈拢", by=cast.a.lead)
    triage.resume(case=case, by=cast.a.staff)
    Case.objects.filter(pk=case.pk).update(state=State.CLOSED, closed_at=timezone.now())
    send(cast.client(cast.a.lead), "case-reopen", case.pk, reason="楼上又反悔了")
    case.refresh_from_db()
    assert (case.state, case.round, case.closed_at) == (State.CONSULTING, 2, None)
    assert list(case.consultants.filter(round=2).values_list("person", flat=True)) == [cast.a.mentor.pk]
    assert not Entry.objects.filter(text__contains="结案").exists()


def test_a_case_that_must_be_helped_today_is_due_at_once(cast):
    monday = timezone.make_aware(timezone.datetime(2024, 6, 17, 9, 0))
    urgent = draft_of(cast.a.apprentice, cast.a.studio, urgency="today")
    calm = draft_of(cast.a.apprentice, cast.a.studio, urgency="calm")
    assert cases.submit(case=urgent, by=urgent.owner, at=monday).due_on == monday.date()
    assert cases.submit(case=calm, by=calm.owner, at=monday).due_on == monday.date() + timedelta(days=3)


def test_what_was_to_be_completed_still_is_after_a_pause(cast, case):
    triage.send_back(case=case, sentence="几号楼？", by=cast.a.staff)
    triage.hold(case=case, reason="等街道开会", by=cast.a.staff)
    triage.resume(case=case, by=cast.a.staff)
    step = NextStep.objects.get(person=cast.a.apprentice)
    assert step.state == NextStep.State.OPEN
    triage.transfer(case=case, to="街道城建办", reason="归他们管", by=cast.a.staff)
    step.refresh_from_db()
    assert step.state == NextStep.State.DROPPED
