"""The frame around every page: its links lead somewhere, and each desk gets the menu that fits its screen."""

import pytest
from django.urls import resolve

from tests.look.structure import Page

pytestmark = pytest.mark.django_db


def home(cast, person):
    return Page(cast.client(person).get("/text-size/").content.decode())


def test_the_links_of_the_frame_lead_to_pages(cast):
    links = [link.attrs["href"] for link in home(cast, cast.a.staff).all("a")]
    inside = [link.split("?")[0] for link in links if link.startswith("/")]
    assert {"/", "/todo/", "/text-size/", "/me/", "/help/", "/feedback/"} <= set(inside)
    for path in inside:
        resolve(path)


def test_staff_have_a_column_and_mentors_a_bar_of_four(cast):
    staff, mentor = home(cast, cast.a.staff), home(cast, cast.a.mentor)
    assert "has-side" in next(part.attrs["class"] for part in staff.all("div"))
    [bar] = [menu for menu in mentor.all("nav") if "menu-bar" in menu.attrs.get("class", "")]
    assert len([item for item in mentor.all("li") if bar in item.parents]) == 4


def test_the_text_size_of_the_account_stands_on_the_page(cast):
    cast.a.mentor.text_size = "xl"
    cast.a.mentor.save(update_fields=["text_size"])
    [root] = home(cast, cast.a.mentor).all("html")
    assert root.attrs["data-text"] == "xl"


def test_the_phone_number_of_the_studio_can_be_called_from_every_page(cast):
    links = [link.attrs["href"] for link in home(cast, cast.a.mentor).all("a")]
    assert f"tel:{cast.a.studio.contact_phone.replace(' ', '')}" in links


def test_the_wordmark_says_what_it_is_once(cast):
    def wordmark():
        page = home(cast, cast.a.staff)
        return next(link.text for link in page.all("a") if link.attrs.get("class") == "wordmark")

    assert wordmark() == "甲街道书记工作室"
    cast.a.studio.brand_name = "泉+"
    cast.a.studio.save()
    assert wordmark() == "泉+ · 书记工作室"
