"""The score sheet as a part that others use: what it asks for, and what it gives back."""

from dataclasses import dataclass, field

import pytest
from django.template.loader import render_to_string

from growth.forms.score_sheet import Evidence, ScoreSheetForm
from people.once import new_token


@dataclass
class Item:
    pk: int
    name: str
    anchors: list = field(default_factory=lambda: [(1, "刚起步"), (3, "能独立"), (5, "能带人")])


ITEMS = [Item(7, "办成实事"), Item(9, "说得通")]


def sent(**fields):
    form = ScoreSheetForm({"form_token": new_token(), **fields}, items=ITEMS)
    form.is_valid()
    return form


def test_it_gives_marks_and_words():
    form = sent(mark_7="4", mark_9="none", words_9="没见过他开会")
    assert form.marks() == {7: (4, ""), 9: (None, "没见过他开会")}


def test_what_is_missing_is_named():
    form = sent(mark_7="4")
    assert [message for _, message in form.error_fields()] == ["“说得通”还没打分，没法判断的请选“没法判断”"]


def test_much_that_is_missing_is_told_in_one_line_that_leads_to_the_first():
    form = sent(words_7="看见的")
    assert form.error_fields() == [("id_mark_7_0", "还有2项没打分。没法判断的请选“没法判断”")]
    assert "办成实事" in form.errors["mark_7"][0]


@pytest.mark.parametrize("mark", ["1", "5"])
def test_marks_at_the_ends_ask_for_words(mark):
    form = sent(mark_7=mark, mark_9="3")
    assert form.errors["words_7"] == [f"“办成实事”打了{mark}分，请写一句为什么"]
    assert not sent(mark_7=mark, words_7="居民都夸", mark_9="3").errors


def test_a_mark_that_is_not_offered_is_refused():
    assert "mark_7" in sent(mark_7="6", mark_9="3").errors


def test_what_was_marked_before_is_shown():
    form = ScoreSheetForm(items=ITEMS, marks={7: (5, "好"), 9: (None, "")})
    assert [row.mark.value() for row in form.rows()] == ["5", "none"]


def test_evidence_stands_beside_the_item_and_each_item_leads_to_the_next():
    form = ScoreSheetForm(items=ITEMS)
    rows = form.rows({7: Evidence(12, "/here/?evidence=7")})
    html = render_to_string("growth/sheet/_score_sheet.html", {"rows": rows})
    assert "本期相关记录 12 条" in html
    assert html.count('href="#item-9"') == 1
    assert "data-digits" in html
