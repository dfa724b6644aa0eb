"""A page that asks before something is taken away or called off: only its button is sent."""

from people.forms.base import StudioForm


class AskForm(StudioForm):
    form_tag = False
