"""受理: one form; which fields count depends on how the case is handled."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from people.forms.base import StudioForm
from people.forms.dress import Dictated
from people.forms.known import PICK, KnownRow, KnownRows
from people.kept import KeptQuery
from people.roles import MENTOR_ROLES, Role
from people.words import before
from people.workdays import caveat

from ..models import Case
from ..roles import around, mentor_of, of_roles
from .people import person_label

ONLINE, MEETING, DIRECT, TRANSFER, RETURN = "online", "meeting", "direct", "transfer", "return"
DISTRICT = "district"
WAYS = (
    (ONLINE, "线上会诊"),
    (MEETING, "线下会诊"),
    (DIRECT, "直接答复"),
    (TRANSFER, "转办"),
    (DISTRICT, "请区里协调"),
    (RETURN, "退回补充"),
)
CONSULTED = (ONLINE, MEETING)


def when(way):
    """Shown only while this way is chosen, where there is script."""
    return {"data-when": f"way={way}"}


class TriageForm(StudioForm):
    submit_label = "就这么办"
    unmarked = (
        "chair", "consultants", "outside", "due_on", "meeting_at", "meeting_place", "answer", "to", "reason",
        "sentence",
    )  # fmt: skip

    way = forms.ChoiceField(label="受理方式", choices=WAYS, widget=forms.RadioSelect, initial=ONLINE)
    category = forms.ChoiceField(label="类别", choices=Case.Category)
    urgency = forms.ChoiceField(label="急不急", choices=Case.Urgency)
    chair = KnownRow(label="主持人", required=False)
    consultants = KnownRows(label="请谁来会诊", required=False)
    outside = forms.BooleanField(label="还要请外面的专家或部门（受理以后发链接）", required=False)
    due_on = forms.DateField(
        label="线上会诊：几号前提意见", required=False, widget=forms.DateInput(when(ONLINE))
    )
    meeting_at = forms.DateTimeField(
        label="线下会诊：会议时间", required=False, widget=forms.DateTimeInput(when(MEETING))
    )
    meeting_place = forms.CharField(
        label="线下会诊：会议地点", max_length=60, required=False, widget=forms.TextInput(when(MEETING))
    )
    answer = forms.CharField(
        label="直接答复：怎么答复", max_length=2000, required=False, widget=Dictated(when(DIRECT))
    )
    to = forms.CharField(
        label="转办：转给谁", max_length=60, required=False, widget=forms.TextInput(when(TRANSFER))
    )
    reason = forms.CharField(
        label="转办：为什么转；请区里：要协调什么",
        max_length=300,
        required=False,
        widget=forms.TextInput(when(f"{TRANSFER}|{DISTRICT}")),
    )
    sentence = forms.CharField(
        label="退回补充：请补充什么", max_length=300, required=False, widget=forms.TextInput(when(RETURN))
    )
    words = forms.CharField(label="给提的人的话", max_length=300, required=False)

    def __init__(self, *args, case, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        people, mentor = around(case.studio), mentor_of(case.owner)
        leads = of_roles(people, Role.LEAD)
        chairs = (Role.STAFF, *MENTOR_ROLES)
        self.fields["chair"].offer(_others(case, people, *chairs), person_label, PICK)
        self.fields["consultants"].offer(_others(case, people, *MENTOR_ROLES, Role.CONSULTANT), expert)
        self.fields["chair"].initial = next((one for one in [*leads, mentor] if one), by)
        asked = {*_WANTED.all(case=case.pk), *([mentor.pk] if mentor else [])}
        self.fields["consultants"].initial = list(asked)
        due = timezone.localdate() + timedelta(days=case.studio.consult_days)
        self.fields["due_on"].initial = due
        self.fields["due_on"].help_text = caveat(due)
        self.fields["category"].initial, self.fields["urgency"].initial = case.category, case.urgency
        if case.wanted_way == Case.Way.MEETING:
            self.fields["way"].initial = MEETING

    def clean(self):
        data = super().clean()
        way = data.get("way")
        needed = {
            ONLINE: (("chair", "请选一位主持人"), ("due_on", "请写几号前提意见")),
            MEETING: (
                ("chair", "请选一位主持人"),
                ("meeting_at", "请写会议时间"),
                ("meeting_place", "请写会议地点"),
            ),
            DIRECT: (("answer", "请写怎么答复"),),
            TRANSFER: (("to", "请写转给谁办"), ("reason", "请写一句为什么转")),
            DISTRICT: (("reason", "请写一句要区里协调什么"),),
            RETURN: (("sentence", "请写一句要补充什么"),),
        }
        for name, sentence in needed.get(way, ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if way in CONSULTED:
            self._check_consultation(data, way)
        return data

    def _check_consultation(self, data, way):
        due, meeting = data.get("due_on"), data.get("meeting_at")
        if way == ONLINE and due and due < timezone.localdate():
            self.add_error("due_on", f"期限{before(due)}已经过了，请往后选")
        if way == MEETING and meeting and meeting < timezone.now():
            self.add_error("meeting_at", "会议时间已经过了，请往后选")
        if not data.get("consultants") and not data.get("outside") and "consultants" not in self.errors:
            self.add_error("consultants", "请至少请一位来会诊")


# Ids of those whom the owner would like to ask.
_WANTED = KeptQuery(
    lambda person, case: Case.wanted.through.objects.filter(case=case).values_list("person", flat=True)
)


def _others(case, people, *held):
    """Of `around` those who hold one of the roles; never the owner."""
    return [one for one in of_roles(people, *held) if one.pk != case.owner_id]


class ReasonForm(StudioForm):
    """One sentence for a move: why. `needed` is what to say when it is missing; "" makes it optional."""

    reason = forms.CharField(label="原因", max_length=300, widget=Dictated({"rows": 3}))

    def __init__(self, *args, label, needed, submit_label, **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = submit_label
        self.fields["reason"].label, self.fields["reason"].required = label, bool(needed)
        self.fields["reason"].error_messages["required"] = needed


class TransferForm(ReasonForm):
    unmarked = ("to",)
    where = forms.ChoiceField(
        label="转给谁", choices=(("office", "别的部门"), ("district", "请区里协调")),
        widget=forms.RadioSelect, initial="office",
    )  # fmt: skip
    to = forms.CharField(
        label="哪个部门", max_length=60, required=False, widget=forms.TextInput({"data-when": "where=office"})
    )

    def clean(self):
        data = super().clean()
        if data.get("where") == "office" and not data.get("to") and "to" not in self.errors:
            self.add_error("to", "请写转给谁办，例如：街道城建办")
        return data

    field_order = ("to", "reason")


def expert(person):
    """沈某某 沈书记（房管所，专长：加装电梯、业委会）."""
    about = [person.place, f"专长：{'、'.join(person.expertise)}" if person.expertise else ""]
    told = "，".join(part for part in about if part)
    return f"{person.name} {person.called}" + (f"（{told}）" if told else "")


class MergeForm(StudioForm):
    submit_label = "并过去"
    into = forms.ModelChoiceField(None, label="并到哪一件", error_messages={"required": "请选并到哪一件"})
    reason = forms.CharField(
        label="为什么是同一件事", max_length=200, widget=Dictated({"rows": 3}),
        error_messages={"required": "请写一句为什么是同一件事"},
    )  # fmt: skip

    def __init__(self, *args, cases, offered, **kwargs):
        """`cases`: the queryset to choose from; `offered`: [(id, words)] of the same cases, known already."""
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = cases
        self.fields["into"].choices = [("", "请选"), *offered]
