"""卡住的: what stands still is told about the matter, and can be let rest for a reason."""

from datetime import timedelta

import pytest
from django.utils import timezone

from growth.actions import ledger
from mentoring.actions import questions
from people.models import SetAside, Studio
from studio import stuck
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    SessionFactory,
    StepFactory,
    days_ago,
    days_ahead,
)
from tests.forms import send


def keys(studio):
    return [matter.rule for matter in stuck.stuck(studio)]


def stuck_of(studio, rule):
    """Ids of what is stuck of one kind, for tests of what gets stuck."""
    return [matter.pk for matter in stuck.stuck(studio) if matter.rule == rule]


def calm(cast):
    """Every pair of street A had a session lately."""
    a = cast.a
    for group, present in ((a.group, [a.apprentice, a.peer]), (a.other_group, [a.other_apprentice])):
        ledger.record(SessionFactory(group=group, present=present))


@pytest.fixture
def all_kinds(cast):
    """One of each kind that stands still."""
    a = cast.a
    calm(cast)
    Studio.objects.filter(pk=a.studio.pk).update(quiet_days=30)
    step = StepFactory(
        prescription__case__studio=a.studio, due_on=days_ago(2), text="请物业来量一量", order=1
    )
    case = CaseFactory(studio=a.studio, owner=a.apprentice, title="一楼不同意", due_on=days_ago(1))
    plan = SessionFactory(
        group=a.group, state="planned", held_on=days_ago(4), theme="停车", logged_at=None, logged_by=None
    )
    ends_on = days_ahead(10)
    letter = AppointmentFactory(studio=a.studio, mentor=a.mentor, issued_by=a.staff, ends_on=ends_on)
    asked = questions.ask(
        studio=a.studio, asker=a.apprentice, mentor=a.mentor, text="党费怎么补交？",
        at=timezone.now() - timedelta(days=12),
    )  # fmt: skip
    return {"step": step, "case": case, "plan": plan, "letter": letter, "question": asked}


def test_every_kind_is_found_and_told_without_private_words(cast, all_kinds):
    assert set(keys(cast.a.studio)) == {"step", "case", "plan", "letter", "question"}
    page = cast.client(cast.a.staff).get("/stuck/").content.decode()
    for words in (
        "药方第1步",
        "一楼不同意还没有受理",
        "安排的带教还没有记",
        "到期，要不要续聘",
        "还没有回答",
    ):
        assert words in page
    assert "党费怎么补交" not in page
    assert keys(cast.b.studio) == ["pair", "pair", "pair"]


def test_a_pair_counts_from_its_last_session_and_the_studios_own_number(cast):
    calm(cast)
    assert keys(cast.a.studio) == []
    Studio.objects.filter(pk=cast.a.studio.pk).update(quiet_days=7)
    cast.a.studio.refresh_from_db()
    assert keys(cast.a.studio) == []
    assert len(keys(cast.b.studio)) == 3


def test_letting_it_rest_needs_a_reason_and_stays_on_record(cast, all_kinds):
    client, letter = cast.client(cast.a.staff), all_kinds["letter"]
    url = f"/stuck/letter/{letter.pk}/leave/"
    page = send(client, url, {"reason": "", "days": "14"})
    assert page.status_code == 422
    assert "请写一句为什么" in page.content.decode()
    send(client, url, {"reason": "她年底退下来，不续了", "days": "14"})
    assert "letter" not in keys(cast.a.studio)
    aside = SetAside.objects.get()
    assert (aside.by, aside.until, aside.rule) == (cast.a.staff, days_ahead(14), "letter")
    page = client.get("/stuck/").content.decode()
    assert "她年底退下来，不续了" in page
    assert client.get(url).status_code == 404


def test_after_its_days_the_matter_comes_back_by_itself(cast, all_kinds):
    letter = all_kinds["letter"]
    send(cast.client(cast.a.staff), f"/stuck/letter/{letter.pk}/leave/", {"reason": "等等", "days": "7"})
    SetAside.objects.update(until=days_ago(1))
    assert "letter" in keys(cast.a.studio)
    send(cast.client(cast.a.staff), f"/stuck/letter/{letter.pk}/leave/", {"reason": "再等等", "days": "7"})
    assert SetAside.objects.count() == 2


def test_it_can_be_taken_up_again_once(cast, all_kinds):
    client = cast.client(cast.a.staff)
    send(client, f"/stuck/letter/{all_kinds['letter'].pk}/leave/", {"reason": "等等", "days": "90"})
    aside = SetAside.objects.get()
    send(client, f"/stuck/{aside.pk}/back/")
    assert "letter" in keys(cast.a.studio)
    aside.refresh_from_db()
    assert aside.ended_by == cast.a.staff
    assert send(client, f"/stuck/{aside.pk}/back/").status_code == 409


def test_what_is_put_right_is_gone(cast, all_kinds):
    questions.answer(all_kinds["question"], text="照补，写清楚月份。", by=cast.a.mentor)
    assert "question" not in keys(cast.a.studio)


@pytest.mark.parametrize("path", ["/stuck/letter/0/leave/", "/stuck/nothing/1/leave/", "/stuck/9999/back/"])
def test_addresses_that_name_nothing(cast, path):
    assert cast.client(cast.a.staff).get(path).status_code == 404


def test_the_list_asks_as_much_for_many_as_for_few(cast, all_kinds, django_assert_num_queries):
    client = cast.client(cast.a.staff)
    client.get("/stuck/")
    with django_assert_num_queries(8):
        client.get("/stuck/")
    for number in range(3):
        SessionFactory(
            group=cast.a.group, state="planned", held_on=days_ago(5 + number), logged_at=None, logged_by=None
        )
    with django_assert_num_queries(8):
        client.get("/stuck/")
