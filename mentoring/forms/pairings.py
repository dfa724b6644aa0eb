"""结对: who can be paired; 带教目标, 怎么带 and 调整结对."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from people.forms.base import StudioForm, StudioModelForm
from people.forms.known import PICK, KnownRow
from people.kept import KeptQuery
from people.models import Membership, Neighbourhood, Person
from people.roles import MENTOR_ROLES, Role
from people.words import short_day

from ..models import Pairing

Reason = Pairing.Reason
# Reasons that staff choose among; 可以继续了 belongs to 继续带, 期满 needs no choosing.
REASONS = [(one.value, one.label) for one in Reason if one not in (Reason.BACK, Reason.TERM)]
NO_WORDS = "选了“其他”，请写一句是什么原因"


def mentors_of(studio):
    """Present mentors of the studio in a fixed order."""
    return _holding(studio, MENTOR_ROLES)


def present_mentors(studio):
    """`mentors_of` as a list, each with the neighbourhood: for choices."""
    return _MENTORS.all(studio=studio.pk)


_MENTORS = KeptQuery(lambda person, studio: mentors_of(studio).select_related("neighbourhood"))


def _holding(studio, roles):
    held = Membership.objects.current().filter(studio=studio, role__in=roles)
    return Person.objects.filter(pk__in=held.values("person")).order_by("pk")


def unpaired(studio):
    """Present apprentices of the studio (its id) without a mentor now, in any cohort."""
    paired = Pairing.objects.current().filter(studio=studio).values("apprentice")
    learners = _holding(studio, (Role.APPRENTICE,)).exclude(pk__in=paired)
    return learners.select_related("neighbourhood")


def named(mentor):
    """沈书记（沈佩芝）, as a choice says it."""
    return f"{mentor.called}（{mentor.name}）"


class GoalForm(StudioModelForm):
    submit_label = "存下来"
    carries_version = True

    class Meta:
        model = Pairing
        fields = ("goal",)
        widgets = {"goal": forms.Textarea({"rows": 4})}


def _ask_open_places(person, street, station):
    """Places of the street without a committee, and the one where the mentor is stationed already."""
    places = Neighbourhood.objects.filter(street=street)
    return places.filter(Q(has_committee=False) | Q(pk=station))


_OPEN_PLACES = KeptQuery(_ask_open_places)


class KindForm(StudioForm):
    """带教组, 一对一 or 驻点, and where the mentor is stationed."""

    submit_label = "就这样带"
    carries_version = True
    kind = forms.ChoiceField(
        label="怎么带",
        choices=[
            (Pairing.Kind.GROUP, "带教组：一位师傅带几名"),
            (Pairing.Kind.SINGLE, "一对一：育苗工程"),
            (Pairing.Kind.STATIONED, "驻点：师傅驻到还没有居委会的居民区"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请点一下怎么带"},
    )

    def __init__(self, *args, pairing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget.rows = True
        asked = {"street": pairing.studio.street_id or 0, "station": pairing.station_id or 0}
        self.fields["station"] = KnownRow(
            rows=_OPEN_PLACES.all(**asked), blank=PICK, label="驻在哪个居民区", required=False
        )
        self.fields["station"].widget.attrs["data-when"] = f"kind={Pairing.Kind.STATIONED}"
        self.fields["station"].help_text = "名单里是还没成立居委会的居民区，成立没成立在“居民区”那一页改"
        self.fields["version"].initial = pairing.version
        self.initial |= {"kind": pairing.kind, "station": pairing.station_id}
        self.unmarked = ("station",)
        self.order_fields(["kind", "station"])

    def clean(self):
        cleaned = super().clean()
        stationed = cleaned.get("kind") == Pairing.Kind.STATIONED
        if stationed and not cleaned.get("station") and "station" not in self.errors:
            self.add_error("station", "请选驻在哪个居民区")
        if not stationed:
            cleaned["station"] = None
        return cleaned


class ChangeForm(StudioForm):
    """换师傅, 暂停, 继续, 提前结束 or 期满, each with day and reason."""

    submit_label = "就这样调整"
    carries_version = True
    CHANGE, PAUSE, RESUME, END, FINISH = "change", "pause", "resume", "end", "finish"

    what = forms.ChoiceField(
        label="怎么调整",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请点一下怎么调整"),
    )
    on = forms.DateField(label="从哪天起", required=False)
    reason = forms.ChoiceField(label="原因", choices=REASONS, widget=forms.RadioSelect, required=False)
    note = forms.CharField(label="说明", max_length=200, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args, pairing, today=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairing, self.today = pairing, today or timezone.localdate()
        paused = pairing.state == Pairing.State.PAUSED
        pause = (self.RESUME, "继续带") if paused else (self.PAUSE, "暂停")
        choices = [(self.CHANGE, "换师傅"), pause, (self.END, "提前结束")]
        if self.today >= pairing.cohort.ends_on:
            choices.append((self.FINISH, "期满"))
        self.fields["what"].choices = choices
        if paused:
            self.fields["reason"].choices = [(Reason.BACK.value, Reason.BACK.label), *REASONS]
        others = [one for one in present_mentors(pairing.studio) if one.pk != pairing.mentor_id]
        self.fields["mentor"] = KnownRow(
            rows=others, told=named, blank=PICK, label="换成哪位师傅", required=False,
            error_messages={"invalid_choice": "这位不是本工作室的带教书记，请再选一次"},
        )  # fmt: skip
        self.fields["mentor"].widget.attrs["data-when"] = f"what={self.CHANGE}"
        self.fields["version"].initial = pairing.version
        self.initial.setdefault("on", min(self.today, pairing.cohort.ends_on))
        self.unmarked = ("mentor", "on", "reason")
        self.order_fields(["what", "mentor"])

    def clean_on(self):
        on, pairing = self.cleaned_data["on"], self.pairing
        if on is None:
            return on
        if on < pairing.starts_on:
            first = pairing.starts_on
            raise forms.ValidationError(f"不能早于结对开始的{first.year}年{first.month}月{first.day}日")
        if on > pairing.cohort.ends_on:
            raise forms.ValidationError(
                f"这一天在本期结束（{short_day(pairing.cohort.ends_on)}）以后，请往前选"
            )
        return on

    def clean(self):
        cleaned = super().clean()
        what = cleaned.get("what")
        if what == self.FINISH:
            return cleaned
        if what == self.CHANGE and not cleaned.get("mentor") and "mentor" not in self.errors:
            self.add_error("mentor", "请选换成哪位师傅")
        if not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", "请选从哪天起")
        check_reason(self, cleaned)
        return cleaned


def check_reason(form, cleaned):
    """A reason is there, and 其他 says which."""
    if not cleaned.get("reason"):
        if "reason" not in form.errors:
            form.add_error("reason", "请点一下原因")
    elif cleaned["reason"] == Reason.OTHER and not cleaned.get("note", "").strip():
        form.add_error("note", NO_WORDS)


class FinishForm(StudioForm):
    """期满 for all pairs of a cohort."""

    submit_label = "都办期满"
