"""Looking at pages in a browser: signing in without typing, axe, and nothing that sticks out at the side."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# Anything wider than the window, except inside a wrapper that is meant to scroll.
STICKS_OUT = """() => [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 2 && box.right > document.documentElement.clientWidth + 1
        && !element.closest('.table-wrap, .skip, .visually-hidden');
}).slice(0, 5).map(element => element.outerHTML.slice(0, 120))"""


def sign_in(page, cast, person, live_server):
    """Give the page's browser the session of `person`."""
    sign_in_client(page, cast.client(person), live_server)


def sign_in_client(page, client, live_server):
    """Give the page's browser the session of a signed-in test client."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def press(page, words):
    """Press the button with just these words, which leads to a page, and wait until that page is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def follow(page, words):
    """Follow the first link of the content with these words (a string or a pattern) and wait for its page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=words).first.click()


def assert_accessible(page):
    """No violation of WCAG 2.2 AA or of axe's best practice on the page as it stands."""
    # At its end nothing of a page lies under the bar that sticks to the bottom.
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    faults = [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]
    assert not faults, "\n".join(faults)


def assert_fits(page):
    """Nothing sticks out to the right; the page does not scroll sideways."""
    wide = page.evaluate(STICKS_OUT)
    assert not wide, "\n".join(wide)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
