"""会诊会: when and where, who was there, the notes of the blocks, one opinion at a time."""

from datetime import date

from django import forms
from django.urls import reverse
from django.utils import timezone

from people.forms.base import PlainForm, StudioForm
from people.forms.dress import Dictated
from people.forms.known import PICK, KnownRow, KnownRows
from people.kept import KeptQuery
from people.roles import MENTOR_ROLES, Role

from ..actions.minutes import mark, plain
from ..draft_keys import idea_key
from ..models import Block, Case, State
from ..models.meeting import NOTED
from ..roles import around, of_roles
from .people import person_label

SEAT_ROWS = 6
MOST_MINUTES = 120
FIGURES = "①②③④⑤⑥"
HINTS = {
    Block.TOLD: "只记要紧的，不写居民的姓名和门牌号",
    Block.RETOLD: "主持人用自己的话说一遍，请学员听听对不对",
    Block.ASKED: "只问，先不出主意；一问一答记一行",
    Block.SUMMARY: "病因是什么，哪几个办法最要紧；开药方时会带过去",
    Block.PLAN: "谁做什么、几号前",
}


def _ask_consulted(person, studio):
    found = Case.objects.visible_to(person).filter(studio=studio, state=State.CONSULTING)
    return found.select_related("owner")


def _ask_on_agenda(person, meeting):
    return Case.objects.filter(agenda_items__meeting=meeting).select_related("owner")


_CONSULTED, _ON_AGENDA = KeptQuery(_ask_consulted), KeptQuery(_ask_on_agenda)


