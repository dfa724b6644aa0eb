"""打了电话、发了微信: one line and one tap."""

from django import forms

from people.forms.base import StudioForm

from ..models import Session

MODES = [(Session.Mode.PHONE.value, "记电话"), (Session.Mode.WECHAT.value, "记微信")]


class ContactForm(StudioForm):
    """The button that is pressed says by which way: it is the value of `mode`."""

    form_tag = False
    note = forms.CharField(
        label="说了什么",
        max_length=200,
        error_messages={"required": "请说一句聊了什么，几个字也行"},
    )
    mode = forms.ChoiceField(label="怎么联系的", choices=MODES, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["opened_at"]
        self.fields["note"].widget.attrs["autocomplete"] = "off"
