"""The blocks of the form of a session. Drawn here: as template parts they would cost as much as the rest."""

from django import template
from django.utils.safestring import mark_safe

from people.forms.field import described_by, draw_box_of_choices, draw_notes
from people.forms.renderer import escaped

register = template.Library()


@register.simple_tag
def question(field, number=""):
    """A bound field of radios or checkboxes with its question.

    `number`: that of the block; a smaller question of the same block has none.
    """
    block = " form-section" if number else ""
    bad = " field-bad is-invalid" if field.errors else ""
    legend = f"<legend>{escaped(number)}　" if number else '<legend class="field-label">'
    return mark_safe(
        f'<fieldset class="field{block}{bad}" id="{escaped(field.auto_id)}"{described_by(field)}>'
        f"{legend}{escaped(field.label)}</legend>{draw_notes(field)}{draw_box_of_choices(field)}</fieldset>"
    )
