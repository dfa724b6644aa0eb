"""For whom to print 登录卡."""

from django import forms

from ..actions.persons import managed
from ..models import Person
from .base import StudioForm

MOST = 80


class CardsForm(StudioForm):
    """The ticks of the roster. `sentences()` tells what is missing: the roster shows no form of its own."""

    person = forms.ModelMultipleChoiceField(
        label="人员",
        queryset=Person.objects.none(),
        error_messages={"required": "请先点一下给谁打印登录卡"},
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        # The roster prints the token alone; people are asked for once some are chosen.
        if self.is_bound:
            self.fields["person"].queryset = Person.objects.visible_to(by)

    def clean_person(self):
        people = list(self.cleaned_data["person"])
        if len(people) > MOST:
            raise forms.ValidationError(f"一次最多打印{MOST}张，请分几次")
        mine = managed(self.by, people)
        elsewhere = [person.called for person in people if person.pk not in mine]
        if elsewhere:
            raise forms.ValidationError(f"{'、'.join(elsewhere)}在别的工作室也有角色，登录卡请那边打印")
        return people

    def sentences(self):
        return [sentence for found in self.errors.values() for sentence in found]
