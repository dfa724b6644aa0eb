"""The page that shows both texts: one's own can be sent again, and names the version that was just seen."""

from types import SimpleNamespace

from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.look.structure import Page


def conflict(posted):
    request = RequestFactory().post("/cases/12/edit/", posted)
    stale = SimpleNamespace(current=SimpleNamespace(version=7))
    rows = [("病因（归纳）", "一楼担心采光", "一楼担心<采光>")]
    return render_to_string("409.html", {"stale": stale, "rows": rows, "request": request})


def fields(html):
    return [
        (field.attrs["name"], field.attrs["value"])
        for field in Page(html).all("input")
        if field.attrs["name"] != "csrfmiddlewaretoken"
    ]


def test_all_that_was_typed_is_sent_again_with_the_version_just_seen():
    posted = {"diagnosis": "一楼担心<采光>", "methods": ["1", "2"], "version": "3", "form_token": "t"}
    assert sorted(fields(conflict(posted))) == [
        ("diagnosis", "一楼担心<采光>"),
        ("form_token", "t"),
        ("methods", "1"),
        ("methods", "2"),
        ("version", "7"),
    ]


def test_both_texts_stand_on_the_page():
    html = conflict({"diagnosis": "x"})
    assert "一楼担心采光" in html
    assert "一楼担心&lt;采光&gt;" in html
