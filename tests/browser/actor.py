"""Somebody at a screen: reads what stands there and presses what can be pressed, as a person does."""

import io

import zxingcpp
from PIL import Image

PATIENCE_MS = 20_000

PLEDGES = ("写拜师帖", "写寄语", "定日期")


class Actor:
    """A person in front of `page` (Playwright). `complaints` collects what no page may do."""

    def __init__(self, page, base):
        self.page, self.base, self.complaints = page, base, []
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._look_at)

    def _look_at(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    # --- going and pressing -------------------------------------------------------------------------------

    def go(self, path):
        self.page.goto(path if "://" in path else self.base + path)
        return self

    def press(self, words, *, within=None):
        """Press the button with these words, which leads to a page."""
        return self._lead(self._named("button", words, within))

    def follow(self, words, *, within=None):
        """Follow the first link with these words."""
        return self._lead(self._named("a", words, within))

    def _named(self, tag, words, within):
        found = (within or self.page.locator("main")).locator(f"{tag}:visible:not(.visually-hidden)")
        return found.filter(has_text=words).first

    def _lead(self, locator):
        with self.page.expect_navigation():
            locator.click()
        return self

    # --- filling in ---------------------------------------------------------------------------------------

    def write(self, label, text):
        """Write into the field with this label."""
        self._field(label).fill(text)
        return self

    def pick(self, label, option):
        """Choose the option whose words begin like this from a list."""
        field = self._field(label)
        words = next(one for one in field.locator("option").all_inner_texts() if one.startswith(option))
        field.select_option(label=words)
        return self

    def tick(self, *labels):
        """Make sure that these choices are made."""
        for words in labels:
            self._choice(words).check()
        return self

    def untick(self, *labels):
        for words in labels:
            self._choice(words).uncheck()
        return self

    def _field(self, label):
        return self.page.get_by_label(label).locator("visible=true").first

    def _choice(self, words):
        """The radio or box whose label has these words; it lies over its label."""
        label = self.page.locator("main label:visible", has_text=words).first
        return self.page.locator(f"id={label.get_attribute('for')}")

    # --- reading ------------------------------------------------------------------------------------------

    @property
    def heading(self):
        return self.page.locator("h1").inner_text()

    def arrives(self, heading):
        """Fail unless this is the page with this heading."""
        assert self.heading == heading, f"not “{heading}” but {self.page.url}:\n{self.text}"
        return self

    @property
    def text(self):
        """All words of the page that can be seen."""
        return self.page.locator("main").inner_text()

    def sees(self, *words):
        """Fail unless all these words stand on the page."""
        missing = [one for one in words if one not in self.text]
        assert not missing, f"{missing} not on {self.page.url}:\n{self.text}"
        return self

    def does_not_see(self, *words):
        there = [one for one in words if one in self.text]
        assert not there, f"{there} on {self.page.url}:\n{self.text}"
        return self

    def todo(self):
        """What 待办 holds as [(what, what to do)]; the number on top of the page must agree."""
        self.go("/todo/")
        rows = [
            (row.locator(".row-title").inner_text(), row.locator(".row-meta").inner_text().split(" · ")[-1])
            for row in self.page.locator("main .link-row").all()
        ]
        count = self.page.locator(".topbar .count")
        assert (int(count.inner_text()) if count.count() else 0) == len(rows)
        # The 拜师帖 of a fresh pair waits beside everything else; it has browser tests of its own.
        return [row for row in rows if row[1] not in PLEDGES]

    def do(self, what, *, action):
        """Open 待办 and follow the row that is called so."""
        assert (what, action) in self.todo()
        return self._lead(self.page.locator("main .link-row", has_text=what).filter(has_text=action).first)

    def file(self):
        """The entries of one's own 成长档案, newest first, as sentences."""
        return self.go("/ledger/me/").entries()

    def entries(self):
        for folded in self.page.locator("details.month:not([open]) > summary").all():
            folded.click()
        return self.page.locator(".tl-text").all_inner_texts()

    def scan(self, code):
        """The address in a QR code on the screen, read from the picture as a phone reads it."""
        image = Image.open(io.BytesIO(code.screenshot()))
        return zxingcpp.read_barcode(image).text
