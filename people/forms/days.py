"""What forms ask of a day."""

from django import forms
from django.utils import timezone

LATER = "日期在今天以后，请再看看"
NOT_YET = "这一天还没到，请选今天或以前的日子"


def not_in_future(day, sentence=LATER):
    """The day (a date or None) as it is; ValidationError with `sentence` where it has not come yet."""
    if day and day > timezone.localdate():
        raise forms.ValidationError(sentence)
    return day
