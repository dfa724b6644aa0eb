"""Forms of what comes after scoring: adjusting, 群众测评, words, leaving out, appeals, corrections."""

from django import forms
from django.urls import reverse

from people.forms.base import StudioForm
from people.forms.dress import Dictated

from ..models import Appeal
from ..models.score import BALLOTS


class AdjustForm(StudioForm):
    """Another mark in place of those of one indicator, with the reason; empty takes it back."""

    submit_label = "就按这个算"
    unmarked = ("value",)
    value = forms.DecimalField(label="调成几分", required=False, min_value=1, max_value=5, decimal_places=2)
    why = forms.CharField(
        label="为什么",
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "请写为什么要调，这一条会一直留着"},
    )
    value.help_text = "1到5分。要按打的分算，这里空着"


class BallotsForm(StudioForm):
    """How many people said what; nothing about who."""

    carries_version = True
    submit_label = "记下来"

    def __init__(self, *args, instance=None, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)
        for name, _, label in BALLOTS:
            self.fields[name] = forms.IntegerField(
                label=f"{label}（几票）",
                min_value=0,
                max_value=100_000,
                initial=getattr(instance, name, 0),
                error_messages={"required": f"请写{label}有几票，没有就写0"},
            )

    def counts(self):
        return {name: self.cleaned_data[name] for name, _, _ in BALLOTS}


def _word_fields(form, result):
    for name, label in (("strengths", "长处"), ("improve", "下一步")):
        given = getattr(result, name)
        for place in (1, 2):
            form.fields[f"{name}_{place}"] = forms.CharField(
                label=f"{label}{'一二'[place - 1]}",
                max_length=60,
                initial=given[place - 1] if len(given) >= place else "",
                error_messages={"required": f"请写{label}{'一二'[place - 1]}，一句话就好"},
            )


class WordsForm(StudioForm):
    """两个长处、两个下一步, as the apprentice will read them."""

    carries_version = True
    submit_label = "就这样写"

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)
        _word_fields(self, instance)

    def words(self):
        return {
            name: [self.cleaned_data[f"{name}_1"], self.cleaned_data[f"{name}_2"]]
            for name in ("strengths", "improve")
        }


class DropForm(StudioForm):
    carries_version = True
    submit_label = "这一轮不评了"
    why = forms.CharField(
        label="原因", max_length=100, error_messages={"required": "请写一句为什么不评，比如“调到别的街道”"}
    )

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)


class AppealForm(StudioForm):
    submit_label = "提申诉"
    text = forms.CharField(
        label="哪里不同意，为什么",
        max_length=1000,
        widget=Dictated,
        error_messages={"required": "请写哪一项不同意、为什么，一两句话就行"},
    )

    def __init__(self, *args, key, **kwargs):
        super().__init__(*args, **kwargs)
        self.key = key

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[self.key])}


class AnswerForm(StudioForm):
    carries_version = True
    submit_label = "答复"
    outcome = forms.ChoiceField(
        label="结论",
        choices=Appeal.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请点结果改不改"},
    )
    answer = forms.CharField(
        label="答复",
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "请写几句答复，说清楚看了什么、为什么"},
    )

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)


class CorrectForm(StudioForm):
    """After publication: other marks, ballots or words, as a new version with its reason."""

    submit_label = "存成新的一版"

    def __init__(self, *args, result, **kwargs):
        super().__init__(*args, **kwargs)
        self.result = result
        self.fields["why"] = forms.CharField(
            label="为什么改",
            max_length=200,
            widget=forms.Textarea({"rows": 3}),
            error_messages={"required": "请写为什么改，本人和师傅都看得到"},
        )
        for row in result.copy["indicators"]:
            self.fields[f"value_{row['key']}"] = forms.DecimalField(
                label=f"{row['name']}（{row['value'] or '没有打分'}）",
                required=False,
                min_value=1,
                max_value=5,
                decimal_places=2,
            )
        for _, mark, label in BALLOTS:
            self.fields[f"ballots_{mark}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=100_000,
                initial=result.copy["masses"][str(mark)],
                error_messages={"required": f"请写{label}有几票，没有就写0"},
            )
        _word_fields(self, result)
        self.unmarked = tuple(name for name in self.fields if name.startswith("value_"))

    def _parts(self, *starts):
        return [self[name] for name in self.fields if name.startswith(starts)]

    @property
    def values(self):
        return self._parts("value_")

    @property
    def ballots(self):
        return self._parts("ballots_")

    @property
    def words(self):
        return self._parts("strengths_", "improve_")

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self._changed():
            raise forms.ValidationError("什么也没有改。不用更正的话，回去就行")
        return cleaned

    def _changed(self):
        given = self.given()
        same = given["masses"] == {int(mark): count for mark, count in self.result.copy["masses"].items()}
        words = all(given[name] == getattr(self.result, name) for name in ("strengths", "improve"))
        return given["values"] or not same or not words

    def given(self):
        """What growth.actions.results.correct takes, besides the persons."""
        data = self.cleaned_data
        keys = [row["key"] for row in self.result.copy["indicators"]]
        return {
            "why": data["why"],
            "values": {key: data[f"value_{key}"] for key in keys if data.get(f"value_{key}") is not None},
            "masses": {mark: data[f"ballots_{mark}"] for _, mark, _ in BALLOTS},
            "strengths": [data["strengths_1"], data["strengths_2"]],
            "improve": [data["improve_1"], data["improve_2"]],
        }
