"""List and detail for every role, correcting, confirming, taking away."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from growth.models import Entry
from mentoring import todo
from mentoring.actions import sessions
from mentoring.models import Session
from tests.factories import BaseFactory, NextStepFactory, SessionFactory, days_ago, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

LIST = "/sessions/"


def logged(cast, **given):
    return SessionFactory(**{"group": cast.a.group, "present": [cast.a.apprentice], **given})


def text(answer):
    return answer.content.decode()


def errors(page):
    return [message for _, message in page.context["form"].error_fields()]


# --- list -------------------------------------------------------------------------------------------------


def test_staff_see_all_of_their_studio_and_nothing_of_another(cast):
    mine = [logged(cast), logged(cast, group=cast.a.other_group, present=[cast.a.other_apprentice])]
    SessionFactory(group=cast.b.group, present=[cast.b.apprentice])
    page = cast.client(cast.a.staff).get(LIST)
    assert set(page.context["page"].rows) == set(mine)
    assert_page(page.content, role="staff")


def test_a_mentor_sees_the_own_records(cast):
    own = logged(cast)
    logged(cast, group=cast.a.other_group, present=[cast.a.other_apprentice])
    page = cast.client(cast.a.mentor).get(LIST)
    assert page.context["page"].rows == [own]
    assert "我的记录" in text(page)
    assert_page(page.content, role="mentor")


def test_an_apprentice_reads_the_own_and_of_the_group_the_titles_only(cast):
    own = logged(cast, note="单独跟我讲的")
    mates = logged(cast, present=[cast.a.peer], note="跟别人讲的悄悄话", topics=["emergency"])
    logged(cast, group=cast.a.other_group, present=[cast.a.other_apprentice], topics=["team"])
    page = cast.client(cast.a.apprentice).get(LIST)
    assert set(page.context["page"].rows) == {own, mates}
    said = text(page)
    assert own.get_absolute_url() in said
    assert mates.get_absolute_url() not in said
    assert "应急处置" in said
    assert "悄悄话" not in said
    results = said.split('id="results"')[1]
    assert cast.a.peer.name not in results
    assert_page(page.content, role="apprentice")


def test_removed_sessions_are_in_no_list(cast):
    logged(cast, removed_at=timezone.now(), removed_by=cast.a.mentor)
    for person in (cast.a.staff, cast.a.mentor, cast.a.apprentice, cast.a.peer):
        assert cast.client(person).get(LIST).context["page"].rows == []


@pytest.mark.parametrize("who", ["staff", "mentor", "apprentice"])
def test_an_empty_list_says_what_to_do(cast, who):
    page = cast.client(getattr(cast.a, who)).get(LIST)
    assert "还没有带教记录" in text(page)
    assert_page(page.content, role="staff")


def test_the_list_can_be_narrowed(cast):
    this = logged(cast, mode="visit", topics=["party"], held_on=days_ago(0))
    other = logged(cast, group=cast.a.other_group, mode="phone", topics=["team"], held_on=days_ago(70))
    plan = logged(cast, state="planned", logged_at=None, logged_by=None, held_on=days_ahead(1), topics=[])
    staff = cast.client(cast.a.staff)
    for chosen, found in (
        ({"group": cast.a.other_group.pk}, {other}),
        ({"mode": "visit"}, {this}),
        ({"topic": "team"}, {other}),
        ({"state": "planned"}, {plan}),
        ({"month": f"{days_ago(70):%Y-%m}"}, {other}),
        ({"mode": "visit", "topic": "team"}, set()),
        ({"mode": "nonsense", "month": "2024-13", "group": cast.b.group.pk}, {this, other, plan}),
    ):
        assert set(staff.get(LIST, chosen).context["page"].rows) == found, chosen


def test_paging_shows_every_session_once(cast):
    made = [logged(cast, held_on=days_ago(n // 3)) for n in range(30)]
    staff, seen, page = cast.client(cast.a.staff), [], {}
    for _ in range(2):
        answer = staff.get(LIST, page).context["page"]
        seen += answer.rows
        page = {"page": answer.older}
    assert len(seen) == 30
    assert set(seen) == set(made)


@pytest.mark.parametrize(("who", "queries"), [("staff", 5), ("mentor", 6), ("apprentice", 5)])
def test_a_list_costs_the_same_queries_for_one_session_and_for_three(
    cast, django_assert_num_queries, who, queries
):
    client = cast.client(getattr(cast.a, who))
    BaseFactory(studio=cast.a.studio)
    client.get(LIST)  # the first asking on a connection has its statements planned, once
    for rows in (1, 3):
        while Session.objects.count() < rows:
            logged(cast, base=BaseFactory(studio=cast.a.studio), present=[cast.a.apprentice, cast.a.peer])
        with django_assert_num_queries(queries):
            assert len(client.get(LIST).context["page"].rows) == rows


# --- detail -----------------------------------------------------------------------------------------------


def test_those_concerned_read_all_of_a_session(cast):
    session = logged(cast, note="第一行\n第二行", theme="停车难")
    NextStepFactory(
        studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.mentor, text="走访三户",
        source_id=session.pk, source_type=ContentType.objects.get_for_model(session),
    )  # fmt: skip
    for who, role in (("staff", "staff"), ("mentor", "mentor"), ("apprentice", "apprentice")):
        page = cast.client(getattr(cast.a, who)).get(session.get_absolute_url())
        for words in ("第一行", "停车难", "走访三户", cast.a.apprentice.name, "社区治理"):
            assert words in text(page)
        assert_page(page.content, role=role)


def test_nobody_else_does(cast):
    url = logged(cast).get_absolute_url()
    for person in (
        cast.a.peer, cast.a.other_mentor, cast.a.lead, cast.b.staff, cast.guest, cast.district, cast.stranger,
    ):  # fmt: skip
        assert cast.client(person).get(url).status_code == 404


def test_a_new_mentor_reads_what_the_apprentice_learned_before(cast):
    session = logged(cast)
    pairing = cast.a.group.pairings.get(apprentice=cast.a.apprentice)
    pairing.state, pairing.ends_on = "changed", days_ago(1)
    pairing.save()
    pairing.pk, pairing.group, pairing.mentor = None, cast.a.other_group, cast.a.other_mentor
    pairing.state, pairing.ends_on, pairing.starts_on = "active", None, days_ago(1)
    pairing.save(force_insert=True)
    page = cast.client(cast.a.other_mentor).get(session.get_absolute_url())
    assert page.status_code == 200
    assert not page.context["can_edit"]


def test_an_apprentice_reads_the_own_task_only(cast):
    at = {"group": cast.a.group, "held_on": days_ago(1), "topics": ["party"], "by": cast.a.mentor}
    session = sessions.log(**at, present=[cast.a.apprentice, cast.a.peer], tasks=[("数车位",)])
    page = cast.client(cast.a.apprentice).get(session.get_absolute_url())
    assert [step.person for step in page.context["steps"]] == [cast.a.apprentice]
    page = cast.client(cast.a.mentor).get(session.get_absolute_url())
    assert len(page.context["steps"]) == 2


def test_the_detail_costs_at_most_twelve_queries(cast, django_assert_max_num_queries):
    session = logged(cast, present=[cast.a.apprentice, cast.a.peer], base=BaseFactory(studio=cast.a.studio))
    for who in ("staff", "mentor", "apprentice"):
        client = cast.client(getattr(cast.a, who))
        with django_assert_max_num_queries(12):
            client.get(session.get_absolute_url())


def test_the_apprentice_is_led_to_a_reflection_about_it(cast):
    session = logged(cast)
    link = f"{reverse('growth:reflection-new')}?session={session.pk}"
    assert link in text(cast.client(cast.a.apprentice).get(session.get_absolute_url()))
    assert link not in text(cast.client(cast.a.mentor).get(session.get_absolute_url()))


# --- correcting -------------------------------------------------------------------------------------------


def edit_url(session):
    return reverse("mentoring:session-edit", args=[session.pk])


def as_sent(page):
    """What the browser sends back of the edit page, untouched."""
    form = page.context["form"]
    names = [name for name in form.fields if form[name].value() not in (None, "")]
    return {**hidden_fields(page), **{name: form[name].value() for name in names}}


def test_the_edit_page_changes_nothing_when_nothing_was_changed(cast):
    base = BaseFactory(studio=cast.a.studio, in_use=False)
    session = sessions.log(
        group=cast.a.group, present=[cast.a.apprentice], held_on=days_ago(9), topics=["party"],
        note="讲了党费。", minutes=240, mode="talk", base=base, place="门房",
        tasks=[("写小结", days_ahead(2))], by=cast.a.mentor,
    )  # fmt: skip
    names = ("held_on", "minutes", "topics", "note", "mode", "base_id", "neighbourhood_id", "place")
    before = {name: getattr(session, name) for name in names}
    ledger = list(Entry.objects.order_by("pk").values())
    client = cast.client(cast.a.mentor)
    page = client.get(edit_url(session))
    assert_page(page.content, role="mentor")
    assert client.post(edit_url(session), as_sent(page))["Location"] == session.get_absolute_url()
    session.refresh_from_db()
    assert {name: getattr(session, name) for name in names} == before
    assert list(Entry.objects.order_by("pk").values()) == ledger
    assert cast.a.apprentice.next_steps.get().text == "写小结"


def test_a_correction_is_seen_at_once_and_in_the_history(cast):
    session = logged(cast, note="讲了党费。")
    client = cast.client(cast.a.mentor)
    page = client.get(edit_url(session))
    client.post(edit_url(session), {**as_sent(page), "note": "讲了党费怎么收。", "topics": ["party"]})
    assert "讲了党费怎么收。" in text(client.get(session.get_absolute_url()))
    history = client.get(reverse("mentoring:session-history", args=[session.pk]))
    assert cast.a.mentor.called in text(history)
    assert "讲了党费怎么收。" in text(history)
    assert_page(history.content, role="mentor")


def test_a_bad_correction_keeps_what_was_typed(cast):
    session = logged(cast)
    client = cast.client(cast.a.mentor)
    page = client.get(edit_url(session))
    answer = client.post(edit_url(session), {**as_sent(page), "present": [], "note": "新的话"})
    assert answer.status_code == 422
    assert errors(answer) == ["请点一下带了哪位徒弟"]
    assert "新的话" in text(answer)


def test_the_second_of_two_editors_sees_both_texts_and_overwrites_nothing(cast):
    session = logged(cast, note="原来的话")
    mentor, staff = cast.client(cast.a.mentor), cast.client(cast.a.staff)
    mine, theirs = mentor.get(edit_url(session)), staff.get(edit_url(session))
    staff.post(edit_url(session), {**as_sent(theirs), "note": "街道改的话"})
    answer = mentor.post(edit_url(session), {**as_sent(mine), "note": "师傅改的话"})
    assert answer.status_code == 409
    assert "街道改的话" in text(answer)
    assert "师傅改的话" in text(answer)
    session.refresh_from_db()
    assert session.note == "街道改的话"


def test_after_the_window_the_mentor_is_told_who_can(cast):
    session = logged(cast, logged_at=timezone.now() - timedelta(hours=25), held_on=days_ago(3))
    client = cast.client(cast.a.mentor)
    page = client.get(session.get_absolute_url())
    assert edit_url(session) not in text(page)
    assert client.get(edit_url(session)).status_code == 403
    assert edit_url(session) in text(cast.client(cast.a.staff).get(session.get_absolute_url()))


# --- 代记 -------------------------------------------------------------------------------------------------


def test_the_mentor_confirms_what_staff_wrote_with_one_button(cast):
    session = logged(cast, logged_by=cast.a.staff, proxy_source="phone")
    client = cast.client(cast.a.mentor)
    page = client.get(session.get_absolute_url())
    assert "街道帮您记了一次，对不对？" in text(page)
    assert "由街道代记" in text(page)
    assert "根据电话" in text(page)
    assert_page(page.content, role="mentor")
    assert list(todo.waiting_confirmation(cast.a.mentor)) == [session]
    answer = client.post(reverse("mentoring:session-confirm", args=[session.pk]), follow=True)
    assert "街道帮您记了一次" not in text(answer)
    assert "核对过了" in text(answer)
    assert not todo.waiting_confirmation(cast.a.mentor).exists()


def test_silence_is_fine_after_a_month_nobody_asks_any_more(cast):
    logged(cast, logged_by=cast.a.staff, logged_at=timezone.now() - timedelta(days=31), held_on=days_ago(40))
    assert not todo.waiting_confirmation(cast.a.mentor).exists()


def test_only_the_mentor_is_asked(cast):
    session = logged(cast, logged_by=cast.a.staff)
    for who in ("staff", "apprentice"):
        client = cast.client(getattr(cast.a, who))
        assert "对不对" not in text(client.get(session.get_absolute_url()))
        assert client.post(reverse("mentoring:session-confirm", args=[session.pk])).status_code == 403


# --- taking away ------------------------------------------------------------------------------------------


def test_taking_away_asks_first_and_can_be_undone(cast):
    session = sessions.log(
        group=cast.a.group,
        present=[cast.a.apprentice],
        held_on=days_ago(1),
        topics=["party"],
        by=cast.a.mentor,
    )
    url = reverse("mentoring:session-remove", args=[session.pk])
    client = cast.client(cast.a.mentor)
    asks = client.get(url)
    assert "要去掉这条记录吗" in text(asks)
    assert_page(asks.content, role="mentor")
    answer = send(client, url, follow=True)
    assert "30天内可以" in text(answer)
    assert client.get(session.get_absolute_url()).status_code == 404
    assert not Entry.objects.exists()
    session.refresh_from_db()
    sessions.restore(session, by=cast.a.mentor)
    assert client.get(session.get_absolute_url()).status_code == 200
    assert Entry.objects.count() == 2


# --- 待办 -------------------------------------------------------------------------------------------------


def test_plans_of_today_and_yesterday_wait_until_they_are_logged(cast):
    plans = [
        logged(cast, state="planned", logged_at=None, logged_by=None, held_on=day)
        for day in (days_ago(0), days_ago(1), days_ago(2), days_ahead(1))
    ]
    assert list(todo.sessions_to_log(cast.a.mentor)) == plans[:2]
    assert not todo.sessions_to_log(cast.a.other_mentor).exists()
    page = cast.client(cast.a.mentor).get(todo.log_url(plans[1]))
    assert page.context["start"].plan == plans[1]
    sessions.log(
        group=cast.a.group, present=[cast.a.apprentice], held_on=days_ago(0), topics=["party"],
        by=cast.a.mentor, planned=plans[0],
    )  # fmt: skip
    assert list(todo.sessions_to_log(cast.a.mentor)) == [plans[1]]


def test_an_unfinished_session_waits_with_a_link_that_opens_it(cast):
    assert todo.session_draft(cast.a.mentor) is None
    client = cast.client(cast.a.mentor)
    send(client, "/sessions/new/", {"note": "写到一半"}, save_draft="1")
    draft = todo.session_draft(cast.a.mentor)
    assert "写到一半" in text(client.get(draft.url))


def test_the_unfinished_代记_of_staff_opens_for_its_group(cast):
    client = cast.client(cast.a.staff)
    send(
        client, f"/sessions/new/?proxy=1&group={cast.a.group.pk}", {"note": "师傅电话里说的"}, save_draft="1"
    )
    page = client.get(todo.session_draft(cast.a.staff).url)
    assert page.context["start"].group == cast.a.group
    assert "师傅电话里说的" in text(page)
