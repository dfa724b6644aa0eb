"""疗效评价 and 结案, as they go without script."""

import pytest
from django.urls import reverse

from casework.actions import outcomes
from casework.models import Case, Outcome, State
from tests.casework.cures import evaluated, reviewing, state_of
from tests.casework.forms import fields, told
from tests.factories import days_ago

pytestmark = pytest.mark.django_db

WORDS = "把表格收进包里，先办堆车这件小事"


def url_of(case):
    return reverse("casework:case-close", args=[case.pk])


def finish_url(case):
    return reverse("casework:case-finish", args=[case.pk])


def test_each_side_evaluates_alone_and_then_reads_the_other(cast):
    case = reviewing(cast)
    owner, mentor = cast.client(cast.a.apprentice), cast.client(cast.a.mentor)
    given = {"result": "solved", "best_move": WORDS, "learned": ["governance", "communication"]}
    owner.post(url_of(case), {**fields(owner.get(url_of(case))), **given})
    for page in (url_of(case), case.get_absolute_url(), f"/ledger/{cast.a.apprentice.pk}/", "/notices/", "/"):
        assert WORDS not in told(mentor.get(page, follow=True))
        assert "解决了”" not in told(mentor.get(page, follow=True))
    answer = mentor.post(url_of(case), {**fields(mentor.get(url_of(case))), "result": "better"}, follow=True)
    assert WORDS in told(answer)
    assert WORDS in told(owner.get(case.get_absolute_url()))
    assert {outcome.side for outcome in Outcome.objects.all()} == {"apprentice", "mentor"}


def test_no_result_chosen_is_asked_for(cast):
    case = reviewing(cast)
    client = cast.client(cast.a.apprentice)
    answer = client.post(url_of(case), {**fields(client.get(url_of(case))), "best_move": WORDS})
    assert answer.status_code == 422
    assert "请点一下问题解决得怎样" in told(answer)
    assert WORDS in told(answer)


def test_one_may_change_ones_own_while_it_is_alone(cast):
    case = reviewing(cast)
    client = cast.client(cast.a.apprentice)
    client.post(url_of(case), {**fields(client.get(url_of(case))), "result": "solved"})
    page = client.get(url_of(case))
    assert fields(page)["result"] == "solved"
    client.post(url_of(case), {**fields(page), "result": "better"})
    assert Outcome.objects.get().result == "better"


def test_staff_close_when_both_have_evaluated(cast):
    case = evaluated(cast)
    client = cast.client(cast.a.staff)
    page = client.get(url_of(case))
    given = fields(page, form=finish_url(case))
    answer = client.post(finish_url(case), given, follow=True)
    assert answer.redirect_chain == [(case.get_absolute_url(), 302)]
    assert state_of(case) == State.CLOSED
    again = client.post(finish_url(case), given, follow=True)
    assert "这条已经交过了" in told(again)


def test_one_side_alone_can_be_closed_only_late_and_with_a_reason(cast):
    case = reviewing(cast)
    client = cast.client(cast.a.staff)
    assert finish_url(case) not in client.get(url_of(case)).content.decode()
    Case.objects.filter(pk=case.pk).update(due_on=days_ago(1))
    page = client.get(url_of(case))
    given = fields(page, form=finish_url(case))
    assert "请写一句为什么现在结案" in told(client.post(finish_url(case), given))
    client.post(finish_url(case), {**given, "reason": "师傅住院了"})
    assert state_of(case) == State.CLOSED


def test_a_closed_case_leads_from_the_evaluation_to_its_page(cast):
    case = evaluated(cast)
    outcomes.close(case=case, by=cast.a.lead)
    assert cast.client(cast.a.mentor).get(url_of(case))["Location"] == case.get_absolute_url()


@pytest.mark.parametrize("role", ["apprentice", "mentor", "other_mentor", "lead", "staff"])
def test_the_page_of_a_cured_case_costs_at_most_twelve_queries(cast, role, django_assert_max_num_queries):
    case = evaluated(cast)
    outcomes.close(case=case, by=cast.a.lead)
    client = cast.client(cast.roles()[role])
    # The first asking on a connection has its statements planned, once (people/statements.py).
    client.get(case.get_absolute_url())
    with django_assert_max_num_queries(12):
        page = client.get(case.get_absolute_url())
    assert "疗效评价" in told(page)
