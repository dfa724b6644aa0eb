"""开药方: what the whole says, up to eight steps, and changing a step later."""

from datetime import timedelta

from django import forms
from django.urls import reverse
from django.utils import timezone

from people import words
from people.forms.base import PlainForm, StudioForm
from people.forms.dress import Dictated
from people.forms.known import PICK, KnownRow, KnownRows

from ..actions.prescriptions import MOST_STEPS, Plan
from ..draft_keys import prescription_key
from ..models import Prescription
from .offered import methods_of
from .people import OwnerMixin, owner_value, person_label

FIRST_ROWS = 3
DAYS_A_STEP = 7
DAYS_TO_FOLLOWUP = 28


def coming_day(form, name):
    """Add the sentence of DESIGN §7.2 when the day in this field has passed."""
    day = form.cleaned_data.get(name)
    if day and day < timezone.localdate():
        form.add_error(name, f"期限{words.short_day(day)}已经过了，请往后选")


class PrescriptionForm(StudioForm):
    form_tag = False
    diagnosis = forms.CharField(
        label="归纳（病因）", max_length=1000, widget=Dictated({"rows": 4}),
        error_messages={"required": "请归纳一下病因"},
    )  # fmt: skip
    followup_on = forms.DateField(
        label="下次复诊", error_messages={"required": "请定下次复诊的日子"},
    )  # fmt: skip
    followup_by = KnownRow(label="谁来看")
    followup_mode = forms.ChoiceField(label="复诊方式", choices=Prescription.Mode, widget=forms.RadioSelect)
    cautions = forms.CharField(label="注意事项", max_length=500, required=False, widget=Dictated({"rows": 2}))
    methods = KnownRows(label="用到的工作法", required=False)

    def __init__(self, *args, case, people, mentor=None, **kwargs):
        """`people`: who can look at the follow-up; `mentor`: the one chosen at first."""
        today = timezone.localdate()
        kwargs["initial"] = {
            "followup_on": today + timedelta(days=DAYS_TO_FOLLOWUP), "followup_mode": Prescription.Mode.VISIT,
            "followup_by": mentor or case.chair, **(kwargs.get("initial") or {}),
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["followup_by"].offer(people, person_label, PICK)
        self.fields["methods"].offer(methods_of(case.studio_id))
        self.autosave_url = reverse("people:draft", args=[prescription_key(case.pk)])

    def clean(self):
        coming_day(self, "followup_on")
        return super().clean()


class StepRow(OwnerMixin, PlainForm):
    """One step of the form. A row in which nothing but the day stands is left out."""

    unmarked = ("text", "who", "name", "due_on", "mode", "wants_slip")
    text = forms.CharField(label="做什么", max_length=200, required=False)
    mode = forms.ChoiceField(label="方式", choices=[("", "不限"), *Prescription.Mode.choices], required=False)
    wants_slip = forms.BooleanField(label="需要派三联单", required=False)
    field_order = ("text", "who", "name", "due_on", "mode", "wants_slip")

    def __init__(self, *args, number, owners, **kwargs):
        due_on = timezone.localdate() + timedelta(days=DAYS_A_STEP * number)
        super().__init__(*args, prefix=f"step-{number}", initial={"due_on": due_on}, **kwargs)
        self.number = number
        self.give_owners(owners, number)
        self.fields["text"].widget.attrs["autocomplete"] = "off"

    @property
    def blank(self):
        return not any(self.cleaned_data.get(name) for name in ("text", "who", "name"))

    def clean(self):
        data = super().clean()
        if self.blank and not ({"text", "who", "name"} & set(self.errors)):
            self._errors.clear()
            return data
        if not data.get("text") and "text" not in self.errors:
            self.add_error("text", f"请写第{self.number}步做什么")
        self.check_owner()
        coming_day(self, "due_on")
        return data

    def plan(self):
        data = self.cleaned_data
        more = {"mode": data["mode"], "wants_slip": data["wants_slip"]}
        return Plan(text=data["text"], due_on=data["due_on"], **more, **self.owner())


class Sheet:
    """The whole page: the form and its rows. `posted` and `kept` (a draft): QueryDict or None; `taken`: what
    was taken down at a meeting, as initial values.
    """

    def __init__(self, posted, *, case, people, owners, mentor=None, kept=None, taken=None):
        source = posted if posted is not None else kept
        self.count = min(MOST_STEPS, max(FIRST_ROWS, _number(source.get("rows") if source else "")))
        self.form = PrescriptionForm(posted, case=case, people=people, mentor=mentor, initial=taken)
        self.rows = [StepRow(posted, number=n + 1, owners=owners) for n in range(self.count)]
        self.bound = posted is not None
        self.may_add = self.count < MOST_STEPS

    def is_valid(self):
        fine = [part.is_valid() for part in (self.form, *self.rows)]
        if all(fine) and not self.plans():
            self.rows[0].add_error("text", "请至少写一步")
            return False
        return all(fine)

    def plans(self):
        return [row.plan() for row in self.rows if not row.blank]

    def problems(self):
        """For the summary on top of the page, in the order of the page."""
        if not self.bound:
            return []
        own = self.form.error_fields()
        first = [item for item in own if item[0] in ("", "id_diagnosis")]
        steps = [item for row in self.rows for item in row.error_fields()]
        return first + steps + [item for item in own if item not in first]


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else 0


class StepEditForm(OwnerMixin, StudioForm):
    carries_version = True
    submit_label = "改好了"
    unmarked = ("who", "due_on", "name")
    text = forms.CharField(label="做什么", max_length=200, error_messages={"required": "请写做什么"})
    mode = forms.ChoiceField(label="方式", choices=[("", "不限"), *Prescription.Mode.choices], required=False)
    reason = forms.CharField(
        label="为什么改", max_length=200, error_messages={"required": "请写一句为什么改"}
    )
    wants_slip = forms.BooleanField(label="需要派三联单", required=False)
    field_order = ("text", "who", "name", "due_on", "mode", "wants_slip", "reason")

    def __init__(self, *args, step, owners, **kwargs):
        initial = {
            "text": step.text, "who": owner_value(step), "name": step.owner_name, "due_on": step.due_on,
            "mode": step.mode, "wants_slip": step.wants_slip, "version": step.version,
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        if step.owner_id and step.owner_id not in {person.pk for _, person in owners}:
            owners = [*owners, (step.owner_kind, step.owner)]
        self.step = step
        self.give_owners(owners, step.order)

    def clean(self):
        data = super().clean()
        self.check_owner()
        if data.get("due_on") != self.step.due_on:
            coming_day(self, "due_on")
        return data

    def changes(self):
        kept = {name: self.cleaned_data[name] for name in ("text", "due_on", "mode", "wants_slip")}
        return {**kept, **self.owner()}


class PutOffForm(StudioForm):
    """要晚几天."""

    carries_version = True
    submit_label = "就这么定"
    due_on = forms.DateField(label="改到几号前", error_messages={"required": "请选改到几号前"})
    reason = forms.CharField(
        label="为什么晚几天", max_length=200, error_messages={"required": "请写一句为什么晚几天"}
    )

    def clean(self):
        coming_day(self, "due_on")
        return super().clean()
