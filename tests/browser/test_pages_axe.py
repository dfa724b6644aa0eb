"""Every page that the URLconf knows, in a browser: axe and the width, filled, empty and with faults.

The pages are the rows of the matrix (tests/matrix), which fails when a URL is not listed: none is forgotten.
What links lead to in the demonstration is looked at in tests/look/test_every_page.py; here each page is met
once by somebody at a desk and once by somebody with a phone, and forms are sent wrong on purpose.
"""

import contextlib

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from people.roles import Role
from tests.cast import make_cast
from tests.factories import DistrictStudioFactory, PersonFactory, StudioFactory, make_person
from tests.look.browser import assert_accessible, assert_fits, sign_in_client
from tests.look.structure import assert_page
from tests.matrix.rows import OK, expected
from tests.matrix.test_matrix import ROWS

pytestmark = pytest.mark.django_db(transaction=True)

REFUSED = 422
AT_A_DESK = ("staff", "district")
ON_A_PHONE = ("mentor", "lead", "other_mentor", "apprentice", "anonymous")
BUDGET = dict.fromkeys(("lead", "other_mentor", "guest", "stranger", "anonymous"), "mentor")
WIDE, PHONE, NARROW = 1366, 360, 320
# The pages are shared out, so that several workers look at them side by side.
PARTS = 6
# The form that posts to the page's own address; wiped out and left open too long, so that it is refused.
OWN_FORM = """() => [...document.querySelectorAll('main form')].find(form =>
    form.method === 'post' && new URL(form.action).pathname === location.pathname)"""
WIPE = """form => {
    const typed = 'input:not([type=hidden], [type=file], [type=radio], [type=checkbox]), textarea';
    form.querySelectorAll(typed).forEach(field => { field.value = ''; });
    form.querySelectorAll('input:checked').forEach(field => { field.checked = false; });
    form.querySelectorAll('[name=form_token]').forEach(field => { field.value = ''; });
}"""


class Look:
    """One screen going through pages; collects what is wrong instead of stopping at the first fault."""

    def __init__(self, page, people, live_server):
        """`people`: {role: Person, or None for somebody who is not signed in}."""
        self.page, self.people, self.live_server = page, people, live_server
        self.role, self.client, self.faults = None, None, []

    @property
    def usual(self):
        """The width of the screen that this role has."""
        return WIDE if self.role in AT_A_DESK else PHONE

    def sit_down(self, role):
        """Be this role from now on."""
        if role == self.role:
            return
        self.role, person = role, self.people[role]
        self.page.context.clear_cookies()
        self.client = Client()
        if person is not None:
            self.client.force_login(person)
            sign_in_client(self.page, self.client, self.live_server)

    def open(self, url):
        """The page at its usual width."""
        self.page.set_viewport_size({"width": self.usual, "height": 740})
        answer = self.page.goto(self.live_server.url + url)
        self.check(url, "status", lambda: answer.status == OK or pytest.fail(str(answer.status)))

    def html(self, url):
        """The page without a browser; it keeps to the rules of structure and weight. None for a file."""
        answer = self.client.get(url, follow=True)
        if not answer["Content-Type"].startswith("text/html"):
            return None
        html = answer.content
        self.check(url, "html", lambda: assert_page(html, role=BUDGET.get(self.role, self.role)))
        return html

    def check(self, url, what, rule):
        try:
            rule()
        except (AssertionError, pytest.fail.Exception) as fault:
            self.faults.append(f"{self.role} {url} {what}\n{fault}")

    def dress(self, *, width, size):
        """The same page as on another screen, in another size of text."""
        self.page.set_viewport_size({"width": width, "height": 740})
        self.page.evaluate("size => { document.documentElement.dataset.text = size }", size)

    def fits(self, url, *, width, size=""):
        self.dress(width=width, size=size)
        self.check(url, f"{width} px {size}", lambda: assert_fits(self.page))

    def accessible(self, url, what=""):
        self.check(url, f"axe {what}", lambda: assert_accessible(self.page))

    def send_wrong(self, url):
        """Send the page's form empty: it comes back with all that is missing, and is read as such."""
        form = self.page.evaluate_handle(OWN_FORM).as_element()
        if form is None:
            self.faults.append(f"{self.role} {url}: no form to send")
            return
        form.evaluate(WIPE)
        with self.page.expect_navigation() as led:
            form.evaluate("form => form.requestSubmit(form.querySelector('.btn-main'))")
        status = led.value.status
        self.check(url, "sent empty", lambda: status == REFUSED or pytest.fail(str(status)))
        self.accessible(url, "with faults")


def visits(roles, part):
    """(row, role): each page of this part once, seen by the first of these roles that may open it."""
    for row in ROWS[part::PARTS]:
        able = [role for role in roles if expected(row.get, role) == OK]
        able = [role for role in able if role != "anonymous" or row.public]
        if able:
            yield row, able[0]


def filled():
    """The cast, and somebody in street A who has no mentor yet."""
    cast = make_cast()
    make_person(cast.a.studio, Role.APPRENTICE)
    return cast


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("roles", [AT_A_DESK, ON_A_PHONE], ids=["desk", "phone"])
def test_every_page_is_accessible_and_fits(live_server, phone, desktop, roles, part):
    look = Look(desktop if roles == AT_A_DESK else phone, {}, live_server)
    for row, role in visits(roles, part):
        # People of their own for each page: what one needs to be there must not be in the way of another.
        cast = filled()
        look.people, look.role = cast.roles(), None
        look.sit_down(role)
        url = reverse(row.name, args=row.args(cast))
        if look.html(url) is None:
            continue
        look.open(url)
        look.fits(url, width=NARROW)
        look.fits(url, width=PHONE, size="xxl")
        look.fits(url, width=PHONE, size="lg")
        look.accessible(url, "lg")
        if expected(row.post, role) == REFUSED:
            look.dress(width=look.usual, size="")
            look.send_wrong(url)
    assert not look.faults, "\n\n".join(look.faults)


def nobody_has_anything():
    """{role: Person} of a studio on its first day."""
    studio = StudioFactory()
    return {
        "staff": make_person(studio, Role.STAFF),
        "district": make_person(DistrictStudioFactory(), Role.DISTRICT),
        "mentor": make_person(studio, Role.MENTOR),
        "apprentice": make_person(studio, Role.APPRENTICE),
        "guest": make_person(studio, Role.CONSULTANT),
        "stranger": PersonFactory(),
    }


def address(row):
    """The address of a page that needs nothing to be there, or None."""
    with contextlib.suppress(NoReverseMatch):
        return reverse(row.name)


def test_pages_say_what_to_do_while_there_is_nothing(live_server, phone, desktop):
    people, empty, faults = nobody_has_anything(), 0, []
    for role in people:
        look = Look(desktop if role in AT_A_DESK else phone, people, live_server)
        look.sit_down(role)
        for row in ROWS:
            url = address(row)
            if url is None or expected(row.get, role) != OK:
                continue
            if b'class="empty"' in (look.html(url) or b""):
                empty += 1
                look.open(url)
                look.fits(url, width=NARROW)
                look.accessible(url)
        faults += look.faults
    assert not faults, "\n\n".join(faults)
    assert empty >= 20
