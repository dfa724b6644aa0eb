"""能来 or 来不了 with a reason; who came."""

from django import forms

from people.forms.base import StudioForm

from .session_parts import PeopleField

NOBODY_CAME = "请点一下谁来了。一个都没来的话，请取消这次安排"
OTHER = "other"
REASONS = [(text, text) for text in ("那天有会", "值班走不开", "出差、外出", "身体不舒服", "家里有事")]


class CannotComeForm(StudioForm):
    """Why one cannot come: a tap, or a few words of one's own."""

    submit_label = "来不了"
    submit_class = "btn-main"

    reason = forms.ChoiceField(
        label="因为什么",
        choices=[*REASONS, (OTHER, "别的")],
        widget=forms.RadioSelect,
        error_messages={"required": "请点一下因为什么，师傅好另外安排"},
    )
    words = forms.CharField(
        label="说一句", max_length=60, required=False,
        widget=forms.TextInput({"data-when": f"reason={OTHER}"}),
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if data.get("reason") == OTHER and not data.get("words") and "words" not in self.errors:
            self.add_error("words", "请说一句因为什么，几个字就行")
        return data

    def why(self):
        chosen = self.cleaned_data["reason"]
        return self.cleaned_data["words"] if chosen == OTHER else chosen


class CameForm(StudioForm):
    """谁来了: chips of all who were asked."""

    submit_label = "记好了，去写带教"
    unmarked = ("came",)

    def __init__(self, *args, pairings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["came"] = PeopleField(
            pairings,
            label="谁来了",
            error_messages={"required": NOBODY_CAME},
        )
        self.fields["came"].widget.tick_all = "都来了"
