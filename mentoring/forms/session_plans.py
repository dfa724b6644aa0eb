"""安排带教: when, where, about what, with whom."""

from django import forms
from django.urls import reverse
from django.utils import timezone

from people.forms.base import StudioForm

from ..actions.session_plans import draft_key, plan_problem
from ..cadence import theme_for
from ..models import Session
from ..session_rules import present_problem
from .session_parts import PeopleField, PlaceField, current, others_field, place_key


class PlanForm(StudioForm):
    """`facts()` gives the keyword arguments of `session_plans.plan`."""

    submit_label = "安排好了"
    unmarked = ("where", "place", "mode", "others")

    def __init__(self, data=None, *, group, pairings, today=None, around=(), **kwargs):
        self.group, self.today = group, today or timezone.localdate()
        self.is_past = False
        super().__init__(data, **kwargs)
        self.fields |= {
            "held_on": forms.DateField(label="哪一天"),
            "starts_at": forms.TimeField(label="几点", required=False),
            "where": PlaceField(group.studio, label="在哪里"),
            "place": forms.CharField(label="或者写一个地方", max_length=60, required=False),
            "mode": forms.ChoiceField(
                label="方式",
                choices=Session.Mode.choices,
                initial=Session.Mode.FACE,
                widget=forms.RadioSelect,
            ),
            "theme": forms.CharField(label="主题", max_length=60, required=False, initial=theme_for(group)),
            "present": PeopleField(
                pairings,
                label="谁参加",
                initial=current(pairings),
                error_messages={"required": "请点一下谁参加"},
            ),
        }
        if around:
            self.fields["others"] = others_field(around)
            self.fields["others"].label = "别组的也请来"
            self.fields["with_others"] = forms.CharField(
                required=False, initial="1", widget=forms.HiddenInput({"id": False})
            )

    def clean(self):
        data = super().clean()
        day = data.get("held_on")
        problem = plan_problem(day, self.group.cohort, self.today) if day else ""
        if problem:
            self.is_past = day < self.today
            self.add_error("held_on", problem)
        elif day and data.get("present"):
            others = data.get("others", ())
            problem = present_problem(data["present"], self.group, day, self.today, others)
            if problem:
                self.add_error("present", problem)
        return data

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[draft_key(self.group)])}

    def facts(self):
        data = self.cleaned_data
        names = ("held_on", "starts_at", "mode", "theme", "place")
        people = {"participants": data["present"]}
        if "others" in self.fields:
            people["others"] = data["others"]
        return {name: data[name] for name in names} | data["where"] | people


class PlanEditForm(PlanForm):
    submit_label = "改好了"
    carries_version = True

    def form_attrs(self):
        return {}

    def __init__(self, data=None, *, session, **kwargs):
        self.instance = session
        initial = {
            "held_on": session.held_on,
            "starts_at": session.starts_at,
            "where": place_key(session),
            "place": session.place,
            "mode": session.mode,
            "theme": session.theme,
            "present": [str(row.apprentice_id) for row in session.attendance.all()],
            "others": [str(row.apprentice_id) for row in session.attendance.all()],
        }
        super().__init__(data, group=session.group, initial=initial, **kwargs)
        self.fields["where"].keep(session)
        own = {pairing.apprentice_id for pairing in kwargs["pairings"]}
        guests = any(row.apprentice_id not in own for row in session.attendance.all())
        self.fields["present"].required = not guests
