"""问师傅: asking, answering, once more; who reads the words; what waits; what becomes of it."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from growth.actions import rebuild
from growth.models import Entry, Method
from mentoring.actions import questions
from mentoring.models import Question
from people.actions import removal
from people.models import Draft, Notice
from people.stale import Refused
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page
from tests.studio.test_stuck import stuck_of
from tests.study_factories import QuestionFactory
from tests.todos import actions

ASKED = "业委会主任不接电话，下周的会还开不开？"


def url(question, page="detail"):
    return reverse(f"mentoring:question-{page}", args=[question.pk])


def asked(cast, **fields):
    return QuestionFactory(studio=cast.a.studio, asker=cast.a.apprentice, mentor=cast.a.mentor, **fields)


def test_a_question_goes_to_the_mentor_comes_back_and_is_asked_once_more(cast):
    apprentice, mentor = cast.client(cast.a.apprentice), cast.client(cast.a.mentor)
    new = reverse("mentoring:question-new")
    page = send(apprentice, new, text=ASKED, audience="private", topic="communication", follow=True)
    assert "问出去了" in page.content.decode()
    question = Question.objects.get()
    assert (question.mentor, question.asker) == (cast.a.mentor, cast.a.apprentice)
    assert actions(cast.a.mentor) == ["去回答"]

    send(mentor, url(question), text="照开，议程先发给他。")
    assert actions(cast.a.mentor) == []
    send(apprentice, url(question), text="他还是不来呢？")
    assert actions(cast.a.mentor) == ["去回答"]
    send(mentor, url(question), text="请副主任主持，记清楚。")
    question.refresh_from_db()
    assert (question.more, question.more_answer, question.due_on) == (
        "他还是不来呢？", "请副主任主持，记清楚。", None,
    )  # fmt: skip
    page = apprentice.get(url(question)).content.decode()
    assert all(words in page for words in (ASKED, "照开，议程", "还是不来", "请副主任"))
    told = Notice.objects.filter(link=question.get_absolute_url())
    assert (told.filter(person=cast.a.mentor).count(), told.filter(person=cast.a.apprentice).count()) == (
        2,
        2,
    )


def test_private_words_stay_between_the_two_until_they_are_handed_over(cast):
    question = asked(cast, text=ASKED, answered=True, answer="照开，议程先发给他。")
    staff = cast.client(cast.a.staff)
    for page in (staff.get(url(question)), staff.get(reverse("mentoring:question-list"))):
        assert ASKED not in page.content.decode()
        assert "照开" not in page.content.decode()
        assert cast.a.apprentice.name in page.content.decode()
    assert cast.client(cast.a.peer).get(url(question)).status_code == 404
    assert not Question.objects.readable_to(cast.a.staff).exists()

    send(cast.client(cast.a.mentor), url(question, "hand"))
    assert ASKED in staff.get(url(question)).content.decode()
    assert Question.objects.readable_to(cast.a.staff).exists()
    assert Notice.objects.filter(person=cast.a.staff, link=question.get_absolute_url()).exists()


def test_what_is_asked_before_the_group_is_read_by_the_group_and_the_staff(cast):
    question = asked(cast, text=ASKED, audience="group")
    for person in (cast.a.peer, cast.a.staff, cast.a.mentor):
        assert ASKED in cast.client(person).get(url(question)).content.decode()
    for person in (cast.a.other_apprentice, cast.a.other_mentor, cast.b.staff, cast.district):
        assert cast.client(person).get(url(question)).status_code == 404
    questions.answer(question, text="照开。", by=cast.a.mentor)
    assert Notice.objects.filter(person=cast.a.peer, text__contains="在组里回答了").exists()


def test_after_three_working_days_it_is_told_as_stuck_without_its_words(cast):
    friday = timezone.make_aware(datetime(2024, 6, 14, 16, 0))
    question = questions.ask(
        studio=cast.a.studio, asker=cast.a.apprentice, mentor=cast.a.mentor, text=ASKED, at=friday
    )
    assert str(question.due_on) == "2024-06-19"  # Monday, Tuesday, Wednesday
    assert stuck_of(cast.a.studio, "question") == [question.pk]
    assert stuck_of(cast.b.studio, "question") == []
    listed = cast.client(cast.a.staff).get(reverse("mentoring:question-list") + "?waiting=1").content.decode()
    assert "单独问了" in listed
    assert ASKED not in listed
    questions.answer(question, text="照开。", by=cast.a.mentor)
    assert stuck_of(cast.a.studio, "question") == []


def test_the_ledger_keeps_private_words_out_and_a_rebuild_finds_the_lines_again(cast):
    private = asked(cast, text=ASKED, topic="communication")
    shared = asked(cast, text="群里怎么说才不吵？", audience="group")
    for question in (private, shared):
        questions.answer(question, text="慢慢说。", by=cast.a.mentor)
    lines = list(Entry.objects.filter(kind="question").order_by("pk").values_list("person", "text"))
    assert len(lines) == 4
    assert not any(ASKED[:6] in text for _, text in lines)
    assert any("群里怎么说" in text for _, text in lines)
    rebuild.rebuild()
    assert sorted(Entry.objects.filter(kind="question").values_list("person", "text")) == sorted(lines)
    removal.remove(private, by=cast.a.apprentice)
    assert Entry.objects.filter(kind="question").count() == 2


def test_only_an_unanswered_question_is_changed_and_only_one_word_more_is_asked(cast):
    question = asked(cast)
    client = cast.client(cast.a.apprentice)
    send(client, url(question, "edit"), text="改过的问题", audience="group")
    question.refresh_from_db()
    assert (question.text, question.audience) == ("改过的问题", "group")
    questions.answer(question, text="好。", by=cast.a.mentor)
    assert client.get(url(question, "edit")).status_code == 403
    questions.ask_more(question, text="再问一句")
    with pytest.raises(Refused):
        questions.ask_more(question, text="还要问")
    questions.answer(question, text="行。", by=cast.a.mentor)
    with pytest.raises(Refused):
        questions.answer(question, text="又答", by=cast.a.mentor)


def test_two_answers_at_once_show_both_texts(cast):
    question = asked(cast)
    client = cast.client(cast.a.mentor)
    fields = hidden_fields(client.get(url(question)))
    questions.edit(question, mentor=cast.a.mentor, text="换一个问法", audience="private", topic="")
    answer = client.post(url(question), {**fields, "text": "照开。"})
    assert answer.status_code == 409
    assert "照开。" in answer.content.decode()


def test_sent_twice_it_is_asked_once_and_a_bad_sending_keeps_the_words(cast):
    client, new = cast.client(cast.a.apprentice), reverse("mentoring:question-new")
    Draft.objects.create(person=cast.a.apprentice, key=questions.NEW, data={"text": ["写了一半"]}, rev=1)
    page = client.get(new)
    assert "写了一半" in page.content.decode()
    fields = hidden_fields(page)
    assert client.post(new, {**fields, "text": "问" * 1001, "audience": "private"}).status_code == 422
    for _ in range(2):
        assert client.post(new, {**fields, "text": ASKED, "audience": "private"}).status_code == 302
    assert Question.objects.count() == 1
    assert not Draft.objects.exists()


def test_an_answered_question_begins_a_case_with_masked_words(cast):
    question = asked(cast, text="王阿姨13812345678住3号楼502室，一直不肯签字。", answered=True)
    for person in (cast.a.apprentice, cast.a.mentor):
        page = cast.client(person).get(f"{reverse('casework:case-new')}?question={question.pk}")
        story = page.context["form"].initial["story"]
        assert "一直不肯签字" in story
        assert question.answer in story
        assert "138" not in story
        assert "502" not in story
    other = cast.client(cast.a.peer).get(f"{reverse('casework:case-new')}?question={question.pk}")
    assert "story" not in other.context["form"].initial


def test_an_answer_becomes_a_method_of_the_library_masked(cast):
    question = asked(cast, text=f"{cast.a.apprentice.name}问：3号楼502室的王阿姨13812345678不接电话怎么办？")
    questions.answer(question, text="先去看看她家里人，别在门口谈。", by=cast.a.mentor)
    page = url(question, "method")
    mentor = cast.client(cast.a.mentor)
    assert page in mentor.get(url(question)).content.decode()
    told = mentor.get(page).context["form"].initial["told"]
    assert "先去看看她家里人" in told
    for word in (cast.a.apprentice.name, "13812345678", "502"):
        assert word not in told
    assert cast.client(cast.a.apprentice).get(page).status_code == 403
    assert send(mentor, page, {"name": "", "told": told}).status_code == 422
    assert send(mentor, page, {"name": "先看家里人", "told": told}).status_code == 302
    method = Method.objects.get(name="先看家里人")
    assert (method.is_told, method.told_by, method.studio) == (True, cast.a.mentor, cast.a.studio)


def test_the_database_holds_what_a_thread_must_be(cast):
    question = asked(cast)
    for wrong in ({"due_on": None}, {"answer": "没有时间"}, {"more": "早了", "more_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pk=question.pk).update(**wrong)


def test_the_list_costs_the_same_for_one_and_for_many(cast, django_assert_num_queries):
    client, page = cast.client(cast.a.mentor), reverse("mentoring:question-list")
    asked(cast)
    client.get(page)
    with django_assert_num_queries(5):
        client.get(page)
    QuestionFactory.create_batch(3, studio=cast.a.studio, asker=cast.a.peer, mentor=cast.a.mentor)
    with django_assert_num_queries(5):
        html = client.get(page).content
    assert_page(html, role="mentor")


def test_pages_keep_to_the_rules_of_structure(cast):
    question = asked(cast)
    for person, role in (
        (cast.a.apprentice, "apprentice"),
        (cast.a.mentor, "mentor"),
        (cast.a.staff, "staff"),
    ):
        assert_page(cast.client(person).get(url(question)).content, role=role)
    assert_page(
        cast.client(cast.a.apprentice).get(reverse("mentoring:question-new")).content, role="apprentice"
    )
