"""请区里协调, 合并, and the days that stop while a case waits."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework import todo
from casework.actions import consultations, district, merging, triage
from casework.models import Case, DistrictRequest, State
from growth.models import NextStep
from people.models import Notice
from people.stale import Refused
from people.workdays import after_workdays
from tests.casework.cures import consulting, opine, prescribe, treating
from tests.casework.forms import fields, told
from tests.factories import CaseFactory, days_ahead

pytestmark = pytest.mark.django_db

REASON = "要区房管局和电力公司一起定"


def submitted(cast, **more):
    return CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, **more)


def handed(cast, case=None):
    case = case or consulting(cast)
    triage.transfer(case=case, reason=REASON, to_district=True, by=cast.a.staff)
    return DistrictRequest.objects.get(case=case)


def at(day, hour=10):
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def fresh(case):
    return Case.objects.get(pk=case.pk)


# --- 请区里协调 -------------------------------------------------------------------------------------------


def test_staff_hand_a_case_to_the_district_on_the_page(cast):
    case = consulting(cast)
    staff, url = cast.client(cast.a.staff), reverse("casework:case-transfer", args=[case.pk])
    form = {**fields(staff.get(url)), "where": "district", "to": "", "reason": REASON}
    page = staff.post(url, form, follow=True)
    assert "已报给区里" in told(page)
    assert fresh(case).state == State.TRANSFERRED
    assert Notice.objects.filter(person=cast.district, text__contains=REASON).exists()


def test_a_department_still_has_to_be_named(cast):
    case = consulting(cast)
    staff, url = cast.client(cast.a.staff), reverse("casework:case-transfer", args=[case.pk])
    page = staff.post(url, {**fields(staff.get(url)), "where": "office", "to": "", "reason": "归他们管"})
    assert page.status_code == 422
    assert "请写转给谁办" in told(page)


def test_the_district_finds_it_on_its_overview_and_in_its_list(cast):
    asked = handed(cast)
    viewer = cast.client(cast.district)
    overview = told(viewer.get("/overview/"))
    assert "需要区里协调的" in overview
    assert REASON in overview
    assert REASON in told(viewer.get("/todo/"))
    page = told(viewer.get(asked.get_absolute_url()))
    assert asked.case.question in page
    assert asked.case.owner.name not in page
    assert viewer.get(asked.case.get_absolute_url()).status_code == 404


def test_another_street_and_its_people_see_nothing_of_it(cast):
    asked = handed(cast)
    for person in (cast.b.staff, cast.b.mentor, cast.guest, cast.stranger, cast.a.peer):
        assert cast.client(person).get(asked.get_absolute_url()).status_code == 404


def test_the_answer_comes_back_to_the_case(cast):
    asked = handed(cast)
    viewer = cast.client(cast.district)
    page = viewer.get(asked.get_absolute_url())
    viewer.post(asked.get_absolute_url(), {**fields(page), "answer": "本周五区里开协调会"})
    assert "本周五区里开协调会" in told(cast.client(cast.a.apprentice).get(asked.case.get_absolute_url()))
    assert Notice.objects.filter(person=cast.a.staff, text__contains="区里答复了").exists()
    assert not todo.to_coordinate(cast.district).exists()
    with pytest.raises(Refused):
        district.answer(request=asked, answer="再答一次", by=cast.district)


def test_the_street_only_reads_it(cast):
    asked = handed(cast)
    staff = cast.client(cast.a.staff)
    assert staff.get(asked.get_absolute_url()).status_code == 200
    assert staff.post(asked.get_absolute_url(), {"answer": "我们自己答"}).status_code == 403


def test_with_the_answer_the_street_goes_on(cast):
    consulted, new = handed(cast), handed(cast, submitted(cast))
    staff = cast.client(cast.a.staff)
    url = reverse("casework:case-resume", args=[consulted.case_id])
    assert staff.get(url).status_code == 409
    for asked in (consulted, new):
        district.answer(request=asked, answer="可以", by=cast.district)
        page = reverse("casework:case-resume", args=[asked.case_id])
        staff.post(page, fields(staff.get(page)))
    first = fresh(consulted.case)
    assert (first.state, first.round) == (State.CONSULTING, 2)
    assert fresh(new.case).state == State.SUBMITTED


# --- 合并 -------------------------------------------------------------------------------------------------


def merged(cast, case, into):
    return merging.merge(case=case, into=into, reason="同一个地库", by=cast.a.staff)


def test_a_duplicate_points_to_the_kept_case_and_its_people_read_that(cast):
    kept = consulting(cast, owner=cast.a.other_apprentice, asked=(cast.a.other_mentor,), title="地库充电桩")
    double = submitted(cast, title="地下车库不让装桩")
    assert cast.client(cast.a.apprentice).get(kept.get_absolute_url()).status_code == 404
    merged(cast, double, kept)
    owner = cast.client(cast.a.apprentice)
    assert "并到那一件里办了" in told(owner.get(double.get_absolute_url()))
    page = told(owner.get(kept.get_absolute_url()))
    assert "并进来的案例" in page
    assert "地下车库不让装桩" in page
    assert kept in Case.objects.visible_to(cast.a.apprentice).involving(cast.a.apprentice)
    assert Notice.objects.filter(person=cast.a.apprentice, text__contains="并到一起办了").exists()
    assert Notice.objects.filter(person=cast.a.other_apprentice, text__contains="一起办了").exists()
    assert cast.client(cast.a.peer).get(kept.get_absolute_url()).status_code == 404


def test_staff_merge_on_a_page(cast):
    kept, double = consulting(cast), submitted(cast)
    staff, url = cast.client(cast.a.staff), reverse("casework:case-merge", args=[double.pk])
    triage_page = staff.get(reverse("casework:case-triage", args=[double.pk]))
    assert f"{url}?into={kept.pk}" in triage_page.content.decode()
    page = staff.get(f"{url}?into={kept.pk}")
    assert fields(page)["into"] == str(kept.pk)
    empty = staff.post(url, {**fields(page), "reason": ""})
    assert empty.status_code == 422
    staff.post(url, {**fields(page), "reason": "同一个地库"})
    assert fresh(double).merged_into == kept


def test_what_is_prescribed_or_over_is_not_merged(cast):
    kept, double = consulting(cast), submitted(cast)
    treated, _ = treating(cast)
    with pytest.raises(Refused):
        merged(cast, treated, kept)
    with pytest.raises(Refused):
        merged(cast, double, double)
    merged(cast, double, kept)
    with pytest.raises(Refused):
        merged(cast, kept, double)


def test_the_database_knows_what_merged_means(cast):
    case = submitted(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=State.MERGED)


# --- Days that stop ---------------------------------------------------------------------------------------

MONDAY = date(2026, 9, 21)


def test_three_working_days_to_accept_leave_out_the_holiday(cast):
    """Four days before 国庆 2026: the holidays do not count."""
    start = date(2026, 9, 29)
    assert after_workdays(start, 3) > start + timedelta(days=3)


def test_a_question_to_the_owner_stops_the_day_to_speak_by(cast):
    case = consulting(cast)
    Case.objects.filter(pk=case.pk).update(due_on=MONDAY + timedelta(days=7))
    asked = consultations.ask(case=case, question="一楼住的是谁？", by=cast.a.mentor, at=at(MONDAY))
    assert fresh(case).due_on is None
    page = told(cast.client(cast.a.mentor).get(case.get_absolute_url()))
    assert "期限先停着" in page
    assert "逾期" not in page
    consultations.answer(
        clarification=asked, answer="一对老夫妻", by=case.owner, at=at(MONDAY + timedelta(days=4))
    )
    assert fresh(case).due_on == MONDAY + timedelta(days=11)
    assert fresh(case).paused_on is None


def test_two_questions_stop_it_until_the_second_is_answered(cast):
    case = consulting(cast)
    due = fresh(case).due_on
    one = consultations.ask(case=case, question="谁？", by=cast.a.mentor)
    two = consultations.ask(case=case, question="几户？", by=cast.a.lead)
    consultations.answer(clarification=one, answer="老夫妻", by=case.owner)
    assert fresh(case).due_on is None
    consultations.answer(clarification=two, answer="十二户", by=case.owner)
    assert fresh(case).due_on == due


def test_a_held_case_has_no_day_and_the_day_moves_on_by_working_days(cast):
    case = submitted(cast, due_on=MONDAY + timedelta(days=2))
    triage.hold(case=case, reason="等规划图", by=cast.a.staff, at=at(MONDAY))
    assert fresh(case).due_on is None
    triage.resume(case=case, by=cast.a.staff, at=at(MONDAY + timedelta(days=14)))
    waited = 14 - 2 * 2
    back = fresh(case).due_on
    assert back > MONDAY + timedelta(days=14)
    assert back <= after_workdays(MONDAY + timedelta(days=2), waited)


def test_steps_of_a_held_case_are_not_late_and_move_on(cast):
    case, prescription = treating(cast)
    step = prescription.steps.get()
    due, look = step.due_on, prescription.followup_on
    now = timezone.now()
    triage.hold(case=case, reason="等天暖", by=cast.a.staff, at=now)
    line = NextStep.objects.get(person=case.owner, state=NextStep.State.OPEN)
    assert line.due_on is None
    prescription.steps.update(due_on=days_ahead(-1))
    assert "逾期" not in told(cast.client(cast.a.staff).get(case.get_absolute_url()))
    prescription.steps.update(due_on=due)
    triage.resume(case=case, by=cast.a.staff, at=now + timedelta(days=20))
    step.refresh_from_db()
    prescription.refresh_from_db()
    line.refresh_from_db()
    assert step.due_on == line.due_on == due + timedelta(days=20)
    assert prescription.followup_on == fresh(case).due_on == look + timedelta(days=20)


def test_held_while_a_question_waits_it_goes_on_waiting(cast):
    case = consulting(cast)
    asked = consultations.ask(case=case, question="谁？", by=cast.a.mentor)
    triage.hold(case=case, reason="等规划图", by=cast.a.staff)
    triage.resume(case=case, by=cast.a.staff)
    assert fresh(case).due_on is None
    consultations.answer(clarification=asked, answer="老夫妻", by=case.owner)
    assert fresh(case).due_on


def test_a_prescription_ends_the_waiting(cast):
    case = consulting(cast)
    consultations.ask(case=case, question="谁？", by=cast.a.mentor)
    opine(case, cast.a.mentor)
    prescribe(case)
    assert fresh(case).due_on
    assert fresh(case).paused_on is None


def test_who_is_needed_today_is_rung_at_once(cast):
    case = submitted(cast, urgency="today")
    page = cast.client(cast.a.staff).get(reverse("casework:case-triage", args=[case.pk]))
    assert f"tel:{cast.a.apprentice.mobile}" in page.content.decode()
