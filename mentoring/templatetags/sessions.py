"""The blocks of the form of a session. Drawn here: as template parts they would cost as much as the rest."""

from django import template
from django.utils.safestring import mark_safe

from people.forms.field import draw_choices, draw_notes
from people.forms.renderer import escaped

register = template.Library()


@register.simple_tag
def question(field, number=""):
    """A bound field of radios or checkboxes with its question.

    `number`: that of the block; a smaller question of the same block has none.
    """
    widget, told = field.field.widget, field.aria_describedby
    block = " form-section" if number else ""
    bad = " field-bad is-invalid" if field.errors else ""
    described = f' aria-describedby="{escaped(told)}"' if told else ""
    tick_all = getattr(widget, "tick_all", "")
    ticks = f' data-tick-all="{escaped(tick_all)}"' if tick_all else ""
    rows = " choices-rows" if getattr(widget, "rows", False) else ""
    legend = f"<legend>{escaped(number)}　" if number else '<legend class="field-label">'
    return mark_safe(
        f'<fieldset class="field{block}{bad}" id="{escaped(field.auto_id)}"{described}>'
        f"{legend}{escaped(field.label)}</legend>{draw_notes(field)}"
        f'<div class="choices{rows}"{ticks}>{draw_choices(field)}</div></fieldset>'
    )
