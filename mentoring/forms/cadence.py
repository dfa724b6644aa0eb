"""三个一: what a period is about, and which session it was."""

from django import forms

from people import words
from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated

from .. import cadence
from ..models import CadenceCell
from ..models.cadence import REPORT_MOST


class CellForm(StudioModelForm):
    """`groups`: others for which the same may be set (各组同题), or none.

    `action`: the address it is sent to, where that is not its own page.
    """

    submit_label = "定下来"
    carries_version = True

    class Meta:
        model = CadenceCell
        fields = ("theme", "held_on", "host", "place")

    def __init__(self, *args, groups=(), action="", **kwargs):
        super().__init__(*args, **kwargs)
        self.action = action
        self.groups = {str(group.pk): group for group in groups}
        self.fields["theme"].help_text = "一句话，比如：电动车上楼怎么管"
        self.fields["theme"].error_messages["required"] = "请写一个主题"
        self.fields["held_on"].help_text = "打算哪一天办，还没想好可以空着"
        if self.groups:
            self.fields["groups"] = forms.MultipleChoiceField(
                label="这些组也用这个主题",
                required=False,
                choices=[(key, str(group)) for key, group in self.groups.items()],
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields["groups"].widget.tick_all = "各组同题"

    def form_attrs(self):
        return {"action": self.action} if self.action else {}

    def clean_held_on(self):
        day, cell = self.cleaned_data["held_on"], self.instance
        if day is None:
            return None
        first, last = cadence.days_of(cell.kind, cell.year, cell.period)
        last = max(last, cadence.due_on(cell.studio, cell.kind, cell.year, cell.period))
        if not first <= day <= last:
            raise forms.ValidationError(f"请选{words.short_day(first)}到{words.short_day(last)}中间的一天")
        return day

    def also(self):
        """The groups that were ticked."""
        return [self.groups[key] for key in self.cleaned_data.get("groups", ())]

    def words(self):
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class LinkForm(StudioForm):
    """`held`: the sessions, meetings and visits that may stand behind the cell."""

    submit_label = "就是这一次"
    carries_version = True

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = {f"{one._meta.model_name}-{one.pk}": one for one in held}
        field = forms.ChoiceField(
            label="是哪一次",
            choices=[(key, cadence.told(one)) for key, one in self.held.items()],
            widget=forms.RadioSelect,
            error_messages={"required": "请点一下是哪一次"},
        )
        field.widget.rows = True
        self.fields["held"] = field

    def chosen(self):
        return self.held[self.cleaned_data["held"]]


def add_counts(form, slots, meant):
    """A field `counts` for the set themes an act may stand behind; ticked where `meant(slot)`."""
    form.slots = {"-".join(map(str, slot.args)): slot for slot in slots}
    if not slots:
        return
    field = forms.MultipleChoiceField(
        label="三个一里也算",
        required=False,
        choices=[(key, f"{slot.whose}{slot.title}：{slot.theme}") for key, slot in form.slots.items()],
        initial=[key for key, slot in form.slots.items() if meant(slot)],
        widget=forms.CheckboxSelectMultiple,
        help_text="定好的主题，就是这一次办的，点一下。",
    )
    field.widget.rows = True
    form.fields["counts"] = field


def counted(form):
    """The slots that were ticked."""
    return [form.slots[key] for key in form.cleaned_data.get("counts", ())]


class UnlinkForm(StudioForm):
    submit_label = "取下来"
    carries_version = True


class FillForm(StudioForm):
    """One button under a list of what will be written."""

    submit_label = "就这样定"


class ReportForm(StudioForm):
    submit_label = "交总结"
    carries_version = True
    unmarked = ("report",)

    def __init__(self, *args, draft_url="", **kwargs):
        super().__init__(*args, **kwargs)
        self.draft_url = draft_url
        self.fields["report"] = forms.CharField(
            label="总结",
            max_length=REPORT_MOST,
            widget=Dictated({"rows": 12}),
            help_text="开头按记录替您起好了，请接着写：做了什么，有什么用，还差什么。",
            error_messages={"required": "请写几句总结"},
        )

    def form_attrs(self):
        return {"data-autosave": self.draft_url} if self.draft_url else {}
