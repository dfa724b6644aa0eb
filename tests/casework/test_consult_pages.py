"""The pages of a consultation, as they come without script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.actions import consultations
from casework.models import Clarification, Opinion
from people.models import Draft
from tests.casework.cures import consulting, opine, prescribe
from tests.casework.forms import fields, told
from tests.factories import MethodFactory

pytestmark = pytest.mark.django_db

SECRET = "先请楼上的人上门赔个不是"


def consult(case):
    return reverse("casework:case-consult", args=[case.pk])


def test_a_mentor_gives_an_opinion_and_then_reads_the_others(cast):
    case, method = consulting(cast), MethodFactory()
    opine(case, cast.a.other_mentor, SECRET)
    client = cast.client(cast.a.mentor)
    page = client.get(consult(case))
    assert SECRET not in told(page)
    answer = client.post(
        consult(case), {**fields(page), "text": "先量采光", "methods": [method.pk]}, follow=True
    )
    assert answer.redirect_chain == [(consult(case), 302)]
    assert SECRET in told(answer)
    assert "先量采光" in told(answer)
    assert list(Opinion.objects.get(author=cast.a.mentor).methods.all()) == [method]


@pytest.mark.parametrize("role", ["mentor", "apprentice"])
def test_no_page_tells_an_opinion_its_author_or_the_number_of_opinions(cast, role):
    case = consulting(cast)
    client = cast.client(cast.roles()[role])
    pages = [case.get_absolute_url(), consult(case), "/", "/todo/", "/notices/", "/cases/", "/ledger/me/"]
    before = [told(client.get(page, follow=True)) for page in pages]
    opinion = opine(case, cast.a.other_mentor, SECRET)
    after = [told(client.get(page, follow=True)) for page in pages]
    assert after == before
    assert client.get(reverse("casework:opinion-edit", args=[opinion.pk])).status_code == 404


def test_empty_words_are_asked_for_and_nothing_is_written(cast):
    case = consulting(cast)
    client = cast.client(cast.a.mentor)
    answer = client.post(consult(case), fields(client.get(consult(case))))
    assert answer.status_code == 422
    assert "请说一两句您的主意" in told(answer)
    assert not Opinion.objects.exists()


def test_the_same_form_sent_twice_gives_one_opinion(cast):
    case = consulting(cast)
    client = cast.client(cast.a.mentor)
    given = {**fields(client.get(consult(case))), "text": "先量采光"}
    client.post(consult(case), given)
    again = client.post(consult(case), given, follow=True)
    assert "这条已经交过了，不用再交" in told(again)
    assert Opinion.objects.count() == 1


def test_an_opinion_that_comes_too_late_keeps_its_words_on_the_page(cast):
    case = consulting(cast)
    client = cast.client(cast.a.mentor)
    page = client.get(consult(case))
    prescribe(case)
    answer = client.post(consult(case), {**fields(page), "text": "先量采光"})
    assert answer.status_code == 422
    assert "不在会诊里了" in told(answer)
    assert "先量采光" in told(answer)


def test_a_draft_waits_and_goes_with_the_opinion(cast):
    case = consulting(cast)
    client = cast.client(cast.a.mentor)
    key = f"opinion-{case.pk}"
    client.post(reverse("people:draft", args=[key]), {"text": "说了一半"})
    page = client.get(consult(case))
    assert "说了一半" in told(page)
    client.post(consult(case), {**fields(page), "text": "说完了"})
    assert not Draft.objects.filter(key=key).exists()


def test_changing_an_opinion_from_an_old_page_shows_both_texts(cast):
    case = consulting(cast)
    opinion = opine(case, cast.a.mentor, "第一版")
    client = cast.client(cast.a.mentor)
    url = reverse("casework:opinion-edit", args=[opinion.pk])
    old, new = client.get(url), client.get(url)
    client.post(url, {**fields(new), "text": "第二版"})
    answer = client.post(url, {**fields(old), "text": "旧页上改的"})
    assert answer.status_code == 409
    assert "第二版" in told(answer)
    assert "旧页上改的" in told(answer)
    assert Opinion.objects.get().text == "第二版"


def test_staff_write_an_opinion_down_for_one_who_has_not_spoken(cast):
    case = consulting(cast)
    opine(case, cast.a.other_mentor)
    client = cast.client(cast.a.staff)
    url = reverse("casework:opinion-told", args=[case.pk])
    page = client.get(url)
    assert set(page.context["form"].fields["author"].queryset) == {cast.a.mentor, cast.a.lead}
    client.post(url, {**fields(page), "author": cast.a.mentor.pk, "text": "电话里说的"})
    assert Opinion.objects.get(author=cast.a.mentor).written_by == cast.a.staff


def test_a_question_is_answered_on_the_case_page(cast):
    case = consulting(cast)
    mentor, owner = cast.client(cast.a.mentor), cast.client(cast.a.apprentice)
    ask = reverse("casework:case-ask", args=[case.pk])
    mentor.post(ask, {**fields(mentor.get(ask)), "question": "一楼住的是谁？"})
    asked = Clarification.objects.get()
    page = owner.get(case.get_absolute_url())
    answer_url = reverse("casework:clarification-answer", args=[asked.pk])
    assert f'action="{answer_url}"' in page.content.decode()
    owner.post(answer_url, {**fields(page, form=answer_url), "answer": "一对老夫妻"})
    assert "一对老夫妻" in told(mentor.get(consult(case)))
    assert "等您" not in told(owner.get(answer_url))


def test_a_guest_consults_on_the_case_that_he_is_invited_to_and_on_no_other(cast):
    case, other = consulting(cast, asked=[cast.guest]), consulting(cast)
    client = cast.client(cast.guest)
    client.post(consult(case), {**fields(client.get(consult(case))), "text": "规范里有这一条"})
    assert Opinion.objects.get().author == cast.guest
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(consult(other)).status_code == 404


def test_twenty_opinions_cost_as_many_queries_as_two(cast):
    case = consulting(cast)
    client = cast.client(cast.a.staff)
    counts = []
    for people in (
        [cast.a.mentor, cast.a.other_mentor],
        [cast.a.peer, cast.b.mentor, cast.guest, cast.b.staff],
    ):
        for person in people:
            opine(case, person)
            consultations.ask(case=case, question="几楼？", by=person)
        client.get(case.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(case.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
