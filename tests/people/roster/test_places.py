"""Which neighbourhood of the official list a cell means."""

import pytest

from people.roster import Places

from .kit import places


@pytest.fixture(scope="module")
def putuo():
    return places()


@pytest.mark.parametrize(
    ("written", "street", "code"),
    [
        ("南杨园居委会", "曹杨新村街道", "310107005007"),
        ("南杨园", "曹杨新村街道", "310107005007"),
        ("南杨园", "", "310107005007"),
        ("南杨园居民区", "", "310107005007"),
        ("南杨园社区", "", "310107005007"),
        ("南杨园居民区党总支", "", "310107005007"),
        (" 南 杨 园 ", "曹杨新村", "310107005007"),
        ("曹杨新村街道南杨园居委会", "", "310107005007"),
    ],
)
def test_one_place_has_many_names(putuo, written, street, code):
    assert putuo.find(written, street).code == code


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("长风二村1居委", "长风二村第一居委会"),
        ("长风二村第1", "长风二村第一居委会"),
        ("真光新村第10", "真光新村第十居委会"),
        ("锦竹苑", "锦竹苑社区居委会"),
        ("新杨村", "新杨村村委会"),
        ("新杨村委会", "新杨村村委会"),
    ],
)
def test_numerals_and_endings_do_not_matter(putuo, written, official):
    assert putuo.names[putuo.find(written).code][0] == official


def test_a_name_that_two_streets_share_needs_the_street(putuo):
    assert putuo.find("海棠苑").sentence == "这个名字不止一处（真如镇街道、桃浦镇），请在前面加上街道"
    assert putuo.names[putuo.find("海棠苑", "桃浦镇").code][1] == "桃浦镇"
    assert putuo.names[putuo.find("真如镇街道海棠苑").code][1] == "真如镇街道"


def test_the_wrong_street_is_told_of(putuo):
    assert putuo.find("南杨园", "桃浦镇").sentence == "这个居民区在曹杨新村街道，请看看街道写得对不对"


def test_a_near_miss_brings_a_guess(putuo):
    assert putuo.find("紫御毫庭").sentence == "名单里没有这个居民区，是不是“紫御豪庭居委会”"


def test_a_place_unlike_any_other(putuo):
    assert putuo.find("不存在的居民区").sentence == "名单里没有这个居民区，请改成名单里的名字"


def test_every_official_name_is_found_under_its_street(putuo):
    for code, (name, street) in putuo.names.items():
        assert putuo.find(name, street).code == code


def test_an_empty_list_knows_nothing():
    assert not Places()
    assert Places().find("南杨园").code == ""


def test_in_doubt_the_studio_means_its_own_street(putuo):
    rows = [(code, name, street) for code, (name, street) in putuo.names.items()]
    at_home = Places(rows, home="桃浦镇")
    assert at_home.names[at_home.find("海棠苑").code][1] == "桃浦镇"
    assert at_home.names[at_home.find("海棠苑", "真如镇街道").code][1] == "真如镇街道"
