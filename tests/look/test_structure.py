"""The checker itself: a good page passes, and each fault is found."""

import pytest
from django.template.loader import render_to_string

from tests.look.structure import HTML_BUDGET, assert_page

PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta name="renderer" content="webkit">'
    "<title>带教</title></head><body><h1>带教</h1>{}</body></html>"
)


def test_a_plain_page_passes():
    assert_page(PAGE.format('<label for="a">姓名</label><input id="a" name="a">'))


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<h1>又一个</h1>", "2 headings"),
        ('<p id="x"></p><p id="x"></p>', "stands 2 times"),
        ('<input name="a" id="a">', "no label"),
        ('<label for="a">甲</label><input id="a" aria-describedby="b">', "which is not there"),
        ('<a href="#nowhere">去</a>', "which is not there"),
        ('<p tabindex="2">甲</p>', "tabindex 2"),
        ('<div aria-label="甲">乙</div>', "aria-label on a bare div"),
        ('<img src="/a.jpg">', "no alt"),
        ("<button></button>", "no words"),
        ("<table><tr><th>甲</th></tr></table>", "no scope"),
        ("<table><tr><td>甲</td></tr></table>", "no <th>"),
        ('<p onclick="x()">甲</p>', "onclick="),
        ('<p style="color:red">甲</p>', "style="),
        ("<script>x()</script>", "inline"),
        ('<script src="https://example.com/x.js"></script>', "leads off the site"),
        ('<form method="post"><button>交</button></form>', "no CSRF token"),
        ("<p>地点：None</p>", "“None” on the screen"),
        ("<svg></svg>", "neither hidden nor role=img"),
    ],
)
def test_each_fault_is_found(part, fault):
    with pytest.raises(AssertionError, match=fault):
        assert_page(PAGE.format(part))


def test_a_page_that_is_too_heavy_for_a_phone_is_found():
    heavy = PAGE.format("".join(chr(0x4E00 + place * 7 % 20000) for place in range(HTML_BUDGET["mentor"])))
    assert_page(heavy, role="district")
    with pytest.raises(AssertionError, match="at most for mentor"):
        assert_page(heavy, role="mentor")


@pytest.mark.parametrize("template", ["400", "403", "403_csrf", "404", "409", "500", "refused"])
def test_pages_of_refusal_are_whole_pages(template):
    html = render_to_string(
        f"{template}.html", {"sentence": "这一步要等药方走完。", "rows": [("病因", "甲", "乙")]}
    )
    assert_page(html, role="mentor")
