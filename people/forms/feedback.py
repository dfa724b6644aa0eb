"""意见建议: said by anybody, answered by staff or the district."""

from django import forms

from .base import StudioForm
from .dress import Dictated


class FeedbackForm(StudioForm):
    submit_label = "交意见"
    text = forms.CharField(label="您的意见或建议", max_length=1000, widget=Dictated)


class AnswerForm(StudioForm):
    submit_label = "交答复"
    answer = forms.CharField(label="答复", max_length=1000, widget=Dictated)
