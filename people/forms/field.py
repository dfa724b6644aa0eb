"""Draws one field of a form: label, help, errors, input, for templates/components/field.html.

A form has dozens, and a template for each costs more than all that is in it.
"""

from django.utils.safestring import mark_safe

from .dress import DICTATE
from .renderer import escaped

_OPTIONAL = '<span class="field-optional">（选填）</span>'


def draw_field(field):
    """The HTML of a bound field of a form derived from people/forms/base.py."""
    if field.is_hidden:
        return str(field)
    notes = draw_notes(field)
    label = f"{escaped(field.label)}{_OPTIONAL if getattr(field.field, 'show_optional', False) else ''}"
    if field.widget_type == "checkbox":
        drawn = _single_box(field, notes)
    elif field.use_fieldset:
        drawn = _fieldset(field, label, notes)
    else:
        bad = " field-bad" if field.errors else ""
        name = f'<label class="field-label" for="{escaped(field.id_for_label)}">{label}</label>'
        drawn = f'<div class="field{bad}">{name}{notes}{field}</div>'
    return mark_safe(drawn)


def draw_notes(field):
    """Help and errors of one field, between its label and its input."""
    drawn = ""
    if field.help_text:
        kind = "field-help for-touch" if field.help_text == DICTATE else "field-help"
        drawn = f'<p class="{kind}" id="{escaped(field.auto_id)}_helptext">{escaped(field.help_text)}</p>'
    if errors := field.errors:
        sentences = "".join(f"<p>{escaped(error)}</p>" for error in errors)
        drawn += f'<div class="field-errors" id="{escaped(field.auto_id)}_error">{sentences}</div>'
    return mark_safe(drawn)


def draw_choices(field):
    """The boxes or buttons of a field, each with its label."""
    drawn = (
        f'<div class="choice">{option.tag()}<label for="{escaped(option.id_for_label)}">'
        f"<span>{escaped(option.choice_label)}</span></label></div>"
        for option in field
    )
    return mark_safe("".join(drawn))


def _single_box(field, notes):
    name = f'<label for="{escaped(field.id_for_label)}">{escaped(field.label)}</label>'
    choice = f'<div class="choices"><div class="choice">{field}{name}</div></div>'
    return f'<div class="{_box_classes(field)}">{notes}{choice}</div>'


def _fieldset(field, label, notes):
    """Several boxes or buttons under one legend."""
    widget, told = field.field.widget, field.aria_describedby
    described = f' aria-describedby="{escaped(told)}"' if told else ""
    tick_all = getattr(widget, "tick_all", "")
    ticks = f' data-tick-all="{escaped(tick_all)}"' if tick_all else ""
    rows = " choices-rows" if getattr(widget, "rows", False) else ""
    return (
        f'<fieldset class="{_box_classes(field)}" id="{escaped(field.auto_id)}"{described}>'
        f'<legend class="field-label">{label}</legend>{notes}'
        f'<div class="choices{rows}"{ticks}>{draw_choices(field)}</div></fieldset>'
    )


def _box_classes(field):
    return "field field-bad is-invalid" if field.errors else "field"
