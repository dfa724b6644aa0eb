"""做法: 带回一条, 我也试试, and what came of it after ninety days."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from growth.actions import rebuild
from growth.models import Entry, NextStep
from mentoring.actions import practices
from mentoring.models import Practice, Uptake
from people.models import Draft, Notice
from people.stale import Refused
from tests.factories import days_ago, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page
from tests.study_factories import PracticeFactory, UptakeFactory, VisitFactory
from tests.todos import actions

BROUGHT = {
    "name": "六维关怀",
    "what": "新生儿送鸡蛋，乔迁送蛋糕。",
    "place": "梅川居民区",
    "plan": "先从乔迁的三户送起",
}


@pytest.fixture
def visit(cast):
    return VisitFactory(studio=cast.a.studio, along=[cast.a.apprentice, cast.a.peer])


def bring(visit):
    return reverse("mentoring:visit-bring", args=[visit.pk])


def check_url(uptake):
    return reverse("mentoring:uptake-check", args=[uptake.pk])


def test_a_practice_is_seen_taken_up_and_has_a_result(cast, visit):
    apprentice, peer = cast.client(cast.a.apprentice), cast.client(cast.a.peer)
    assert actions(cast.a.apprentice) == ["带回一条"]
    answer = send(apprentice, bring(visit), BROUGHT, follow=True)
    assert "带回来了" in answer.content.decode()
    practice = Practice.objects.get()
    assert (practice.seen_on, practice.visit, practice.seen_by) == (visit.on, visit, cast.a.apprentice)
    own = practice.uptakes.get()
    assert own.check_on == days_ahead(90)
    step = NextStep.objects.get(person=cast.a.apprentice)
    assert (step.due_on, step.origin, step.report_link) == (days_ahead(90), "study", check_url(own))
    assert Notice.objects.filter(person=cast.a.mentor, link=practice.get_absolute_url()).exists()
    assert actions(cast.a.apprentice) == []

    send(peer, reverse("mentoring:practice-try", args=[practice.pk]), plan="我从新生儿那户试")
    assert Notice.objects.filter(person=cast.a.apprentice, text__contains="也来试").exists()

    Uptake.objects.update(check_on=days_ago(0))
    assert actions(cast.a.apprentice) == ["说说怎么样"]
    assert "说说怎么样" in cast.client(cast.a.apprentice).get("/ledger/me/").content.decode()
    send(apprentice, check_url(own), result="worked", told="三户都来谢了，其中一户报名当楼组长。")
    theirs = practice.uptakes.get(person=cast.a.peer)
    send(peer, check_url(theirs), result="unfit", told="我们这里没有新生儿。")
    assert actions(cast.a.apprentice) == []
    assert set(NextStep.objects.values_list("state", flat=True)) == {"done"}
    page = cast.client(cast.a.staff).get(practice.get_absolute_url()).content.decode()
    places = [
        page.index(words) for words in ("带了回来", "先从乔迁", "见效了", "我从新生儿", "在我这里不合用")
    ]
    assert places == sorted(places)


def test_the_ledger_tells_each_part_and_a_rebuild_finds_it_again(cast, visit):
    practice = practices.bring_back(studio=cast.a.studio, person=cast.a.apprentice, visit=visit, **BROUGHT)
    uptake = practices.take_up(practice, person=cast.a.peer, plan="试试")
    practices.check(uptake, result="partly", told="", by=cast.a.peer)

    def lines():
        return sorted(Entry.objects.filter(kind="study").values_list("person", "text", "aspect"))

    before = lines()
    texts = {text for _, text, _ in before}
    assert {"也来试做法：六维关怀", "试了“六维关怀”：有一点用"} <= texts
    assert len(before) == 3
    rebuild.rebuild()
    assert lines() == before


def test_still_trying_names_another_day_and_keeps_what_was_said(cast, visit):
    practice = practices.bring_back(studio=cast.a.studio, person=cast.a.apprentice, visit=visit, **BROUGHT)
    uptake = practice.uptakes.get()
    client = cast.client(cast.a.apprentice)
    for on in (str(days_ago(1)), "", str(days_ahead(900))):
        assert send(client, check_url(uptake), result="later", on=on).status_code == 422
    send(client, check_url(uptake), result="later", on=str(days_ahead(20)), told="才送了一户")
    uptake.refresh_from_db()
    assert (uptake.check_on, uptake.told, uptake.checked_at) == (days_ahead(20), "才送了一户", None)
    assert NextStep.objects.get().due_on == days_ahead(20)


def test_each_participant_brings_back_one_and_nobody_else_does(cast, visit):
    client = cast.client(cast.a.apprentice)
    fields = hidden_fields(client.get(bring(visit)))
    for _ in range(2):
        assert client.post(bring(visit), {**fields, **BROUGHT}).status_code == 302
    assert Practice.objects.count() == 1
    assert client.get(bring(visit)).status_code == 302
    with pytest.raises(Refused):
        practices.bring_back(studio=cast.a.studio, person=cast.a.apprentice, visit=visit, **BROUGHT)
    assert cast.client(cast.a.other_apprentice).get(bring(visit)).status_code == 403
    ahead = VisitFactory(studio=cast.a.studio, on=days_ahead(2), along=[cast.a.apprentice])
    assert client.get(bring(ahead)).status_code == 403


def test_a_practice_seen_elsewhere_is_told_too_and_the_draft_is_kept(cast):
    new, client = reverse("mentoring:practice-new"), cast.client(cast.a.mentor)
    answer = send(client, new, {**BROUGHT, "plan": ""}, save_draft="1", follow=True)
    assert "先存着了" in answer.content.decode()
    assert client.get(new).context["form"]["name"].value() == "六维关怀"
    assert send(client, new, {**BROUGHT, "plan": ""}).status_code == 422
    send(client, new, BROUGHT)
    assert Practice.objects.get().visit is None
    assert not Draft.objects.exists()


def test_two_who_take_it_up_at_once_and_one_twice(cast):
    practice = PracticeFactory(studio=cast.a.studio)
    practices.take_up(practice, person=cast.a.peer, plan="试试")
    with pytest.raises(Refused):
        practices.take_up(practice, person=cast.a.peer, plan="再试")
    url = reverse("mentoring:practice-try", args=[practice.pk])
    assert send(cast.client(cast.a.peer), url, plan="又来").status_code == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        UptakeFactory(practice=practice, person=cast.a.peer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Uptake.objects.filter(practice=practice).update(result="worked")


def test_an_edit_by_two_shows_both_texts(cast):
    practice = PracticeFactory(studio=cast.a.studio, seen_by=cast.a.apprentice)
    url, client = reverse("mentoring:practice-edit", args=[practice.pk]), cast.client(cast.a.apprentice)
    fields = hidden_fields(client.get(url))
    practices.edit(practice, name="改过的", what="别人的字", place="别处")
    answer = client.post(url, {**fields, "name": "六维", "what": "我的字", "place": "梅川"})
    assert answer.status_code == 409
    assert all(words in answer.content.decode() for words in ("我的字", "别人的字"))


def test_the_district_reads_practices_and_takes_up_none(cast):
    practice = PracticeFactory(studio=cast.a.studio)
    client = cast.client(cast.district)
    assert practice.name in client.get(reverse("mentoring:practice-list")).content.decode()
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "我也试试" not in page
    assert cast.client(cast.b.mentor).get(practice.get_absolute_url()).status_code == 404


def test_the_list_stands_in_order_of_time_and_costs_the_same(cast, django_assert_num_queries):
    client, page = cast.client(cast.a.apprentice), reverse("mentoring:practice-list")
    first = PracticeFactory(studio=cast.a.studio, seen_on=days_ago(3))
    UptakeFactory.create_batch(3, practice=first)
    client.get(page)
    with django_assert_num_queries(4):
        client.get(page)
    newer = PracticeFactory.create_batch(3, studio=cast.a.studio)
    with django_assert_num_queries(4):
        answer = client.get(page)
    assert [practice.pk for practice in answer.context["page"]] == [
        *(one.pk for one in newer[::-1]),
        first.pk,
    ]
    assert_page(answer.content, role="apprentice")
    assert_page(client.get(first.get_absolute_url()).content, role="apprentice")
    mine = client.get(f"{page}?mine=1").content.decode()
    assert "还没有在试的做法" in mine


def test_it_is_asked_for_in_the_weeks_after_the_visit_only(cast):
    VisitFactory(studio=cast.a.studio, on=days_ago(40), along=[cast.a.apprentice])
    assert actions(cast.a.apprentice) == []
