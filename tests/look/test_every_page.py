"""Every page of the site as each role meets it in the demonstration, found by following links from home.

Without a browser: structure, strictness, weight. In the browser: axe and the width, in 标准 and 大字.
The demonstration is loaded once for all roles, since that is what takes long.
"""

import re

import pytest
from django.test import Client
from django.urls import resolve

from people.models import Person
from studio.demo import DEMO_SIGN_INS
from studio.demo.load import load
from tests.look.browser import assert_accessible, assert_fits, sign_in_client
from tests.look.structure import assert_page

LINK = re.compile(r'href="(/[^"#]*)"')
# Of one kind of page (one URL name) this many are read: the second may be in another state.
OF_A_KIND = 2
PHONE_DESKS = ("mentor", "lead", "apprentice", "consultant")
BUDGET = {"lead": "mentor", "consultant": "mentor"}
DESKS = dict(
    zip(("staff", "lead", "mentor", "apprentice", "consultant", "district"), DEMO_SIGN_INS, strict=True)
)


def signed_in(desk):
    client = Client()
    client.force_login(Person.objects.get(mobile=DESKS[desk][1]))
    return client


def pages(client):
    """(URL name, path, response) of every page that links lead to, a few of each kind."""
    waiting, met, kinds = ["/"], set(), {}
    while waiting:
        path = waiting.pop(0)
        kind = resolve(path.split("?")[0]).view_name if not path.startswith("/static/") else "static"
        if path in met or kinds.get(kind, 0) >= OF_A_KIND or kind == "static":
            continue
        met.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(path)
        if answer.status_code == 302:
            waiting.append(answer["Location"])
        elif answer["Content-Type"].startswith("text/html"):
            yield kind, path, answer
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(answer.content.decode())]


@pytest.mark.django_db
def test_every_page_keeps_the_rules():
    load()
    faults = []
    for desk in DESKS:
        for _, path, answer in pages(signed_in(desk)):
            try:
                assert answer.status_code == 200, answer.status_code
                assert_page(answer.content, role=BUDGET.get(desk, desk))
            except AssertionError as fault:
                faults.append(f"{desk} {path}\n{fault}")
    assert not faults, "\n\n".join(faults)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("screen", "desks"), [("phone", PHONE_DESKS), ("desktop", ("staff", "district"))])
def test_every_page_is_accessible_in_both_sizes_and_fits(live_server, phone, desktop, screen, desks):
    load()
    page, seen, faults = {"phone": phone, "desktop": desktop}[screen], set(), []
    for desk in desks:
        client = signed_in(desk)
        sign_in_client(page, client, live_server)
        for kind, path, _ in pages(client):
            if kind in seen:
                continue
            seen.add(kind)
            page.goto(live_server.url + path)
            for size in ("", "lg"):
                page.evaluate("size => size ? document.documentElement.dataset.text = size : null", size)
                try:
                    assert_fits(page)
                    assert_accessible(page)
                except AssertionError as fault:
                    faults.append(f"{desk} {path} {size}\n{fault}")
    assert not faults, "\n\n".join(faults)
