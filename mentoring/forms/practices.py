"""做法: 带回一条, 我也试试, and what came of it."""

from datetime import timedelta

from django import forms
from django.urls import reverse
from django.utils import timezone

from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated, Suggested

from ..actions.practices import bring_key, check_key
from ..models import Practice, Uptake
from ..models.practice import CHECK_DAYS

LATER = "later"


class BringForm(StudioForm):
    """带回一条. `visit` may be None: seen somewhere else."""

    submit_label = "带回来"
    name = forms.CharField(
        label="看到的一个做法，叫什么", max_length=40, help_text="比如：六维关怀、生境花园"
    )
    what = forms.CharField(label="他们是怎么做的", max_length=1000, widget=Dictated)
    place = forms.CharField(label="在哪里看到的", max_length=60)
    plan = forms.CharField(label="我回去先试什么", max_length=500, widget=Dictated({"rows": 3}))

    def __init__(self, *args, visit, **kwargs):
        super().__init__(*args, **kwargs)
        self.visit = visit
        if visit:
            places = [stop.place for stop in visit.stops.all()]
            self.fields["place"].widget = Suggested(places)
            if len(places) == 1:
                self.initial = {"place": places[0], **self.initial}
        self.fields["what"].error_messages["required"] = "请说一两句他们是怎么做的"
        self.fields["plan"].error_messages["required"] = "请说一句回去先试什么，小事也行"
        self.fields["plan"].help_text = f"一件小事就行。{CHECK_DAYS}天后会请您说说怎么样。"

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[bring_key(self.visit)])}


class PracticeForm(StudioModelForm):
    submit_label = "改好了"
    carries_version = True

    class Meta:
        model = Practice
        fields = ("name", "what", "place")
        widgets = {"what": Dictated({"rows": 6})}


class TryForm(StudioForm):
    submit_label = "我也试试"
    plan = forms.CharField(label="我打算怎么试", max_length=500, widget=Dictated)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].error_messages["required"] = "请说一句打算怎么试，小事也行"
        self.fields["plan"].help_text = f"一件小事就行。{CHECK_DAYS}天后会请您说说怎么样。"


class CheckForm(StudioForm):
    submit_label = "说好了"
    carries_version = True
    unmarked = ("told", "on")
    result = forms.ChoiceField(
        label="试下来怎么样", widget=forms.RadioSelect,
        choices=[*Uptake.Result.choices, (LATER, "还在试，过些天再看")],
        error_messages={"required": "请点一下试下来怎么样"},
    )  # fmt: skip
    on = forms.DateField(
        label="哪天再看", required=False, widget=forms.DateInput({"data-when": f"result={LATER}"})
    )
    told = forms.CharField(label="说几句", max_length=1000, required=False, widget=Dictated)

    def __init__(self, *args, uptake, **kwargs):
        super().__init__(*args, **kwargs)
        self.uptake = uptake
        self.fields["version"].initial = uptake.version
        self.fields["result"].widget.rows = True
        later = timezone.localdate() + timedelta(days=30)
        self.initial = {"told": uptake.told, "on": later, **self.initial}

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[check_key(self.uptake)])}

    def clean(self):
        data = super().clean()
        if data.get("result") == LATER and "on" not in self.errors:
            on = data.get("on")
            if on is None or on <= timezone.localdate():
                self.add_error("on", "请选今天以后的一天")
            elif on > timezone.localdate() + timedelta(days=366):
                self.add_error("on", "请选一年以内的一天")
        return data
