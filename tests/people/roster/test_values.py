"""One cell at a time: every way of writing that offices use, and sentences for what cannot be read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.roster import values

from .kit import TODAY

FULL_WIDTH = str.maketrans("0123456789-+()", "０１２３４５６７８９－＋（）")
HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
numbers = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
months = st.dates(min_value=date(1932, 1, 1), max_value=date(2009, 12, 31))
MOBILE_STYLES = [
    lambda n: n,
    int,
    float,
    lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}",
    lambda n: f"{n[:3]} {n[3:7]} {n[7:]}",
    lambda n: f"{n[:3]}\u3000{n[3:7]}\u3000{n[7:]}",
    lambda n: f"+86{n}",
    lambda n: f"+86 {n[:3]} {n[3:]}",
    lambda n: f"0086-{n}",
    lambda n: f"86{n}",
    lambda n: f"（+86）{n}",
    lambda n: f"'{n}",
    lambda n: f" {n}\n",
    lambda n: f"\u202d{n}\u202c",
    lambda n: f"手机：{n}",
    lambda n: f"{n}/021-62345678",
    lambda n: n.translate(FULL_WIDTH),
    lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}".translate(FULL_WIDTH),
    lambda n: f"{n[0]}.{n[1:]}E+10",
]
MONTH_STYLES = [
    lambda d: d,
    lambda d: f"{d.year}.{d.month:02}",
    lambda d: f"{d.year}年{d.month}月",
    lambda d: f"{d.year}年 {d.month} 月",
    lambda d: f"{d.year}{d.month:02}",
    lambda d: int(f"{d.year}{d.month:02}"),
    lambda d: float(f"{d.year}{d.month:02}"),
    lambda d: f"{d.year}-{d.month}",
    lambda d: f"{d.year}/{d.month:02}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日生",
    lambda d: f"{d.year}-{d.month:02}-{d.day:02} 00:00:00",
    lambda d: d.strftime("%Y%m%d"),
    lambda d: int(d.strftime("%Y%m%d")),
    lambda d: f"{d.year}．{d.month:02}".translate(FULL_WIDTH),
]


@given(numbers, st.sampled_from(MOBILE_STYLES))
def test_a_mobile_number_reads_back_from_any_style(number, style):
    assert values.mobile(style(number)) == number


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("1380013800", "手机号码少1位，请补成11位"),
        ("138001380001", "手机号码多1位，请改成11位"),
        ("138001380O0", "手机号码里有别的字，请只留11位数字"),
        ("021-62345678", "这像是座机，请改成手机号码"),
        ("12800138000", "手机号码应是13到19开头，请再看看"),
        ("13800138000/13900139000", "写了两个手机号码，请只留一个"),
        ("1.38E+10", "手机号码被表格缩写了，请写全11位"),
        ("-", "没有手机号码，请补上"),
    ],
)
def test_a_mobile_number_that_cannot_be_read_is_told_of(written, sentence):
    with pytest.raises(values.Unclear, match="^" + sentence + "$"):
        values.mobile(written)


def test_the_same_number_twice_in_a_cell_is_one_number():
    assert values.mobile("13800138000、138 0013 8000") == "13800138000"


@given(months, st.sampled_from(MONTH_STYLES))
def test_a_month_reads_back_from_any_style(day, style):
    found = values.month(style(day), today=TODAY, born=True)
    assert (found.year, found.month) == (day.year, day.month)


@given(st.dates(min_value=date(1932, 1, 1), max_value=date(2009, 9, 30)))
def test_a_month_in_chinese_numerals(day):
    month = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()[day.month - 1]
    written = f"{day.year}年".translate(HAN_DIGITS) + month + "月"
    assert values.month(written, today=TODAY)[:2] == (day.year, day.month)


@given(st.dates(min_value=date(1932, 1, 1), max_value=TODAY))
def test_a_serial_number_of_a_spreadsheet_is_a_date(day):
    found = values.month((day - date(1899, 12, 30)).days, today=TODAY)
    assert found.first_day == day


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("84.02", (1984, 2)),
        ("84年2月", (1984, 2)),
        ("05.3", (2005, 3)),
        ("1984", (1984, None)),
        ("1984年", (1984, None)),
        (1984, (1984, None)),
        (1984.02, (1984, 2)),
        (1984.12, (1984, 12)),
        ("Feb-84", (1984, 2)),
        ("1984.1", (1984, 1)),
        ("1984.10", (1984, 10)),
    ],
)
def test_birth_dates_in_rarer_ways(written, expected):
    assert values.month(written, today=TODAY, born=True)[:2] == expected


@pytest.mark.parametrize(
    ("written", "born", "sentence"),
    [
        ("1985年13月", True, "没有13月，请改成1到12月"),
        ("1985.2.30", True, "2月没有30日，请改一下"),
        (1984.1, True, "看不出是1月还是10月，请写成1984.01或1984.10"),
        ("20.5", True, "看不出是哪一年，请把年份写成4位"),
        ("不详", True, "看不出是哪年哪月，请写成1984.02这样"),
        ("2027.1", False, "这个日期在今天以后，请改一下"),
        ("2020.1", True, "按2020年出生算是6岁，请再看看"),
        ("1900.1", False, "1900年太早，请再看看"),
        ("0000.1", False, "看不出是哪年哪月，请写成1984.02这样"),
    ],
)
def test_a_month_that_cannot_be_read_is_told_of(written, born, sentence):
    with pytest.raises(values.Unclear, match="^" + sentence + "$"):
        values.month(written, today=TODAY, born=born)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("张三", "张三"),
        ("张　三", "张三"),
        (" 张 三 ", "张三"),
        ("欧阳\n震华", "欧阳震华"),
        ("张三（女）", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("\u200b张三\u200b", "张三"),
        ("John  Smith", "John Smith"),
    ],
)
def test_names_come_out_without_spaces(written, expected):
    assert values.name(written) == expected


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("张3", "姓名里有数字，请改成姓名"),
        ("张", "姓名只有1个字，请补全"),
        ("张三/李四", "姓名里有别的符号，请只写姓名"),
        ("（女）", "没有姓名，请补上"),
        ("张" * 21, "姓名太长，请留在20个字以内"),
    ],
)
def test_a_name_that_is_none_is_told_of(written, sentence):
    with pytest.raises(values.Unclear, match="^" + sentence + "$"):
        values.name(written)


@pytest.mark.parametrize(("written", "expected"), [("12年", 12), (12.0, 12), ("2016年起", 10), ("１２", 12)])
def test_years_of_party_work(written, expected):
    assert values.years(written, today=TODAY) == expected


@pytest.mark.parametrize(
    ("post", "kind"),
    [
        ("党总支书记、居委会主任", "secretary"),
        ("党总支副书记", "deputy"),
        ("居委会副主任", "deputy_director"),
        ("书记助理", ""),
        ("社区后备干部", "reserve"),
        ("", ""),
    ],
)
def test_kinds_of_apprentices(post, kind):
    assert values.kind_of(post) == kind


def test_weak_points_are_named_by_the_beginning_of_a_competency():
    assert values.weak_points("沟通协调、应急情况处置") == ["communication", "emergency"]
    with pytest.raises(values.Unclear, match="只留两项"):
        values.weak_points("沟通协调、应急情况、党建")


@given(st.text() | st.integers() | st.floats() | st.dates())
def test_no_cell_can_make_a_reader_fail(value):
    readers = [
        values.name, values.mobile, values.words, values.weak_points, values.role,
        lambda v: values.month(v, today=TODAY), lambda v: values.month(v, today=TODAY, born=True),
        lambda v: values.years(v, today=TODAY), lambda v: values.short(v, 40),
    ]  # fmt: skip
    for read in readers:
        try:
            read(value)
        except values.Unclear as unclear:
            assert str(unclear)  # noqa: PT017 - both ways out are right; a third would fail the test
