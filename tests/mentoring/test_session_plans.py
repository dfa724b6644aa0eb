"""安排带教: made, changed, called off, with notice to those concerned."""

from datetime import time

import pytest
from django.urls import reverse

from growth.models import Entry
from mentoring.actions import session_plans
from mentoring.models import Session
from people.models import Notice
from people.stale import Refused, StaleEdit
from tests.factories import BaseFactory, SessionFactory, days_ago, days_ahead
from tests.forms import send
from tests.look.structure import assert_page

PLAN = "/sessions/plan/"


@pytest.fixture
def plan(cast):
    def act(**given):
        defaults = {
            "group": cast.a.group,
            "held_on": days_ahead(3),
            "participants": [cast.a.apprentice, cast.a.peer],
            "by": cast.a.mentor,
        }
        return session_plans.plan(**{**defaults, **given})

    return act


def told():
    return {notice.person_id for notice in Notice.objects.all()}


def errors(page):
    return [message for _, message in page.context["form"].error_fields()]


def test_a_plan_writes_no_ledger_and_tells_the_others(cast, plan):
    session = plan(
        by=cast.a.staff, starts_at=time(14, 30), base=BaseFactory(studio=cast.a.studio, name="红楼")
    )
    assert session.state == Session.State.PLANNED
    assert not Entry.objects.exists()
    assert told() == {cast.a.mentor.pk, cast.a.apprentice.pk, cast.a.peer.pk}
    assert "下午2:30，在红楼" in Notice.objects.first().text


def test_whoever_plans_is_not_told(cast, plan):
    plan(by=cast.a.mentor)
    assert cast.a.mentor.pk not in told()


def test_a_plan_is_for_today_or_later_within_the_cohort(cast, plan):
    assert plan(held_on=days_ago(0)).pk
    with pytest.raises(Refused, match="请用“记一次带教”"):
        plan(held_on=days_ago(1))
    with pytest.raises(Refused, match="在本期结束"):
        plan(held_on=days_ahead(201))
    with pytest.raises(Refused, match="请点一下"):
        plan(participants=[])
    with pytest.raises(Refused, match=cast.a.other_apprentice.name):
        plan(participants=[cast.a.other_apprentice])


def test_a_changed_plan_tells_also_whoever_is_not_in_it_any_more(cast, plan):
    session = plan()
    Notice.objects.all().delete()
    session_plans.change_plan(
        session, version=1, by=cast.a.mentor, participants=[cast.a.peer], held_on=days_ahead(5)
    )
    assert told() == {cast.a.apprentice.pk, cast.a.peer.pk}
    session.refresh_from_db()
    assert list(session.apprentices.all()) == [cast.a.peer]
    assert session.held_on == days_ahead(5)


def test_of_two_changes_the_later_one_is_refused(cast, plan):
    session = plan()
    session_plans.change_plan(session, version=1, by=cast.a.staff, participants=[cast.a.peer], place="甲")
    with pytest.raises(StaleEdit):
        session_plans.change_plan(
            session, version=1, by=cast.a.mentor, participants=[cast.a.peer], place="乙"
        )


def test_a_cancelled_plan_is_told_once_and_cannot_be_changed(cast, plan):
    session = plan()
    Notice.objects.all().delete()
    session = session_plans.cancel_plan(session, by=cast.a.mentor)
    assert told() == {cast.a.apprentice.pk, cast.a.peer.pk}
    session_plans.cancel_plan(session, by=cast.a.mentor)
    assert Notice.objects.count() == 2
    with pytest.raises(Refused, match="不能再改"):
        session_plans.change_plan(session, version=2, by=cast.a.mentor, participants=[cast.a.peer])


def test_a_logged_session_cannot_be_called_off(cast):
    with pytest.raises(Refused, match="不能再改"):
        session_plans.cancel_plan(SessionFactory(group=cast.a.group), by=cast.a.mentor)


# --- pages ------------------------------------------------------------------------------------------------


def test_a_mentor_plans_for_the_whole_group_without_ticking(cast):
    client = cast.client(cast.a.mentor)
    page = client.get(PLAN)
    assert_page(page.content, role="mentor")
    present = page.context["form"]["present"].value()
    assert present == [str(cast.a.apprentice.pk), str(cast.a.peer.pk)]
    sent = {"held_on": days_ahead(2).isoformat(), "starts_at": "14:30", "mode": "visit", "theme": "停车难"}
    answer = send(client, PLAN, {**sent, "present": present}, follow=True)
    session = Session.objects.get()
    assert (session.state, session.theme, session.starts_at) == ("planned", "停车难", time(14, 30))
    assert "下午2:30" in answer.content.decode()
    assert "记这一次" not in answer.content.decode()
    assert_page(answer.content, role="mentor")


def test_a_plan_is_logged_from_its_page_once_its_day_has_come(cast, plan):
    client = cast.client(cast.a.mentor)
    page = client.get(plan(held_on=days_ago(0)).get_absolute_url())
    assert "记这一次" in page.content.decode()
    assert_page(page.content, role="mentor")


