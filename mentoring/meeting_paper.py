"""会议纪要 in Word, in the layout of official papers."""

from people import words
from people.word_sheet import Sheet


def minutes_document(meeting, came, away, decisions):
    """`came`, `away`: names; `decisions`: (MeetingDecision, words of its state)."""
    sheet = Sheet(f"{meeting.name}纪要")
    when = words.day(meeting.held_on) + (words.clock(meeting.starts_at) if meeting.starts_at else "")
    sheet.facts(
        [
            ("时间", when),
            ("地点", meeting.place),
            ("主持", meeting.chair.name if meeting.chair else ""),
            ("参加", "、".join(came)),
            ("请假", "、".join(away)),
            ("参加单位", "、".join(meeting.units)),
            ("主要议题", meeting.subject),
        ]
    )
    if meeting.agenda:
        sheet.heading("议程")
        sheet.text(meeting.agenda)
    if meeting.minutes:
        sheet.heading("会议内容")
        sheet.text(meeting.minutes)
    if decisions:
        sheet.heading("会上定的事")
        rows = [
            (str(number), one.text, one.owner.name, words.short_day(one.due_on))
            for number, (one, _) in enumerate(decisions, start=1)
        ]
        sheet.table(("序号", "定了什么", "谁来办", "几号前"), rows, widths=(14, 82, 30, 30))
    sheet.signature(meeting.studio.name, words.short_day(meeting.held_on))
    return sheet.document
