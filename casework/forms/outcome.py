"""疗效评价 and 结案."""

from django import forms

from people.competencies import Competency
from people.forms.base import StudioForm
from people.forms.dress import Dictated

from ..models import Outcome


class OutcomeForm(StudioForm):
    carries_version = True
    submit_label = "评好了"
    result = forms.ChoiceField(
        label="问题解决得怎样", choices=Outcome.Result, widget=forms.RadioSelect,
        error_messages={"required": "请点一下问题解决得怎样"},
    )  # fmt: skip
    residents = forms.ChoiceField(
        label="居民反应", choices=Outcome.Residents, widget=forms.RadioSelect, required=False
    )
    best_move = forms.CharField(
        label="最管用的一招", max_length=300, widget=Dictated({"rows": 3}), required=False
    )
    learned = forms.MultipleChoiceField(
        label="学到的本领", choices=Competency, widget=forms.CheckboxSelectMultiple, required=False
    )

    def values(self):
        return {name: self.cleaned_data[name] for name in ("result", "residents", "best_move", "learned")}


class CloseForm(StudioForm):
    """结案: nothing to fill in, unless one side has not evaluated."""

    submit_label = "结案"
    reason = forms.CharField(label="为什么现在结案", max_length=500, required=False)

    def __init__(self, *args, alone=False, **kwargs):
        """`alone`: only one side, or none, has evaluated."""
        super().__init__(*args, **kwargs)
        if alone:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = "有一方没有评疗效，请写一句为什么现在结案"
        else:
            del self.fields["reason"]

    def clean(self):
        data = super().clean()
        data.setdefault("reason", "")
        return data
