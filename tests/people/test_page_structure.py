"""Every page of the ground floor keeps the rules of structure and weight, empty, full and with errors."""

import pytest

from people.actions import login_cards, removal
from people.actions.notices import tell
from people.models import Feedback, Membership
from tests.factories import ReflectionFactory
from tests.forms import hidden_fields
from tests.look.structure import assert_page

STAFF_PAGES = (
    "/people/",
    "/people/?role=mentor&name=没有的人",
    "/people/new/",
    "/people/{person}/",
    "/people/{person}/edit/",
    "/people/{person}/password/",
    "/people/{person}/roles/new/",
    "/roles/{role}/end/",
    "/cards/",
    "/options/",
    "/options/contact/",
    "/options/places/",
    "/options/places/new/",
    "/options/places/{place}/",
    "/feedback/{feedback}/",
    "/me/two-step/",
)
OWN_PAGES = (
    "/me/",
    "/me/password/",
    "/me/salutation/",
    "/me/weak-points/",
    "/welcome/",
    "/text-size/",
    "/notices/",
    "/feedback/",
    "/help/",
    "/removed/",
    "/logout/",
)


@pytest.fixture
def paths(cast):
    """What stands in the addresses."""
    apprentice = cast.a.apprentice
    return {
        "person": apprentice.pk,
        "role": Membership.objects.get(person=apprentice).pk,
        "place": apprentice.neighbourhood_id,
        "feedback": Feedback.objects.create(studio=cast.a.studio, by=cast.a.mentor, text="字再大一点").pk,
    }


@pytest.fixture
def full(cast):
    """Something on every list."""
    for person in (cast.a.staff, cast.a.apprentice):
        tell([person], "有人请您看看", link="/todo/", studio=cast.a.studio)
        Feedback.objects.create(studio=cast.a.studio, by=person, text="意见")
    removal.remove(ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice), by=cast.a.apprentice)
    login_cards.issue(studio=cast.a.studio, persons=[cast.a.mentor], by=cast.a.staff)


@pytest.mark.parametrize("path", STAFF_PAGES + OWN_PAGES)
def test_pages_for_staff(cast, paths, full, path):
    page = cast.client(cast.a.staff).get(path.format(**paths))
    assert page.status_code == 200
    assert_page(page.content, role="staff")


@pytest.mark.parametrize("path", OWN_PAGES)
@pytest.mark.parametrize("filled", [True, False])
def test_pages_for_an_apprentice_with_much_and_with_nothing(cast, request, path, filled):
    if filled:
        request.getfixturevalue("full")
    page = cast.client(cast.a.apprentice).get(path)
    assert page.status_code == 200
    assert_page(page.content, role="apprentice")


@pytest.mark.parametrize(
    "path",
    [
        "/people/new/",
        "/people/{person}/edit/",
        "/people/{person}/roles/new/",
        "/options/contact/",
        "/options/places/new/",
        "/feedback/",
        "/feedback/{feedback}/",
        "/me/password/",
    ],
)
def test_pages_with_errors(cast, paths, path):
    page = cast.client(cast.a.staff).post(path.format(**paths), {"sent": "yes"})
    assert page.status_code == 422
    assert_page(page.content, role="staff")


def test_pages_of_signing_in(cast):
    client = cast.client()
    code = login_cards.issue(studio=cast.a.studio, persons=[cast.a.mentor], by=cast.a.staff)[0].code
    wrong = {"login": "1", "password": ""}
    for page in (
        client.get("/login/"),
        client.post("/login/", wrong),
        client.get(f"/card/{code}/"),
        client.get("/card/unknown/"),
        client.get("/help/"),
        client.get("/text-size/"),
    ):
        assert_page(page.content, role="mentor")


def test_the_sheet_of_cards_and_the_offer_of_a_role(cast):
    client = cast.client(cast.a.staff)
    hidden = hidden_fields(client.get("/people/"))
    sheet = client.post("/cards/", hidden | {"person": [cast.a.mentor.pk, cast.a.apprentice.pk]})
    # One QR code and its back for each person: a sheet is for paper and may weigh more than a page.
    assert_page(sheet.content, role="district")
    new = {"name": "周敏", "role": "mentor", "mobile": cast.b.mentor.mobile, "starts_on": "2026-03-01"}
    offer = client.post("/people/new/", hidden_fields(client.get("/people/new/")) | new)
    assert_page(offer.content, role="staff")
