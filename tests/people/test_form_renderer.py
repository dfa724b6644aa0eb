"""Widgets drawn without templates are, mark by mark, what Django's templates draw."""

import re
from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from people.forms.renderer import DRAWN, StudioRenderer

NASTY = '<b>"a&b"'
PLACES = [("", "请选"), ("老旧小区", [("1", "源园"), ("2", NASTY)]), (3, "三")]
WIDGETS = {
    "text": (forms.TextInput({"required": True, "readonly": False, "title": NASTY}), NASTY),
    "empty text": (forms.TextInput(), None),
    "number": (forms.NumberInput(), 0),
    "hidden": (forms.HiddenInput({"id": False}), "token"),
    "password": (forms.PasswordInput(), "secret"),
    "date": (forms.DateInput(format="%Y-%m-%d"), date(2026, 6, 18)),
    "box": (forms.Textarea({"rows": 4}), f"一行\n{NASTY}"),
    "empty box": (forms.Textarea(), None),
    "tick": (forms.CheckboxInput(), True),
    "file": (forms.FileInput(), None),
    "files": (forms.ClearableFileInput(), None),
    "choice": (forms.Select({"class": "form-select"}, PLACES), "2"),
    "choices": (forms.SelectMultiple(choices=PLACES), ["1", "3"]),
    "chips": (forms.RadioSelect(choices=PLACES), "3"),
    "ticks": (forms.CheckboxSelectMultiple(choices=PLACES), ["2"]),
}


def marks(html):
    """The HTML without blank space between marks."""
    return re.sub(r">\s+", ">", re.sub(r"\s+<", "<", html))


@pytest.mark.parametrize("name", WIDGETS)
def test_it_draws_what_the_templates_draw(name):
    widget, value = WIDGETS[name]
    given = ("field", value, {"id": "id_field"})
    ours, stock = (
        widget.render(*given, renderer=renderer) for renderer in (StudioRenderer(), DjangoTemplates())
    )
    assert marks(ours) == marks(stock)


@pytest.mark.parametrize("name", ["chips", "ticks"])
@pytest.mark.parametrize("wrap_label", [True, False])
def test_single_options_are_drawn_alike(name, wrap_label):
    widget, value = WIDGETS[name]
    for option in widget.options("field", [value] if name == "chips" else value, {"id": "id_field"}):
        context = {"widget": {**option, "wrap_label": wrap_label}}
        ours, stock = (
            renderer.render(option["template_name"], context)
            for renderer in (StudioRenderer(), DjangoTemplates())
        )
        assert marks(ours) == marks(stock)


def test_every_template_that_is_replaced_exists():
    for name in DRAWN:
        assert DjangoTemplates().get_template(name)
