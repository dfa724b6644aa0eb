"""The stages of one neighbourhood on the board of a campaign. A board has hundreds of these cells."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

from people.words import short_day

register = template.Library()


@register.simple_tag
def stage_cells(matter, stages):
    """A `<td>` for each stage: gone through, where it stands and since when, or still to come."""
    order = matter.stage.order
    return mark_safe("".join(_cell(matter, stage.order - order) for stage in stages))


def _cell(matter, ahead):
    if matter.done_at or ahead < 0:
        return '<td class="is-past">走过了</td>'
    if ahead > 0:
        return "<td></td>"
    held, here = "", "在这一步"
    if matter.stuck_at:
        held = " is-held"
        here = f'<span class="chip chip-late">卡住</span><span class="d-block">{escape(matter.stuck)}</span>'
    since = f'<span class="row-meta d-block">{short_day(matter.stage_since)}起</span>'
    return f'<td class="is-here{held}">{here}{since}</td>'
