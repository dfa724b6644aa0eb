"""Charts say the same in the sentence, the outline and the bars."""

import re
from datetime import date

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from growth import charts
from people.competencies import Competency

MARKS = st.dictionaries(st.sampled_from(Competency.values), st.integers(1, 5))


def drawn(tag, **context):
    return engines["django"].from_string("{% load charts %}" + tag).render(context)


def test_axes_stand_in_their_fixed_order_whatever_the_marks():
    rows = charts.axes({"emergency": 5, "party": 1})
    assert [row.label for row in rows] == Competency.labels


@given(MARKS, MARKS)
def test_the_outline_is_drawn_from_three_marks_on_and_reaches_as_far_as_the_bars(now, last):
    rows = charts.axes(now, last)
    drawing = charts.radar(rows)
    bars = charts.score_bars(rows)
    assert (drawing is None) == (len(now) < charts.LEAST_AXES)
    for row, bar in zip(rows, bars, strict=True):
        assert bar.width == pytest.approx(100 * (row.score or 0) / charts.SCALE)
        assert bar.words == (f"{row.score} {charts.LEVELS[row.score]}" if row.score else "还没打分")
    if drawing:
        centre = drawing["centre"]
        for row, point in zip(rows, drawing["now"].split(), strict=True):
            x, y = map(float, point.split(","))
            reach = ((x - centre[0]) ** 2 + (y - centre[1]) ** 2) ** 0.5
            assert reach == pytest.approx(96 * (row.score or 0) / charts.SCALE, abs=0.2)
        assert bool(drawing["last"]) == any(row.previous for row in rows)


@given(MARKS, MARKS)
def test_the_sentence_names_every_change_and_the_next_step(now, last):
    rows = charts.axes(now, last)
    text = charts.sentence(rows)
    for row in rows:
        moved = row.score and row.previous and row.score != row.previous
        assert (f"{row.label}从{row.previous}到{row.score}" in text) == bool(moved)
    if now and any(row.previous for row in rows if row.score):
        assert "下一步重点" in text


def test_the_sentence_of_the_design():
    now = {"communication": 3, "emergency": 2}
    last = {"communication": 2, "emergency": 2}
    said = charts.sentence(charts.axes(now, last))
    assert said == "和上次比，沟通协调技巧从2到3；应急情况处置还是2，是下一步重点。"
    assert charts.sentence(charts.axes({})) == "还没有打过分。"


def test_the_printed_radar_is_static_and_says_its_numbers_as_text():
    html = drawn("{% radar scores last %}", scores=dict.fromkeys(Competency.values, 3), last={"party": 2})
    assert 'role="img"' in html
    assert html.count("3 能独立") == 5
    assert "stroke-dasharray" in html
    assert not re.search(r"<script|<style|style=|on\w+=", html)


@pytest.mark.parametrize(("text_size", "folded"), [("", False), ("lg", False), ("xl", True), ("xxl", True)])
def test_in_very_large_text_the_bars_come_first(text_size, folded):
    html = drawn("{% radar scores %}", scores=dict.fromkeys(Competency.values, 3), text_size=text_size)
    assert ("<details>" in html) == folded
    assert (html.index("bar-words") < html.index('role="img"')) == folded


def test_with_two_marks_there_are_bars_only():
    html = drawn("{% radar scores %}", scores={"party": 3, "team": 2})
    assert 'role="img"' not in html
    assert "3 能独立" in html
    assert "还没打分" in html


@given(st.lists(st.tuples(st.text(min_size=1), st.integers(0, 1000)), max_size=12))
def test_bars_keep_the_order_and_the_longest_is_full(rows):
    bars = charts.bars(rows)
    assert [(bar.label, bar.value) for bar in bars] == rows
    if any(value for _, value in rows):
        assert max(bar.width for bar in bars) == 100


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.dictionaries(st.integers(1, 28), st.integers(0, 9)))
def test_a_month_shows_every_day_once_and_every_count(day, counts):
    heat = charts.month_heat(day.year, day.month, counts)
    days = [cell for week in heat["weeks"] for cell in week if cell]
    assert [cell.number for cell in days] == list(range(1, len(days) + 1))
    assert {cell.number: cell.count for cell in days if cell.count} == {n: c for n, c in counts.items() if c}
    assert heat["total"] == sum(counts.values())
    for week in heat["weeks"]:
        for weekday, cell in enumerate(week):
            assert not cell or date(day.year, day.month, cell.number).weekday() == weekday


@pytest.mark.parametrize(("count", "step"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (12, 4)])
def test_the_colour_steps_of_a_day(count, step):
    assert charts.step(count) == step


def test_a_day_with_something_leads_to_its_list_and_an_empty_one_nowhere():
    html = drawn('{% month_heat 2024 6 counts "/sessions/?day={}" %}', counts={date(2024, 6, 18): 2})
    assert html.count("<a ") == 1
    assert 'href="/sessions/?day=2024-06-18"' in html
    assert "2024年6月带教 2 次" in html
