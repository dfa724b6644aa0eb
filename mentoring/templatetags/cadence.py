"""A cell of the 三个一 board. A group has eighteen: as template parts they would cost more than all else."""

from django import template
from django.utils.html import format_html

from people.words import before, near_day

register = template.Library()


@register.simple_tag
def cadence_cell(place, whose, pk):
    """The `<td>` of one place of a line (mentoring/cadence.py), empty where the group has nothing to do.

    Pressed, it opens under its row in `#open-{pk}`; without a script it leads to a page of its own.
    """
    slot, span = place["slot"], place["span"]
    if slot is None:
        return format_html('<td colspan="{}"></td>', span)
    return format_html(
        '<td colspan="{}" data-label="{}" class="cadence-{}{}"><a href="{url}" hx-get="{url}"'
        ' hx-target="#open-{}" hx-sync="closest table:replace"><span class="visually-hidden">{}{}：</span>'
        '<span class="cadence-state">{} {}</span>{}{}</a></td>',
        span, place["name"], slot.state, " cadence-now" if slot.is_now else "",
        pk, whose, slot.title, slot.mark, slot.words,
        format_html(' <span class="cadence-theme">{}</span>', slot.theme) if slot.theme else "",
        format_html(' <span class="cadence-day">{}</span>', day) if (day := _day(slot)) else "",
        url=slot.url,
    )  # fmt: skip


def _day(slot):
    if slot.cell and slot.cell.held_on and slot.state != "done":
        return near_day(slot.cell.held_on)
    return before(slot.due_on) if slot.state == "none" and slot.span > 1 else ""
