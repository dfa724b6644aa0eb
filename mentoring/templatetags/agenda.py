"""One thing on a day of the calendar. A month has dozens: as template parts they would cost most of the page."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

from people.words import clock

register = template.Library()


@register.simple_tag
def agenda_item(item):
    """The link of an Item (mentoring/agenda.py), with its hour and whether it is still to come."""
    at = f"{clock(item.at)} " if item.at else ""
    state = "到期" if item.kind == "due" else "" if item.done else "已安排"
    told = f' <span class="quiet nowrap">{state}</span>' if state else ""
    return mark_safe(f'<a href="{escape(item.url)}">{at}{escape(item.title)}</a>{told}')
