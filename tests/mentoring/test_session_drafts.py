"""The draft of 记一次带教: kept on the server, offered again, never mixed with another."""

import pytest

from mentoring.actions import session_plans
from mentoring.models import Session
from people.models import Draft
from tests.factories import CohortFactory, GroupFactory, days_ago
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

NEW = "/sessions/new/"


@pytest.fixture
def mentor(cast):
    return cast.client(cast.a.mentor)


@pytest.fixture
def filled(cast):
    """What a mentor sends who touched nothing but one chip."""
    day = days_ago(0).isoformat()
    return {"present": [cast.a.apprentice.pk], "day": day, "minutes": "60", "topics": ["party"]}


def initial(page, name):
    return page.context["form"][name].value()


def test_without_script_the_draft_is_kept_by_its_own_button(cast, mentor, filled):
    answer = send(mentor, NEW, {**filled, "note": "写到一半"}, save_draft="1", follow=True)
    said = answer.content.decode()
    assert not Session.objects.exists()
    assert "已存草稿，还没有提交" in said
    assert "上次没写完的还在" in said
    assert "写到一半" in said
    assert initial(answer, "present") == [str(cast.a.apprentice.pk)]
    assert_page(answer.content, role="mentor")


def test_the_autosaved_draft_is_there_next_time_and_gone_after_sending(cast, mentor, filled):
    page = mentor.get(NEW)
    url = page.context["draft_url"]
    assert url == f"/drafts/session-new-{cast.a.group.pk}/"
    saved = {**hidden_fields(page), **filled, "note": "说到一半，电话来了", "device": "phone1", "rev": "5"}
    assert mentor.post(url, saved).content.decode().startswith("已存草稿 ")
    again = mentor.get(NEW)
    assert initial(again, "note") == "说到一半，电话来了"
    send(mentor, NEW, {**filled, "note": "说完了"})
    assert not Draft.objects.exists()
    assert initial(mentor.get(NEW), "note") in (None, "")


def test_a_late_autosave_does_not_bring_a_sent_draft_back(cast, mentor, filled):
    fresh = mentor.get(NEW)
    page = {**hidden_fields(fresh), **filled}
    mentor.post(NEW, page)
    mentor.post(fresh.context["draft_url"], {**page, "device": "phone1", "rev": "9"})
    assert not Draft.objects.exists()


def test_two_devices_with_two_texts_are_asked_about(cast, mentor, filled):
    fresh = mentor.get(NEW)
    page, url = hidden_fields(fresh), fresh.context["draft_url"]
    mentor.post(url, {**page, **filled, "note": "在家写的", "device": "tablet", "rev": "1"})
    mentor.cookies.clear()
    mentor.force_login(cast.a.mentor)
    mentor.post(url, {**page, **filled, "note": "路上写的", "device": "phone1", "rev": "2"})
    answer = mentor.get(NEW)
    assert "您在另一台设备上也写过" in answer.content.decode()
    assert initial(answer, "note") == "路上写的"
    other = Draft.objects.get(device="tablet")
    chosen = mentor.get(NEW, {"draft": other.pk})
    assert initial(chosen, "note") == "在家写的"
    assert "您在另一台设备上也写过" not in chosen.content.decode()


def test_a_draft_can_be_thrown_away(cast, mentor, filled):
    send(mentor, NEW, {**filled, "note": "写错人了"}, save_draft="1")
    answer = send(mentor, NEW, filled, restart="1", follow=True)
    assert not Draft.objects.exists()
    assert initial(answer, "note") in (None, "")


def test_the_draft_of_a_plan_and_of_another_session_are_never_mixed(cast, mentor, filled):
    send(mentor, NEW, {**filled, "note": "没有安排的那次"}, save_draft="1")
    plan = session_plans.plan(
        group=cast.a.group, held_on=days_ago(0), participants=[cast.a.apprentice], by=cast.a.staff
    )
    assert initial(mentor.get(NEW), "note") == "没有安排的那次"
    planned = mentor.get(NEW, {"group": cast.a.group.pk, "plan": plan.pk})
    assert initial(planned, "note") in (None, "")
    assert planned.context["draft_url"] == f"/drafts/session-plan-{plan.pk}/"


def test_a_draft_from_another_person_is_not_shown(cast, mentor, filled):
    send(cast.client(cast.a.other_mentor), NEW, {"note": "别人的话"}, save_draft="1")
    mine = Draft.objects.get()
    answer = mentor.get(NEW, {"draft": mine.pk})
    assert "别人的话" not in answer.content.decode()


def test_the_drafts_of_two_groups_are_never_mixed(cast, mentor, filled):
    old = CohortFactory(studio=cast.a.studio, starts_on=days_ago(500), ends_on=days_ago(101))
    earlier = GroupFactory(cohort=old, mentor=cast.a.mentor, number=1)
    send(mentor, NEW, {**filled, "note": "这一期的话"}, save_draft="1")
    assert initial(mentor.get(NEW, {"group": earlier.pk}), "note") in (None, "")
    assert initial(mentor.get(NEW, {"group": cast.a.group.pk}), "note") == "这一期的话"


def test_what_was_filled_in_beforehand_stays_folded_and_what_was_written_does_not(cast, mentor, filled):
    session_plans.plan(
        group=cast.a.group, held_on=days_ago(0), participants=[cast.a.apprentice], place="门房", mode="visit",
        by=cast.a.staff,
    )  # fmt: skip
    assert not mentor.get(NEW).context["form"].more_is_open()
    page = send(
        mentor,
        NEW,
        {**filled, "place": "门房", "mode": "visit", "task_0": "写小结"},
        save_draft="1",
        follow=True,
    )
    assert page.context["form"].more_is_open()
