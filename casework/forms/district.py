"""The district's answer to what a street asks it to coordinate."""

from django import forms

from people.forms.base import StudioForm
from people.forms.dress import Dictated


class DistrictAnswerForm(StudioForm):
    submit_label = "答复"
    answer = forms.CharField(
        label="区里怎么协调", max_length=1000, widget=Dictated({"rows": 5}),
        error_messages={"required": "请写一写区里怎么协调"},
    )  # fmt: skip

    def __init__(self, *args, autosave="", **kwargs):
        super().__init__(*args, **kwargs)
        self.autosave = autosave

    def form_attrs(self):
        return {"data-autosave": self.autosave}
