"""Working days: holidays, moved weekends, and years that the calendar does not know."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import workdays

DAYS = st.dates(date(2005, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2024, 6, 18), True),  # a plain Tuesday
        (date(2024, 6, 16), False),  # a plain Sunday
        (date(2024, 10, 1), False),  # national day
        (date(2024, 10, 12), True),  # a Saturday worked in exchange
        (date(2039, 10, 1), False),  # unknown year, a Saturday
        (date(2039, 10, 3), True),  # unknown year: Monday counts
    ],
)
def test_offices_are_open_as_the_calendar_says(day, open_):
    assert workdays.is_workday(day) is open_


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2024, 6, 17), 3, date(2024, 6, 20)),
        (date(2024, 6, 14), 1, date(2024, 6, 17)),  # over a weekend
        (date(2024, 9, 30), 1, date(2024, 10, 8)),  # over the national holidays
        (date(2024, 6, 18), 0, date(2024, 6, 18)),
    ],
)
def test_counting_forward_skips_days_off(start, count, end):
    assert workdays.after_workdays(start, count) == end


@given(DAYS, st.integers(0, 15))
def test_counting_back_gives_what_was_counted_forward(day, count):
    end = workdays.after_workdays(day, count)
    assert workdays.workdays_between(day, end) == count
    assert count == 0 or workdays.is_workday(end)


@given(DAYS)
def test_the_next_workday_is_open_and_not_in_the_past(day):
    found = workdays.next_workday(day)
    assert found >= day
    assert workdays.is_workday(found)
    assert workdays.workdays_between(found, day) == 0


def test_a_year_without_a_calendar_is_said():
    assert workdays.caveat(date(2024, 6, 18)) == ""
    assert "2039年" in workdays.caveat(date(2039, 6, 18))
