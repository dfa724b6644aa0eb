"""应知必会: topics of a studio, what a session covered, and calling people to a training."""

from django import forms
from django.utils import timezone
from django.utils.safestring import mark_safe

from people.competencies import Competency
from people.forms.base import FilterForm, StudioForm
from people.forms.persons import Tags

from ..actions.session_plans import plan_problem
from ..course import by_competency
from ..models import Group, TrainingList
from .session_parts import PlaceField

MOST_TOPICS = 6


class TopicForm(StudioForm):
    submit_label = "存下来"
    carries_version = True
    competency = forms.ChoiceField(
        label="哪项本领",
        choices=Competency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请点一下属于哪项本领"},
    )
    name = forms.CharField(
        label="内容", max_length=30, error_messages={"required": "请写教什么，如 加装电梯"}
    )
    words = Tags(
        label="记录里出现这些词就算讲到",
        required=False,
        help_text="几个词用顿号隔开，如 加梯、装电梯。内容的名称本身总是算的",
    )
    in_use = forms.BooleanField(label="要教（不点就从表里拿掉，记录还在）", required=False, initial=True)

    def __init__(self, *args, topic=None, **kwargs):
        super().__init__(*args, **kwargs)
        if topic:
            self.fields["version"].initial = topic.row.version if topic.row else 0
            self.initial |= {
                "competency": topic.competency, "name": topic.name, "words": list(topic.words),
                "in_use": topic.in_use,
            }  # fmt: skip

    def clean_name(self):
        return "".join(self.cleaned_data["name"].split())


class TopicsField(forms.MultipleChoiceField):
    """Topics as boxes under the names of the competencies; gives a list of keys."""

    def __init__(self, topics, **kwargs):
        choices = [(label, [(one.key, one.name) for one in found]) for label, found in by_competency(topics)]
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)
        flat = [(one.key, one.name) for one in topics]
        # The chips of the house know no groups of choices: the order keeps the competencies together.
        self.choices = flat


class SessionTopicsForm(StudioForm):
    """讲到的内容; nothing ticked is an answer too."""

    submit_label = "就是这些"

    def __init__(self, *args, topics, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keys"] = TopicsField(topics, label="这次讲到了哪些", required=False)
        self.unmarked = ("keys",)


class AskForm(FilterForm):
    """Which training about what: the first page of 定名单. GET, so that the list can be looked at again."""

    submit_label = "看看该请谁"
    form_class = "form"
    kind = forms.ChoiceField(label="哪种训", choices=TrainingList.Kind.choices, widget=forms.RadioSelect)

    def __init__(self, *args, topics, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keys"] = TopicsField(topics, label="讲什么", required=False)
        self.unmarked = ("kind", "keys")


_BOX = forms.CheckboxInput()


class InviteForm(StudioForm):
    """Whom to call. `rows`: [(pairing, Proposal)]."""

    submit_label = "定名单并通知"
    form_class = "form-wide"

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows

    # A box for each of forty apprentices: as fields they would cost more than all the rest of the page.

    def _ticked(self, pairing, proposal):
        if not self.is_bound:
            return proposal.called
        return _BOX.value_from_datadict(self.data, self.files, f"call_{pairing.apprentice_id}")

    def drawn(self):
        """[(pairing, proposal, its box, the box's id)]."""
        return [(pair, proposal, *self._box(pair, proposal)) for pair, proposal in self.rows]

    def _box(self, pair, proposal):
        name = f"call_{int(pair.apprentice_id)}"
        checked = " checked" if self._ticked(pair, proposal) else ""
        return mark_safe(f'<input type="checkbox" name="{name}" id="id_{name}"{checked}>'), f"id_{name}"

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.chosen():
            raise forms.ValidationError("名单上还没有人，请至少点一位")
        return cleaned

    def chosen(self):
        """[(apprentice, reason)] of those ticked."""
        return [
            (pair.apprentice, proposal.reason) for pair, proposal in self.rows if self._ticked(pair, proposal)
        ]


class TrainingPlanForm(StudioForm):
    """Who holds the training, when and where."""

    submit_label = "安排好了"
    unmarked = ("where", "place")

    def __init__(self, *args, training, **kwargs):
        super().__init__(*args, **kwargs)
        self.training = training
        groups = Group.objects.filter(cohort=training.cohort_id).select_related("mentor", "cohort", "studio")
        self.fields |= {
            "group": forms.ModelChoiceField(
                label="请哪位师傅来带", queryset=groups, error_messages={"required": "请选哪位师傅来带"}
            ),
            "held_on": forms.DateField(label="哪一天"),
            "starts_at": forms.TimeField(label="几点", required=False),
            "where": PlaceField(training.studio, label="在哪里"),
            "place": forms.CharField(label="或者写一个地方", max_length=60, required=False),
        }
        self.fields["group"].label_from_instance = lambda group: (
            f"{group.mentor.called}（{group.mentor.name}）"
        )

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        problem = plan_problem(day, self.training.cohort, timezone.localdate())
        if problem:
            raise forms.ValidationError(problem)
        return day

    def facts(self):
        data = self.cleaned_data
        names = ("group", "held_on", "starts_at", "place")
        return {name: data[name] for name in names} | data["where"]


class DropForm(StudioForm):
    submit_label = "这次不办了"
    submit_class = "btn-danger-quiet"
    carries_version = True
