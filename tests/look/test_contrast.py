"""Every pair of colours that meets on a screen is measured from the style sheet itself (DESIGN §5.2)."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

TEXT, PART = 4.5, 3.0
PAIRS = [
    *[("ink", ground, TEXT) for ground in ("paper", "card", "sunk")],
    *[("ink2", ground, TEXT) for ground in ("paper", "card", "sunk")],
    *[("edge", ground, PART) for ground in ("paper", "card", "sunk")],
    *[("red", ground, TEXT) for ground in ("card", "paper", "red-tint")],
    ("red-dark", "red-tint", TEXT),
    *[
        ("card", ground, TEXT)
        for ground in ("red", "red-dark", "blue", "blue-dark", "green", "amber", "danger", "teal")
    ],
    *[("blue", ground, TEXT) for ground in ("card", "paper", "sunk", "blue-tint")],
    *[(name, f"{name}-tint", TEXT) for name in ("green", "amber", "danger", "teal", "violet")],
    *[(name, "card", TEXT) for name in ("green", "amber", "danger", "teal", "violet", "gold")],
    *[(name, "paper", TEXT) for name in ("green", "amber", "danger", "gold")],
    ("ink", "amber-tint", TEXT),
    ("ink", "danger-tint", TEXT),
    ("blue", "amber-tint", TEXT),
    ("blue", "danger-tint", TEXT),
    *[("focus", around, PART) for around in ("ink", "blue", "red")],
    *[("ink", step, TEXT) for step in ("h0", "h1", "h2")],
    *[("card", step, TEXT) for step in ("h3", "h4")],
    *[(series, "card", PART) for series in ("s1", "s2", "s3", "s4", "s5")],
]


def _tokens():
    text = Path(finders.find("css/tokens.css")).read_text()
    return {
        name.removeprefix("c-"): value for name, value in re.findall(r"--([\w-]+): (#[0-9A-F]{6});", text)
    }


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The WCAG 2 ratio of two colours like #1F2328."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_that_meet_can_be_told_apart(ink, ground, least):
    tokens = _tokens()
    assert contrast(tokens[ink], tokens[ground]) >= least


def test_the_ratio_is_computed_as_wcag_defines_it():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#6F7782", "#FFFFFF") == pytest.approx(4.53, abs=0.01)


def test_no_rule_uses_a_colour_that_is_not_a_token():
    text = re.sub(r'/\*.*?\*/|url\(".*?"\)', "", Path(finders.find("css/app.css")).read_text(), flags=re.S)
    strangers = set(re.findall(r"#[0-9A-Fa-f]{3,6}\b(?![^{}]*\{)", text)) - {"#fff", "#000", "#999"}
    assert not strangers
