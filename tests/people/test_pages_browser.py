"""The pages of the ground floor in a real browser: axe, width, sizes of text, and a card that is scanned."""

import pytest

from people.actions import login_cards
from people.models import Person
from people.roles import Role
from tests.factories import make_person
from tests.look.browser import assert_accessible, assert_fits, press, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

OWN = ("/me/", "/me/password/", "/text-size/", "/notices/", "/feedback/", "/help/", "/removed/")
STAFF = (
    "/people/",
    "/people/new/",
    "/people/{}/",
    "/people/{}/roles/new/",
    "/cards/",
    "/options/",
    "/options/mentoring/",
    "/options/places/",
)


@pytest.mark.parametrize("text_size", ["", "lg", "xxl"])
def test_own_pages_are_accessible_and_fit_a_phone(live_server, phone, cast, text_size):
    Person.objects.filter(pk=cast.a.mentor.pk).update(text_size=text_size)
    sign_in(phone, cast, cast.a.mentor, live_server)
    for path in OWN:
        phone.goto(f"{live_server.url}{path}")
        assert_accessible(phone)
        for width in (320, 360):
            phone.set_viewport_size({"width": width, "height": 740})
            assert_fits(phone)


@pytest.mark.parametrize("text_size", ["", "lg"])
def test_staff_pages_are_accessible_and_fit(live_server, desktop, cast, text_size):
    Person.objects.filter(pk=cast.a.staff.pk).update(text_size=text_size)
    sign_in(desktop, cast, cast.a.staff, live_server)
    for path in STAFF:
        desktop.goto(live_server.url + path.format(cast.a.mentor.pk))
        assert_accessible(desktop)
        for width in (320, 1366):
            desktop.set_viewport_size({"width": width, "height": 768})
            assert_fits(desktop)


def test_a_mentor_scans_the_card_taps_once_and_chooses_a_size(live_server, phone, cast):
    Person.objects.filter(pk=cast.a.mentor.pk).update(text_size_chosen=False)
    card = login_cards.issue(studio=cast.a.studio, persons=[cast.a.mentor], by=cast.a.staff)[0]
    phone.goto(f"{live_server.url}/card/{card.code}/")
    assert_accessible(phone)
    phone.get_by_role("button", name="登录").click()
    phone.wait_for_url("**/welcome/**")
    assert_accessible(phone)
    phone.get_by_role("button", name="特大").click()
    phone.wait_for_url(f"{live_server.url}/")
    assert phone.locator("html").get_attribute("data-text") == "xl"


def test_the_password_can_be_looked_at(live_server, phone, cast):
    phone.goto(f"{live_server.url}/login/")
    assert_accessible(phone)
    phone.get_by_label("密码", exact=True).fill("mima-for-tests")
    phone.get_by_role("button", name="显示密码", exact=True).click()
    assert phone.get_by_label("密码", exact=True).get_attribute("type") == "text"
    phone.get_by_label("手机号").fill(cast.a.mentor.mobile)
    phone.get_by_role("button", name="登录", exact=True).click()
    phone.wait_for_url(f"{live_server.url}/")


def test_eight_cards_and_their_backs_are_two_sheets_of_paper(live_server, desktop, cast):
    for number in range(5):
        make_person(cast.a.studio, Role.MENTOR, name=f"欧阳某某{number}")
    sign_in(desktop, cast, cast.a.staff, live_server)
    desktop.goto(f"{live_server.url}/people/?role=mentor")
    for box in desktop.locator("input[name=person]").all()[:8]:
        box.check()
    press(desktop, "给点了的打印登录卡")
    assert_accessible(desktop)
    assert desktop.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2
