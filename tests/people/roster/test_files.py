"""Files and pasted blocks that are well meant."""

import codecs
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.roster import Ref, RosterRefused, read_csv, read_pasted, read_roster, understand

from .kit import TODAY, told, workbook

TEXT = (
    '学员名册,,\n姓 名,联系电话,职务\n张　三,138-0013-8000,书记\n李四,１３９００１３９０００,"书记、\n主任"\n'
)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gbk"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        TEXT.replace(",", ";").encode("gbk"),
        TEXT.replace("\n", "\r\n").encode("gbk"),
    ],
)
def test_a_csv_file_in_any_usual_encoding(data):
    roster = understand(read_roster(data, "名册.CSV"), today=TODAY)
    assert [(e.name, e.mobile, e.post) for e in roster.entries] == [
        ("张三", "13800138000", "书记"), ("李四", "13900139000", "书记、 主任"),
    ]  # fmt: skip
    assert told(roster) == []


def test_a_block_copied_from_excel():
    block = '姓名\t手机\t备注\r\n张三\t138 0013 8000\t"两行\n备注"\r\n李四\t13900139000\t\r\n'
    grid = read_pasted(block)
    assert grid.sheets[0].cells[2, 3] == "两行\n备注"
    roster = understand(grid, today=TODAY)
    assert [(e.row, e.name) for e in roster.entries] == [(2, "张三"), (3, "李四")]


def test_a_lone_quotation_mark_does_not_swallow_the_rest():
    block = '姓名\t手机\t备注\n张三\t13800138000\t"三互学\n李四\t13900139000\t\n'
    assert [e.name for e in understand(read_pasted(block), today=TODAY).entries] == ["张三", "李四"]


@pytest.mark.parametrize(
    ("block", "sentence"),
    [("", "这里还没有内容"), (" \n ", "这里还没有内容"), ("张三\n李四", "只看到一列")],
)
def test_a_block_that_is_no_table(block, sentence):
    with pytest.raises(RosterRefused, match=sentence):
        read_pasted(block)


def test_the_usual_trick_for_text_in_a_csv_is_no_formula():
    roster = understand(read_csv('姓名,手机\n张三,"=""13800138000"""\n'.encode()), today=TODAY)
    assert told(roster) == []
    assert roster.entries[0].mobile == "13800138000"


def test_a_formula_in_a_csv_is_told_of():
    roster = understand(read_csv("姓名,手机,职务\n张三,13800138000,=1+1\n".encode()), today=TODAY)
    assert told(roster) == ["C2：这里是公式，请改成文字"]


def test_addresses_dates_and_formulas_of_a_workbook():
    def fill(book, sheet):
        sheet.write_row(2, 1, ["姓名", "手机", "出生年月", "序号", "职务"])
        sheet.write_row(3, 1, ["张三", 13800138000])
        sheet.write_datetime(3, 3, date(1984, 2, 1), book.add_format({"num_format": "yyyy-mm"}))
        sheet.write_formula(3, 4, "=ROW()-3", None, 1)
        sheet.write_formula(3, 5, '=CONCAT("书","记")', None, "书记")

    grid = read_roster(workbook(fill), "名册.xlsx")
    assert grid.sheets[0].cells[4, 4] == date(1984, 2, 1)
    roster = understand(grid, today=TODAY)
    assert told(roster) == ["F4：这里是公式，请改成文字"]
    assert roster.entries[0].birth_year == 1984
    assert understand(grid, {Ref(0, 4, 6): "书记"}, today=TODAY).entries[0].post == "书记"


def test_hidden_sheets_are_not_read_and_are_named():
    def fill(book, sheet):
        sheet.write_row(0, 0, ["姓名", "手机"])
        sheet.write_row(1, 0, ["张三", "13800138000"])
        old = book.add_worksheet("去年的")
        old.write_row(0, 0, ["姓名", "手机"])
        old.write_row(1, 0, ["李四", "13900139000"])
        old.hide()

    roster = understand(read_roster(workbook(fill), "名册.xlsx"), today=TODAY)
    assert [entry.name for entry in roster.entries] == ["张三"]
    assert roster.hidden == ["去年的"]


def test_cells_that_are_only_coloured_may_lie_anywhere():
    def fill(book, sheet):
        sheet.write_row(0, 0, ["姓名", "手机"])
        sheet.write_row(1, 0, ["张三", "13800138000"])
        sheet.write_blank(0, 16383, None, book.add_format({"bg_color": "red"}))
        sheet.write_blank(9999, 0, None, book.add_format({"bg_color": "red"}))

    assert len(read_roster(workbook(fill), "名册.xlsx").sheets[0].cells) == 4


@given(st.integers(0, 20), st.integers(1, 1000), st.integers(1, 100))
def test_a_cell_is_found_again_by_its_form_field(sheet, row, column):
    ref = Ref(sheet, row, column)
    assert Ref.from_key(ref.key) == ref


@pytest.mark.parametrize("key", ["", "c-1-2", "c-1-2-x", "x-1-2-3", "c-1-2-3-4", "c-٣-1-1", "c-1-2-99999999"])
def test_a_field_that_names_no_cell(key):
    assert Ref.from_key(key) is None


def test_addresses_are_those_of_excel():
    assert [Ref(0, 7, column).a1 for column in (1, 26, 27, 52, 703)] == ["A7", "Z7", "AA7", "AZ7", "AAA7"]
