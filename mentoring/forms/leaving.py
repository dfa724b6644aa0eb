"""师傅离开: for every apprentice a successor or an end, in one form."""

from django import forms
from django.db.models import OuterRef
from django.utils import timezone

from people.counting import number_of
from people.forms.base import StudioForm
from people.kept import KeptQuery

from ..models import Pairing
from .pairings import REASONS, check_reason, mentors_of, named

END = "end"


def field_of(pairing):
    return f"pair_{pairing.pk}"


def _ask_others(person, studio, mentor):
    """The other mentors of the studio, with the number of their pairs there."""
    led = Pairing.objects.current().filter(studio=studio, mentor=OuterRef("pk"))
    others = mentors_of(studio).exclude(pk=mentor).select_related("neighbourhood")
    return others.annotate(taken=number_of(led, "mentor"))


_OTHERS = KeptQuery(_ask_others)


class LeavingForm(StudioForm):
    """`settled()` gives what mentoring.actions.leaving.settle wants."""

    submit_label = "就这样交接"
    on = forms.DateField(label="从哪天起", error_messages={"required": "请选从哪天起"})
    reason = forms.ChoiceField(label="原因", choices=REASONS, widget=forms.RadioSelect, required=False)
    note = forms.CharField(label="说明", max_length=200, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, mentor, studio, pairs, roles=(), letters=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.mentor, self.pairs, self.roles, self.letters = mentor, pairs, list(roles), list(letters)
        self.others = {str(one.pk): one for one in _OTHERS.all(studio=studio.pk, mentor=mentor.pk)}
        choices = [
            ("", "请选"),
            *((key, f"{named(one)}，现带{one.taken}名") for key, one in self.others.items()),
            (END, "不再结对，提前结束"),
        ]
        for pairing in pairs:
            self.fields[field_of(pairing)] = forms.ChoiceField(
                label=f"{pairing.apprentice.name}以后跟谁",
                choices=choices,
                error_messages={
                    "required": f"请选{pairing.apprentice.name}以后跟谁",
                    "invalid_choice": "这位不是本工作室的带教书记，请再选一次",
                },
            )
            version = forms.IntegerField(widget=forms.HiddenInput({"id": False}), required=False)
            version.initial = pairing.version
            self.fields[f"version_{pairing.pk}"] = version
        if self.roles:
            self.fields["end_role"] = forms.BooleanField(
                label="同时在人员名册里结束带教书记的角色", required=False
            )
        if self.letters:
            self.fields["end_letter"] = forms.BooleanField(label="同时提前结束聘书", required=False)
        self.initial.setdefault("on", timezone.localdate())
        self.unmarked = ("reason", "end_role", "end_letter")

    def rows(self):
        """[(pairing, bound field)] for the page."""
        return [(pairing, self[field_of(pairing)]) for pairing in self.pairs]

    def clean_on(self):
        on = self.cleaned_data["on"]
        first = max((pairing.starts_on for pairing in self.pairs), default=on)
        if on < first:
            raise forms.ValidationError(f"不能早于结对开始的{first.year}年{first.month}月{first.day}日")
        return on

    def clean(self):
        cleaned = super().clean()
        check_reason(self, cleaned)
        return cleaned

    def settled(self):
        """[(pairing, successor or None)], each pairing with the version that the page showed."""
        found = []
        for pairing in self.pairs:
            pairing.version = self.cleaned_data[f"version_{pairing.pk}"] or 0
            found.append((pairing, self.others.get(self.cleaned_data[field_of(pairing)])))
        return found
