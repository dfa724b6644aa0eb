"""结对: who can be paired; 带教目标 and 调整结对."""

from django import forms
from django.utils import timezone

from people.forms.base import StudioForm, StudioModelForm
from people.models import Person
from people.roles import MENTOR_ROLES, Role

from ..models import Pairing


def mentors_of(studio):
    """Present mentors of the studio in a fixed order."""
    return _holding(studio, MENTOR_ROLES)


def _holding(studio, roles):
    today = timezone.localdate()
    held = {
        "memberships__studio": studio,
        "memberships__role__in": roles,
        "memberships__starts_on__lte": today,
    }
    current = Person.objects.filter(**held, memberships__ends_on__isnull=True)
    ending = Person.objects.filter(**held, memberships__ends_on__gte=today)
    return (current | ending).distinct().order_by("pk")


def unpaired(cohort):
    """Present apprentices of the studio without a mentor in this cohort."""
    paired = Pairing.objects.current().filter(cohort=cohort).values("apprentice")
    learners = _holding(cohort.studio, (Role.APPRENTICE,)).exclude(pk__in=paired)
    return learners.select_related("neighbourhood")


class GoalForm(StudioModelForm):
    submit_label = "存下来"
    carries_version = True

    class Meta:
        model = Pairing
        fields = ("goal",)
        widgets = {"goal": forms.Textarea({"rows": 4})}


class ChangeForm(StudioForm):
    """换师傅, 暂停, 继续 or 提前结束; the reason is asked for all but 继续."""

    submit_label = "就这样调整"
    carries_version = True
    CHANGE, PAUSE, RESUME, END = "change", "pause", "resume", "end"

    what = forms.ChoiceField(
        label="怎么调整", widget=forms.RadioSelect, error_messages={"required": "请点一下怎么调整"}
    )
    mentor = forms.ModelChoiceField(label="换成哪位师傅", queryset=Person.objects.none(), required=False)
    on = forms.DateField(label="从哪天起", error_messages={"required": "请选从哪天起"})
    reason = forms.ChoiceField(
        label="原因", choices=Pairing.Reason.choices, widget=forms.RadioSelect, required=False
    )
    note = forms.CharField(label="说明", max_length=200, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, pairing, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairing = pairing
        paused = pairing.state == Pairing.State.PAUSED
        pause = (self.RESUME, "继续带") if paused else (self.PAUSE, "暂停")
        self.fields["what"].choices = [(self.CHANGE, "换师傅"), pause, (self.END, "提前结束")]
        self.fields["mentor"].queryset = mentors_of(pairing.studio).exclude(pk=pairing.mentor_id)
        self.fields["mentor"].label_from_instance = lambda mentor: f"{mentor.called}（{mentor.name}）"
        self.fields["version"].initial = pairing.version
        self.initial.setdefault("on", timezone.localdate())
        self.unmarked = ("mentor", "reason")

    def clean_on(self):
        on, pairing = self.cleaned_data["on"], self.pairing
        if on < pairing.starts_on:
            first = pairing.starts_on
            raise forms.ValidationError(f"不能早于结对开始的{first.year}年{first.month}月{first.day}日")
        if on > pairing.cohort.ends_on:
            raise forms.ValidationError("这一天在本期结束以后，请往前选")
        return on

    def clean(self):
        cleaned = super().clean()
        what = cleaned.get("what")
        if what == self.CHANGE and not cleaned.get("mentor") and "mentor" not in self.errors:
            self.add_error("mentor", "请选换成哪位师傅")
        if what in (self.CHANGE, self.PAUSE, self.END) and not cleaned.get("reason"):
            self.add_error("reason", "请点一下原因")
        return cleaned
