"""Reading a page as a browser without script does: its words, and what its form would send."""

import re
from html import unescape
from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects what one form would send: the one with this action, or the one with the token."""

    def __init__(self, action):
        super().__init__()
        self.action, self.inside, self.found, self.done = action, False, {}, False
        self.area = self.select = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and given.get("method") == "post":
            self.inside = not self.done and self.action in (None, given.get("action"))
        if not self.inside or not (name := given.get("name") or self.select):
            return
        kind = given.get("type", "text")
        if tag == "input" and kind not in ("submit", "file"):
            if kind not in ("radio", "checkbox"):
                self.add(name, given.get("value", ""))
            elif "checked" in given:
                self.add(name, given.get("value", "on"))
        elif tag == "textarea":
            self.area = name
            self.add(name, "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.add(self.select, given["value"])

    def add(self, name, value):
        self.found.setdefault(name, []).append(value)

    def handle_data(self, data):
        if self.area:
            self.found[self.area][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "form" and self.inside:
            self.inside, self.done = False, "form_token" in self.found
            if not self.done:
                self.found = {}
        self.area = None if tag == "textarea" else self.area
        self.select = None if tag == "select" else self.select


def fields(response, form=None):
    """{name: value or values} that the form of the page would send as it stands. `form`: its action."""
    parser = _Form(form)
    parser.feed(response.content.decode())
    return {name: values if len(values) > 1 else values[0] for name, values in parser.found.items()}


def told(response):
    """The words of a page, without its markup."""
    page = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
