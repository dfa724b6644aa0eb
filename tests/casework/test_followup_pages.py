"""报复诊, 师傅看复诊 and the final look, as they go without script."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from casework.actions import attachments, followups
from casework.models import Attachment, Followup, State, Step
from people.models import Membership
from tests.casework.cures import plan, state_of, treating
from tests.casework.forms import fields, told
from tests.factories import days_ago, days_ahead

pytestmark = pytest.mark.django_db


def photo():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return SimpleUploadedFile("楼道.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture
def step(cast):
    return treating(cast)[1].steps.get()


def report_url(step):
    return reverse("casework:step-followup", args=[step.pk])


def reported(step, state="done", **fields):
    return followups.report(step=step, state=state, text="去过了", by=step.owner, **fields)


def test_three_taps_and_a_sentence_with_a_photo(cast, step, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = cast.client(cast.a.apprentice)
    page = client.get(report_url(step))
    given = {**fields(page), "state": "done", "text": "数据当场给他看了", "photos": [photo(), photo()]}
    answer = client.post(report_url(step), given, follow=True)
    followup = Followup.objects.get()
    assert answer.redirect_chain == [(followup.get_absolute_url(), 302)]
    assert followup.photos.count() == 2
    mentor = cast.client(cast.a.mentor)
    thumb = reverse("casework:case-thumb", args=[followup.photos.first().pk])
    assert thumb in mentor.get(followup.get_absolute_url()).content.decode()
    assert mentor.get(thumb).status_code == 200
    assert cast.client(cast.b.mentor).get(thumb).status_code == 404


def test_a_photo_that_cannot_be_taken_does_not_hold_up_the_report(cast, step):
    client = cast.client(cast.a.apprentice)
    given = {**fields(client.get(report_url(step))), "state": "doing", "text": "约好了"}
    bad = SimpleUploadedFile("楼道.jpg", b"not a photo", "image/jpeg")
    answer = client.post(report_url(step), {**given, "photos": [bad]}, follow=True)
    assert "没有传上去" in told(answer)
    assert (Followup.objects.get().state, Attachment.objects.count()) == ("doing", 0)


def test_what_is_missing_is_told_and_what_was_typed_is_kept(cast, step):
    client = cast.client(cast.a.apprentice)
    answer = client.post(report_url(step), {**fields(client.get(report_url(step))), "text": "约好了"})
    assert answer.status_code == 422
    assert "请点一下这一步做得怎样" in told(answer)
    assert "约好了" in told(answer)


def test_the_same_report_sent_twice_is_one(cast, step):
    client = cast.client(cast.a.apprentice)
    given = {**fields(client.get(report_url(step))), "state": "done", "text": "好了"}
    for _ in range(2):
        answer = client.post(report_url(step), given)
        assert answer["Location"] == Followup.objects.get().get_absolute_url()


def test_a_step_that_is_done_leads_to_its_report(cast, step):
    followup = reported(step)
    answer = cast.client(cast.a.apprentice).get(report_url(step))
    assert answer["Location"] == followup.get_absolute_url()


@pytest.mark.parametrize(
    ("role", "status"), [("staff", 200), ("apprentice", 200), ("mentor", 403), ("lead", 403)]
)
def test_for_an_owner_that_is_only_a_name_staff_and_the_cases_owner_report(cast, role, status):
    _, prescription = treating(cast, plan(name="房管所", kind="department"))
    client = cast.client(cast.roles()[role])
    assert client.get(report_url(prescription.steps.get())).status_code == status


def test_one_who_left_the_case_still_reports_the_step_he_has(cast):
    _, prescription = treating(cast, plan(cast.a.peer))
    client = cast.client(cast.a.peer)
    url = report_url(prescription.steps.get())
    answer = client.post(url, {**fields(client.get(url)), "state": "done", "text": "好了"}, follow=True)
    assert answer.status_code == 200
    assert Step.objects.get().state == "done"


def test_the_mentor_says_one_more_time_with_a_day(cast, step):
    followup = reported(step)
    client = cast.client(cast.a.mentor)
    url = followup.get_absolute_url()
    page = client.get(url)
    assert "再加把劲，请定个新的日子" in told(client.post(url, {**fields(page), "verdict": "more"}))
    past = {**fields(page), "verdict": "more", "more_on": days_ago(1)}
    assert "请往后选" in told(client.post(url, past))
    client.post(url, {**fields(page), "verdict": "more", "more_on": days_ahead(5), "note": "再走两家"})
    step.refresh_from_db()
    assert (step.state, step.due_on) == ("doing", days_ahead(5))


def test_the_mentor_takes_another_way(cast, step):
    followup = reported(step, "stuck", want="call")
    client = cast.client(cast.a.mentor)
    url = followup.get_absolute_url()
    page = client.get(url)
    assert cast.a.apprentice.mobile in told(page)
    lacking = told(client.post(url, {**fields(page), "verdict": "other"}))
    for sentence in ("换个办法，请写一句为什么", "请写新办法做什么", "第2步还没写谁来做"):
        assert sentence in lacking
    new = {"text": "换个时间去", "who": f"person:{cast.a.mentor.pk}", "due_on": days_ahead(6)}
    client.post(url, {**fields(page), "verdict": "other", "note": "他怕的是吵", **new})
    assert [(one.state, one.whose) for one in Step.objects.order_by("order")] == [
        ("dropped", cast.a.apprentice.called),
        ("todo", cast.a.mentor.called),
    ]


def test_nobody_judges_a_report_of_ones_own(cast):
    _, prescription = treating(cast, plan(cast.a.mentor, kind="mentor"))
    followup = reported(prescription.steps.get())
    client = cast.client(cast.a.mentor)
    assert client.post(followup.get_absolute_url(), {"verdict": "fine"}).status_code == 403


def test_the_final_look_brings_the_case_to_its_evaluation(cast, step):
    case = step.prescription.case
    reported(step)
    client = cast.client(cast.a.mentor)
    url = reverse("casework:case-checkup", args=[case.pk])
    page = client.get(url)
    assert "请点一个：可以了，或者再看一次" in told(client.post(url, fields(page)))
    answer = client.post(url, {**fields(page), "verdict": "fine", "note": "楼道里有说有笑"}, follow=True)
    assert "楼道里有说有笑" in told(answer)
    assert state_of(case) == State.REVIEWING


# --- Photos go up one by one ------------------------------------------------------------------------------


def sent_up(client, step):
    return client.post(reverse("casework:step-photo", args=[step.pk]), {"photo": photo()}).json()


def test_photos_go_up_alone_and_belong_to_the_report_once_it_is_sent(cast, step, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = cast.client(cast.a.apprentice)
    kept, left = sent_up(client, step), sent_up(client, step)
    assert client.get(kept["thumb"]).status_code == 200
    assert cast.client(cast.a.staff).get(kept["thumb"]).status_code == 404
    page = client.get(report_url(step))
    assert page.content.decode().count('name="photo_ids"') == 2
    given = {**fields(page), "state": "done", "text": "去过了", "photo_ids": [kept["id"]]}
    client.post(report_url(step), given)
    assert [one.pk for one in Followup.objects.get().photos.all()] == [kept["id"]]
    assert not Attachment.objects.filter(pk=left["id"]).exists()
    assert cast.client(cast.a.staff).get(kept["thumb"]).status_code == 200


def test_a_photo_that_is_none_is_told_at_once(cast, step):
    client = cast.client(cast.a.apprentice)
    bad = SimpleUploadedFile("楼道.jpg", b"not a photo", "image/jpeg")
    answer = client.post(reverse("casework:step-photo", args=[step.pk]), {"photo": bad})
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_nobody_whose_roles_are_over_reports(cast, step):
    Membership.objects.filter(person=cast.a.apprentice).update(ends_on=days_ago(1), starts_on=days_ago(9))
    client = cast.client(cast.a.apprentice)
    assert client.get(report_url(step)).status_code in (403, 404)
    assert not Step.objects.visible_to(cast.a.other_apprentice).exists()


def test_photos_of_a_report_that_never_came_are_gone_after_a_month(
    cast, step, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    kept = sent_up(cast.client(cast.a.apprentice), step)
    old, new = Attachment.objects.get(pk=kept["id"]), sent_up(cast.client(cast.a.apprentice), step)
    Attachment.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(days=40))
    with django_capture_on_commit_callbacks(execute=True):
        assert attachments.forget_waiting(timezone.localdate()) == 1
    assert [one.pk for one in Attachment.objects.all()] == [new["id"]]
    assert not (tmp_path / old.file.name).exists()
    assert attachments.forget_waiting(timezone.localdate()) == 0
