"""The growth file as a Word paper: cover, radar and table, results and honours, timeline, own texts."""

from io import BytesIO

from django.utils import timezone
from docx.shared import Mm

from people.competencies import Competency
from people.word_sheet import CENTER, KAI, Sheet, line
from people.words import formal_day

from .radar_picture import radar_picture

NUMERALS = "一二三四五六七八九十"


def book_document(book, studio_name=""):
    """A docx Document of a Book."""
    sheet = Sheet("成长档案", book.period)
    _cover(sheet, book, studio_name)
    titles = iter(f"{number}、" for number in NUMERALS)
    if book.scores:
        sheet.heading(f"{next(titles)}五项本领")
        _competencies(sheet, book)
    for title, entries in book.parts:
        sheet.heading(f"{next(titles)}{title}")
        for entry in entries:
            sheet.text(f"{_day(entry.on)}　{entry.text}")
    sheet.heading(f"{next(titles)}一路走来")
    _timeline(sheet, book)
    for title, rows in book.texts:
        sheet.heading(f"{next(titles)}{title}")
        for day, heading, text in rows:
            sheet.heading(f"{_day(day)}{'　' + heading if heading else ''}", level=2)
            sheet.text(text)
    return sheet.document


def _cover(sheet, book, studio_name):
    person = book.person
    for _ in range(4):
        line(sheet.document, "", 16)
    line(sheet.document, person.name, 26, font=KAI, align=CENTER, after=24)
    for text in (person.post, person.place, studio_name, formal_day(timezone.localdate())):
        if text:
            line(sheet.document, str(text), 16, align=CENTER, after=6)
    sheet.page_break()


def _competencies(sheet, book):
    picture = radar_picture(book.axes)
    if picture:
        paragraph = sheet.document.add_paragraph()
        paragraph.alignment = CENTER
        paragraph.add_run().add_picture(BytesIO(picture), width=Mm(90))
    headings = ("", "本领", "这一次", "上一次")
    rows = [
        (number, Competency(code).label, _mark(book.scores, code, "还没打分"), _mark(book.previous, code))
        for number, code in enumerate(Competency.values, start=1)
    ]
    sheet.text(book.judged)
    sheet.table(headings, rows, widths=(12, 70, 36, 36))


def _mark(marks, code, without=""):
    """3.0 as 3."""
    return f"{marks[code]:g}" if code in marks else without


def _timeline(sheet, book):
    if not book.months:
        sheet.text("这段时间还没有记录。")
    for month, entries in book.months:
        sheet.heading(f"{month.year}年{month.month}月", level=2)
        for entry in entries:
            sheet.text(entry.words)


def _day(day):
    return f"{day.year}年{day.month}月{day.day}日"
