"""The front pages: what each desk sees first, at a cost that does not grow."""

import pytest
from django.urls import reverse

from growth.actions import ledger
from growth.models import Reflection
from people.roles import Role
from tests.factories import (
    CaseConsultantFactory,
    CaseFactory,
    MembershipFactory,
    NextStepFactory,
    ReflectionFactory,
    SessionFactory,
    StepFactory,
    StudioFactory,
    days_ago,
    make_person,
)
from tests.look.structure import assert_page

HOME = "/"


def page(cast, person):
    return cast.client(person).get(HOME).content.decode()


def held(cast, **fields):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice, cast.a.peer], **fields)
    ledger.record(session)


@pytest.mark.django_db
def test_a_new_studio_is_told_where_to_begin(client):
    client.force_login(make_person(StudioFactory(), Role.STAFF))
    text = client.get(HOME).content.decode()
    places = [text.index(words) for words in (">加人员<", ">建期次<", ">结对<", ">记第一次带教<")]
    assert places == sorted(places)


def test_staff_see_what_waits_what_is_stuck_and_the_figures(cast):
    held(cast)
    CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice, title="楼道堆物谁来清")
    step = StepFactory(
        prescription__case__studio=cast.a.studio, due_on=days_ago(2), text="请物业来量一量", order=1
    )
    text = page(cast, cast.a.staff)
    assert "去受理" in text
    assert "楼道堆物谁来清" in text
    assert "卡住的" in text
    assert step.prescription.case.title in text
    assert "本月带教" in text


def test_a_pair_without_a_session_for_long_is_asked_about_and_not_blamed(cast):
    text = page(cast, cast.a.staff)
    pair = f"{cast.a.mentor.called}和{cast.a.apprentice.name}"
    assert f"{pair}100天没有带教记录，是不是漏记了？" in text
    held(cast)
    assert pair not in page(cast, cast.a.staff)


def test_a_mentor_sees_the_planned_session_the_big_button_and_the_pupils(cast):
    SessionFactory(
        group=cast.a.group,
        state="planned",
        held_on=days_ago(0),
        logged_at=None,
        logged_by=None,
        place="甲居民区活动室",
        planned_at="2026-01-01T00:00Z",
        planned_by=cast.a.staff,
    )
    text = page(cast, cast.a.mentor)
    assert "记这一次" in text
    assert "甲居民区活动室" in text
    assert cast.a.apprentice.name in text
    assert cast.a.other_apprentice.name not in text


def test_a_mentor_hears_of_cases_and_reflections_that_wait(cast):
    CaseConsultantFactory(case__studio=cast.a.studio, person=cast.a.mentor)
    ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice, mentor=cast.a.mentor)
    text = page(cast, cast.a.mentor)
    assert "等您出主意的案例 1 件" in text
    assert "心得 1 条，还没回话" in text


def test_an_apprentice_sees_what_comes_next_and_what_the_mentor_said(cast):
    NextStepFactory(studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.mentor, text="走一遍五号楼")
    said = ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice, mentor=cast.a.mentor)
    Reflection.objects.filter(pk=said.pk).update(
        reply="话要慢慢说", replied_at="2026-01-01T00:00Z", replied_by=cast.a.mentor
    )
    text = page(cast, cast.a.apprentice)
    assert text.index("走一遍五号楼") < text.index("话要慢慢说")
    assert "提交疑难案例" in text


def test_nobody_without_a_role_is_told_what_to_do(cast):
    assert "还没有安排角色" in page(cast, cast.stranger)


def test_one_account_with_two_roles_changes_desks(cast):
    MembershipFactory(studio=cast.a.studio, person=cast.a.mentor, role=Role.STAFF)
    client = cast.client(cast.a.mentor)
    assert "工作台" in client.get(HOME).content.decode()
    client.post(reverse("people:desk"), {"desk": "mentor"})
    assert "我的徒弟" in client.get(HOME).content.decode()


@pytest.mark.parametrize("role", ["staff", "mentor", "apprentice", "guest", "stranger"])
def test_front_pages_are_well_built(cast, role):
    held(cast)
    NextStepFactory(studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.mentor)
    answer = cast.client(cast.roles()[role]).get(HOME)
    assert_page(answer.content.decode(), role="staff" if role == "staff" else "mentor")


@pytest.mark.parametrize("role", ["staff", "mentor", "apprentice"])
def test_front_pages_cost_at_most_twelve_queries(cast, role, django_assert_max_num_queries):
    for days in range(5):
        held(cast, held_on=days_ago(days))
    CaseFactory.create_batch(3, studio=cast.a.studio, owner=cast.a.apprentice)
    CaseConsultantFactory.create_batch(3, case__studio=cast.a.studio, person=cast.a.mentor)
    NextStepFactory.create_batch(3, studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.mentor)
    ReflectionFactory.create_batch(3, studio=cast.a.studio, person=cast.a.apprentice, mentor=cast.a.mentor)
    client = cast.client(cast.roles()[role])
    with django_assert_max_num_queries(12):
        client.get(HOME)


@pytest.mark.parametrize("role", ["mentor", "apprentice", "district"])
def test_my_page_leads_to_what_is_mine_and_every_link_opens(cast, role):
    client = cast.client(cast.roles()[role])
    parts = client.get(reverse("people:me")).context["frame"]["mine"]
    assert parts
    links = [item for _, items in parts for item in items]
    assert [client.get(item.url).status_code for item in links] == [200] * len(links)


@pytest.mark.parametrize("role", ["staff", "mentor", "apprentice", "district", "guest"])
def test_every_item_of_the_menu_opens_and_is_marked(cast, role):
    client = cast.client(cast.roles()[role])
    menu = client.get(reverse("people:notice-list")).context["frame"]["nav"]
    for item in [*menu, *(child for parent in menu for child in parent.children)]:
        answer = client.get(item.url)
        assert answer.status_code == 200
        marked = [one for one in answer.context["frame"]["nav"] if one.current]
        assert len(marked) == 1
