"""会诊: an opinion, one written down for somebody, a question asked back, its answer."""

from django import forms
from django.urls import reverse

from people.forms.base import StudioForm
from people.forms.dress import Dictated
from people.forms.known import KnownRows

from ..draft_keys import opinion_key
from .offered import methods_of
from .people import person_label


class OpinionForm(StudioForm):
    submit_label = "提交"
    text = forms.CharField(
        label="您的主意", max_length=2000, widget=Dictated({"rows": 5}),
        error_messages={"required": "请说一两句您的主意"},
    )  # fmt: skip
    methods = KnownRows(label="用过的工作法", required=False)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["methods"].offer(methods_of(case.studio_id))

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[opinion_key(self.case.pk)])}


class OpinionEditForm(OpinionForm):
    carries_version = True
    submit_label = "改好了"

    def form_attrs(self):
        return {}


class ToldOpinionForm(OpinionForm):
    """Staff write down what somebody said on the phone."""

    submit_label = "替他记下"
    text = forms.CharField(label="他说的主意", max_length=2000, widget=Dictated({"rows": 5}))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["author"] = forms.ModelChoiceField(people, label="谁的主意")
        self.fields["author"].label_from_instance = person_label
        self.order_fields(("author", "text", "methods"))

    def form_attrs(self):
        return {}


class AskForm(StudioForm):
    submit_label = "问一问"
    question = forms.CharField(
        label="先问清楚一件事", max_length=300, widget=Dictated({"rows": 3}),
        error_messages={"required": "请写一件想先问清楚的事"},
    )  # fmt: skip


class AnswerForm(StudioForm):
    submit_label = "回答"
    answer = forms.CharField(
        label="回答", max_length=1000, widget=Dictated({"rows": 3}),
        error_messages={"required": "请写一句回答"},
    )  # fmt: skip
