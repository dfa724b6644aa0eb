"""Who has sent a sheet. The table of a round has hundreds of sheets: as template parts they cost most."""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()


@register.simple_tag
def sheets_cell(side, sheets, whose):
    """The `<td>` of one side of a person: each scorer, sent or not, and the way to somebody else."""
    if not sheets:
        return format_html('<td data-label="{}">没有打分人</td>', side)
    lines = ((sheet["scorer__name"], _state(sheet, side, whose)) for sheet in sheets)
    return format_html('<td data-label="{}">{}</td>', side, format_html_join("", "<div>{} {}</div>", lines))


def _state(sheet, side, whose):
    if sheet["sent_at"]:
        return "已打"
    gone = "（已经不在工作室）" if sheet["gone"] else ""
    if not sheet["change"]:
        return format_html("<strong>没打</strong>{}", gone)
    return format_html(
        '<strong>没打</strong>{} <a href="{}">换人打<span class="visually-hidden">，{}{}</span></a>',
        gone, sheet["change"], whose, side,
    )  # fmt: skip
