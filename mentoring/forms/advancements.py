"""培养晋级: the packet, signatures, the apprentice's word, the decision."""

from datetime import timedelta
from html import escape

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from growth.models import Kind, Post
from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated
from people.forms.known import PICK, KnownRow
from people.kept import KeptQuery
from people.words import short_day

from ..actions.advancements import DETAILS, MOST_EVIDENCE, draft_key
from ..models import Advancement, Cohort
from .pairings import named, present_mentors

Proposal = Advancement.Proposal
FURTHEST_DAYS = 183


def _ask_later(person, studio, cohort):
    later = Cohort.objects.filter(studio=studio, ends_on__gt=timezone.localdate())
    return later.exclude(pk=cohort)


_LATER = KeptQuery(_ask_later)


class ProposeForm(StudioModelForm):
    """`entries`: lines of the ledger to choose the evidence from."""

    submit_label = "提出来"
    evidence = forms.MultipleChoiceField(
        label="哪些记录作依据",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请至少点一条记录作依据",
            "invalid_choice": "有的记录已经不在了，请再看一遍",
        },
    )

    class Meta:
        model = Advancement
        fields = ("proposal", "rank", "title", "starts_on", "reasons")
        widgets = {"proposal": forms.RadioSelect, "rank": forms.RadioSelect, "reasons": Dictated({"rows": 5})}
        error_messages = {
            "proposal": {"required": "请点一下提什么"},
            "reasons": {"required": "请写依据，为什么这样提"},
            "starts_on": {"required": "请选从哪天起"},
        }

    def __init__(self, *args, pairing, entries, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairing, self.entries = pairing, {str(entry.pk): entry for entry in entries}
        fields, studio = self.fields, pairing.studio
        fields["proposal"].choices = Proposal.choices
        fields["rank"].choices = Post.Rank.choices[:4]
        for name in ("rank", "title"):
            fields[name].widget.attrs["data-when"] = f"proposal={Proposal.POST}"
        later = _LATER.all(studio=studio.pk, cohort=pairing.cohort_id)
        fields["next_cohort"] = KnownRow(rows=later, blank=PICK, label="下一期", required=False)
        fields["next_mentor"] = KnownRow(
            rows=present_mentors(studio), told=named, blank=PICK, label="下一期的师傅", required=False,
            help_text="不选就等下一期结对时再定",
        )  # fmt: skip
        for name in ("next_cohort", "next_mentor"):
            fields[name].widget.attrs["data-when"] = f"proposal={Proposal.NEXT}"
        fields["title"].help_text = "写全称，如 管弄新村居民区党总支副书记"
        self.lines = {key: self._line(entry) for key, entry in self.entries.items()}
        fields["evidence"].choices = list(self.lines.items())
        fields["evidence"].widget.rows = True
        fields["evidence"].help_text = f"里程碑和考核已经点好了，最多{MOST_EVIDENCE}条"
        self.initial.setdefault("evidence", [key for key, one in self.entries.items() if self._usual(one)])
        self.initial.setdefault("starts_on", timezone.localdate())
        self.unmarked = ("rank", "title", "next_cohort", "evidence")
        self.order_fields(["proposal", "rank", "title", "next_cohort", "next_mentor", "starts_on", "reasons"])

    @property
    def usual_boxes(self):
        """What is mostly chosen from: milestones, assessments, honours."""
        return self._boxes([key for key, one in self.entries.items() if self._weighty(one)])

    @property
    def other_boxes(self):
        return self._boxes([key for key, one in self.entries.items() if not self._weighty(one)])

    @property
    def others_open(self):
        """Whether the other lines are unfolded: one is ticked, or there is nothing else to choose from."""
        ticked = set(self["evidence"].value() or ())
        weighty = {key for key, one in self.entries.items() if self._weighty(one)}
        return not weighty or bool(ticked & set(self.entries) - weighty) or "evidence" in self.errors

    def _boxes(self, keys):
        """Ticks for some of the lines, all of the one field `evidence`."""
        ticked = set(self["evidence"].value() or ())
        return [self._box(key, " checked" if key in ticked else "") for key in keys]

    def _box(self, key, checked):
        own = f"id_evidence_{int(key)}"
        box = f'<input type="checkbox" name="evidence" value="{int(key)}" id="{own}"{checked}>'
        label = f'<label for="{own}"><span>{escape(self.lines[key])}</span></label>'
        return mark_safe(f'<div class="choice">{box}{label}</div>')

    @staticmethod
    def _weighty(entry):
        return entry.milestone or entry.kind in ("assessment", "honour")

    @staticmethod
    def _line(entry):
        signed = f"（{entry.by.name}记）" if entry.by else ""
        return f"{short_day(entry.on)} {Kind(entry.kind).label}：{entry.text}{signed}"

    @staticmethod
    def _usual(entry):
        return entry.milestone or entry.kind == "assessment"

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[draft_key(self.pairing.apprentice)])}

    def clean_evidence(self):
        keys = self.cleaned_data["evidence"]
        if len(keys) > MOST_EVIDENCE:
            raise forms.ValidationError(f"最多点{MOST_EVIDENCE}条，现在是{len(keys)}条")
        return [self.entries[key] for key in keys]

    def clean_starts_on(self):
        day, first = self.cleaned_data["starts_on"], self.pairing.starts_on
        last = timezone.localdate() + timedelta(days=FURTHEST_DAYS)
        if not first <= day <= last:
            raise forms.ValidationError(f"请选{short_day(first)}到{short_day(last)}中间的一天")
        return day

    def clean(self):
        cleaned = super().clean()
        proposal = cleaned.get("proposal")
        if proposal == Proposal.POST:
            self._need("rank", "请点一下任哪一种职务")
            self._need("title", "请写职务")
        else:
            cleaned["rank"] = cleaned["title"] = ""
        if proposal == Proposal.NEXT:
            self._need("next_cohort", "请选进入哪一期。还没有下一期，先到期次里建")
        else:
            cleaned["next_cohort"] = cleaned["next_mentor"] = None
        return cleaned

    def _need(self, name, sentence):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)

    def details(self):
        return {name: self.cleaned_data[name] for name in DETAILS}


class SignForm(StudioForm):
    submit_label = "签字"
    carries_version = True
    words = forms.CharField(label="想说的话", max_length=300, required=False, widget=Dictated({"rows": 3}))


class WordForm(StudioForm):
    submit_label = "就这样说"
    carries_version = True
    word = forms.CharField(
        label="您的想法",
        max_length=300,
        widget=Dictated({"rows": 4}),
        error_messages={"required": "请说一句，同意也说一声"},
    )


class DecideForm(StudioForm):
    submit_label = "定下来"
    carries_version = True
    decision = forms.ChoiceField(
        label="怎么定",
        choices=Advancement.Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请点一下怎么定"},
    )
    words = forms.CharField(label="说明", max_length=300, required=False, widget=forms.Textarea({"rows": 3}))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") == Advancement.Decision.REFUSED and not cleaned.get("words", "").strip():
            self.add_error("words", "不同意的，请写一句为什么")
        return cleaned


class DropForm(StudioForm):
    submit_label = "撤回这一份"
    submit_class = "btn-danger-quiet"
    carries_version = True
