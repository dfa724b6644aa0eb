"""会诊纪要 as a Word file in the look of official papers (people/word_sheet.py)."""

from people.word_sheet import Sheet
from people.words import exact_moment, formal_day

from .models import Block

ORDINALS = "一二三四五六七八九十"


def minutes_document(*, meeting, items, seats):
    """`items`: as views/meeting_host.minutes_of prepares them."""
    sheet = Sheet("会诊纪要", f"{meeting.studio}")
    there = "、".join(seat.called for seat in seats)
    sheet.facts(
        [
            ("时间", exact_moment(meeting.at)),
            ("地点", meeting.place),
            ("主持", meeting.chair.called),
            ("参加", there),
        ]
    )
    for number, item in enumerate(items):
        _case(sheet, ORDINALS[number] if number < len(ORDINALS) else str(number + 1), item)
    sheet.signature(str(meeting.studio), formal_day(meeting.at))
    return sheet.document


def _case(sheet, ordinal, item):
    case = item.case
    sheet.heading(f"{ordinal}、{case.title}")
    place = f"（{case.neighbourhood}）" if case.neighbourhood_id else ""
    sheet.facts(
        [
            ("编号", case.case_no),
            ("提出", f"{case.owner.called}{place}"),
            ("主持", case.chair.called if case.chair_id and case.chair_id != item.meeting.chair_id else ""),
            ("想请大家帮忙的问题", case.question),
        ]
    )
    for _figure, block, text in item.parts:
        if block == Block.IDEAS:
            _ideas(sheet, item)
        elif text:
            sheet.heading(block.label, level=2)
            sheet.text(text)
    if item.prescription:
        _prescription(sheet, item)
    elif item.followup_on:
        sheet.facts([("复诊日期", formal_day(item.followup_on))])


def _ideas(sheet, item):
    if item.said:
        sheet.heading(Block.IDEAS.label, level=2)
    for opinion in item.said:
        sheet.text(f"{opinion.speaker.called}：{opinion.text}")


def _prescription(sheet, item):
    prescription = item.prescription
    sheet.heading(f"药方 {prescription.no}", level=2)
    sheet.text(f"病因：{prescription.diagnosis}")
    rows = [(str(s.order), s.text, s.whose, formal_day(s.due_on)) for s in item.steps]
    sheet.table(("步骤", "做什么", "谁来办", "几号前"), rows, widths=(14, 78, 34, 30))
    sheet.text(f"复诊：{formal_day(prescription.followup_on)}，{prescription.followup_by.called}来看。")
