"""Every component in a real browser: no fault for axe, and within the window, in every size of text."""

import pytest

from people.models import Person
from tests.look.browser import assert_accessible, assert_fits, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

ROOMS = ".btn-main, .btn-quiet, .choice label, .chip, .tile, .heat a"
SPACED = """() => document.querySelectorAll('main *').forEach(element =>
    Object.assign(element.style, {lineHeight: '1.5', letterSpacing: '.12em', wordSpacing: '.16em'}))"""
CUT_OFF = """rooms => [...document.querySelectorAll(rooms)]
    .filter(room => room.scrollHeight > room.clientHeight + 2).map(room => room.outerHTML)"""


@pytest.mark.parametrize("text_size", ["", "lg", "xxl"])
def test_the_gallery_is_accessible_and_fits(live_server, phone, cast, text_size):
    Person.objects.filter(pk=cast.a.staff.pk).update(text_size=text_size)
    complaints = []
    phone.on("console", lambda message: complaints.append(message.text))
    sign_in(phone, cast, cast.a.staff, live_server)
    phone.goto(f"{live_server.url}/gallery/")
    assert (phone.locator("html").get_attribute("data-text") or "") == text_size
    assert_accessible(phone)
    for width in (320, 360, 768, 1366):
        phone.set_viewport_size({"width": width, "height": 740})
        assert_fits(phone)
    # with the spacing of WCAG 1.4.12
    phone.evaluate(SPACED)
    assert_fits(phone)
    assert not phone.evaluate(CUT_OFF, ROOMS)
    assert not complaints
