"""Writing, reading and changing a prescription, as it goes without script."""

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import Prescription, State, Step
from people.models import Draft
from people.words import day, short_day
from tests.casework.cures import consulting, opine, plan, state_of, treating
from tests.casework.forms import fields, told
from tests.factories import days_ago, days_ahead

pytestmark = pytest.mark.django_db


def url_of(case):
    return reverse("casework:case-prescribe", args=[case.pk])


def filled(page, cast, **more):
    """The form with a cause and one step of the apprentice."""
    return {
        **fields(page), "diagnosis": "话没说到一处", "step-1-text": "上门量采光",
        "step-1-who": f"person:{cast.a.apprentice.pk}", **more,
    }  # fmt: skip


def test_the_chair_issues_a_prescription_with_three_rows_as_they_stand(cast):
    case = consulting(cast)
    opine(case, cast.a.mentor, "先量采光")
    client = cast.client(cast.a.lead)
    page = client.get(url_of(case))
    assert "先量采光" in told(page)
    assert [row.number for row in page.context["sheet"].rows] == [1, 2, 3]
    more = {"step-2-text": "算补偿", "step-2-who": "department", "step-2-name": "房管所"}
    answer = client.post(url_of(case), filled(page, cast, **more), follow=True)
    prescription = Prescription.objects.get()
    assert prescription.followup_by == cast.a.mentor
    steps = [(step.order, step.text, step.owner_kind, step.whose) for step in prescription.steps.all()]
    assert steps == [
        (1, "上门量采光", "apprentice", cast.a.apprentice.called),
        (2, "算补偿", "department", "房管所"),
    ]
    assert f"{day(days_ahead(7))}前" in told(answer)
    assert prescription.no in told(answer)


def test_missing_owners_and_past_days_are_told_in_sentences_and_all_is_kept(cast):
    case = consulting(cast)
    client = cast.client(cast.a.staff)
    page = client.get(url_of(case))
    wrong = {"step-1-who": "", "step-2-who": "volunteer", "step-3-text": "再看", "step-3-due_on": days_ago(1)}
    wrong |= {"step-3-who": f"person:{cast.a.mentor.pk}", "followup_on": days_ago(2)}
    answer = client.post(url_of(case), filled(page, cast, **wrong))
    words = told(answer)
    assert answer.status_code == 422
    for sentence in (
        "第1步还没写谁来做", "请写第2步做什么", "请写一下第2步是哪个科室、部门或党小组",
        f"期限{short_day(days_ago(1))}已经过了，请往后选", f"期限{short_day(days_ago(2))}已经过了，请往后选",
    ):  # fmt: skip
        assert sentence in words
    assert "上门量采光" in answer.content.decode()
    assert (Prescription.objects.count(), state_of(case)) == (0, State.CONSULTING)


def test_a_prescription_without_any_step_is_not_issued(cast):
    case = consulting(cast)
    client = cast.client(cast.a.lead)
    answer = client.post(url_of(case), {**fields(client.get(url_of(case))), "diagnosis": "话没说到一处"})
    assert "请至少写一步" in told(answer)


def test_one_more_step_keeps_what_is_written_up_to_eight(cast):
    case = consulting(cast)
    client = cast.client(cast.a.lead)
    page = client.get(url_of(case))
    for rows in range(4, 9):
        answer = client.post(url_of(case), filled(page, cast, add_step="1"))
        assert answer["Location"].endswith(f"#step-{rows}")
        page = client.get(url_of(case))
        assert len(page.context["sheet"].rows) == rows
    assert "先存着，再加一步" not in told(page)
    assert "已存草稿，还没有提交" in told(page)
    assert fields(page)["step-1-text"] == "上门量采光"
    answer = client.post(url_of(case), {**fields(page), "step-8-text": "第八步", "step-8-who": "street",
                                        "step-8-name": "城建科"})  # fmt: skip
    assert answer.status_code == 302
    assert Step.objects.count() == 2
    assert not Draft.objects.exists()


def test_a_second_prescription_of_the_round_is_told_on_the_form(cast):
    case = consulting(cast)
    lead, staff = cast.client(cast.a.lead), cast.client(cast.a.staff)
    pages = [lead.get(url_of(case)), staff.get(url_of(case))]
    lead.post(url_of(case), filled(pages[0], cast))
    answer = staff.post(url_of(case), filled(pages[1], cast, diagnosis="另一种说法"))
    assert "这一轮已经开过药方了" in told(answer)
    assert "另一种说法" in told(answer)
    assert Prescription.objects.count() == 1


def test_a_forged_owner_is_refused(cast):
    case = consulting(cast)
    client = cast.client(cast.a.lead)
    posted = filled(client.get(url_of(case)), cast, **{"step-1-who": f"person:{cast.b.mentor.pk}"})
    assert client.post(url_of(case), posted).status_code == 422
    assert not Step.objects.exists()


def test_changing_a_step_asks_for_a_reason_and_shows_up_in_the_history(cast):
    _, prescription = treating(cast)
    step = prescription.steps.get()
    client = cast.client(cast.a.mentor)
    url = reverse("casework:step-edit", args=[step.pk])
    page = client.get(url)
    changed = {**fields(page), "text": "请设计单位周末到场", "due_on": days_ahead(10)}
    assert "请写一句为什么改" in told(client.post(url, changed))
    client.post(url, {**changed, "reason": "平时家里没人"})
    step.refresh_from_db()
    assert (step.text, step.due_on, step.reason) == ("请设计单位周末到场", days_ahead(10), "平时家里没人")
    history = told(client.get(reverse("casework:prescription-history", args=[prescription.pk])))
    assert "请设计单位到场算采光 → 请设计单位周末到场" in history
    assert "平时家里没人" in history


def test_a_change_from_an_old_page_shows_both_texts(cast):
    _, prescription = treating(cast)
    client = cast.client(cast.a.lead)
    url = reverse("casework:step-edit", args=[prescription.steps.get().pk])
    old, new = client.get(url), client.get(url)
    client.post(url, {**fields(new), "text": "先改的", "reason": "试一试"})
    answer = client.post(url, {**fields(old), "text": "后改的", "reason": "也试试"})
    assert answer.status_code == 409
    assert Step.objects.get().text == "先改的"


def test_the_owner_puts_a_step_off_with_a_reason(cast):
    _, prescription = treating(cast)
    step = prescription.steps.get()
    client = cast.client(cast.a.apprentice)
    url = reverse("casework:step-later", args=[step.pk])
    page = client.get(url)
    late = {**fields(page), "due_on": days_ago(1), "reason": "下雨"}
    assert "请往后选" in told(client.post(url, late))
    client.post(url, {**late, "due_on": days_ahead(12)})
    step.refresh_from_db()
    assert (step.due_on, step.changed_by) == (days_ahead(12), cast.a.apprentice)


def test_the_whole_prescription_is_one_page_of_at_most_twelve_queries(cast, django_assert_max_num_queries):
    _, prescription = treating(cast, *(plan(cast.a.apprentice, text=f"第{n}件事") for n in range(8)))
    client = cast.client(cast.a.mentor)
    with django_assert_max_num_queries(12):
        page = client.get(prescription.get_absolute_url())
    words = told(page)
    assert f"〔{timezone.localdate().year}〕会诊第 001 号" in words
    assert "第8步：第7件事" in words
