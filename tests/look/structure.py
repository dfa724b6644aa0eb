"""What every page must keep (DESIGN §6.2, §6.3), checked without a browser.

Use `assert_page(response.content, role="mentor")` in the test of a page: it names all that is wrong at once.
"""

import gzip
from collections import Counter
from html.parser import HTMLParser

KILO = 1024
HTML_BUDGET = {"mentor": 12 * KILO, "apprentice": 12 * KILO, "staff": 25 * KILO, "district": 30 * KILO}
VOID = set("area base br col embed hr img input link meta source track wbr".split())
UNTYPED = {"hidden", "submit", "button", "image", "reset"}
# Left-overs of Python and of templates that no person wrote.
LEFTOVERS = ("None", "{{", "{%", "---------", "&lt;div", "&amp;#", "<QuerySet", "object at 0x")
NAMELESS_TAGS = {"div", "span", "p", "li", "dd", "dt"}
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "list", "form")


class Element:
    """A tag with its attributes, its parents and the text inside."""

    def __init__(self, tag, attrs, parents):
        self.tag, self.attrs, self.parents, self.text = tag, attrs, parents, ""

    def __repr__(self):
        shown = "".join(
            f' {name}="{value}"' for name, value in self.attrs.items() if name in ("id", "name", "class")
        )
        return f"<{self.tag}{shown}>{self.text.strip()[:20]}"

    def inside(self, tag):
        return any(parent.tag == tag for parent in self.parents)


class Page(HTMLParser):
    """All elements of a page, in order."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self._open, self.text, self.doctype = [], [], "", ""
        self.feed(html)
        self.close()

    def handle_decl(self, decl):
        self.doctype = decl

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs}, list(self._open))
        self.elements.append(element)
        if tag == "img":
            self.handle_data(element.attrs.get("alt", ""))  # what a link around it is called
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data):
        if any(element.tag in ("script", "style") for element in self._open):
            return
        self.text += data
        for element in self._open:
            element.text += data

    def all(self, *tags):
        return [element for element in self.elements if element.tag in tags]


def assert_page(html, *, role="staff"):
    """Fail with a list of everything about a whole page that breaks the rules. `html`: str or bytes."""
    html = html.decode() if isinstance(html, bytes) else html
    page = Page(html)
    faults = [fault for check in CHECKS for fault in check(page)]
    size, most = len(gzip.compress(html.encode(), 6)), HTML_BUDGET[role]
    if size > most:
        faults.append(f"{size} bytes of HTML after gzip, {most} at most for {role}")
    assert not faults, "\n".join(faults)


def _document(page):
    if page.doctype.lower() != "doctype html":
        yield "no <!doctype html>"
    if [root.attrs.get("lang") for root in page.all("html")] != ["zh-CN"]:
        yield 'no <html lang="zh-CN">'
    if not any(title.text.strip(" –\n") for title in page.all("title")):
        yield "no <title>"
    headings = [heading for heading in page.all("h1") if heading.text.strip()]
    if len(headings) != 1:
        yield f"{len(headings)} headings <h1> with text, not 1"
    if not any(meta.attrs.get("content") == "webkit" for meta in page.all("meta")):
        yield "no renderer meta for dual-core browsers"


def _identity(page):
    ids = Counter(element.attrs["id"] for element in page.elements if "id" in element.attrs)
    for name, count in ids.items():
        if count > 1 or not name:
            yield f"id “{name}” stands {count} times"
    for element in page.elements:
        for attribute in REFERENCES:
            for target in element.attrs.get(attribute, "").split():
                if target not in ids:
                    yield f"{element!r}: {attribute} points to “{target}”, which is not there"
        anchor = element.attrs.get("href", "") if element.tag == "a" else ""
        if anchor.startswith("#") and anchor[1:] and anchor[1:] not in ids:
            yield f"{element!r}: leads to “{anchor}”, which is not there"


def _labels(page):
    labelled = {label.attrs.get("for") for label in page.all("label") if label.text.strip()}
    for control in page.all("input", "select", "textarea"):
        if control.attrs.get("type") in UNTYPED:
            continue
        named = control.attrs.get("aria-label") or control.attrs.get("aria-labelledby")
        if not (named or control.attrs.get("id") in labelled or control.inside("label")):
            yield f"{control!r}: no label"
        if control.attrs.get("placeholder"):
            yield f"{control!r}: a placeholder is not a label"


def _words(page):
    for element in page.all("button", "a", "summary", "legend", "caption"):
        if not element.text.strip() and not element.attrs.get("aria-label"):
            yield f"{element!r}: no words"
    for image in page.all("img"):
        if "alt" not in image.attrs:
            yield f"{image!r}: no alt"
    for svg in page.all("svg"):
        hidden = svg.attrs.get("aria-hidden") == "true" or any(
            parent.attrs.get("aria-hidden") == "true" for parent in svg.parents
        )
        if not hidden and svg.attrs.get("role") != "img":
            yield f"{svg!r}: neither hidden nor role=img"
    for leftover in LEFTOVERS:
        if leftover in page.text:
            place = page.text.index(leftover)
            yield f"“{leftover}” on the screen: …{page.text[max(0, place - 20) : place + 20]!r}"
    for element in page.elements:
        if "aria-label" in element.attrs and element.tag in NAMELESS_TAGS and "role" not in element.attrs:
            yield f"{element!r}: aria-label on a bare {element.tag}"


def _tables(page):
    for table in page.all("table"):
        heads = [head for head in page.all("th") if table in head.parents]
        if not heads:
            yield f"{table!r}: no <th>"
        for head in heads:
            if "scope" not in head.attrs:
                yield f"{head!r}: no scope"


def _strictness(page):
    for element in page.elements:
        for name, value in element.attrs.items():
            if name.startswith("on"):
                yield f"{element!r}: {name}="
            if name == "style":
                yield f"{element!r}: style="
            if name == "tabindex" and int(value) > 0:
                yield f"{element!r}: tabindex {value}"
            if name in ("src", "href") and value.startswith(("http://", "https://", "//", "javascript:")):
                yield f"{element!r}: leads off the site: {value}"
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attrs):
            yield f"{element!r}: inline"


def _forms(page):
    for form in page.all("form"):
        if form.attrs.get("method", "").lower() != "post":
            continue
        inside = [field for field in page.all("input", "button") if form in field.parents]
        if not any(field.attrs.get("name") == "csrfmiddlewaretoken" for field in inside):
            yield f"{form!r}: no CSRF token"
        own = form.attrs.get("id")
        named = own and any(one.attrs.get("form") == own for one in page.all("button"))
        if not named and not any(field.tag == "button" for field in inside):
            yield f"{form!r}: no button"


CHECKS = (_document, _identity, _labels, _words, _tables, _strictness, _forms)
