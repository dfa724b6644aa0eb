"""结对 and 调整结对."""

from collections import Counter

from django import forms
from django.db.models import Count
from django.utils import timezone

from people.forms.base import StudioForm, StudioModelForm
from people.models import Person
from people.roles import MENTOR_ROLES, Role

from ..models import Pairing

FIELD = "to_{}"


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


class PairingForm(StudioForm):
    """One 「分给」 per unpaired apprentice; those left open stay unpaired."""

    submit_label = "确认结对"
    starts_on = forms.DateField(label="从哪天开始", error_messages={"required": "请选从哪天开始"})

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.apprentices = list(unpaired(cohort))
        self.mentors = {str(mentor.pk): mentor for mentor in mentors_of(cohort.studio)}
        taken = cohort.pairings.current().values_list("mentor").annotate(Count("pk")).order_by("mentor")
        self.taken = {str(pk): number for pk, number in taken}
        self.initial.setdefault("starts_on", max(cohort.starts_on, timezone.localdate()))
        choices = [("", "先不分"), *((key, self.offer(key)) for key in self.mentors)]
        for apprentice in self.apprentices:
            self.fields[FIELD.format(apprentice.pk)] = forms.ChoiceField(
                label=f"{apprentice.name}分给", choices=choices, required=False
            )
        self.unmarked = tuple(FIELD.format(apprentice.pk) for apprentice in self.apprentices)

    def offer(self, key):
        """赵书记（已带3名，最多5名）."""
        return f"{self.mentors[key].called}（已带{self.taken.get(key, 0)}名，最多{self.cohort.capacity}名）"

    def rows(self):
        """[(apprentice, bound field)] for the table."""
        return [(apprentice, self[FIELD.format(apprentice.pk)]) for apprentice in self.apprentices]

    def clean_starts_on(self):
        day, cohort = self.cleaned_data["starts_on"], self.cohort
        if not cohort.starts_on <= day <= cohort.ends_on:
            raise forms.ValidationError("这一天不在本期里面，请看看是不是选错了")
        return day

    def clean(self):
        cleaned = super().clean()
        chosen = Counter(cleaned.get(name) for name in self.unmarked)
        chosen.pop("", None)
        chosen.pop(None, None)
        if not self.errors and not chosen:
            raise forms.ValidationError("还没有给哪位学员选师傅")
        for key, number in chosen.items():
            most = self.cohort.capacity - self.taken.get(key, 0)
            if number > most:
                self.add_error(None, f"{self.mentors[key].called}还能带{most}名，这里选了{number}名")
        return cleaned

    def wanted(self):
        """[(mentor, apprentice)] as chosen."""
        given = ((one, self.cleaned_data[FIELD.format(one.pk)]) for one in self.apprentices)
        return [(self.mentors[key], apprentice) for apprentice, key in given if key]


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
