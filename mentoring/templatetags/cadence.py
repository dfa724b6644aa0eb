"""A line of the 三个一 board. A group has eighteen cells: as template parts they would cost more than all."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

from people.words import before, near_day

register = template.Library()


@register.simple_tag
def cadence_line(line, whose, pk):
    """The `<td>`s of a line (mentoring/cadence.py), each empty where the group has nothing to do.

    Pressed, a cell opens under its row in `#open-{pk}`; without a script it leads to a page of its own.
    """
    whose = escape(str(whose))
    return mark_safe("".join(_cell(place, whose, pk) for place in line["slots"]))


def _cell(place, whose, pk):
    slot, span = place["slot"], place["span"]
    if slot is None:
        return f'<td colspan="{span}"></td>'
    now = " cadence-now" if slot.is_now else ""
    theme = f' <span class="cadence-theme">{escape(slot.theme)}</span>' if slot.theme else ""
    day = f' <span class="cadence-day">{found}</span>' if (found := _day(slot)) else ""
    return (
        f'<td colspan="{span}" data-label="{place["name"]}" class="cadence-{slot.state}{now}">'
        f'<a href="{slot.url}" hx-get="{slot.url}" hx-target="#open-{pk}" hx-sync="closest table:replace">'
        f'<span class="visually-hidden">{whose}{slot.title}：</span>'
        f'<span class="cadence-state">{slot.mark} {slot.words}</span>{theme}{day}</a></td>'
    )


def _day(slot):
    if slot.cell and slot.cell.held_on and slot.state != "done":
        return near_day(slot.cell.held_on)
    return before(slot.due_on) if slot.state == "none" and slot.span > 1 else ""
