"""The days of a month in the calendar. As template parts they would cost most of the page."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

from people.words import clock, day

register = template.Library()


@register.simple_tag
def month_cell(cell):
    """The `<td>` of one day: its number, on a phone its date; what stands on it, and how much more."""
    classes = [
        name
        for name, wanted in (
            ("cal-out", not cell.inside), ("cal-rest", cell.rest), ("cal-today", cell.today),
            ("cal-none", not cell.items),
        )
        if wanted
    ]  # fmt: skip
    now = ' <span class="cal-now">今天</span>' if cell.today else ""
    mark = f' <span class="cal-mark">{escape(cell.mark)}</span>' if cell.mark else ""
    return mark_safe(
        f'<td class="{" ".join(classes)}"><p class="cal-day"><span class="d-md-none">{day(cell.day)}</span>'
        f'<span class="d-none d-md-inline" aria-hidden="true">{cell.day.day}</span>{now}{mark}</p>'
        f"{_items(cell)}</td>"
    )


def _items(cell):
    if not cell.items:
        return ""
    lines = [f"<li>{_item(item)}</li>" for item in cell.items]
    if cell.more > 0:
        lines.append(f'<li><a href="{escape(cell.more_url)}">还有{cell.more}次带教</a></li>')
    return f"<ul>{''.join(lines)}</ul>"


def _item(item):
    """The link, with its hour and whether it is still to come."""
    at = f"{clock(item.at)} " if item.at else ""
    state = "到期" if item.kind == "due" else "" if item.done else "已安排"
    told = f' <span class="quiet nowrap">{state}</span>' if state else ""
    return f'<a href="{escape(item.url)}">{at}{escape(item.title)}</a>{told}'
