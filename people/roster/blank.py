"""The empty roster to download: two sheets with the headings this reader knows best."""

import io

import xlsxwriter

APPRENTICES = "姓名 联系电话 街道（镇） 居民区 职务 任现职时间 出生年月 党务年限 专长 带教书记 备注".split()
MENTORS = "姓名 联系电话 原任职务 专长 备注".split()


def blank_workbook() -> bytes:
    """An .xlsx file; every cell is formatted as text, so that numbers and months stay as typed."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
        for title, headings in (("学员名册", APPRENTICES), ("带教书记", MENTORS)):
            sheet = book.add_worksheet(title)
            sheet.set_column(0, len(headings) - 1, 16, text)
            sheet.write_string(0, 0, title, bold)
            for column, heading in enumerate(headings):
                sheet.write_string(1, column, heading, bold)
            sheet.freeze_panes(2, 1)
    return buffer.getvalue()
