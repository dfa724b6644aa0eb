"""学习笔记 and 纸质笔记本: typed up by staff, confirmed by the owner; then they stand in the file."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from growth.models import Entry, NotebookPage, StudyNote
from studio import todo
from tests.forms import send


def picture(name="本子.jpg"):
    out = BytesIO()
    Image.new("RGB", (80, 60), "white").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def waiting(person):
    person.__dict__.pop("_todo_counts", None)
    return [item.action for item in todo.waiting_for(person)]


def test_a_study_note_stands_in_the_file_and_is_shared_only_when_ticked(cast):
    client = cast.client(cast.a.apprentice)
    words = {"learned_from": "reading", "title": "楼组议事怎么开", "words": "先听后说", "on": "2026-01-05"}
    send(client, reverse("growth:note-new"), **words, shared="")
    note = StudyNote.objects.get()
    assert Entry.objects.get(person=cast.a.apprentice, kind="reflection").text == "悦学习：楼组议事怎么开"
    assert cast.client(cast.a.mentor).get(note.get_absolute_url()).status_code == 200
    assert cast.client(cast.a.peer).get(note.get_absolute_url()).status_code == 404
    send(client, reverse("growth:note-edit", args=[note.pk]), **words, shared="yes")
    assert cast.client(cast.a.peer).get(note.get_absolute_url()).status_code == 200
    client.post(reverse("growth:note-remove", args=[note.pk]))
    assert not Entry.objects.filter(kind="reflection").exists()


def test_a_note_of_tomorrow_is_sent_back_with_all_that_was_typed(cast):
    answer = send(
        cast.client(cast.a.apprentice),
        reverse("growth:note-new"),
        learned_from="paper",
        title="文件",
        words="记了很多",
        on="2999-01-01",
    )
    assert answer.status_code == 422
    assert "这一天还没到" in answer.content.decode()
    assert "记了很多" in answer.content.decode()


def test_a_notebook_page_is_typed_up_and_confirmed(cast):
    owner, staff, mentor = (cast.client(one) for one in (cast.a.apprentice, cast.a.staff, cast.a.mentor))
    send(owner, reverse("growth:notebook-new"), on="2026-01-05", photos=[picture(), picture("二.jpg")])
    page = NotebookPage.objects.get()
    url = page.get_absolute_url()
    assert page.photos.count() == 2
    assert waiting(cast.a.staff) == ["去抄写"]
    assert mentor.get(url).status_code == 404
    large = reverse("growth:notebook-photo", args=[page.photos.first().pk, "large"])
    assert owner.get(large)["Content-Type"] == "image/jpeg"
    assert mentor.get(large).status_code == 404

    assert send(staff, url, on="2026-01-05", text="").status_code == 422
    send(staff, url, on="2026-01-05", text="今天跟师傅走了三户")
    assert (waiting(cast.a.staff), waiting(cast.a.apprentice)) == ([], ["去核对"])
    assert not Entry.objects.filter(source_id=page.pk, kind="reflection").exists()

    send(owner, url, text="今天跟师傅走了四户")
    page.refresh_from_db()
    assert (page.state, page.text, page.confirmed_by) == (
        "confirmed",
        "今天跟师傅走了四户",
        cast.a.apprentice,
    )
    assert Entry.objects.get(kind="reflection").text == "纸质笔记：今天跟师傅走了四户"
    assert "走了四户" in mentor.get(url).content.decode()
    assert send(staff, url, on="2026-01-05", text="改一改").status_code == 403


def test_staff_send_a_page_for_somebody(cast):
    send(
        cast.client(cast.a.staff),
        reverse("growth:notebook-new"),
        person=cast.a.apprentice.pk,
        on="2026-01-05",
        photos=[picture()],
    )
    page = NotebookPage.objects.get()
    assert (page.person, page.sent_by) == (cast.a.apprentice, cast.a.staff)


def test_what_is_no_photo_is_refused_in_words_and_nothing_is_kept(cast):
    client, url = cast.client(cast.a.apprentice), reverse("growth:notebook-new")
    broken = SimpleUploadedFile("本子.jpg", b"no photo", "image/jpeg")
    answer = send(client, url, on="2026-01-05", photos=[picture(), broken])
    assert answer.status_code == 422
    assert "第2张没传上去" in answer.content.decode()
    assert (
        "最多6张" in send(client, url, on="2026-01-05", photos=[picture() for _ in range(7)]).content.decode()
    )
    assert "请拍一张" in send(client, url, on="2026-01-05").content.decode()
    assert not NotebookPage.objects.exists()
