"""Draws the common widgets without templates: the same HTML as Django's own, at a tenth of the cost.

A list of sixty choices is sixty templates within a template, and such lists stand in most forms.
Whatever is not listed here goes through its template as usual.
"""

from html import escape

from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe


class StudioRenderer(TemplatesSetting):
    """The site's FORM_RENDERER."""

    def render(self, template_name, context, request=None):
        draw = DRAWN.get(template_name)
        return mark_safe(draw(context["widget"])) if draw else super().render(template_name, context, request)


def escaped(value):
    """As conditional_escape; a plain text, which nearly all are, goes the short way."""
    return escape(value) if type(value) is str else conditional_escape(value)


def _attrs(widget):
    parts = []
    for name, value in widget["attrs"].items():
        if value is True:
            parts.append(f" {escaped(name)}")
        elif value is not False:
            parts.append(f' {escaped(name)}="{escaped(value)}"')
    return "".join(parts)


def _input(widget):
    value = widget["value"]
    given = "" if value is None else f' value="{escaped(value)}"'
    name = escaped(widget["name"])
    return f'<input type="{escaped(widget["type"])}" name="{name}"{given}{_attrs(widget)}>'


def _input_option(widget):
    drawn = _input(widget)
    if not widget.get("wrap_label"):
        return drawn
    own = widget["attrs"].get("id")
    names = f' for="{escaped(own)}"' if own else ""
    return f"<label{names}>{drawn} {escaped(widget['label'])}</label>"


def _textarea(widget):
    text = escaped(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escaped(widget["name"])}"{_attrs(widget)}>\n{text}</textarea>'


def _select(widget):
    lines = [f'<select name="{escaped(widget["name"])}"{_attrs(widget)}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            lines.append(f'  <optgroup label="{escaped(group)}">')
        lines += [_option(option) for option in options]
        if group:
            lines.append("  </optgroup>")
    return "\n".join([*lines, "</select>"])


def _option(option):
    label = escaped(option["label"])
    return f'  <option value="{escaped(option["value"])}"{_attrs(option)}>{label}</option>'


_PLAIN = ("input", "text", "hidden", "number", "email", "url", "password", "tel", "search", "color")
_PLAIN += ("date", "datetime", "time", "checkbox", "file")
_FOLDER = "django/forms/widgets/"
DRAWN = {f"{_FOLDER}{name}.html": _input for name in _PLAIN}
DRAWN |= {f"{_FOLDER}{name}_option.html": _input_option for name in ("radio", "checkbox", "input")}
DRAWN |= {f"{_FOLDER}select.html": _select, f"{_FOLDER}textarea.html": _textarea}
