"""The two rosters that came from offices: one that reads without a touch, one with eight faults."""

import csv
from datetime import date

import pytest

from people.roles import ApprenticeKind
from people.roster import FAULT, WARNING, Grid, Ref, understand

from .kit import PLACES, TODAY, places, sample, told

# Every fault of roster-faulty.xlsx, found by holding each of its cells against roster.xlsx and places.csv.
FAULTS = [
    (7, 9, "I7", FAULT, "手机号码少1位，请补成11位"),
    (11, 6, "F11", FAULT, "名单里没有这个居民区，请改成名单里的名字"),
    (13, 2, "B13", FAULT, "没有姓名，请补上"),
    (16, 9, "I16", FAULT, "和第4行万兰杰的手机号码一样，请改一个"),
    (20, 4, "D20", FAULT, "没有13月，请改成1到12月"),
    (23, 10, "J23", FAULT, "带教书记名单里没有“没有这位”，请改成名单里的姓名"),
    (26, 7, "G26", FAULT, "这里是公式，请改成文字"),
    (30, 10, "J30", WARNING, "罗兰每期带5名，这是第6名，请换一位带教书记"),
]
MENDED = {
    Ref(0, 7, 9): "13800138000",
    Ref(0, 11, 6): "合阳",
    Ref(0, 13, 2): "周 敏",
    Ref(0, 16, 9): "13800138001",
    Ref(0, 20, 4): "1985年12月",
    Ref(0, 23, 10): "钟建艳",
    Ref(0, 26, 7): "居委会主任",
    Ref(0, 30, 10): "顾嘉佳",
}


@pytest.fixture(scope="module")
def good():
    return understand(sample("roster.xlsx"), today=TODAY, places=places())


def read_faulty(edits=None, **more):
    return understand(sample("roster-faulty.xlsx"), edits, today=TODAY, places=places(), **more)


def test_the_roster_of_an_office_needs_no_correction(good):
    assert told(good) == []
    assert (len(good.mentors), len(good.apprentices)) == (6, 30)


def test_it_makes_six_groups_of_five_with_the_mentor_merged_over_the_rows(good):
    assert [(group.mentor.name, len(group.apprentices)) for group in good.groups] == [
        (name, 5) for name in "金建琳 钟娜红 韩斌霞 蔡超晨 李雨 冯明".split()
    ]
    assert [entry.name for entry in good.groups[3].apprentices] == "郝梅 林佳鹏 何明佳 李军 陆洋".split()


def test_every_way_of_writing_comes_out_the_same(good):
    by_name = {entry.name: entry for entry in good.apprentices}
    assert by_name["薛艳琳"].mobile == "15473056326"
    assert by_name["马杰平"].mobile == "15409579021"
    assert by_name["邱静怡"].mobile == "15258510160"
    assert by_name["吕雪华"].mobile == "13824245107"
    assert [by_name[name].birth_year for name in "郭玉建 吕雪华 薛艳琳 马杰平 邱静怡".split()] == [
        1984, 1982, 1986, 1978, 1978,
    ]  # fmt: skip
    assert [by_name[name].post_since for name in "郭玉建 吕雪华 薛艳琳 马杰平".split()] == [
        date(2018, 5, 1), date(2018, 5, 1), date(2017, 11, 1), date(2018, 5, 1),
    ]  # fmt: skip
    assert "于刚" in by_name


def test_every_apprentice_is_placed_in_the_neighbourhood_of_the_official_list(good):
    with PLACES.open(encoding="utf-8-sig", newline="") as file:
        names = {row["neighbourhood_code"]: row for row in csv.DictReader(file)}
    for entry in good.apprentices:
        place = names[entry.neighbourhood]
        written = entry.cells["neighbourhood"].text.removesuffix("居委会")
        assert place["neighbourhood"].startswith(written)
        assert place["street"] == entry.street


def test_posts_tell_the_kind_of_apprentice(good):
    kinds = {entry.post: entry.kind for entry in good.apprentices}
    assert kinds == {
        "书记": ApprenticeKind.SECRETARY,
        "党总支书记": ApprenticeKind.SECRETARY,
        "副书记": ApprenticeKind.DEPUTY,
        "居委会主任": ApprenticeKind.DIRECTOR,
        "后备干部": ApprenticeKind.RESERVE,
        "新任党务工作者": ApprenticeKind.NEW_WORKER,
    }


def test_mentors_bring_their_expertise_and_the_page_is_told_what_is_not_kept(good):
    assert [entry.expertise for entry in good.mentors][:3] == [
        ["党建业务", "干部队伍"], ["社区治理", "物业管理"], ["沟通协调", "矛盾调解"],
    ]  # fmt: skip
    assert good.not_kept == ["性别", "备注", "退休时间", "带教基地"]


def test_the_faulty_roster_reports_exactly_its_faults():
    found = [(p.row, p.column, p.cell, p.severity, p.sentence) for p in read_faulty().problems]
    assert found == FAULTS


def test_a_sentence_names_sheet_and_cell():
    assert told(read_faulty())[0] == "“学员名册”I7：手机号码少1位，请补成11位"


def test_mending_the_cells_leaves_nothing_to_say():
    roster = read_faulty(MENDED)
    assert told(roster) == []
    assert [len(group.apprentices) for group in roster.groups] == [5] * 6
    assert "周敏" in [entry.name for entry in roster.apprentices]


@pytest.mark.parametrize("ref", list(MENDED))
def test_each_fault_goes_with_its_own_cell(ref):
    # J23 and J30 stand apart: mending one leaves the other.
    left = {(row, column) for row, column, *_ in FAULTS} - {(ref.row, ref.column)}
    assert {(p.row, p.column) for p in read_faulty({ref: MENDED[ref]}).problems} == left


def test_an_empty_edit_does_not_wave_a_formula_through():
    assert "G26" in [problem.cell for problem in read_faulty({Ref(0, 26, 7): " "}).faults]


def test_a_row_can_be_left_out():
    roster = read_faulty(left_out={(0, 13)})
    assert len(roster.apprentices) == 29
    assert "B13" not in [problem.cell for problem in roster.problems]


def test_a_grid_survives_the_draft():
    grid = sample("roster-faulty.xlsx")
    assert Grid.from_json(grid.to_json()) == grid


def test_without_a_list_of_places_no_neighbourhood_is_questioned():
    roster = understand(sample("roster.xlsx"), today=TODAY)
    assert told(roster) == []
    assert roster.apprentices[0].unit == "南梅园居委会"
