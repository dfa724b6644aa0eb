"""The privacy scanner finds what is planted, and never stumbles over any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.privacy import all_replaced, findings, replaced

ID18 = "11010519491231002X"
ID15 = "110105491231002"
CARD = "6222021234567890128"


def kinds(text):
    return [finding.kind for finding in findings(text)]


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("打13812345678找他", "13812345678"),
        ("电话138 1234 5678。", "138 1234 5678"),
        ("电话138-1234-5678。", "138-1234-5678"),
        ("电话１３８１２３４５６７８", "１３８１２３４５６７８"),
        ("+8613812345678", "+8613812345678"),
    ],
)
def test_mobile_numbers_are_found_in_every_spelling(text, matched):
    assert [(one.kind, one.matched) for one in findings(text)] == [("mobile", matched)]


@pytest.mark.parametrize("number", [ID18, ID18.lower(), "110105 19491231 002X", ID15])
def test_identity_numbers_are_found(number):
    assert kinds(f"证号{number}，请核对") == ["identity"]


@pytest.mark.parametrize("number", ["110105194912310021", "110105194913310020", "110105491331002"])
def test_a_number_with_a_wrong_checksum_or_birthday_is_no_identity_number(number):
    assert kinds(f"单号{number}") == []


@pytest.mark.parametrize("card", [CARD, "6222 0212 3456 7890 128"])
def test_bank_cards_are_found_by_their_checksum(card):
    assert kinds(f"卡号{card}") == ["card"]
    assert kinds("卡号6222021234567890129") == []


@pytest.mark.parametrize(
    "door", ["12号301室", "3号楼2单元501室", "100弄5号", "100弄5号301室", "5幢102室", "十二号三〇一室"]
)
def test_doors_are_found(door):
    (finding,) = findings(f"住在{door}的王阿姨")
    assert (finding.kind, finding.matched) == ("door", door)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3号楼要加装电梯",
        "6月18日下午2:30",
        "一共320户，投了301票",
        "编号12345678901",
        "110报警",
        "12345热线",
    ],
)
def test_ordinary_numbers_are_left_alone(text):
    assert findings(text) == []


def test_the_paragraph_counts_lines_with_words():
    text = "第一段。\n\n第二段没有。\n第三段13812345678"
    (finding,) = findings(text)
    assert finding.paragraph == 3
    assert findings("13812345678")[0].paragraph == 1


def test_each_number_gets_a_person_and_the_same_number_the_same_one():
    text = "13812345678和13912345678，又是138 1234 5678"
    assert [one.suggestion for one in findings(text)] == ["居民甲", "居民乙", "居民甲"]
    assert findings(text)[0].fingerprint == findings(text)[2].fingerprint


def test_a_finding_can_be_replaced_in_its_place():
    text = "王阿姨（12号301室）说"
    assert replaced(text, findings(text)[0]) == "王阿姨（（门牌略））说"


@given(st.text())
def test_no_text_makes_it_stumble(text):
    for finding in findings(text):
        assert text[finding.start : finding.end] == finding.matched
        assert 1 <= finding.paragraph <= len(text) + 1


CHINESE = st.text(st.characters(categories=("Lo", "Po"), max_codepoint=0x9FFF), max_size=30)


@given(CHINESE, st.integers(3, 9), st.integers(0, 10**9 - 1), CHINESE)
def test_a_planted_mobile_number_is_found(before, second, rest, after):
    number = f"1{second}{rest:09d}"
    assert number in [one.matched for one in findings(f"{before}，{number}，{after}")]


@given(CHINESE, st.integers(1, 999), st.integers(1, 2999), CHINESE)
def test_a_planted_door_is_found(before, house, room, after):
    assert "door" in kinds(f"{before}，{house}号{room}室，{after}")


def test_known_names_are_found_and_the_same_person_is_the_same_letter_throughout():
    text = "吴桂芳说漏水，楼上是赵国强。吴桂芳的电话13812345678。"
    told = all_replaced(text, names=["吴桂芳", "赵国强"])
    assert told == "居民甲说漏水，楼上是居民乙。居民甲的电话居民丙。"
    assert findings(text)[0].kind == "mobile"


def test_whoever_works_on_the_case_is_called_by_the_role():
    assert all_replaced("范振海书记上门", names=[("范振海", "带教书记")]) == "带教书记书记上门"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("张阿姨和老王吵架", "居民甲和老王吵架"),
        ("老王说不肯", "居民甲说不肯"),
        ("吴桂芳阿姨在楼道里", "居民甲在楼道里"),
        ("6月18日晚上到桃浦新村12号301室", "6月晚上到某小区（门牌略）"),
        ("2026年6月18日开会", "2026年6月开会"),
        ("2026-06-18签的字", "2026年6月签的字"),
        ("整个小区都停水", "整个小区都停水"),
        ("这个老旧小区没有电梯", "这个老旧小区没有电梯"),
    ],
)
def test_what_leaves_its_street_is_read_thoroughly(text, told):
    assert all_replaced(text, thorough=True) == told


def test_without_being_asked_days_and_family_names_are_left_alone():
    assert findings("6月18日张阿姨来过") == []
