"""聘书: appointing, putting right, ending early."""

from django import forms
from django.utils import timezone

from people.forms.base import StudioForm, StudioModelForm
from people.models import Person
from people.words import short_day

from ..models import Appointment, Cohort
from .pairings import mentors_of

NO_COHORT = "不分期次"


def ends_after_start(form, cleaned):
    first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
    if first and last and last <= first:
        form.add_error("ends_on", "到哪天止要在从哪天起以后")


class AppointForm(StudioForm):
    """One term for several mentors at once."""

    submit_label = "发聘书"
    mentors = forms.ModelMultipleChoiceField(
        label="聘哪几位",
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请点一下聘哪几位"},
    )
    cohort = forms.ModelChoiceField(
        label="期次", queryset=Cohort.objects.none(), required=False, empty_label=NO_COHORT
    )
    starts_on = forms.DateField(label="聘期从哪天起")
    ends_on = forms.DateField(label="聘期到哪天止", help_text="这一天也算在聘期里")
    issued_on = forms.DateField(label="发聘书的日期", help_text="印在聘书上")

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        cohorts = Cohort.objects.filter(studio=studio)
        mentors, self.fields["cohort"].queryset = self.fields["mentors"], cohorts
        mentors.queryset, mentors.widget.tick_all = mentors_of(studio), "全选"
        mentors.label_from_instance = lambda mentor: f"{mentor.called}（{mentor.name}）"
        newest = cohorts.filter(ends_on__gte=timezone.localdate()).first()
        if newest:
            self.initial.setdefault("cohort", newest.pk)
            self.initial.setdefault("starts_on", newest.starts_on)
            self.initial.setdefault("ends_on", newest.ends_on)
        self.initial.setdefault("issued_on", timezone.localdate())

    def clean(self):
        cleaned = super().clean()
        ends_after_start(self, cleaned)
        return cleaned


class CorrectForm(StudioModelForm):
    submit_label = "改好了"
    carries_version = True

    class Meta:
        model = Appointment
        fields = ("cohort", "starts_on", "ends_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cohort = self.fields["cohort"]
        cohort.queryset, cohort.empty_label = Cohort.objects.filter(studio=self.instance.studio_id), NO_COHORT

    def clean(self):
        cleaned = super().clean()
        ends_after_start(self, cleaned)
        return cleaned


class EndForm(StudioForm):
    submit_label = "提前结束"
    submit_class = "btn-danger-quiet"
    carries_version = True
    ended_on = forms.DateField(label="到哪天结束", help_text="这一天还算在聘期里")
    end_reason = forms.CharField(
        label="原因", max_length=200, widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "请写一下为什么提前结束"},
    )  # fmt: skip

    def __init__(self, *args, letter, **kwargs):
        super().__init__(*args, **kwargs)
        self.letter = letter
        self.fields["version"].initial = letter.version

    def clean_ended_on(self):
        day, letter = self.cleaned_data["ended_on"], self.letter
        if not letter.starts_on <= day < letter.ends_on:
            first, last = short_day(letter.starts_on), short_day(letter.ends_on)
            raise forms.ValidationError(f"请选{first}起、{last}以前的一天")
        return day
