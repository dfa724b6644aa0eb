"""Files of a case: what is taken, what is refused, and how they are handed out."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from casework.actions import attachments, cases
from casework.models import Attachment, Case, State
from people.once import new_token
from people.stale import Refused
from tests.casework.writing import draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(cast):
    return draft_of(cast.a.apprentice, cast.a.studio)


def upload(name, data):
    return SimpleUploadedFile(name, data)


def photo(kind="JPEG", size=(60, 40)):
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind)
    return out.getvalue()


def office(part="word/document.xml", extra=(), content=b"<x/>"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("[Content_Types].xml", part, *extra):
            packed.writestr(name, content)
    return out.getvalue()


OLD = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("现场.jpg", photo(), "现场.jpg"),
        ("现场.PNG", photo("PNG"), "现场.jpg"),
        ("扫描.pdf", b"%PDF-1.4\n...", "扫描.pdf"),
        ("会议记录.docx", office(), "会议记录.docx"),
        ("名单.xlsx", office("xl/workbook.xml"), "名单.xlsx"),
        ("老文件.doc", OLD, "老文件.doc"),
        ("老表.xls", OLD, "老表.xls"),
        ("说明.txt", "一楼不同意".encode(), "说明.txt"),
        ("说明.txt", "一楼不同意".encode("gb18030"), "说明.txt"),
        ("../../etc/passwd.txt", b"words", "passwd.txt"),
        ("C:\\temp\\照片.txt", b"words", "照片.txt"),
    ],
)
def test_what_offices_send_is_taken_under_its_own_name(cast, case, name, data, kept):
    file = attachments.add(case=case, uploaded=upload(name, data), by=cast.a.apprentice)
    assert file.name == kept
    assert file.is_image is bool(file.thumb)
    assert file.file.name.startswith("cases/")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg onload='alert(1)'/>"),
        ("tool.exe", b"MZ" + b"\x00" * 90),
        ("photo.jpg", b"<script>alert(1)</script>"),
        ("photo.jpg", b"\xff\xd8\xff" + b"rubbish" * 40),
        ("report.pdf", b"<html>%PDF-"),
        ("list.xlsx", b"PK\x03\x04 not a zip"),
        ("list.xlsx", office("word/document.xml")),
        ("macro.docx", office(extra=("word/vbaProject.bin",))),
        ("many.docx", office(extra=[f"x{n}" for n in range(2100)])),
        ("old.doc", photo("PNG")[1:]),
        ("words.txt", b"\x00\x01\x02"),
        ("words.txt", b""),
        ("noending", b"words"),
        ("packed.zip", office()),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_a_sentence(cast, case, name, data):
    with pytest.raises(ValidationError) as refused:
        attachments.add(case=case, uploaded=upload(name, data), by=cast.a.apprentice)
    assert refused.value.messages[0].startswith(("这种文件", "这个文件"))
    assert not Attachment.objects.exists()


def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to(cast, case):
    bomb = office(extra=("big",), content=b"\x00" * (80 * 1024 * 1024))
    with pytest.raises(ValidationError):
        attachments.add(case=case, uploaded=upload("bomb.docx", bomb), by=cast.a.apprentice)


def test_a_file_over_ten_megabytes_is_refused(cast, case):
    large = upload("large.txt", b"x" * (attachments.MOST_BYTES + 1))
    with pytest.raises(ValidationError, match="10兆"):
        attachments.add(case=case, uploaded=large, by=cast.a.apprentice)


def test_ten_files_are_enough(cast, case):
    files = [upload(f"{n}.txt", b"words") for n in range(12)]
    sentences = attachments.add_all(case=case, files=files, by=cast.a.apprentice)
    assert case.attachments.count() == 10
    assert len(sentences) == 2
    assert "最多放10个" in sentences[0]


# --- Through the page -------------------------------------------------------------------------------------


def send(client, case, **data):
    url = reverse("casework:case-write", args=[case.pk, 5])
    return client.post(url, {"form_token": new_token(), **data}, follow=True)


def test_good_files_are_kept_and_bad_ones_named(cast, case):
    client = cast.client(cast.a.apprentice)
    files = [upload("现场.jpg", photo()), upload("坏的.exe", b"MZ")]
    answer = send(client, case, files=files, called_1="周阿姨")
    shown = answer.content.decode()
    assert "“坏的.exe”没有传上去：这种文件收不了" in shown
    assert "现场.jpg" in shown
    assert [file.name for file in case.attachments.all()] == ["现场.jpg"]
    assert case.residents.get().resident.secret["name"] == "周阿姨"


def test_a_file_is_taken_away_again_with_its_bytes(cast, case, django_capture_on_commit_callbacks):
    client = cast.client(cast.a.apprentice)
    file = attachments.add(case=case, uploaded=upload("现场.jpg", photo()), by=cast.a.apprentice)
    with django_capture_on_commit_callbacks(execute=True):
        send(client, case, remove=file.pk)
    assert not Attachment.objects.exists()
    assert not file.file.storage.exists(file.file.name)


@pytest.mark.parametrize("forged", ["0", "abc", "99999999999999999999", ""])
def test_a_forged_removal_is_not_found(cast, case, forged):
    url = reverse("casework:case-write", args=[case.pk, 5])
    said = {"form_token": new_token(), "remove": forged}
    assert cast.client(cast.a.apprentice).post(url, said).status_code == 404


def test_files_of_an_accepted_case_stay(cast, case):
    file = attachments.add(case=case, uploaded=upload("现场.jpg", photo()), by=cast.a.apprentice)
    cases.submit(case=case, by=cast.a.apprentice)
    Case.objects.update(state=State.CONSULTING, chair=cast.a.lead)
    with pytest.raises(Refused):
        attachments.remove(attachment=file, by=cast.a.apprentice)


def test_a_photo_is_shown_and_any_other_file_downloaded(cast, case):
    client = cast.client(cast.a.apprentice)
    shown = attachments.add(case=case, uploaded=upload("现场.jpg", photo()), by=cast.a.apprentice)
    words = attachments.add(case=case, uploaded=upload("说明.txt", b"<script>"), by=cast.a.apprentice)
    answer = client.get(reverse("casework:case-file", args=[shown.pk]))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert client.get(reverse("casework:case-thumb", args=[shown.pk])).status_code == 200
    answer = client.get(reverse("casework:case-file", args=[words.pk]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(reverse("casework:case-thumb", args=[words.pk])).status_code == 404


def test_files_of_a_draft_are_its_writers_alone(cast, case):
    file = attachments.add(case=case, uploaded=upload("现场.jpg", photo()), by=cast.a.apprentice)
    url = reverse("casework:case-file", args=[file.pk])
    for other in (cast.a.staff, cast.a.mentor, cast.a.peer, cast.b.staff):
        assert cast.client(other).get(url).status_code == 404
