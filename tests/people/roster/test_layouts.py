"""Whole sheets: where the headings stand, what they are called, and which rows are people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.roles import Role
from people.roster import Grid, Ref, Sheet, understand

from .kit import TODAY, sample, told, understood

HEAD = ["姓名", "手机号码", "职务"]
ZHANG = ["张三", "13800138000", "书记"]
LI = ["李四", "13900139000", "副书记"]


def people(roster):
    return [(entry.role, entry.name, entry.mobile) for entry in roster.entries]


TWO = [(Role.APPRENTICE, "张三", "13800138000"), (Role.APPRENTICE, "李四", "13900139000")]


def test_a_plain_table():
    roster = understood([HEAD, ZHANG, LI])
    assert people(roster) == TWO
    assert told(roster) == []


@pytest.mark.parametrize("name", ["姓名", "姓 名", "学员姓名", "徒弟姓名", "姓名（必填）", "姓\n名", "*姓名"])
@pytest.mark.parametrize(
    "mobile", ["联系电话", "手机", "手机号码", "联系方式", "联系电话（手机）", "移动电话"]
)
def test_headings_that_offices_use(name, mobile):
    roster = understood([[name, mobile], ZHANG[:2], LI[:2]])
    assert people(roster) == TWO


@pytest.mark.parametrize(
    ("heading", "attribute", "written", "value"),
    [
        ("所在社区", "unit", "甲社区", "甲社区"),
        ("工作单位", "unit", "某街道办事处", "某街道办事处"),
        ("现任职务", "post", "书记", "书记"),
        ("任职起始", "post_since", "2018.5", "2018-05-01"),
        ("任现职\n时间", "post_since", "2018年5月", "2018-05-01"),
        ("党务年限", "party_work_years", "8年", "8"),
        ("特长", "expertise", "加梯、停车", "['加梯', '停车']"),
        ("带教组别", "group", "第一组", "第一组"),
        ("备注", "note", "首批", "首批"),
        ("称呼", "salutation", "老张书记", "老张书记"),
        ("学员类别", "kind", "后备干部", "reserve"),
        ("短板", "weak_points", "沟通协调技巧", "['communication']"),
    ],
)
def test_headings_of_the_other_fields(heading, attribute, written, value):
    roster = understood([["姓名", "手机", heading], ["张三", "13800138000", written]])
    assert str(getattr(roster.entries[0], attribute)) == value


def test_title_rows_above_the_headings():
    rows = [["第一期学员名册"], ["填表单位：组织科", None, "填表日期：2018.8.10"], [], HEAD, ZHANG, LI]
    assert people(understood(rows)) == TWO


def test_a_heading_of_two_rows():
    rows = [
        ["序号", "带教书记", None, "学员", None],
        [None, "姓名", "电话", "姓名", "电话"],
        [1, "金建琳", "17168833001", "张三", "13800138000"],
        [2, None, None, "李四", "13900139000"],
    ]
    roster = understood(rows, merges=[(1, 2, 1, 3), (1, 4, 1, 5), (1, 1, 2, 1), (3, 2, 4, 2), (3, 3, 4, 3)])
    assert told(roster) == []
    assert people(roster) == [*TWO, (Role.MENTOR, "金建琳", "17168833001")]
    assert [len(group.apprentices) for group in roster.groups] == [2]


def test_a_heading_of_two_rows_over_a_few_columns_only():
    rows = [
        ["姓名", "联系方式", None, "职务"],
        [None, "手机", "微信", None],
        ["张三", "13800138000", "zhang", "书记"],
    ]
    roster = understood(rows, merges=[(1, 2, 1, 3), (1, 1, 2, 1), (1, 4, 2, 4)])
    assert people(roster) == TWO[:1]
    assert roster.entries[0].post == "书记"


def test_totals_remarks_and_empty_rows_are_no_people():
    rows = [HEAD, ZHANG, [], LI, ["合计", "2人"], ["小计：2"], ["共2人"], ["注：请于8月15日前报组织科。"]]
    roster = understood(rows)
    assert people(roster) == TWO
    assert told(roster) == []


def test_rows_numbered_in_advance_are_empty():
    assert people(understood([["序号", *HEAD], [1, *ZHANG], [2, *LI], [3], [4]])) == TWO


def test_a_total_that_does_not_agree_is_told_of():
    roster = understood([HEAD, ZHANG, LI, ["合计", "3人"]])
    assert told(roster) == ["A4：合计写的是3人，上面读到2人，请看看有没有漏"]
    assert roster.faults == []


def test_the_headings_again_on_every_printed_page():
    assert people(understood([HEAD, ZHANG, HEAD, LI])) == TWO


def test_mentors_and_apprentices_one_under_another():
    rows = [
        ["一、带教书记"], ["姓名", "电话"], ["金建琳", "17168833001"], [],
        ["二、学员"], ["姓名", "电话", "师傅"], [*ZHANG[:2], "金建琳"], [*LI[:2], "金建琳"],
    ]  # fmt: skip
    roster = understood(rows)
    assert told(roster) == []
    assert people(roster) == [(Role.MENTOR, "金建琳", "17168833001"), *TWO]
    assert len(roster.groups[0].apprentices) == 2


def test_a_group_title_names_the_mentor_of_the_rows_below():
    rows = [
        ["姓名", "电话"],
        ["第一组（带教书记：金建琳）"], ZHANG[:2],
        ["第二组（带教书记：钟娜红）"], LI[:2],
    ]  # fmt: skip
    roster = understood(rows, known_mentors={"金建琳": "17168833001", "钟娜红": "13123369959"})
    assert told(roster) == []
    assert [(g.label, g.known_mobile, len(g.apprentices)) for g in roster.groups] == [
        ("第一组", "17168833001", 1), ("第二组", "13123369959", 1),
    ]  # fmt: skip


def test_roles_and_groups_in_columns_of_their_own():
    rows = [
        ["组别", "角色", "姓名", "手机"],
        ["一组", "师傅", "金建琳", "17168833001"],
        [None, "学员", *ZHANG[:2]],
        [None, "学员", *LI[:2]],
        ["二组", "领衔人", "钟娜红", "13123369959"],
        [None, "徒弟", "王五", "13700137000"],
    ]
    roster = understood(rows)
    assert told(roster) == []
    assert [(g.mentor.name, g.mentor.role, len(g.apprentices)) for g in roster.groups] == [
        ("金建琳", Role.MENTOR, 2), ("钟娜红", Role.LEAD, 1),
    ]  # fmt: skip


def test_mentor_cells_without_merging_run_down_to_the_next():
    rows = [["姓名", "手机", "师傅", "师傅电话"]]
    for number in range(6):
        mentor = {0: ["金建琳", "17168833001"], 3: ["钟娜红", "13123369959"]}.get(number, [None, None])
        rows.append([f"张{'一二三四五六'[number]}", f"1380013800{number}", *mentor])
    roster = understood(rows)
    assert told(roster) == []
    assert [(g.mentor.mobile, len(g.apprentices)) for g in roster.groups] == [
        ("17168833001", 3), ("13123369959", 3),
    ]  # fmt: skip


def test_one_empty_mentor_cell_among_full_ones_is_an_apprentice_without_a_group():
    names = "金建琳 金建琳 金建琳 金建琳".split()
    rows = [["姓名", "手机", "师傅"]]
    rows += [[f"张{'一二三四'[n]}", f"1380013800{n}", None if n == 2 else names[n]] for n in range(4)]
    roster = understood(rows, known_mentors={"金建琳": "17168833001"})
    assert told(roster) == ["C4：还没写带教书记，可以导入后再结对"]
    assert roster.faults == []


def test_mentors_who_are_only_named_get_a_row_for_their_number():
    rows = [["姓名", "手机", "师傅"], [*ZHANG[:2], "金建琳"], [*LI[:2], "金建琳"]]
    roster = understood(rows)
    assert [(p.ref, p.sentence) for p in roster.problems] == [(Ref(1, 2, 2), "没有手机号码，请补上")]
    roster = understood(rows, {Ref(1, 2, 2): "171 6883 3001"})
    assert told(roster) == []
    assert [(g.mentor.name, g.mentor.mobile) for g in roster.groups] == [("金建琳", "17168833001")]


def test_without_a_column_of_numbers_each_row_asks_for_one():
    roster = understood([["姓名", "职务"], ["张三", "书记"]])
    assert told(roster) == ["C2：没有手机号码，请补上"]
    assert people(understood([["姓名", "职务"], ["张三", "书记"]], {Ref(0, 2, 3): "13800138000"})) == TWO[:1]


def test_a_mobile_column_is_preferred_to_an_office_phone():
    rows = [["姓名", "办公电话", "联系电话", "手机"], ["张三", "62345678", "62345679", "13800138000"]]
    roster = understood(rows)
    assert people(roster) == TWO[:1]
    assert roster.not_kept == ["办公电话", "联系电话"]


def test_two_tables_side_by_side_are_noticed():
    roster = understood([["姓名", "手机", "姓名", "手机"], [*ZHANG[:2], *LI[:2]]])
    assert told(roster) == ["C1：有两列都是“姓名”，只读了前一列", "D1：有两列都是“手机号码”，只读了前一列"]


def test_columns_that_nobody_asked_for_are_named():
    rows = [["姓名", "手机", "民族", "喜欢的书"], ["张三", "13800138000", "汉", "红楼梦"]]
    assert understood(rows).not_kept == ["民族", "喜欢的书"]


def test_remarks_are_shown_but_not_kept():
    roster = understood([["姓名", "手机", "期次", "备注"], ["张三", "13800138000", "第一期", "首批"]])
    assert roster.not_kept == ["期次", "备注"]
    assert roster.entries[0].note == "首批"


def test_cells_that_say_nothing_are_empty():
    roster = understood([["姓名", "手机", "出生年月", "专长"], ["张三", "13800138000", "/", "无"]])
    assert told(roster) == []
    assert roster.entries[0].expertise == []


def test_an_error_value_of_the_spreadsheet_is_told_of():
    rows = [["姓名", "手机", "职务"], ["张三", "13800138000", "#N/A"]]
    assert told(understood(rows)) == ["C2：表格没算出这一格，请写上内容"]


def test_a_sheet_without_headings_says_what_is_missing():
    assert told(understood([["你好"], ["再见"]])) == [
        "没找到标题行。请在名单上面写一行“姓名”“手机号码”“职务”这样的标题，再传一次"
    ]


def test_a_block_without_headings_is_told_by_what_stands_in_it():
    rows = [
        [1, "张三", "党总支书记", "合阳居委会", "138 0013 8000", "甲"],
        [2, "李四", "副书记", "子长居民区", 13900139000],
        [3, "王五", "后备干部", "新宜居委会", "1370013700", "乙"],
    ]
    roster = understood(rows)
    assert people(roster)[:2] == TWO
    assert [(entry.post, entry.unit) for entry in roster.entries[:2]] == [
        ("党总支书记", "合阳居委会"), ("副书记", "子长居民区"),
    ]  # fmt: skip
    assert told(roster) == ["没有标题行，是按内容认的，请看看各列认得对不对", "E3：手机号码少1位，请补成11位"]
    assert roster.not_kept == ["第6列"]


def test_headings_without_people_say_so():
    assert told(understood([HEAD, []])) == ["标题下面还没有人。请填好名单，再传一次"]


@given(
    order=st.permutations(range(11)),
    above=st.lists(st.sampled_from(["", "学员名册", "填表单位：组织科", "2018年8月"]), max_size=4),
    gaps=st.sets(st.integers(0, 40)),
)
def test_the_order_of_columns_title_rows_and_gaps_change_nothing(order, above, gaps):
    grid = sample("roster.xlsx")
    plain = understand(grid, today=TODAY)
    sheet, new_row, row_of = grid.sheets[0], len(above), {}
    for row in range(3, sheet.last_row + 1):
        new_row += 1 + (row in gaps and row > 3)
        row_of[row] = new_row
    column_of = {old + 1: new + 1 for new, old in enumerate(order)}
    cells = {(r + 1, 1): text for r, text in enumerate(above) if text}
    cells |= {(row_of[r], column_of[c]): value for (r, c), value in sheet.cells.items() if r >= 3}
    merges = [(row_of[t], column_of[a], row_of[b], column_of[a]) for t, a, b, _ in sheet.merges if t > 3]
    moved = understand(Grid([Sheet(sheet.name, cells, tuple(merges)), grid.sheets[1]]), today=TODAY)
    assert moved.problems == []
    assert summary(moved) == summary(plain)


def summary(roster):
    fields = "role name mobile kind unit post post_since birth_year expertise note mentor".split()
    return [[getattr(entry, name) for name in fields] for entry in roster.entries]


words = st.sampled_from(
    "姓名 手机 带教书记 学员 组别 角色 出生年月 合计 第一组 居民区 备注 张三 金建琳 13800138000 /".split()
)
cells = st.none() | words | st.text(max_size=6) | st.integers() | st.floats() | st.dates()
boxes = st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(1, 8), st.integers(1, 8))


@given(
    st.lists(st.lists(cells, max_size=6), max_size=8),
    st.lists(boxes, max_size=3),
    st.dictionaries(
        st.builds(Ref, st.integers(0, 2), st.integers(0, 9), st.integers(0, 9)), st.text(max_size=5)
    ),
)
def test_no_grid_can_make_the_reader_fail(rows, merges, edits):
    roster = understood(rows, edits, merges)
    assert all(str(problem) for problem in roster.problems)
