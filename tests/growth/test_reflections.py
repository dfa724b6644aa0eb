"""心得: written by an apprentice, answered by the mentor, seen by those it is meant for."""

import pytest
from django.urls import reverse

from growth.actions import ledger
from growth.models import Reflection
from people.models import Notice
from tests.factories import ReflectionFactory, SessionFactory, days_ago
from tests.forms import hidden_fields, send

NEW = "growth:reflection-new"


def written(cast, **fields):
    return ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice, mentor=cast.a.mentor, **fields)


def test_a_reflection_is_about_the_latest_session_and_reaches_the_mentor(cast):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice])
    ledger.record(session)
    client = cast.client(cast.a.apprentice)
    form = client.get(reverse(NEW)).context["form"]
    answer = send(client, reverse(NEW), learned="先听完再说", session=form.initial["session"], shared="")
    reflection = Reflection.objects.get()
    assert answer["Location"] == reflection.get_absolute_url()
    assert (reflection.session_id, reflection.mentor, reflection.shared) == (session.pk, cast.a.mentor, False)
    assert Notice.objects.filter(person=cast.a.mentor, link=reflection.get_absolute_url()).exists()


def test_nothing_learned_is_asked_for_and_the_rest_is_kept(cast):
    answer = send(cast.client(cast.a.apprentice), reverse(NEW), learned="", plan="下周楼组会")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写一写今天学到的一招" in page
    assert "下周楼组会" in page


@pytest.mark.parametrize(
    ("role", "shared", "seen"),
    [
        ("apprentice", False, True),
        ("mentor", False, True),
        ("staff", False, True),
        ("peer", False, False),
        ("peer", True, True),
        ("other_apprentice", True, False),
        ("other_mentor", True, False),
        ("b_staff", True, False),
        ("district", True, False),
    ],
)
def test_a_reflection_is_seen_by_those_it_is_meant_for(cast, role, shared, seen):
    reflection = written(cast, shared=shared)
    person = cast.roles()[role]
    assert Reflection.objects.visible_to(person).filter(pk=reflection.pk).exists() is seen
    status = cast.client(person).get(reflection.get_absolute_url()).status_code
    assert status == (200 if seen else 404)


def test_one_tap_answers(cast):
    reflection = written(cast)
    answer = send(cast.client(cast.a.mentor), reflection.get_absolute_url(), quick="solid")
    assert answer.status_code == 302
    reflection.refresh_from_db()
    assert (reflection.get_quick_reply_display(), reflection.replied_by) == ("写得实在", cast.a.mentor)
    assert "写得实在" in Notice.objects.get(person=cast.a.apprentice).text


def test_an_empty_answer_is_sent_back(cast):
    reflection = written(cast)
    answer = send(cast.client(cast.a.mentor), reflection.get_absolute_url(), text="  ")
    assert answer.status_code == 422
    assert "请写几句，或者点一句现成的" in answer.content.decode()


def test_only_the_mentor_answers(cast):
    reflection = written(cast)
    assert (
        cast.client(cast.a.staff).post(reflection.get_absolute_url(), {"quick": "solid"}).status_code == 403
    )


def test_a_stale_edit_shows_both_texts_and_loses_neither(cast):
    reflection = written(cast, learned="第一稿")
    url = reverse("growth:reflection-edit", args=[reflection.pk])
    client = cast.client(cast.a.apprentice)
    stale = hidden_fields(client.get(url))
    assert send(client, url, learned="第二稿").status_code == 302
    answer = client.post(url, {**stale, "learned": "另一台设备上的第二稿"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "第二稿" in page
    assert "另一台设备上的第二稿" in page
    reflection.refresh_from_db()
    assert reflection.learned == "第二稿"


def test_a_puzzle_can_become_a_case(cast):
    reflection = written(cast, puzzle="两户都有理，怎么开口？")
    page = cast.client(cast.a.apprentice).get(reflection.get_absolute_url()).content.decode()
    assert f"reflection={reflection.pk}" in page


def test_the_list_costs_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    client, url = cast.client(cast.a.mentor), reverse("growth:reflection-list")
    written(cast)
    client.get(url)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(url)
    written(cast)
    written(cast)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(url).context["page"]) == 3


LIST_QUERIES = 5


def test_a_mentor_who_has_left_reads_no_reflections_any_more(cast):
    reflection = ReflectionFactory(studio=cast.a.studio, person=cast.a.other_apprentice, mentor=cast.a.mentor)
    assert cast.client(cast.a.mentor).get(reflection.get_absolute_url()).status_code == 200
    cast.a.mentor.memberships.update(ends_on=days_ago(1))
    assert cast.client(cast.a.mentor).get(reflection.get_absolute_url()).status_code == 404
