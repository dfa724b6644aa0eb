"""Secret addresses: looked at without harm, opened with one button, taken back at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from people import scoped_links
from people.models import ScopedLink
from people.scoped_links import Invitation, Purpose

ASKED = Invitation("请您看一看", "石泉路街道请您看一看", "打开看看")


@pytest.fixture
def link(cast, monkeypatch):
    """A fresh link to a person's row: any object of a studio would do."""
    monkeypatch.setattr(scoped_links, "_purposes", {})
    scoped_links.register(Purpose("look", lambda link: ASKED, lambda link: "/help/"))
    return give(cast)


def give(cast, **when):
    asked = {"purpose": "look", "target": cast.a.cohort, "holder": "房管所 王科长", "days": 7}
    return scoped_links.issue(**asked, by=cast.a.staff, **when)


def test_only_a_digest_is_kept(link):
    kept = ScopedLink.objects.get()
    assert link.token not in str(vars(kept))
    assert len(link.token) >= 32


def test_looking_burns_nothing_and_shows_one_button(cast, link):
    for _ in range(3):
        page = Client().get(link.get_absolute_url())
        assert page.status_code == 200
        assert page.content.decode().count("<button") == 1
        assert "no-store" in page["Cache-Control"]
    assert ScopedLink.objects.get().opened_at is None


def test_the_button_opens_it_for_this_browser_alone_and_again_later(cast, link):
    browser, other = Client(), Client()
    answer = browser.post(link.get_absolute_url())
    assert answer.status_code == 302
    assert answer["Location"] == "/help/"
    assert scoped_links.opened(request_of(browser), "look", link.link.pk)
    assert scoped_links.opened(request_of(browser), "other", link.link.pk) is None
    assert scoped_links.opened(request_of(other), "look", link.link.pk) is None
    first = ScopedLink.objects.get().opened_at
    assert first
    assert other.post(link.get_absolute_url()).status_code == 302
    assert ScopedLink.objects.get().opened_at == first


def request_of(client):
    return type("Request", (), {"session": client.session})


def test_a_session_is_short(cast, link):
    browser = Client()
    browser.post(link.get_absolute_url())
    session = browser.session
    session[scoped_links.SESSION_KEY] = {str(link.link.pk): (timezone.now() - timedelta(1)).timestamp()}
    session.save()
    assert scoped_links.opened(request_of(browser), "look", link.link.pk) is None


def test_revoking_closes_what_is_open_already(cast, link):
    browser = Client()
    browser.post(link.get_absolute_url())
    answer = cast.client(cast.a.staff).post(f"/links/{link.link.pk}/revoke/", {"back": "/cases/"})
    assert answer["Location"] == "/cases/"
    assert scoped_links.opened(request_of(browser), "look", link.link.pk) is None
    first = ScopedLink.objects.get().revoked_at
    scoped_links.revoke(link.link, by=cast.a.lead)
    assert ScopedLink.objects.get().revoked_at == first


def test_nobody_is_led_to_another_site(cast, link):
    answer = cast.client(cast.a.staff).post(f"/links/{link.link.pk}/revoke/", {"back": "//evil.example/"})
    assert answer["Location"] == "/"


def test_wrong_expired_and_revoked_look_the_same(cast, link):
    old = give(cast, at=timezone.now() - timedelta(days=8))
    revoked = give(cast)
    scoped_links.revoke(revoked.link, by=cast.a.staff)
    pages = [
        Client().get(path)
        for path in (
            f"/l/{cast.a.studio.pk}/no-such-token/", old.get_absolute_url(), revoked.get_absolute_url(),
            link.get_absolute_url().replace(f"/l/{cast.a.studio.pk}/", f"/l/{cast.b.studio.pk}/"),
        )
    ]  # fmt: skip
    assert {page.status_code for page in pages} == {404}
    texts = [main(page) for page in pages]
    assert texts[0] == texts[1] == texts[2]
    assert cast.a.studio.contact_phone in texts[0]
    assert "请再点一次收到的链接" in texts[0]


def main(page):
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


def test_guessing_has_to_rest(cast, link):
    client = Client()
    codes = [
        client.get(f"/l/{cast.a.studio.pk}/guess{n}/").status_code for n in range(scoped_links.TRIES + 2)
    ]
    assert codes[0] == 404
    assert codes[-1] == 429


def test_what_it_leads_to_may_be_closed_by_now(cast, link):
    scoped_links.register(Purpose("look", lambda link: None, lambda link: "/help/"))
    assert Client().get(link.get_absolute_url()).status_code == 404


def test_only_staff_and_who_gave_it_take_it_back(cast, link):
    for person in (cast.a.mentor, cast.b.staff, cast.district, cast.guest):
        assert cast.client(person).post(f"/links/{link.link.pk}/revoke/").status_code == 404
    assert ScopedLink.objects.get().is_usable


def test_the_database_refuses_a_link_that_is_over_before_it_starts(cast, link):
    with pytest.raises(IntegrityError), transaction.atomic():
        ScopedLink.objects.update(expires_at=timezone.now() - timedelta(days=1))


def test_nobody_knows_of_it_in_another_street(cast, link):
    assert not ScopedLink.objects.visible_to(cast.b.staff).exists()
    assert ScopedLink.objects.visible_to(cast.a.staff).exists()