class MeetingForm(StudioForm):
    carries_version = True
    submit_label = "就这么定"
    at = forms.DateTimeField(label="什么时候开", error_messages={"required": "请写什么时候开"})
    place = forms.CharField(label="在哪里开", max_length=60, error_messages={"required": "请写在哪里开"})
    chair = KnownRow(label="主持人", error_messages={"required": "请选一位主持人"})
    cases = KnownRows(label="会上讲哪几件", error_messages={"required": "请至少选一件在会诊的案例"})

    def __init__(self, *args, studio, by, meeting=None, **kwargs):
        """`meeting`: the one to change, or None."""
        if meeting:
            chosen = list(meeting.items.order_by("order").values_list("case", flat=True))
            kwargs["initial"] = {
                "at": meeting.at, "place": meeting.place, "chair": meeting.chair_id, "cases": chosen,
                "version": meeting.version,
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        people = around(studio)
        self.fields["chair"].offer(of_roles(people, Role.STAFF, *MENTOR_ROLES), person_label, PICK)
        if not meeting:
            self.initial.setdefault("chair", next(iter(of_roles(people, Role.LEAD)), None))
        found = {case.pk: case for case in _CONSULTED.all(by, studio=studio.pk)}
        if meeting:
            found |= {case.pk: case for case in _ON_AGENDA.all(meeting=meeting.pk)}
        offered = sorted(found.values(), key=lambda case: (case.due_on or date.max, case.pk))
        self.fields["cases"].offer(offered, lambda case: f"{case.title}（{case.owner.called}）")
        self.fields["cases"].widget.rows = True

    def clean_at(self):
        at = self.cleaned_data["at"]
        moved = self.meeting is None or at != self.meeting.at
        if moved and timezone.localdate(at) < timezone.localdate():
            raise forms.ValidationError("会议时间已经过了，请往后选")
        return at

    def values(self):
        data = self.cleaned_data
        return {name: data[name] for name in ("at", "place", "chair")} | {"cases": list(data["cases"])}


class SeatForm(StudioForm):
    """Who was there: people of the studio ticked, others by organisation and name."""

    submit_label = "记好了"
    form_tag = False
    people = forms.ModelMultipleChoiceField(
        None, label="工作室里的人", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = person_label


class OutsideRow(PlainForm):
    unmarked = ("organisation", "name")
    organisation = forms.CharField(label="单位或居民区", max_length=40, required=False)
    name = forms.CharField(label="姓名", max_length=20, required=False)
    post = forms.CharField(label="职务", max_length=30, required=False)

    def clean(self):
        data = super().clean()
        for one, other, words in (("organisation", "name", "姓名"), ("name", "organisation", "单位或居民区")):
            if data.get(one) and not data.get(other) and other not in self.errors:
                self.add_error(other, f"请把{words}也写上")
        return data

    def row(self):
        data = self.cleaned_data
        return (data["organisation"], data["name"], data["post"]) if data.get("name") else None


def outside_rows(posted, seats):
    """Rows for those from outside who are there already, and some empty ones."""
    count = max(SEAT_ROWS, len(seats) + 2)
    initial = [{"organisation": s.organisation, "name": s.name, "post": s.post} for s in seats]
    initial += [None] * (count - len(initial))
    return [OutsideRow(posted, prefix=f"row-{n}", initial=one) for n, one in enumerate(initial, start=1)]


class NotesForm(StudioForm):
    """The notes of one case, block by block; each carries the mark of the text it began from."""

    submit_label = "存好记录"
    form_tag = False

    def __init__(self, *args, notes, item, autosave, **kwargs):
        """`notes`: {block: BlockNote}."""
        super().__init__(*args, **kwargs)
        self.autosave = autosave
        for figure, block in zip(FIGURES, Block, strict=True):
            if block not in NOTED:
                continue
            note = notes.get(block)
            text = note.text if note else ""
            self.fields[block.value] = forms.CharField(
                label=f"{figure} {block.label}", max_length=3000, required=False, initial=text,
                help_text=HINTS[block], widget=Dictated({"rows": 4}),
            )  # fmt: skip
            self.fields[f"was_{block.value}"] = forms.CharField(
                required=False, initial=mark(text), widget=forms.HiddenInput({"id": False})
            )
            self.fields[f"minutes_{block.value}"] = forms.IntegerField(
                label="打算用几分钟", min_value=1, max_value=MOST_MINUTES, required=False,
                initial=note.minutes if note else None,
            )  # fmt: skip
        self.fields["followup_on"] = forms.DateField(
            label="复诊日期", required=False, initial=item.followup_on
        )
        self.unmarked = tuple(self.fields)

    def texts(self):
        return {block.value: self.cleaned_data[block.value] for block in NOTED}

    def was(self):
        return {block.value: self.cleaned_data[f"was_{block.value}"] for block in NOTED}

    def minutes(self):
        return {block.value: self.cleaned_data[f"minutes_{block.value}"] for block in NOTED}

    def tell(self, clashes):
        """Say whose text stands there now; sent once more, the text of this page counts."""
        self.data = self.data.copy()
        for clash in clashes:
            who, there = clash.note.written_by.called, clash.note.text
            self.add_error(
                clash.block, f"{who}刚才也在写这一段，那边写的是：“{there}”。您写的还在框里，合在一起再存一次"
            )
            self.data[f"was_{clash.block}"] = mark(there)


class IdeaForm(StudioForm):
    """④ 大家出主意: one row."""

    submit_label = "记下这一条"
    speaker = forms.ChoiceField(
        label="谁说的", widget=forms.Select({"form": "idea"}), error_messages={"required": "请选是谁说的"}
    )
    text = forms.CharField(
        label="说了什么", max_length=2000, widget=Dictated({"rows": 3, "form": "idea"}),
        error_messages={"required": "请记一两句"},
    )  # fmt: skip

    def __init__(self, *args, speakers, item, **kwargs):
        """`speakers`: {choice: Person, CaseGuest or Seat}."""
        super().__init__(*args, prefix="idea", **kwargs)
        self.autosave = reverse("people:draft", args=[idea_key(item.pk)])
        self.speakers = speakers
        named = [(key, _name(one)) for key, one in speakers.items()]
        self.fields["speaker"].choices = [("", "请选"), *named]

    def clean_text(self):
        return plain(self.cleaned_data["text"])

    def whose(self):
        return self.speakers[self.cleaned_data["speaker"]]


def _name(speaker):
    return person_label(speaker) if hasattr(speaker, "salutation") else speaker.called
