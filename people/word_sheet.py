"""Word files in the layout of official papers (GB/T 9704): what every paper of the studio is made with.

    sheet = Sheet("会诊纪要", "2026年第12号")
    sheet.facts([("时间", "6月18日"), ("主持", "…")])
    sheet.heading("一、学员说情况")
    sheet.text("…")
    sheet.table(("姓名", "居民区"), rows, widths=(30, 60))
    return word_answer(sheet.document, "会诊纪要.docx")

A4, type area 156 × 225 mm, 29 pt from line to line; title 2号小标宋, body 3号仿宋, headings 黑体 and 楷体.
"""

import re
from io import BytesIO

from django.http import FileResponse
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE, BODY, BLACK, KAI = "方正小标宋简体", "仿宋", "黑体", "楷体"
RED = RGBColor(0xA6, 0x1C, 0x1C)
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
LINE_PITCH = Pt(29)
# Two characters of 16 pt.
INDENT = Pt(32)
# What XML cannot hold; a paste from elsewhere may bring it.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Sheet:
    """One paper, written from top to bottom. `document` is python-docx's own."""

    def __init__(self, title, subtitle="", *, landscape=False):
        self.document = Document()
        section = self.document.sections[0]
        wide, high = (297, 210) if landscape else (210, 297)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(wide), Mm(high)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        line(self.document, title, 22, font=TITLE, align=CENTER, after=8)
        if subtitle:
            line(self.document, subtitle, 16, font=KAI, align=CENTER, after=14)

    def heading(self, text, level=1):
        """A heading of level 1 (黑体) or 2 (楷体); it stays with what follows."""
        font = BLACK if level == 1 else KAI
        written = line(self.document, text, 16, font=font, first=INDENT, before=6, pitch=LINE_PITCH)
        written.paragraph_format.keep_with_next = True

    def text(self, text):
        """Body text; each line of it is a paragraph."""
        for part in str(text).splitlines():
            if part.strip():
                line(self.document, part, 16, first=INDENT, pitch=LINE_PITCH)

    def facts(self, pairs):
        """`(label, value)`: one line each; empty values are left out."""
        for label, value in pairs:
            if value:
                line(self.document, f"{label}：{value}", 16, first=INDENT, pitch=LINE_PITCH)

    def table(self, headings, rows, widths=None):
        """A ruled table whose first row repeats on each page. `widths` in millimetres."""
        table = self.document.add_table(rows=1, cols=len(headings), style="Table Grid")
        table.autofit = widths is None
        for cell, text in zip(table.rows[0].cells, headings, strict=True):
            _write(cell, text, font=BLACK)
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                _write(cell, text)
        # Word reads the widths of the cells, other programs those of the columns.
        for column, width in zip(table.columns, widths or (), strict=False):
            column.width = Mm(width)
        for row in table.rows if widths else ():
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        line(self.document, "", 8)

    def page_break(self):
        self.document.add_page_break()

    def signature(self, *texts):
        """Lines at the right foot: who, and the day."""
        for text in texts:
            line(self.document, text, 16, align=RIGHT, pitch=LINE_PITCH)


def line(document, text, size, *, font=BODY, align=None, colour=None, bold=False, pitch=1.5, **space):
    """One paragraph. `size` in points; `space`: `before`, `after` in points, `first`: indent of its start."""
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(space.get("before", 0)), Pt(space.get("after", 0))
    shape.line_spacing, shape.first_line_indent = pitch, space.get("first", 0)
    paragraph.alignment = align
    _run(paragraph, text, size, font, colour=colour, bold=bold)
    return paragraph


def clean(text):
    """Text that a Word file can hold."""
    return _UNPRINTABLE.sub("", str(text))


def word_answer(document, name):
    """The file as an attachment."""
    kept = BytesIO()
    document.save(kept)
    kept.seek(0)
    return FileResponse(kept, as_attachment=True, filename=name, content_type=DOCX)


def _run(paragraph, text, size, font, *, colour=None, bold=False):
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.name, run.font.bold = Pt(size), font, bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour:
        run.font.color.rgb = colour


def _write(cell, text, font=BODY):
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.25
    _run(paragraph, text, 12, font)
