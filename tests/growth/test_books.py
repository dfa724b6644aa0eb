"""The file on paper and in Word, a period of it, and the files of a whole term in one .zip."""

import zipfile
from datetime import date, timedelta
from io import BytesIO

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from docx import Document

from growth.actions import bundles
from growth.charts import axes
from growth.models import Entry, FileBundle
from growth.radar_picture import radar_picture
from mentoring.models import Cohort
from tests.factories import ReflectionFactory
from tests.forms import send


def words_of(answer):
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def line(cast, on, text, kind="session", **given):
    return Entry.objects.create(
        studio=cast.a.studio,
        person=cast.a.apprentice,
        kind=kind,
        on=on,
        text=text,
        source_type=ContentType.objects.get_for_model(Entry),
        source_id=Entry.objects.count() + 1,
        **given,
    )


def test_paper_and_word_say_the_same_for_a_period(cast):
    line(cast, date(2026, 1, 5), "一月学了议事")
    line(cast, date(2026, 3, 5), "三月得了表扬", kind="honour")
    ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice, on=date(2026, 3, 6), learned="先听后说")
    client, pk = cast.client(cast.a.apprentice), cast.a.apprentice.pk
    for name in ("print", "word"):
        url = reverse(f"growth:file-{name}", args=[pk])
        whole = client.get(url)
        part = client.get(url, {"since": "2026-02-01", "until": "2026-03-31", "full": "on"})
        said = [words_of(one) if name == "word" else one.content.decode() for one in (whole, part)]
        assert "一月学了议事" in said[0]
        assert "先听后说" not in said[0]
        assert "一月学了议事" not in said[1]
        assert "三月得了表扬" in said[1]
        assert "先听后说" in said[1]


def test_a_file_asks_a_constant_number_of_queries(cast, django_assert_num_queries):
    url = reverse("growth:file-print", args=[cast.a.apprentice.pk])
    client = cast.client(cast.a.apprentice)
    client.get(url)
    counted = []
    for start in (0, 1, 40):
        for number in range(start):
            line(cast, date(2020, 1, 1) + timedelta(days=31 * number), f"第{start}次{number}")
        with django_assert_num_queries(9, exact=False) as asked:
            client.get(url)
        counted.append(len(asked))
    assert len(set(counted)) == 1


def test_the_radar_in_word_needs_three_marks():
    assert radar_picture(axes({"party": 3, "communication": 2})) is None
    drawn = radar_picture(axes({"party": 3, "communication": 2, "team": 4}, {"party": 2}))
    assert drawn.startswith(b"\x89PNG")


def test_a_bundle_is_made_step_by_step_and_holds_everybody_once(cast):
    cohort = Cohort.objects.filter(studio=cast.a.studio).first()
    client = cast.client(cast.a.staff)
    page = send(client, reverse("mentoring:cohort-files", args=[cohort.pk]))
    bundle = FileBundle.objects.get()
    assert page.url == bundle.get_absolute_url()
    assert f"共{bundle.number}份" in client.get(page.url).content.decode()
    assert client.get(reverse("growth:bundle-file", args=[bundle.pk])).status_code == 404
    for _ in range(bundle.number):
        bundles.go_on(bundle, by=cast.a.staff, seconds=0)
    bundle.refresh_from_db()
    assert bundle.ready
    answer = client.get(reverse("growth:bundle-file", args=[bundle.pk]))
    packed = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert packed.testzip() is None
    assert len(packed.namelist()) == len(set(packed.namelist())) == bundle.number
    first = Document(BytesIO(packed.read(packed.namelist()[0])))
    assert first.paragraphs[0].text == "成长档案"


def test_what_the_database_took_back_is_not_put_in_twice(cast):
    bundle = bundles.start(
        studio=cast.a.studio, people=[cast.a.apprentice.pk, cast.a.peer.pk], name="本期", by=cast.a.staff
    )
    bundles.go_on(bundle, by=cast.a.staff, seconds=0)
    FileBundle.objects.filter(pk=bundle.pk).update(done=0)
    bundles.go_on(bundle, by=cast.a.staff, seconds=60)
    with zipfile.ZipFile(bundle.file.path) as packed:
        assert len(packed.namelist()) == 2


def test_old_bundles_go_with_their_files(cast, django_capture_on_commit_callbacks):
    bundle = bundles.start(studio=cast.a.studio, people=[cast.a.apprentice.pk], name="旧的", by=cast.a.staff)
    FileBundle.objects.update(made_at=timezone.now() - timedelta(days=9))
    with django_capture_on_commit_callbacks(execute=True):
        assert bundles.forget_old(timezone.localdate()) == 1
    assert not bundle.file.storage.exists(bundle.file.name)
