"""Study visits: arranging, going, photos; series."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from growth.actions import rebuild
from growth.models import Entry
from mentoring.actions import visits
from mentoring.forms.visits import labels_of
from mentoring.models import Series, Visit
from people.models import Notice
from people.stale import Refused
from tests.factories import SessionFactory, days_ahead
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page
from tests.mentoring.test_session_photos import jpeg, not_a_photo
from tests.study_factories import SeriesFactory, VisitFactory
from tests.todos import actions


def url(visit, page="detail"):
    return reverse(f"mentoring:visit-{page}", args=[visit.pk])


@pytest.fixture
def visit(cast):
    """Two days ago, the apprentice and the mentor were to go along."""
    return VisitFactory(studio=cast.a.studio, by=cast.a.staff, along=[cast.a.apprentice, cast.a.mentor])


def arranged(cast, **fields):
    return {
        "title": "去看生境花园", "on": str(days_ahead(5)), "starts_at": "08:30", "about": "街道门口集合",
        "place_0": "长征居民区", "host_0": "韩书记", "focus_0": "生境花园", "place_1": "梅川居民区",
        "people": [cast.a.apprentice.pk, cast.a.mentor.pk], **fields,
    }  # fmt: skip


def test_staff_arrange_a_visit_with_stops_and_those_who_go_are_told(cast):
    client = cast.client(cast.a.staff)
    answer = send(client, reverse("mentoring:visit-new"), arranged(cast), follow=True)
    assert "安排好了" in answer.content.decode()
    visit = Visit.objects.get()
    assert [stop.place for stop in visit.stops.all()] == ["长征居民区", "梅川居民区"]
    told = Notice.objects.filter(link=visit.get_absolute_url())
    assert set(told.values_list("person", flat=True)) == {cast.a.apprentice.pk, cast.a.mentor.pk}
    send(client, url(visit, "edit"), arranged(cast, on=str(days_ahead(6)), place_1=""))
    visit.refresh_from_db()
    assert (visit.on, visit.stops.count()) == (days_ahead(6), 1)
    assert told.filter(text__contains="改到").count() == 2
    send(client, url(visit, "cancel"), why="那边下大雨")
    assert told.filter(text__contains="那边下大雨").count() == 2
    assert client.get(url(visit, "edit")).status_code == 403


def test_after_it_who_went_is_told_and_stands_in_their_files(cast, visit):
    assert actions(cast.a.staff) == ["记一下"]
    given = {"people": [cast.a.apprentice.pk, cast.a.peer.pk], "note": "六件小事，件件落到户。"}
    send(cast.client(cast.a.staff), url(visit, "hold"), given)
    assert actions(cast.a.staff) == []
    lines = Entry.objects.filter(kind="study").values_list("person", flat=True)
    assert set(lines) == {cast.a.apprentice.pk, cast.a.peer.pk}
    rebuild.rebuild()
    assert set(lines.all()) == {cast.a.apprentice.pk, cast.a.peer.pk}
    assert "件件落到户" in cast.client(cast.a.peer).get(url(visit)).content.decode()


def test_a_visit_to_come_cannot_have_been_held(cast):
    visit = VisitFactory(studio=cast.a.studio, by=cast.a.staff, on=days_ahead(3))
    assert cast.client(cast.a.staff).get(url(visit, "hold")).status_code == 403
    with pytest.raises(Refused):
        visits.hold(visit, people=[cast.a.apprentice], by=cast.a.staff)


def test_photos_are_redrawn_and_what_is_none_is_told(cast, visit):
    client = cast.client(cast.a.apprentice)
    fields = hidden_fields(client.get(url(visit, "photos")))
    answer = client.post(url(visit, "photos"), {**fields, "photos": [jpeg(), not_a_photo()]}, follow=True)
    assert "第2张没传上去" in answer.content.decode()
    photo = visit.photos.get()
    assert client.get(reverse("mentoring:visit-photo-thumb", args=[photo.pk])).status_code == 200
    assert cast.client(cast.b.staff).get(reverse("mentoring:visit-photo", args=[photo.pk])).status_code == 404
    remove = reverse("mentoring:visit-photo-remove", args=[photo.pk])
    assert cast.client(cast.a.peer).post(remove).status_code == 403
    client.post(remove)
    assert not visit.photos.exists()


def test_with_script_each_photo_goes_up_alone_and_is_hung_on_with_the_form(cast, visit):
    client = cast.client(cast.a.apprentice)
    up = client.post(reverse("mentoring:visit-photo-upload"), {"photo": jpeg()}).json()
    assert client.get(up["thumb"]).status_code == 200
    assert cast.client(cast.a.staff).get(up["thumb"]).status_code == 404
    bad = client.post(reverse("mentoring:visit-photo-upload"), {"photo": not_a_photo()})
    assert (bad.status_code, bool(bad.json()["error"])) == (422, True)
    send(client, url(visit, "photos"), {"photo_ids": [up["id"], "x"]})
    assert [photo.pk for photo in visit.photos.all()] == [up["id"]]
    assert cast.client(cast.a.staff).get(up["thumb"]).status_code == 200


def test_bad_input_is_a_sentence_and_keeps_what_was_typed(cast):
    client, new = cast.client(cast.a.staff), reverse("mentoring:visit-new")
    for fields, words in (
        ({"place_0": "", "place_1": ""}, "请写这一站去哪里"),
        ({"place_0": "", "host_0": "", "focus_0": "", "place_1": ""}, "请写至少一站"),
        ({"people": []}, "请点一下谁去"),
        ({"people": [cast.b.apprentice.pk]}, "请从列出来的里面选"),
        ({"on": "三月八号"}, "请写成这样的日期"),
    ):
        answer = send(client, new, arranged(cast, **fields))
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert "去看生境花园" in answer.content.decode()
    assert not Visit.objects.exists()


def test_a_series_gathers_visits_and_sessions(cast):
    staff = cast.client(cast.a.staff)
    send(staff, reverse("mentoring:series-new"), name="三互学", about="轮流做东")
    series = Series.objects.get()
    visit = VisitFactory(studio=cast.a.studio, series=series)
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice])
    send(cast.client(cast.a.mentor), series.get_absolute_url(), session=session.pk)
    page = staff.get(series.get_absolute_url()).content.decode()
    assert visit.title in page
    assert session.get_absolute_url() in page
    peers = cast.client(cast.a.peer).get(series.get_absolute_url()).content.decode()
    assert session.get_absolute_url() not in peers
    assert send(staff, reverse("mentoring:series-new"), name="三互学").status_code == 422
    other = SessionFactory(group=cast.b.group)
    assert send(staff, series.get_absolute_url(), session=other.pk).status_code == 422


def test_the_database_holds_what_a_visit_must_be(cast, visit):
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(state="cancelled")
    SeriesFactory(studio=cast.a.studio, name="一样")
    with pytest.raises(IntegrityError), transaction.atomic():
        SeriesFactory(studio=cast.a.studio, name="一样")


def test_the_list_and_the_page_cost_the_same_for_few_and_for_many(cast, visit, django_assert_num_queries):
    client = cast.client(cast.a.staff)
    pages = {reverse("mentoring:visit-list"): 4, visit.get_absolute_url(): 9}
    for page, queries in pages.items():
        client.get(page)
        with django_assert_num_queries(queries):
            assert_page(client.get(page).content, role="staff")
    VisitFactory.create_batch(3, studio=cast.a.studio)
    visits.hold(visit, people=[cast.a.apprentice, cast.a.mentor, cast.a.peer], by=cast.a.staff)
    for page, queries in pages.items():
        with django_assert_num_queries(queries):
            client.get(page)


def test_people_are_chosen_by_name_and_told_apart_where_two_are_alike(cast):
    one, other = cast.a.apprentice, cast.a.peer
    other.name = one.name
    labels = dict(labels_of([one, other, cast.a.mentor]))
    assert labels[str(one.pk)] == f"{one.name}（{one.place}）"
    assert labels[str(cast.a.mentor.pk)] in (cast.a.mentor.called, cast.a.mentor.name)
    assert dict(labels_of([one, cast.a.mentor]))[str(one.pk)] == one.name
