"""The gallery shows every component; what it shows keeps the rules of every page."""

import re

import pytest
from django.conf import settings

from tests.look.structure import assert_page

pytestmark = pytest.mark.django_db


def test_staff_see_the_gallery(cast):
    answer = cast.client(cast.a.staff).get("/gallery/")
    assert answer.status_code == 200
    assert_page(answer.content, role="staff")


def test_nobody_else_does(cast):
    assert cast.client(cast.a.mentor).get("/gallery/").status_code == 403


def test_every_component_stands_in_the_gallery():
    folder = settings.BASE_DIR / "templates"
    shown = (folder / "studio/gallery.html").read_text() + (folder / "base.html").read_text()
    parts = {path.stem for path in (folder / "components").glob("*.html")}
    used = set(re.findall(r'components/(\w+)\.html"', shown))
    for part in [*used, "radar", "bars", "field"]:
        used |= set(re.findall(r'components/(\w+)\.html"', (folder / f"components/{part}.html").read_text()))
    used |= {"radar", "bars", "month_heat", "field", "suggested"}  # drawn by tags, forms and widgets
    assert parts - used == set()
