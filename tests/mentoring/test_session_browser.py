"""记一次带教 on a phone, with script: draft, photos, sending."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from mentoring.models import Session
from people.models import Draft
from tests.cast import make_cast
from tests.factories import SessionFactory, days_ago


@pytest.fixture
def mentor_phone(transactional_db, live_server, phone, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cast = make_cast()
    cast.a.mentor.text_size = "lg"
    cast.a.mentor.save()
    SessionFactory(group=cast.a.group, present=[cast.a.apprentice], held_on=days_ago(7))
    cookie = cast.client(cast.a.mentor).cookies["sessionid"].value
    phone.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    phone.cast = cast
    return phone


def photo(name, *, good=True):
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue() if good else b"nothing"}


def test_a_mentor_logs_a_session_with_few_taps(mentor_phone, live_server):
    page = mentor_phone
    page.goto(f"{live_server.url}/sessions/new/")
    expect(page.get_by_label("哪一天")).to_be_hidden()
    page.get_by_label("沟通协调").tap()
    page.get_by_label("说一说").fill("讲了怎么开居民会。")
    expect(page.locator("#save-line")).to_contain_text("已存草稿")
    page.get_by_role("button", name="提交记录").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("记好了")
    session = Session.objects.get(held_on=days_ago(0))
    assert session.topics == ["communication"]
    assert list(session.apprentices.all()) == [page.cast.a.apprentice]
    assert not Draft.objects.exists()


def test_photos_go_up_one_by_one_and_one_that_fails_is_in_nobodys_way(mentor_phone, live_server):
    page = mentor_phone
    page.goto(f"{live_server.url}/sessions/new/")
    files = page.locator("input[type=file]")
    files.set_input_files([photo("a.jpg"), photo("b.jpg", good=False), photo("c.jpg")])
    expect(page.locator("#photo-list img")).to_have_count(2)
    page.locator("#photo-list").get_by_role("button", name="去掉").first.tap()
    expect(page.locator("#photo-list img")).to_have_count(1)
    # The line may still tell of an earlier save: what counts is that this very tick has arrived.
    with page.expect_response(lambda answer: "topics=party" in (answer.request.post_data or "")):
        page.get_by_label("党建业务").tap()
    expect(page.locator("#save-line")).to_contain_text("已存草稿")
    # Closed and opened again, the photo is still there; taking it off does not send the form.
    page.goto(f"{live_server.url}/sessions/new/")
    expect(page.locator("#photo-list img")).to_have_count(1)
    page.locator("#photo-list").get_by_role("button", name="去掉").tap()
    expect(page.locator("#photo-list img")).to_have_count(0)
    assert page.url == f"{live_server.url}/sessions/new/"
    files.set_input_files([photo("d.jpg")])
    expect(page.locator("#photo-list img")).to_have_count(1)
    page.get_by_role("button", name="提交记录").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("记好了")
    assert Session.objects.get(held_on=days_ago(0)).photos.count() == 1


def test_a_day_further_back_is_asked_for_only_when_it_is_wanted(mentor_phone, live_server):
    page = mentor_phone
    page.goto(f"{live_server.url}/sessions/new/")
    page.get_by_label("选日期").tap()
    page.get_by_label("哪一天").fill(days_ago(12).isoformat())
    page.get_by_role("button", name="全组").tap()
    page.get_by_role("button", name="提交记录").tap()
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_label("说一说").fill("那天去看了车棚。")
    page.get_by_role("button", name="提交记录").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("记好了")
    session = Session.objects.get(held_on=days_ago(12))
    assert session.apprentices.count() == 2
