"""Residents: their two fields in any form, the reason for reading them, and what they ask for."""

from django import forms
from django.utils import timezone

from ..actions.residents import ANSWER_WORKDAYS
from ..models import ResidentRequest, Reveal
from ..workdays import after_workdays
from .base import StudioForm
from .days import not_in_future
from .dress import fold_digits

MARKS = set("0123456789 -+()")


class ResidentName(forms.CharField):
    """How a resident is called; 王阿姨 is enough."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": "怎么称呼", "max_length": 20, **kwargs})
        self.widget.attrs["autocomplete"] = "off"


class ResidentPhone(forms.CharField):
    """A mobile or a landline; figures may be full-width."""

    def __init__(self, **kwargs):
        super().__init__(**{"label": "电话", "max_length": 20, "required": False, **kwargs})
        self.widget.attrs.update({"inputmode": "tel", "autocomplete": "off"})

    def to_python(self, value):
        return fold_digits(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if value and not set(value) <= MARKS:
            raise forms.ValidationError("电话请写数字")
        if value and sum(mark.isdigit() for mark in value) < 5:
            raise forms.ValidationError("电话好像没写全，请再看看")


class RevealForm(StudioForm):
    submit_label = "看姓名和电话"
    why = forms.ChoiceField(
        label="为什么要看",
        choices=[one for one in Reveal.Why.choices if one[0] != Reveal.Why.COPY],
        widget=forms.RadioSelect,
        error_messages={"required": "请点一下为什么要看"},
    )
    note = forms.CharField(label="说一句", max_length=100, required=False)
    # The page that one came from, so that there is a way back.
    back = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        if data.get("why") == Reveal.Why.OTHER and not data.get("note"):
            self.add_error("note", "选了“其他”，请写一句为什么")
        return data


class RequestForm(StudioForm):
    """A resident's request, as it came."""

    submit_label = "登记"
    kind = forms.ChoiceField(
        label="要什么", choices=ResidentRequest.Kind, widget=forms.RadioSelect,
        error_messages={"required": "请点一下要什么"},
    )  # fmt: skip
    name = ResidentName(label="姓名或称呼", help_text="写当初留下的那个叫法，才找得到")
    phone = ResidentPhone(help_text="有电话的，按电话找；没有的，按称呼找")
    way = forms.ChoiceField(
        label="怎么提的", choices=ResidentRequest.Way, widget=forms.RadioSelect,
        error_messages={"required": "请点一下怎么提的"},
    )  # fmt: skip
    asked_on = forms.DateField(label="哪天提的")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("asked_on", timezone.localdate())
        self.fields["asked_on"].help_text = f"从这一天起{ANSWER_WORKDAYS}个工作日里答复"

    def clean_asked_on(self):
        return not_in_future(self.cleaned_data["asked_on"])

    def clean(self):
        data = super().clean()
        if data.get("asked_on"):
            data["due_on"] = after_workdays(data["asked_on"], ANSWER_WORKDAYS)
        return data


class AnswerForm(StudioForm):
    """What was done about it."""

    submit_label = "答复了"
    carries_version = True
    answer = forms.ChoiceField(
        label="怎么办的", choices=ResidentRequest.Answer, widget=forms.RadioSelect,
        error_messages={"required": "请点一下怎么办的"},
    )  # fmt: skip
    note = forms.CharField(label="答复的话", max_length=200, required=False)
    name = ResidentName(label="改成什么称呼", required=False)
    phone = ResidentPhone(label="改成什么电话")

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.fields["version"].initial = asked.version
        if asked.kind != ResidentRequest.Kind.CORRECT:
            del self.fields["name"], self.fields["phone"]

    def clean(self):
        data = super().clean()
        done = data.get("answer") == ResidentRequest.Answer.DONE
        if done and "name" in self.fields and not (data.get("name") or data.get("phone")) and not self.errors:
            self.add_error("name", "请写对的称呼或者电话")
        if data.get("answer") == ResidentRequest.Answer.REFUSED and not data.get("note"):
            self.add_error("note", "不能照办的，请写一句为什么")
        return data
