"""What a first visit downloads (DESIGN §6.2), after gzip and without photos."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

KILO = 1024


def _linked(pattern):
    """gzip bytes of each static file that the base page links by this pattern."""
    html = render_to_string("404.html")
    paths = re.findall(pattern, html)
    return {path: len(gzip.compress(Path(finders.find(path)).read_bytes(), 6)) for path in paths}


def _styles():
    return _linked(r'<link rel="stylesheet" href="/static/([^"]+)"')


def _scripts():
    return _linked(r'<script src="/static/([^"]+)"')


def test_style_sheets_weigh_at_most_36_kilobytes():
    assert len(_styles()) == 3
    assert sum(_styles().values()) <= 36 * KILO


def test_scripts_weigh_at_most_22_kilobytes_and_our_own_at_most_5():
    scripts = _scripts()
    assert sum(scripts.values()) <= 22 * KILO
    assert scripts["js/studio.js"] <= 5 * KILO


def test_no_script_of_bootstrap_is_loaded():
    assert not [path for path in _scripts() if "bootstrap" in path]


def test_a_page_makes_at_most_six_requests():
    assert 1 + len(_styles()) + len(_scripts()) <= 6


def test_style_sheets_keep_to_what_old_phones_know():
    for path in ("css/tokens.css", "css/app.css", "css/print.css"):
        text = re.sub(r"/\*.*?\*/", "", Path(finders.find(path)).read_text(), flags=re.S)
        assert not re.search(
            r":has\(|@container|color-mix\(|aspect-ratio|@import|\binset:|:is\(|:where\(", text
        ), path
        for rule in re.findall(r"\{([^{}]*)\}", text):
            if re.search(r"(?<![-\w])gap:", rule):
                assert "display: flex" not in rule, f"flex gap in {path}: {rule}"
