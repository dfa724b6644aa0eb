"""Papers in Word: the layout of official papers, whatever was typed."""

from io import BytesIO

from docx import Document
from docx.shared import Emu, Pt

from people.word_sheet import LINE_PITCH, Sheet, word_answer


def read_back(sheet):
    return Document(BytesIO(word_answer(sheet.document, "纪要.docx").getvalue()))


def test_a_paper_has_the_layout_of_official_papers():
    sheet = Sheet("会诊纪要", "2026年第12号")
    sheet.heading("一、学员说情况")
    sheet.text("第一段。\n\n第二段。")
    paper = read_back(sheet)
    section = paper.sections[0]
    sides = section.left_margin + section.right_margin
    ends = section.top_margin + section.bottom_margin
    assert [round(size.mm) for size in (section.page_width, section.page_height)] == [210, 297]
    assert round(Emu(section.page_width - sides).mm) == 156
    assert round(Emu(section.page_height - ends).mm) == 225
    assert [part.text for part in paper.paragraphs[2:]] == ["一、学员说情况", "第一段。", "第二段。"]
    assert paper.paragraphs[3].paragraph_format.line_spacing == LINE_PITCH
    assert paper.paragraphs[3].runs[0].font.size == Pt(16)


def test_what_a_paste_brings_along_cannot_break_the_file():
    sheet = Sheet("纪要\x00")
    sheet.text("停车\x0b难\ufffe")
    sheet.table(("姓名", "说了什么"), [("甲\x1f", "乙")], widths=(30, 60))
    paper = read_back(sheet)
    assert paper.paragraphs[0].text == "纪要"
    assert paper.tables[0].cell(1, 0).text == "甲"


def test_empty_facts_are_left_out_and_a_table_head_repeats():
    sheet = Sheet("名册", landscape=True)
    sheet.facts([("时间", "6月18日"), ("地点", "")])
    sheet.table(("姓名",), [("甲",), ("乙",)])
    paper = read_back(sheet)
    assert [part.text for part in paper.paragraphs if "：" in part.text] == ["时间：6月18日"]
    assert "tblHeader" in paper.tables[0].rows[0]._tr.xml


def test_a_chinese_name_travels_with_the_file():
    answer = word_answer(Sheet("聘书").document, "聘书_秦.docx")
    assert "attachment" in answer["Content-Disposition"]
    assert "%E8%81%98%E4%B9%A6" in answer["Content-Disposition"]
