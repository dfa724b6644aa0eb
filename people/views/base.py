"""Small helpers for views of every floor."""

from django.shortcuts import render


def id_of(text):
    """The id of a row that an address or a posted field names, or None where it names none."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def show_form(request, template, form, *, status=None, **context):
    """Render a page with `form`: 200 when it is fresh, 422 when what was sent has to be changed."""
    if status is None:
        status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
