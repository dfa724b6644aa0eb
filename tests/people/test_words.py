"""Words about days read back to the same day; the year is said whenever it is needed."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import words

TODAY = date(2024, 6, 15)
DAYS = st.integers(-3 * 366, 3 * 366)
TODAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
NEAR = {"前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2}


def read(text, today):
    """The day that a person who reads `text` on `today` understands; checks the weekday on the way."""
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    year, month, number, weekday = re.fullmatch(r"(?:(\d{4})年)?(\d+)月(\d+)日（周(.)）", text).groups()
    found = date(int(year or today.year), int(month), int(number))
    assert words.WEEKDAYS[found.weekday()] == weekday
    return found


@given(TODAYS, DAYS)
def test_a_day_reads_back_to_itself(today, distance):
    value = today + timedelta(days=distance)
    assert read(words.day(value, today), today) == value
    assert read(words.near_day(value, today), today) == value
    assert read(words.before(value, today).removesuffix("前"), today) == value


@given(TODAYS, DAYS)
def test_the_year_is_said_when_it_is_another_one_and_only_then(today, distance):
    value = today + timedelta(days=distance)
    for text in (words.day(value, today), words.short_day(value, today), words.month(value, today)):
        assert (f"{value.year}年" in text) == (value.year != today.year)


@given(TODAYS, DAYS)
def test_due_words_read_back_to_the_day(today, distance):
    value = today + timedelta(days=distance)
    text = words.due(value, today)
    late = re.fullmatch(r"逾期(\d+)天", text)
    if late:
        assert distance < 0
        assert today - timedelta(days=int(late[1])) == value
        assert words.due_kind(value, today) == "late"
    else:
        assert distance >= 0
        assert read(text.removesuffix("截止").removesuffix("前"), today) == value
        assert words.due_kind(value, today) == ("todo" if distance < 2 else "plan")


@given(st.times())
def test_a_clock_reads_back_to_the_minute(value):
    part, hour, minute = re.fullmatch(r"(凌晨|上午|中午|下午|晚上)(\d+):(\d\d)", words.clock(value)).groups()
    hour = int(hour) + (12 if part in ("下午", "晚上") else 0)
    assert (hour, int(minute)) == (value.hour, value.minute)


@given(TODAYS, DAYS, DAYS)
def test_a_span_names_both_ends(today, one, other):
    first, last = sorted((today + timedelta(days=one), today + timedelta(days=other)))
    text = words.span(first, last, today)
    ends = re.findall(r"(?:(\d{4})年)?(\d+)月(\d+)日", text)
    years = [int(year) if year else today.year for year, _, _ in ends]
    days = [date(year, int(month), int(number)) for year, (_, month, number) in zip(years, ends, strict=True)]
    assert [days[0], days[-1]] == [first, last]
    assert len(days) == (1 if first == last else 2)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_formal_day_reads_back_to_itself(value):
    year, month, number = re.fullmatch(r"(.{4})年(.+)月(.+)日", words.formal_day(value)).groups()
    assert int("".join(str("〇一二三四五六七八九".index(figure)) for figure in year)) == value.year
    assert (_chinese(month), _chinese(number)) == (value.month, value.day)


def _chinese(text):
    tens, ten, ones = text.rpartition("十")
    figures = "〇一二三四五六七八九"
    return (figures.index(tens) if tens else 1) * 10 * bool(ten) + (figures.index(ones) if ones else 0)


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_comparison_says_which_is_more_and_by_how_much(now, then):
    text = words.than(now, then)
    if now == then:
        assert text == "和上月一样"
    else:
        more, amount = re.fullmatch(r"比上月(多|少)(\d+)次", text).groups()
        assert now - then == int(amount) * (1 if more == "多" else -1)


@given(st.integers(1, 24 * 60))
def test_a_duration_adds_up(minutes):
    text = words.duration(minutes)
    if text == "半天":
        assert minutes == 240
        return
    half = re.fullmatch(r"(?:(\d+)个)?半小时", text)
    if half:
        assert minutes == int(half[1] or 0) * 60 + 30
        return
    hours, rest = re.fullmatch(r"(?:(\d+)小时)?(?:(\d+)分钟)?", text).groups()
    assert minutes == int(hours or 0) * 60 + int(rest or 0)


def test_moments_are_told_in_the_studios_time_zone():
    late = datetime(2024, 6, 14, 17, 5, tzinfo=UTC)
    assert words.moment(late, TODAY) == "今天凌晨1:05"
    assert words.exact_moment(datetime(2024, 6, 18, 6, 30, tzinfo=UTC), TODAY) == "6月18日（周二）下午2:30"


@pytest.mark.parametrize(
    ("value", "said"), [(time(12, 30), "中午12:30"), (time(0, 5), "凌晨0:05"), (time(18), "晚上6:00")]
)
def test_the_parts_of_a_day(value, said):
    assert words.clock(value) == said


def test_waiting_is_told_in_days():
    assert words.waited(TODAY, TODAY) == "今天刚到"
    assert words.waited(TODAY - timedelta(days=3), TODAY) == "已等3天"


def test_a_count_that_stopped_says_so():
    assert words.up_to(23, 100) == "23"
    assert words.up_to(101, 100) == "100多"
