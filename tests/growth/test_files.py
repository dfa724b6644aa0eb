"""成长档案: who opens it, what it shows, and that its cost does not grow with it."""

from datetime import date

import pytest
from django.urls import reverse

from growth.actions import ledger, results
from growth.actions.ratings import rate
from growth.models import Entry
from people.roles import Role
from tests.factories import MembershipFactory, NextStepFactory, SessionFactory, days_ago

from . import assessing


def held(cast, **fields):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice], **fields)
    ledger.record(session)
    return session


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("apprentice", 200),
        ("mentor", 200),
        ("staff", 200),
        ("peer", 403),
        ("other_mentor", 403),
        ("b_staff", 404),
    ],
)
def test_a_file_opens_for_its_owner_the_mentor_and_the_street(cast, role, status):
    client = cast.client(cast.roles()[role])
    assert client.get(reverse("growth:file-detail", args=[cast.a.apprentice.pk])).status_code == status


def test_the_file_says_what_comes_next_and_what_was(cast):
    held(cast, note="讲了楼组长怎么选")
    NextStepFactory(studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.mentor, text="走完五栋楼")
    page = cast.client(cast.a.apprentice).get(reverse("growth:my-file")).content.decode()
    assert page.index("走完五栋楼") < page.index("一路走来")
    assert f"{cast.a.mentor.called}带教" in page
    assert "1条" in page


def test_an_empty_file_offers_the_first_reflection(cast):
    page = cast.client(cast.a.apprentice).get(reverse("growth:my-file")).content.decode()
    assert "档案会自己长出来" in page
    assert reverse("growth:reflection-new") in page


def test_filters_show_one_kind_and_one_day(cast):
    held(cast, held_on=days_ago(3), note="只在三天前")
    url = reverse("growth:my-file")
    client = cast.client(cast.a.apprentice)
    assert "带教：" in client.get(url, {"kind": "session"}).content.decode()
    assert "带教：" not in client.get(url, {"kind": "honour"}).content.decode()
    assert "带教：" in client.get(url, {"day": days_ago(3).isoformat()}).content.decode()
    assert "带教：" not in client.get(url, {"day": days_ago(4).isoformat()}).content.decode()
    assert client.get(url, {"day": "昨天", "kind": "x", "page": "y"}).status_code == 200


def test_a_long_file_costs_as_many_queries_as_a_short_one(cast, django_assert_num_queries):
    client, url = cast.client(cast.a.mentor), reverse("growth:file-detail", args=[cast.a.apprentice.pk])
    held(cast)
    client.get(url)
    with django_assert_num_queries(QUERIES):
        client.get(url)
    for days in range(2, 60):
        held(cast, held_on=days_ago(days))
        NextStepFactory(studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.staff)
    with django_assert_num_queries(QUERIES):
        client.get(url)


def test_the_calendar_counts_what_the_timeline_lists(cast):
    for _ in range(3):
        held(cast, held_on=days_ago(2))
    answer = cast.client(cast.a.apprentice).get(reverse("growth:my-file"))
    counted = sum(sum(days.values()) for _, _, days in answer.context["calendar"])
    assert counted == Entry.objects.of(cast.a.apprentice).count() == 3


def test_two_ratings_give_two_outlines(cast):
    whose = {"studio": cast.a.studio, "person": cast.a.apprentice, "by": cast.a.apprentice}
    first = dict.fromkeys(("party", "governance", "team", "communication", "emergency"), 2)
    rate(levels=first, on=date(2026, 1, 5), **whose)
    rate(levels={**first, "team": 4}, on=date(2026, 6, 5), **whose)
    answer = cast.client(cast.a.apprentice).get(reverse("growth:my-file"))
    assert answer.context["scores"]["team"] == 4
    assert answer.context["previous"]["team"] == 2
    assert "<svg" in answer.content.decode()


def test_published_marks_stand_in_the_file_and_unpublished_ones_do_not(cast):
    rate(levels={"party": 1}, studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.apprentice)
    client, url = cast.client(cast.a.apprentice), reverse("growth:my-file")
    assessing.published(cast.a, name="上半年考核", until=days_ago(40))
    shown = client.get(url)
    assert shown.context["judged_in"] == "上半年考核"
    assert "上半年考核 ·" in shown.content.decode()
    assert shown.context["previous"] == {}
    later = assessing.publicised(cast.a, name="下半年考核")
    assert client.get(url).context["judged_in"] == "上半年考核"
    results.publish(assessing.over(later), by=cast.a.staff)
    context = client.get(url).context
    assert context["judged_in"] == "下半年考核"
    assert context["previous"] == shown.context["scores"]


def test_the_list_of_files_holds_pupils_for_a_mentor_and_everyone_for_staff(cast):
    url = reverse("growth:file-list")
    of_mentor = cast.client(cast.a.mentor).get(url).context["rows"]
    of_staff = cast.client(cast.a.staff).get(url).context["rows"]
    assert {person for person, _ in of_mentor} == {cast.a.apprentice, cast.a.peer}
    assert {person for person, _ in of_staff} == {cast.a.apprentice, cast.a.peer, cast.a.other_apprentice}


QUERIES = 11


def test_a_name_with_a_mark_that_no_database_keeps_finds_nobody(cast):
    assert cast.client(cast.a.staff).get(reverse("growth:file-list"), {"name": "\0"}).status_code == 200


def test_a_rating_of_another_street_is_not_shown(cast):
    MembershipFactory(studio=cast.b.studio, person=cast.a.apprentice, role=Role.CONSULTANT)
    levels = {"communication": 4, "party": 2, "emergency": 3}
    rate(studio=cast.a.studio, person=cast.a.apprentice, levels=levels, by=cast.a.apprentice)
    url = reverse("growth:file-detail", args=[cast.a.apprentice.pk])
    assert cast.client(cast.a.staff).get(url).context["scores"] == levels
    assert cast.client(cast.b.staff).get(url).context["scores"] == {}