def test_staff_choose_the_group_first(cast):
    client = cast.client(cast.a.staff)
    chosen = client.get(PLAN)
    assert f"{PLAN}?group={cast.a.other_group.pk}" in chosen.content.decode()
    sent = {"held_on": days_ahead(2).isoformat(), "mode": "face", "present": [cast.a.other_apprentice.pk]}
    send(client, f"{PLAN}?group={cast.a.other_group.pk}", sent)
    assert Session.objects.get().group == cast.a.other_group


def test_sent_twice_it_is_one_plan(cast):
    client = cast.client(cast.a.mentor)
    page = client.get(PLAN)
    sent = {
        "form_token": page.context["form"]["form_token"].value(), "held_on": days_ahead(2).isoformat(),
        "mode": "face", "present": [cast.a.peer.pk],
    }  # fmt: skip
    first, second = client.post(PLAN, sent), client.post(PLAN, sent)
    assert first["Location"] == second["Location"]
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"held_on": "2020-01-02"}, "安排的日期请选今天或以后。已经带过的，请用“记一次带教”"),
        ({"held_on": ""}, "请填写哪一天"),
        ({"held_on": "后天"}, "请写成这样的日期：2024年6月18日"),
        ({"starts_at": "下午"}, "请写成这样的时间：14:30"),
        ({"present": []}, "请点一下谁参加"),
    ],
)
def test_a_bad_plan_gets_a_sentence_and_writes_nothing(cast, change, sentence):
    sent = {
        "held_on": days_ahead(2).isoformat(),
        "mode": "face",
        "theme": "停车难",
        "present": [cast.a.peer.pk],
    }
    answer = send(cast.client(cast.a.mentor), PLAN, {**sent, **change})
    assert answer.status_code == 422
    assert errors(answer) == [sentence]
    assert "停车难" in answer.content.decode()
    assert_page(answer.content, role="mentor")
    assert not Session.objects.exists()


def test_a_plan_is_changed_and_called_off_on_its_pages(cast, plan):
    session = plan()
    client = cast.client(cast.a.mentor)
    url = reverse("mentoring:session-edit", args=[session.pk])
    page = client.get(url)
    assert_page(page.content, role="mentor")
    sent = {"held_on": days_ahead(4).isoformat(), "mode": "face", "present": [cast.a.peer.pk]}
    send(client, url, sent)
    session.refresh_from_db()
    assert session.held_on == days_ahead(4)
    asks = client.get(reverse("mentoring:session-cancel", args=[session.pk]))
    assert_page(asks.content, role="mentor")
    answer = send(client, reverse("mentoring:session-cancel", args=[session.pk]), follow=True)
    assert "已取消" in answer.content.decode()


def test_a_cancelled_plan_has_no_edit_page(cast, plan):
    session = session_plans.cancel_plan(plan(), by=cast.a.mentor)
    url = reverse("mentoring:session-edit", args=[session.pk])
    assert cast.client(cast.a.mentor).get(url).status_code == 403


def test_participants_see_the_plan_and_cannot_change_it(cast, plan):
    session = plan()
    client = cast.client(cast.a.apprentice)
    page = client.get(session.get_absolute_url())
    assert page.status_code == 200
    assert "改安排" not in page.content.decode()
    assert client.get(reverse("mentoring:session-edit", args=[session.pk])).status_code == 403


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 18, "٣", "x"])
def test_a_group_or_plan_that_cannot_be_is_not_found(cast, number):
    client = cast.client(cast.a.mentor)
    assert client.post("/sessions/plan/", {"group": number}).status_code == 404
    assert client.post("/sessions/new/", {"group": number}).status_code == 404
    gone = client.post("/sessions/new/", {"group": cast.a.group.pk, "plan": number})
    assert gone.status_code == 422


def test_a_plan_half_made_is_kept_for_its_group_until_it_is_sent(cast):
    a, page = cast.a, f"/sessions/plan/?group={cast.a.group.pk}"
    client = cast.client(a.staff)
    form = client.get(page).context["form"]
    typed = {
        "held_on": days_ahead(3), "theme": "垃圾分类怎么劝", "present": [a.peer.pk], "mode": "visit",
        "where": "", "save_draft": "1",
    }  # fmt: skip
    assert f"/drafts/plan-{a.group.pk}/" in form.form_attrs()["data-autosave"]
    assert send(client, page, typed).status_code == 302
    kept = client.get(page)
    assert "垃圾分类怎么劝" in kept.content.decode()
    assert kept.context["form"]["present"].value() == [str(a.peer.pk)]
    assert "垃圾分类怎么劝" not in client.get(f"/sessions/plan/?group={a.other_group.pk}").content.decode()
    del typed["save_draft"]
    assert send(client, page, typed).status_code == 302
    assert Session.objects.get().theme == "垃圾分类怎么劝"
    assert "垃圾分类怎么劝" not in client.get(page).content.decode()
