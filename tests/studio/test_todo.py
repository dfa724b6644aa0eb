"""待办: only what waits for me, cleared by doing, counted in one query."""

from datetime import date

from django.urls import reverse

from people.models import Feedback
from studio import todo
from studio.todo import Waiting
from tests.factories import CaseConsultantFactory, CaseFactory, NextStepFactory, OpinionFactory, days_ago
from tests.todos import actions

TODO = reverse("studio:todo")


def test_a_submitted_case_waits_for_staff_only(cast):
    CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    assert actions(cast.a.staff) == ["去受理"]
    assert actions(cast.a.apprentice) == actions(cast.a.mentor) == actions(cast.b.staff) == []


def test_an_invitation_waits_until_the_opinion_is_given(cast):
    invited = CaseConsultantFactory(case__studio=cast.a.studio, person=cast.a.mentor)
    assert actions(cast.a.mentor) == ["提意见"]
    OpinionFactory(case=invited.case, author=cast.a.mentor)
    assert actions(cast.a.mentor) == []


def test_feedback_waits_for_staff_until_it_is_answered(cast):
    said = Feedback.objects.create(studio=cast.a.studio, by=cast.a.mentor, text="字能不能再大一点")
    assert actions(cast.a.staff) == ["去答复"]
    Feedback.objects.filter(pk=said.pk).update(answered_at="2026-01-01T00:00Z", answered_by=cast.a.staff)
    assert actions(cast.a.staff) == []


def test_the_top_bar_counts_what_the_page_lists(cast):
    NextStepFactory.create_batch(2, studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.mentor)
    answer = cast.client(cast.a.apprentice).get(TODO)
    listed = sum(len(items) for _, items in answer.context["parts"])
    assert listed == answer.context["frame"]["todo_count"] == 2


def test_counting_takes_one_query(cast, django_assert_num_queries):
    CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    standing = cast.a.staff.standing
    assert standing.staff
    assert not standing.pupils
    with django_assert_num_queries(1):
        assert todo.counts(cast.a.staff) == {"accept": 1}


def test_the_urgent_comes_first_and_what_has_no_day_last():
    today = date(2026, 11, 18)  # a Wednesday
    days = {"以后": None, "逾期": date(2026, 11, 17), "本周": date(2026, 11, 22), "今天": today}
    items = [Waiting(name, "", "", "", day) for name, day in days.items()]
    assert [name for name, _ in todo.by_urgency(items, today)] == ["逾期", "今天", "本周", "以后"]
    assert all(part == item.name for part, found in todo.by_urgency(items, today) for item in found)


def test_a_late_step_stands_on_top_of_the_page(cast):
    whose = {"studio": cast.a.studio, "person": cast.a.apprentice, "by": cast.a.mentor}
    NextStepFactory(text="不急的事", due_on=None, **whose)
    NextStepFactory(text="晚了的事", due_on=days_ago(3), **whose)
    text = cast.client(cast.a.apprentice).get(TODO).content.decode()
    assert text.index("晚了的事") < text.index("不急的事")
