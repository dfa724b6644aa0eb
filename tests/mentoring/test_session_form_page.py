"""记一次带教 as a person meets it, without script."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from growth.models import NextStep
from mentoring.actions import session_plans, sessions
from mentoring.models import Session
from tests.factories import (
    BaseFactory,
    CohortFactory,
    GroupFactory,
    MethodFactory,
    PairingFactory,
    SessionFactory,
    days_ago,
    days_ahead,
)
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

NEW = "/sessions/new/"


def iso(day):
    return day.isoformat()


@pytest.fixture
def mentor(cast):
    return cast.client(cast.a.mentor)


@pytest.fixture
def filled(cast):
    """What a mentor sends who touched nothing but one chip."""
    return {"present": [cast.a.apprentice.pk], "day": iso(days_ago(0)), "minutes": "60", "topics": ["party"]}


def initial(page, name):
    return page.context["form"][name].value()


def errors(page):
    return [message for _, message in page.context["form"].error_fields()]


# --- what is filled in ------------------------------------------------------------------------------------


def test_the_first_time_with_two_apprentices_nobody_is_ticked(mentor):
    page = mentor.get(NEW)
    assert initial(page, "present") == []
    assert initial(page, "day") == iso(days_ago(0))
    assert initial(page, "minutes") == 60
    assert initial(page, "note") in (None, "")


def test_the_only_apprentice_is_ticked(cast):
    page = cast.client(cast.a.other_mentor).get(NEW)
    assert initial(page, "present") == [str(cast.a.other_apprentice.pk)]


def test_participants_and_duration_are_those_of_last_time(cast, mentor):
    SessionFactory(group=cast.a.group, held_on=days_ago(9), minutes=240, present=[cast.a.apprentice])
    SessionFactory(group=cast.a.group, held_on=days_ago(3), minutes=30, present=[cast.a.peer])
    page = mentor.get(NEW)
    assert initial(page, "present") == [str(cast.a.peer.pk)]
    assert initial(page, "minutes") == 30


def test_whoever_left_since_last_time_is_not_ticked(cast, mentor):
    SessionFactory(group=cast.a.group, present=[cast.a.peer, cast.a.apprentice])
    cast.a.group.pairings.filter(apprentice=cast.a.peer).update(state="changed", ends_on=days_ago(0))
    page = mentor.get(NEW)
    assert initial(page, "present") == [str(cast.a.apprentice.pk)]
    assert f"{cast.a.peer.name}（{cast.a.peer.place}，已调整）" in page.content.decode()


@pytest.mark.parametrize("back", [0, 1])
def test_a_plan_of_today_or_yesterday_fills_the_form(cast, mentor, back):
    base = BaseFactory(studio=cast.a.studio)
    plan = session_plans.plan(
        group=cast.a.group, held_on=days_ago(back), participants=[cast.a.apprentice], base=base, mode="visit",
        theme="停车难", by=cast.a.staff, at=timezone.now() - timedelta(days=2),
    )  # fmt: skip
    page = mentor.get(NEW)
    assert page.context["start"].plan == plan
    assert initial(page, "present") == [str(cast.a.apprentice.pk)]
    assert initial(page, "day") == iso(days_ago(back))
    assert initial(page, "where") == f"b{base.pk}"
    assert initial(page, "mode") == "visit"
    assert "停车难" in page.content.decode()


def test_older_and_coming_plans_are_not_taken_up_by_themselves(cast, mentor):
    for day in (days_ago(2), days_ahead(1)):
        SessionFactory(group=cast.a.group, held_on=day, state="planned", logged_at=None, logged_by=None)
    assert mentor.get(NEW).context["start"].plan is None


def test_the_address_names_a_plan_or_that_it_was_another_session(cast, mentor):
    old, today = (
        SessionFactory(group=cast.a.group, held_on=day, state="planned", logged_at=None, logged_by=None)
        for day in (days_ago(5), days_ago(0))
    )
    assert mentor.get(NEW, {"plan": old.pk}).context["start"].plan == old
    assert mentor.get(NEW, {"plan": 0}).context["start"].plan is None
    assert mentor.get(NEW).context["start"].plan == today


# --- sending ----------------------------------------------------------------------------------------------


def test_four_taps_are_enough_for_a_planned_session(cast, mentor):
    plan = session_plans.plan(
        group=cast.a.group, held_on=days_ago(0), participants=[cast.a.apprentice], by=cast.a.staff
    )
    page = mentor.get(NEW)
    form = page.context["form"]
    kept = {name: form[name].value() for name in ("present", "day", "minutes", "mode", "where")}
    answer = mentor.post(NEW, {**hidden_fields(page), **kept, "note": "看了车棚，讲了怎么划线。"})
    plan.refresh_from_db()
    assert answer["Location"] == reverse("mentoring:session-done", args=[plan.pk])
    assert plan.state == Session.State.LOGGED
    assert plan.note == "看了车棚，讲了怎么划线。"
    assert plan.neighbourhood == cast.a.apprentice.neighbourhood


def test_everything_the_page_offers_is_kept(cast, mentor, filled):
    base, method = BaseFactory(studio=cast.a.studio), MethodFactory()
    answer = send(mentor, NEW, {
        **filled, "present": [cast.a.apprentice.pk, cast.a.peer.pk], "day": "pick",
        "held_on": iso(days_ago(12)), "minutes": "120", "topics": ["party", "other"],
        "note": "讲了三会一课。\r\n记录要当天写。", "mode": "class",
        "where": f"b{base.pk}", "place": "二楼会议室", "methods": [method.pk],
        "task_0": "写一页小结", "task_0_due": iso(days_ahead(3)),
    }, follow=True)  # fmt: skip
    session = Session.objects.get()
    assert (session.held_on, session.minutes, session.mode) == (days_ago(12), 120, "class")
    assert session.topics == ["party", "other"]
    assert session.note == "讲了三会一课。\n记录要当天写。"
    assert session.where() == f"{base.name}，二楼会议室"
    assert list(session.methods.all()) == [method]
    assert NextStep.objects.filter(text="写一页小结", due_on=days_ahead(3)).count() == 2
    said = answer.content.decode()
    assert "记好了" in said
    assert f"{cast.a.apprentice.name}、{cast.a.peer.name}已经能看到，24小时内可以改" in said


def test_the_page_after_sending_is_for_who_wrote_it(cast, mentor, filled):
    send(mentor, NEW, filled)
    session = Session.objects.get()
    done = reverse("mentoring:session-done", args=[session.pk])
    assert_page(mentor.get(done).content, role="mentor")
    assert cast.client(cast.a.apprentice).get(done)["Location"] == session.get_absolute_url()


def test_a_call_has_no_place_unless_one_is_named(cast, mentor, filled):
    send(mentor, NEW, {**filled, "where": "own", "mode": "phone"})
    assert Session.objects.get().where() == ""


def test_the_place_is_that_of_the_apprentices_only_if_they_share_it(cast, mentor, filled):
    send(mentor, NEW, {**filled, "where": "own", "present": [cast.a.apprentice.pk, cast.a.peer.pk]})
    assert Session.objects.get().neighbourhood is None


def test_sent_twice_it_is_one_session_and_both_lead_to_its_page(cast, mentor, filled):
    page = hidden_fields(mentor.get(NEW))
    first = mentor.post(NEW, {**page, **filled})
    second = mentor.post(NEW, {**page, **filled}, follow=True)
    assert Session.objects.count() == 1
    assert second.redirect_chain[0][0] == first["Location"]
    assert "这条已经交过了，不用再交" in second.content.decode()


def test_a_page_opened_yesterday_still_means_the_day_it_showed(cast, mentor, filled):
    send(mentor, NEW, {**filled, "day": iso(days_ago(3))})
    assert Session.objects.get().held_on == days_ago(3)


# --- what has to be changed -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"present": []}, "请点一下带了哪位徒弟"),
        ({"topics": [], "note": " \r\n "}, "请点一个内容，或者说一两句带教的情况"),
        ({"day": "pick", "held_on": "2099-01-01"}, "日期在今天以后。还没开始的带教，请用“安排带教”"),
        ({"day": "pick", "held_on": ""}, "请选是哪一天带教的"),
        ({"day": "", "held_on": ""}, "请选是哪一天带教的"),
        ({"day": "前天"}, "请从列出来的里面选一个"),
        ({"day": "pick", "held_on": "昨天"}, "请写成这样的日期：2024年6月18日"),
        ({"note": "长" * 2003}, "写得有点多，请留在2000字以内，现在是2003字"),
        ({"task_0": "写小结", "task_0_due": "2020-02-01"}, "期限2020年2月1日已经过了，请往后选"),
        ({"task_1_due": "2099-02-01"}, "请写一句要做什么，或者把日期去掉"),
        ({"minutes": "61"}, "请从列出来的里面选一个"),
        ({"topics": ["party", "golf"]}, "请从列出来的里面选一个"),
        ({"present": ["x"]}, "请从列出来的里面选一个"),
        ({"where": "b999"}, "请从列出来的里面选一个"),
    ],
)
def test_bad_input_gets_a_sentence_keeps_the_words_and_writes_nothing(cast, mentor, filled, change, sentence):
    answer = send(mentor, NEW, {"note": "讲了怎么写小结。", **filled, **change})
    assert answer.status_code == 422
    assert errors(answer) == [sentence]
    assert_page(answer.content, role="mentor")
    assert change.get("note", "讲了怎么写小结。").strip()[:5] in answer.content.decode()
    assert not Session.objects.exists()


def test_a_future_day_offers_the_page_for_plans(cast, mentor, filled):
    answer = send(mentor, NEW, {**filled, "day": "pick", "held_on": iso(days_ahead(2))})
    assert f"/sessions/plan/?group={cast.a.group.pk}" in answer.content.decode()


def test_a_day_before_the_cohort_is_told_with_its_first_day(cast, mentor, filled):
    first = cast.a.cohort.starts_on
    answer = send(mentor, NEW, {**filled, "day": "pick", "held_on": iso(first - timedelta(days=1))})
    assert len(errors(answer)) == 1
    assert "在本期开始（" in errors(answer)[0]


def test_an_apprentice_of_another_group_cannot_be_slipped_in(cast, mentor, filled):
    answer = send(mentor, NEW, {**filled, "present": [cast.a.other_apprentice.pk]})
    assert answer.status_code == 422
    assert not Session.objects.exists()


def test_whoever_was_not_yet_paired_that_day_is_named(cast, mentor, filled):
    newcomer = PairingFactory(group=cast.a.group, starts_on=days_ago(5)).apprentice
    answer = send(
        mentor, NEW, {**filled, "present": [newcomer.pk], "day": "pick", "held_on": iso(days_ago(6))}
    )
    assert newcomer.name in errors(answer)[0]


def test_a_plan_logged_by_somebody_else_meanwhile_keeps_the_words_and_asks(cast, mentor, filled):
    plan = session_plans.plan(
        group=cast.a.group, held_on=days_ago(0), participants=[cast.a.apprentice], by=cast.a.staff
    )
    page = hidden_fields(mentor.get(NEW))
    sessions.log(
        group=cast.a.group, present=[cast.a.apprentice], held_on=days_ago(0), topics=["party"],
        by=cast.a.staff, planned=plan,
    )  # fmt: skip
    answer = mentor.post(NEW, {**page, **filled, "note": "我这里也写了。"})
    assert answer.status_code == 422
    assert "这次安排已经记过了" in answer.content.decode()
    assert "我这里也写了。" in answer.content.decode()
    again = {**hidden_fields(answer), **filled, "note": "我这里也写了。"}
    assert mentor.post(NEW, again).status_code == 302
    assert Session.objects.count() == 2


# --- several groups, 代记 ---------------------------------------------------------------------------------


def test_a_mentor_with_two_groups_starts_with_the_running_one_and_can_switch(cast, mentor):
    old = CohortFactory(studio=cast.a.studio, starts_on=days_ago(500), ends_on=days_ago(101))
    earlier = GroupFactory(cohort=old, mentor=cast.a.mentor, number=1)
    page = mentor.get(NEW)
    assert page.context["start"].group == cast.a.group
    assert f"/sessions/new/?group={earlier.pk}" in page.content.decode()
    assert mentor.get(NEW, {"group": earlier.pk}).context["start"].group == earlier


def test_staff_choose_a_group_and_write_for_its_mentor(cast, filled):
    staff = cast.client(cast.a.staff)
    chosen = staff.get(NEW, {"proxy": "1"})
    assert_page(chosen.content, role="staff")
    url = f"{NEW}?group={cast.a.group.pk}&amp;proxy=1"
    assert url in chosen.content.decode()
    answer = send(staff, url.replace("&amp;", "&"), {**filled, "proxy_source": "phone"}, follow=True)
    session = Session.objects.get()
    assert session.by_proxy
    assert session.proxy_source == "phone"
    assert f"{cast.a.mentor.called}和{cast.a.apprentice.name}已经能看到" in answer.content.decode()


def test_a_mentor_is_not_asked_from_what_it_was_written(mentor):
    assert "根据什么记的" not in mentor.get(NEW).content.decode()


def test_a_mentor_without_apprentices_is_told_so(cast):
    answer = cast.client(cast.a.lead).get(NEW)
    assert answer.status_code == 200
    assert "还没有结对的徒弟" in answer.content.decode()


def test_nobody_logs_for_a_group_of_others(cast):
    for person, status in (
        (cast.a.other_mentor, 403),
        (cast.a.apprentice, 403),
        (cast.b.staff, 404),
        (cast.b.mentor, 404),
        (cast.district, 404),
    ):
        assert cast.client(person).get(NEW, {"group": cast.a.group.pk}).status_code == status
        assert cast.client(person).post(NEW, {"group": cast.a.group.pk}).status_code == status


@pytest.mark.parametrize("said", ["x", "-1", "9" * 30, "٣"])
def test_nonsense_in_the_address_is_not_found(mentor, said):
    assert mentor.get(NEW, {"group": said}).status_code == 404


@pytest.mark.parametrize("said", ["x", "-1", "9" * 30])
def test_a_plan_or_draft_that_does_not_exist_is_left_out(mentor, said):
    assert mentor.get(NEW, {"plan": said}).status_code == 200
    assert mentor.get(NEW, {"draft": said}).status_code == 200


def test_the_page_keeps_the_rules_and_its_weight_in_all_sizes(cast, mentor, django_assert_max_num_queries):
    MethodFactory.create_batch(8)
    for size in ("", "lg", "xxl"):
        cast.a.mentor.text_size = size
        cast.a.mentor.save()
        with django_assert_max_num_queries(12):
            page = mentor.get(NEW)
        assert_page(page.content, role="mentor")
    assert page["Content-Type"].startswith("text/html")
