"""复诊: reporting a step, the mentor's word on it, the look at the whole."""

from django import forms
from django.urls import reverse

from people import uploads
from people.forms.base import StudioForm
from people.forms.dress import Dictated

from ..actions.prescriptions import Plan
from ..draft_keys import report_key
from ..models import Followup, Prescription, StepState
from .case_pages import FilesField
from .people import OwnerMixin
from .prescription import coming_day

MOST_PHOTOS = 6
REPORTED = (StepState.DONE, StepState.DOING, StepState.STUCK)


class ReportForm(StudioForm):
    submit_label = "报复诊"
    state = forms.ChoiceField(
        label="这一步", choices=[(state.value, state.label) for state in REPORTED], widget=forms.RadioSelect,
        error_messages={"required": "请点一下这一步做得怎样"},
    )  # fmt: skip
    want = forms.ChoiceField(
        label="要不要帮忙", choices=[*Followup.Want.choices, ("", "先不用")], required=False,
        widget=forms.RadioSelect({"data-when": "state=stuck"}), help_text="做不下去的时候点",
    )  # fmt: skip
    text = forms.CharField(
        label="现在什么情况", max_length=1000, widget=Dictated({"rows": 4}),
        error_messages={"required": "请说一句现在什么情况"},
    )  # fmt: skip
    photos = FilesField(label="照片", required=False)

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["photos"].widget.attrs["accept"] = uploads.ACCEPT
        self.fields["photos"].widget.attrs["multiple"] = True
        self.fields["photos"].help_text = f"最多{MOST_PHOTOS}张"
        self.fields["photos"].widget.attrs |= {
            "data-photo-upload": reverse("casework:step-photo", args=[step.pk]),
            "data-photo-list": "photo-list",
            "data-photo-max": MOST_PHOTOS,
        }

    @property
    def autosave(self):
        return reverse("people:draft", args=[report_key(self.step.pk)])

    def clean_photos(self):
        photos = self.cleaned_data["photos"]
        if len(photos) > MOST_PHOTOS:
            raise forms.ValidationError(f"最多放{MOST_PHOTOS}张，请少选几张")
        return photos


class JudgeForm(OwnerMixin, StudioForm):
    submit_label = "告诉他"
    unmarked = ("due_on", "new_text", "who", "name", "new_due_on", "note")
    verdict = forms.ChoiceField(
        label="您看怎么样", choices=Followup.Verdict, widget=forms.RadioSelect,
        error_messages={"required": "请点一个：可以了、再加把劲，或者换个办法"},
    )  # fmt: skip
    note = forms.CharField(
        label="说一句", max_length=500, required=False, widget=Dictated({"rows": 3}),
        help_text="换个办法的时候，请写一句为什么",
    )  # fmt: skip
    more_on = forms.DateField(
        label="新的日子", required=False, widget=forms.DateInput({"data-when": "verdict=more"}),
        help_text="再加把劲的时候定",
    )  # fmt: skip
    text = forms.CharField(
        label="新办法做什么", max_length=200, required=False,
        widget=forms.TextInput({"data-when": "verdict=other"}),
    )  # fmt: skip
    field_order = ("verdict", "note", "more_on", "text", "who", "name", "due_on")

    def __init__(self, *args, step, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.unmarked = tuple(self.fields)
        self.give_owners(owners, step.order + 1)
        for name in ("who", "due_on"):
            self.fields[name].widget.attrs["data-when"] = "verdict=other"

    def clean(self):
        data = super().clean()
        verdict = data.get("verdict")
        if verdict == Followup.Verdict.MORE:
            if not data.get("more_on") and "more_on" not in self.errors:
                self.add_error("more_on", "再加把劲，请定个新的日子")
            coming_day(self, "more_on")
        if verdict == Followup.Verdict.OTHER:
            if not data.get("note"):
                self.add_error("note", "换个办法，请写一句为什么")
            if not data.get("text"):
                self.add_error("text", "请写新办法做什么")
            self.check_owner()
            coming_day(self, "due_on")
        return data

    def values(self):
        """Keyword arguments of followups.judge."""
        data = self.cleaned_data
        given = {"verdict": data["verdict"], "note": data["note"]}
        if data["verdict"] == Followup.Verdict.MORE:
            given["due_on"] = data["more_on"]
        if data["verdict"] == Followup.Verdict.OTHER:
            given["instead"] = Plan(text=data["text"], due_on=data["due_on"], **self.owner())
        return given


class CheckUpForm(StudioForm):
    submit_label = "记下复诊"
    verdict = forms.ChoiceField(
        label="看下来怎么样", choices=Prescription.Seen, widget=forms.RadioSelect,
        error_messages={"required": "请点一个：可以了，或者再看一次"},
    )  # fmt: skip
    note = forms.CharField(
        label="看到什么", max_length=1000, widget=Dictated({"rows": 4}),
        error_messages={"required": "请说一句看到什么"},
    )  # fmt: skip
    next_on = forms.DateField(
        label="几号再看", required=False, widget=forms.DateInput({"data-when": "verdict=more"}),
        help_text="再看一次的时候定",
    )  # fmt: skip
    unmarked = ("next_on",)

    def clean(self):
        data = super().clean()
        if data.get("verdict") == Prescription.Seen.MORE:
            if not data.get("next_on") and "next_on" not in self.errors:
                self.add_error("next_on", "再看一次，请定个新的日子")
            coming_day(self, "next_on")
        return data
