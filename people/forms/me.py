"""What everybody sets for themselves."""

from django import forms

from ..competencies import Competency
from ..models import Person
from .base import StudioForm, StudioModelForm
from .persons import Tags


class SalutationForm(StudioModelForm):
    submit_label = "改好了"
    carries_version = True

    class Meta:
        model = Person
        fields = ("salutation",)


class ExpertiseForm(StudioModelForm):
    """What a mentor is good at: pairing and questions go by it."""

    submit_label = "改好了"
    carries_version = True
    expertise = Tags(
        label="您最拿手的几样", required=False, help_text="几样用顿号隔开，比如：物业、加装电梯。结对的时候看"
    )

    class Meta:
        model = Person
        fields = ("expertise",)


class WeakPointsForm(StudioModelForm):
    """An apprentice's own view of what to learn first; the pairing page shows it."""

    submit_label = "改好了"
    carries_version = True
    weak_points = forms.MultipleChoiceField(
        label="自评最弱两项",
        choices=Competency.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="缺啥补啥，结对和带教时看",
    )

    class Meta:
        model = Person
        fields = ("weak_points",)

    def clean_weak_points(self):
        chosen = self.cleaned_data["weak_points"]
        if len(chosen) > 2:
            raise forms.ValidationError("最多点两项")
        return chosen


class OwnPasswordForm(StudioForm):
    """A new password; who has one already writes it first."""

    submit_label = "换密码"
    old = forms.CharField(label="现在的密码", strip=False)
    new = forms.CharField(label="新密码", strip=False, help_text="8位以上，字母和数字都有更稳妥")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        if not person.has_usable_password():
            del self.fields["old"]
        for name, field in self.fields.items():
            if name in ("old", "new"):
                autocomplete = "current-password" if name == "old" else "new-password"
                field.widget = forms.PasswordInput({"autocomplete": autocomplete, "data-show-password": ""})

    def clean_old(self):
        if not self.person.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError("现在的密码对不上，请再看看")
        return self.cleaned_data["old"]
