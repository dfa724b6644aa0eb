"""不用管: why, and for how long."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from people.forms.base import StudioForm
from people.forms.dress import Dictated

LENGTHS = {"7": "一个星期", "14": "两个星期", "30": "一个月", "90": "三个月"}


class LeaveForm(StudioForm):
    submit_label = "先不管"

    reason = forms.CharField(
        label="为什么不用管",
        max_length=200,
        widget=Dictated({"rows": 3}),
        help_text="比如：师傅住院，下个月再带；已经当面说好了",
        error_messages={"required": "请写一句为什么"},
    )
    days = forms.ChoiceField(
        label="先放多久",
        choices=list(LENGTHS.items()),
        initial="14",
        widget=forms.RadioSelect,
        error_messages={"required": "请点一下先放多久"},
    )

    @property
    def until(self):
        return timezone.localdate() + timedelta(days=int(self.cleaned_data["days"]))


class BackForm(StudioForm):
    submit_label = "再看着"
