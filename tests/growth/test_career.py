"""任职, 荣誉 and 培养成果."""

import pytest
from django.urls import reverse

from growth.actions import career
from growth.models import Entry, Honour, Post
from growth.outcomes import outcomes, told
from people.actions import removal
from people.models import Person
from tests.factories import HonourFactory, PostFactory, days_ago, days_ahead, make_person
from tests.forms import hidden_fields, send
from tests.growth.test_notes import picture
from tests.look.structure import assert_page

OUTCOMES = reverse("growth:outcome-list")


def page(person):
    return reverse("growth:career", args=[person.pk])


def new_post(person):
    return reverse("growth:post-new", args=[person.pk])


POST = {"rank": "deputy", "title": "甲居民区党总支副书记", "starts_on": days_ago(3), "counted": "on"}


def test_a_post_stands_in_the_file_in_the_roster_and_among_the_outcomes(cast):
    one, client = cast.a.apprentice, cast.client(cast.a.staff)
    assert send(client, new_post(one), POST)["Location"] == page(one)
    line = Entry.objects.of(one).get(kind="advancement")
    assert (line.text, line.milestone, line.on) == ("任甲居民区党总支副书记", True, days_ago(3))
    assert Person.objects.get(pk=one.pk).post == "甲居民区党总支副书记"
    assert outcomes([cast.a.studio.pk]) == {cast.a.studio.pk: {"deputy": 1}}
    shown = client.get(OUTCOMES)
    assert_page(shown.content)
    assert "甲居民区党总支副书记" in shown.content.decode()
    home = client.get(reverse("studio:home")).content.decode()
    assert "培养成果" in home
    assert "副书记1名" in home
    district = cast.client(cast.district).get(reverse("studio:overview")).content.decode()
    assert "副书记1名" in district
    assert one.name not in district


def test_a_person_counts_once_for_each_rank_and_old_posts_do_not(cast):
    who = {"studio": cast.a.studio, "person": cast.a.apprentice}
    PostFactory(**who)
    PostFactory(**who, title="乙居民区党总支副书记", starts_on=days_ago(2))
    PostFactory(**who, rank="secretary", title="乙居民区党总支书记")
    PostFactory(**who, rank="director", counted=False)
    PostFactory(studio=cast.b.studio)
    assert outcomes([cast.a.studio.pk]) == {cast.a.studio.pk: {"deputy": 1, "secretary": 1}}
    assert told({"deputy": 4, "secretary": 3, "director": 0}) == "书记3名，副书记4名"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"rank": ""}, "请点一下算哪一种"),
        ({"title": ""}, "请写职务"),
        ({"starts_on": "", "counted": ""}, "请选从哪天起"),
        ({"ends_on": days_ago(9)}, "不能早于"),
        ({"rank": "other"}, "其他职务不算培养成果"),
    ],
)
def test_bad_input_is_said(cast, sent, words):
    answer = send(cast.client(cast.a.staff), new_post(cast.a.apprentice), POST | sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Post.objects.exists()


def test_a_post_that_ends_leaves_the_roster_and_stays_in_the_file(cast):
    one, client = cast.a.apprentice, cast.client(cast.a.staff)
    first = PostFactory(studio=cast.a.studio, person=one, title="社工站副站长", rank="other", counted=False,
                        starts_on=days_ago(90))  # fmt: skip
    send(client, new_post(one), POST)
    post = Post.objects.get(rank="deputy")
    url = reverse("growth:post-edit", args=[post.pk])
    stale = hidden_fields(client.get(url))
    assert send(client, url, POST | {"ends_on": days_ago(1)}).status_code == 302
    assert Person.objects.get(pk=one.pk).post == first.title
    assert Entry.objects.of(one).filter(text="不再担任甲居民区党总支副书记").exists()
    assert client.post(url, {**stale, **POST}).status_code == 409


def test_a_post_taken_away_is_nowhere_and_can_be_found_again(cast):
    post = career.add_post(
        studio=cast.a.studio, person=cast.a.apprentice, rank="deputy", title="副书记", starts_on=days_ago(1),
        counted=True, by=cast.a.staff,
    )  # fmt: skip
    send(cast.client(cast.a.staff), reverse("growth:post-remove", args=[post.pk]))
    assert not Entry.objects.of(cast.a.apprentice).filter(kind="advancement").exists()
    assert outcomes([cast.a.studio.pk]) == {}
    assert Person.objects.get(pk=cast.a.apprentice.pk).post == ""
    removal.restore(Post.objects.get(), by=cast.a.staff)
    assert Entry.objects.of(cast.a.apprentice).filter(text="任副书记").exists()
    assert Person.objects.get(pk=cast.a.apprentice.pk).post == "副书记"


HONOUR = {"title": "区优秀党务工作者", "given_by": "中共普陀区委", "on": days_ago(9)}


def test_an_honour_needs_no_photo_and_may_have_one(cast):
    one = cast.a.apprentice
    url, client = reverse("growth:honour-new", args=[one.pk]), cast.client(one)
    assert send(client, url).status_code == 422
    assert send(client, url, HONOUR | {"on": days_ahead(1)}).status_code == 422
    assert send(client, url, HONOUR)["Location"] == page(one)
    honour = Honour.objects.get()
    assert Entry.objects.of(one).get(kind="honour").text == "获得“区优秀党务工作者”（中共普陀区委）"
    edit = reverse("growth:honour-edit", args=[honour.pk])
    assert send(client, edit, HONOUR | {"photo": picture()}).status_code == 302
    photo = reverse("growth:honour-photo", args=[honour.pk, "small"])
    for person, status in (
        (cast.a.mentor, 200),
        (cast.a.staff, 200),
        (cast.a.peer, 404),
        (cast.b.staff, 404),
    ):
        assert cast.client(person).get(photo).status_code == status
    assert "看照片" in client.get(page(one)).content.decode()


def test_the_book_has_parts_for_posts_and_honours(cast):
    career.add_honour(studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.staff, **HONOUR)
    career.add_post(
        studio=cast.a.studio, person=cast.a.apprentice, rank="deputy", title="副书记", starts_on=days_ago(1),
        by=cast.a.staff,
    )  # fmt: skip
    printed = cast.client(cast.a.staff).get(reverse("growth:file-print", args=[cast.a.apprentice.pk]))
    for words in ("任职和晋级", "任副书记", "荣誉", "区优秀党务工作者"):
        assert words in printed.content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_pages_cost_the_same_for_few_and_many(cast, many, django_assert_max_num_queries):
    who = {"studio": cast.a.studio, "person": cast.a.apprentice}
    PostFactory.create_batch(many, **who)
    HonourFactory.create_batch(many, **who)
    for url in (OUTCOMES, page(cast.a.apprentice)):
        client = cast.client(cast.a.staff)
        client.get(url)
        with django_assert_max_num_queries(12):
            assert_page(client.get(url).content)


def test_kept_rules_are_the_rules_in_full(cast):
    PostFactory(studio=cast.a.studio, person=cast.a.apprentice)
    HonourFactory(studio=cast.a.studio, person=cast.a.apprentice)
    for model in (Post, Honour):
        whole = type(model.objects.all()).visible_to.in_full
        for person in filter(None, cast.roles().values()):
            assert set(model.objects.visible_to(person)) == set(whole(model.objects.all(), person))


def test_somebody_without_a_role_of_learning_is_not_counted_at_first(cast):
    new = make_person(cast.a.studio, "mentor")
    assert not career.counts_at_first(cast.a.studio, new, days_ago(0))
    assert career.counts_at_first(cast.a.studio, cast.a.apprentice, days_ago(0))
