"""Template tags of the common page machinery. They format; none of them queries."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from ..forms.field import draw_choices, draw_field, draw_notes

register = template.Library()


@lru_cache(maxsize=128)
def _svg(name):
    drawing = render_to_string(f"bs_icon/{name}.svg", {"height": 16})
    return drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1).replace(
        'class="', 'class="icon ', 1
    )


@register.simple_tag
def icon(name):
    """A line icon by its Bootstrap name, hidden from screen readers: a word always stands beside it."""
    return mark_safe(_svg(name))


register.filter("whole_field", draw_field)
register.filter("field_notes", draw_notes)
register.filter("choices", draw_choices)


@register.filter
def pieces(found):
    """A text with what was searched for marked, from people.search.Pieces. Drawn here: a page has forty."""
    drawn = (
        f"<mark>{conditional_escape(one.text)}</mark>" if one.hit else conditional_escape(one.text)
        for one in found
    )
    return mark_safe("".join(drawn))


@register.filter
def error_count(form):
    """How many things are to be changed in a form or formset; 0 for anything else."""
    return len(error_items(form))


@register.filter
def error_items(form):
    """[(id, message)] of a form or of every form of a formset, in order. Empty for anything else."""
    if hasattr(form, "error_fields"):
        return form.error_fields() if form.is_bound else []
    if hasattr(form, "management_form"):
        if not form.is_bound:
            return []
        found = [("", message) for message in form.non_form_errors()]
        return found + [item for part in form.forms for item in error_items(part)]
    return []
