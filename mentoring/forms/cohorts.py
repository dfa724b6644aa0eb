"""期次 and 教学基地: plain records of the studio."""

from django import forms
from django.db.models import Count

from people.forms.base import StudioModelForm
from people.models import Neighbourhood

from ..models import Base, Cohort


class CohortForm(StudioModelForm):
    submit_label = "存下来"

    class Meta:
        model = Cohort
        fields = ("name", "starts_on", "ends_on", "capacity")

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio
        if not self.instance.pk:
            self.initial.setdefault("capacity", studio.pair_capacity)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Cohort.objects.filter(studio=self.studio, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"已经有“{name}”了，请换个名称")
        return name

    def clean_capacity(self):
        capacity = self.cleaned_data["capacity"]
        if not 1 <= capacity <= 30:
            raise forms.ValidationError("人数请写1到30")
        busiest = self.instance.pk and most_in_a_group(self.instance)
        if busiest and capacity < busiest:
            raise forms.ValidationError(f"有一组已经带了{busiest}位，人数不能比这少")
        return capacity

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", "结束的日子要在开始以后")
        return cleaned


class CohortEditForm(CohortForm):
    carries_version = True


def most_in_a_group(cohort):
    """The number of current pairs in the fullest group of the cohort."""
    taken = cohort.pairings.current().values_list("group").annotate(number=Count("pk"))
    return max((number for _, number in taken), default=0)


class BaseForm(StudioModelForm):
    submit_label = "存下来"

    class Meta:
        model = Base
        fields = ("name", "neighbourhood", "address", "focus", "contact", "in_use")

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio
        self.fields["neighbourhood"].queryset = Neighbourhood.objects.of_studio(studio)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Base.objects.filter(studio=self.studio, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"已经有“{name}”了，请换个名称")
        return name


class BaseEditForm(BaseForm):
    carries_version = True
