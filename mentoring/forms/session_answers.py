"""现场答疑: one question and its answer."""

from django import forms
from django.urls import reverse

from people.forms.base import StudioForm
from people.forms.dress import Dictated, Suggested


class AnswerForm(StudioForm):
    submit_label = "记下这一条"

    unit = forms.CharField(label="哪个部门答的", max_length=40)
    question = forms.CharField(label="问了什么", max_length=300, widget=forms.Textarea({"rows": 2}))
    answer = forms.CharField(label="怎么答的", max_length=1000, widget=Dictated)

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["unit"].widget = Suggested(session.units)
        if len(session.units) == 1:
            self.initial.setdefault("unit", session.units[0])

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[draft_key(self.session)])}


def draft_key(session):
    return f"answers-{session.pk}"
