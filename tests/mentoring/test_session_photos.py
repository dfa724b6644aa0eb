"""Photos: one by one with script, with the form without, never in the way, seen by those who may."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mentoring.actions import photos as actions
from mentoring.models import Session, SessionPhoto
from people.uploads import take_photo
from tests.factories import SessionFactory, days_ago
from tests.forms import hidden_fields, send
from tests.look.structure import assert_page

MOST_WAITING = actions.FORMS_WAITING * SessionPhoto.MOST
NEW, UPLOAD = "/sessions/new/", "/sessions/photos/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def jpeg(name="a.jpg", size=(60, 40)):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (31.0, 14.0, 0.0)}
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def not_a_photo():
    return SimpleUploadedFile("b.jpg", b"<script>alert(1)</script>", "image/jpeg")


def vast():
    """41 million pixels in a file of a few kilobytes."""
    out = io.BytesIO()
    Image.new("1", (8200, 5000)).save(out, "PNG")
    return SimpleUploadedFile("d.png", out.getvalue(), "image/png")


def kept(cast, session=None, by=None):
    photo = actions.keep(take_photo(jpeg()), model=SessionPhoto, studio=cast.a.studio, by=by or cast.a.mentor)
    if session:
        actions.attach(session, [photo])
    return photo


@pytest.fixture
def mentor(cast):
    return cast.client(cast.a.mentor)


@pytest.fixture
def filled(cast):
    return {"present": [cast.a.apprentice.pk], "day": days_ago(0).isoformat(), "topics": ["party"]}


def text(answer):
    return answer.content.decode()


# --- one by one -------------------------------------------------------------------------------------------


def test_a_photo_goes_up_alone_and_waits_for_its_session(cast, mentor, filled):
    answer = mentor.post(UPLOAD, {"photo": jpeg()})
    photo = SessionPhoto.objects.get()
    assert answer.json() == {"id": photo.pk, "thumb": f"/sessions/photos/{photo.pk}/thumb/"}
    assert photo.session is None
    send(mentor, NEW, {**filled, "photo_ids": [photo.pk]})
    photo.refresh_from_db()
    assert photo.session == Session.objects.get()


def test_what_is_no_photo_is_told_in_a_sentence(mentor):
    for files, sentence in (
        ({"photo": not_a_photo()}, "这个文件不是照片，请重新选一张"),
        ({"photo": vast()}, "这张照片的尺寸太大"),
        ({}, "请选一张照片"),
        ({"photo": SimpleUploadedFile("c.jpg", b"\xff\xd8" + b"0" * 11_000_000)}, "这张照片太大（11兆）"),
    ):
        answer = mentor.post(UPLOAD, files)
        assert answer.status_code == 422
        assert answer.json()["error"].startswith(sentence)
    assert not SessionPhoto.objects.exists()


def test_what_is_kept_has_no_place_and_no_device(mentor):
    mentor.post(UPLOAD, {"photo": jpeg()})
    with Image.open(SessionPhoto.objects.get().image) as image:
        assert not image.getexif()
        assert image.format == "JPEG"


def test_nobody_hangs_the_photo_of_another_onto_a_session(cast, mentor, filled):
    theirs = kept(cast, by=cast.a.other_mentor)
    send(mentor, NEW, {**filled, "photo_ids": [theirs.pk, "x", "9" * 30, "-1"]})
    theirs.refresh_from_db()
    assert theirs.session is None
    assert Session.objects.get().photos.count() == 0


def test_a_photo_of_one_session_cannot_be_moved_to_another(cast, mentor, filled):
    first = SessionFactory(group=cast.a.group)
    taken = kept(cast, session=first)
    send(mentor, NEW, {**filled, "photo_ids": [taken.pk]})
    taken.refresh_from_db()
    assert taken.session == first
    assert Session.objects.count() == 2


def test_at_most_six_are_hung_on(cast, mentor, filled):
    photos = [kept(cast) for _ in range(7)]
    send(mentor, NEW, {**filled, "photo_ids": [photo.pk for photo in photos]})
    assert Session.objects.get().photos.count() == 6


def test_photos_that_nobody_wanted_are_forgotten(cast, media):
    photos = [kept(cast) for _ in range(MOST_WAITING + 2)]
    waiting = SessionPhoto.objects.filter(session__isnull=True)
    assert waiting.count() == MOST_WAITING
    assert photos[-1] in waiting
    assert photos[0] not in waiting


def test_the_files_go_with_the_photo(cast, media, django_capture_on_commit_callbacks):
    photo = kept(cast)
    assert len(list(media.rglob("*.jpg"))) == 2
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete(photo)
    assert list(media.rglob("*.jpg")) == []


# --- without script ---------------------------------------------------------------------------------------


def test_photos_go_with_the_form_without_script(mentor, filled):
    send(mentor, NEW, {**filled, "photos": [jpeg(), jpeg("b.jpg")]})
    assert Session.objects.get().photos.count() == 2


def test_a_photo_that_fails_never_holds_up_the_record(mentor, filled):
    answer = send(mentor, NEW, {**filled, "photos": [jpeg(), not_a_photo()]}, follow=True)
    assert Session.objects.get().photos.count() == 1
    assert "第2张没传上去" in text(answer)
    assert "记录可以先交，照片以后补" in text(answer)


def test_more_than_six_with_the_form_are_told_and_left_out(mentor, filled):
    answer = send(mentor, NEW, {**filled, "photos": [jpeg(f"{n}.jpg") for n in range(8)]}, follow=True)
    assert Session.objects.get().photos.count() == 6
    assert "最多放6张" in text(answer)


def test_photos_stay_when_something_else_has_to_be_changed(mentor, filled):
    answer = send(mentor, NEW, {**filled, "present": [], "photos": [jpeg()]})
    assert answer.status_code == 422
    assert_page(answer.content, role="mentor")
    photo = SessionPhoto.objects.get()
    assert f'name="photo_ids" value="{photo.pk}"' in text(answer)
    mentor.post(NEW, {**hidden_fields(answer), **filled})
    photo.refresh_from_db()
    assert photo.session == Session.objects.get()


def test_a_waiting_photo_is_taken_off_without_script_and_the_words_stay(cast, mentor, filled):
    one, two = kept(cast), kept(cast)
    answer = send(
        mentor,
        NEW,
        {**filled, "note": "写了一半", "photo_ids": [one.pk, two.pk]},
        drop_photo=one.pk,
        follow=True,
    )
    said = text(answer)
    assert f'name="photo_ids" value="{two.pk}"' in said
    assert f'name="photo_ids" value="{one.pk}"' not in said
    assert "写了一半" in said


def test_sent_twice_with_files_they_are_kept_once(mentor, filled):
    page = hidden_fields(mentor.get(NEW))
    for _ in range(2):
        mentor.post(NEW, {**page, **filled, "photos": [jpeg()]})
    assert SessionPhoto.objects.count() == 1


# --- later ------------------------------------------------------------------------------------------------


def photos_url(session):
    return reverse("mentoring:session-photos", args=[session.pk])


def test_photos_can_be_added_later(cast, mentor):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice])
    page = mentor.get(photos_url(session))
    assert_page(page.content, role="mentor")
    waiting = kept(cast)
    answer = send(
        mentor,
        photos_url(session),
        {"photo_ids": [waiting.pk], "photos": [jpeg(), not_a_photo()]},
        follow=True,
    )
    assert session.photos.count() == 2
    assert "第2张没传上去" in text(answer)
    assert_page(answer.content, role="mentor")
    assert 'loading="lazy"' in text(answer)


def test_with_six_there_is_no_room_for_more(cast, mentor):
    session = SessionFactory(group=cast.a.group)
    for _ in range(6):
        kept(cast, session=session)
    page = mentor.get(photos_url(session))
    assert "已经放了6张" in text(page)
    assert_page(page.content, role="mentor")
    token = mentor.get(NEW).context["form"]["form_token"].value()
    mentor.post(photos_url(session), {"form_token": token, "photos": [jpeg()]})
    assert session.photos.count() == 6


def test_a_photo_is_taken_off_a_session(cast, mentor):
    session = SessionFactory(group=cast.a.group)
    photo = kept(cast, session=session)
    mentor.post(reverse("mentoring:photo-remove", args=[photo.pk]))
    assert session.photos.count() == 0


# --- seen -------------------------------------------------------------------------------------------------


def test_photos_are_served_to_those_concerned_only_and_safely(cast):
    session = SessionFactory(group=cast.a.group, present=[cast.a.apprentice])
    photo = kept(cast, session=session)
    for name in ("photo", "photo-thumb"):
        url = reverse(f"mentoring:{name}", args=[photo.pk])
        for person in (cast.a.staff, cast.a.mentor, cast.a.apprentice):
            answer = cast.client(person).get(url)
            assert answer.status_code == 200
            assert answer["Content-Type"] == "image/jpeg"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "private" in answer["Cache-Control"]
        for person in (cast.a.peer, cast.a.other_mentor, cast.b.staff, cast.district, cast.guest):
            assert cast.client(person).get(url).status_code == 404


def test_a_waiting_photo_is_seen_by_its_sender_only(cast):
    url = reverse("mentoring:photo-thumb", args=[kept(cast).pk])
    assert cast.client(cast.a.mentor).get(url).status_code == 200
    assert cast.client(cast.a.staff).get(url).status_code == 404


def test_the_page_of_a_session_names_each_photo(cast, mentor):
    session = SessionFactory(group=cast.a.group, held_on=days_ago(1))
    kept(cast, session=session)
    page = mentor.get(session.get_absolute_url())
    assert "带教的照片，第1张" in text(page)
    assert_page(page.content, role="mentor")
