"""写心得 and 师傅回话."""

from django import forms
from django.urls import reverse

from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated

from ..models import Reflection

WORDS = {
    "learned": Dictated({"rows": 4}),
    "plan": forms.Textarea({"rows": 2}),
    "puzzle": forms.Textarea({"rows": 2}),
}


class ReflectionForm(StudioModelForm):
    submit_label = "交心得"
    unmarked = ("shared",)
    session = forms.ChoiceField(label="是哪一次带教", required=False)
    shared = forms.TypedChoiceField(
        label="谁能看",
        choices=[("", "师傅和街道"), ("yes", "同组也能看")],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Reflection
        fields = ("learned", "plan", "puzzle", "shared")
        widgets = WORDS
        error_messages = {"learned": {"required": "请写一写今天学到的一招，一句话也行"}}

    def __init__(self, *args, sessions=(), **kwargs):
        """`sessions`: the ledger entries of the latest sessions, newest first."""
        super().__init__(*args, **kwargs)
        self.by_id = {str(entry.pk): entry for entry in sessions}
        self.fields["session"].choices = [
            *(
                (key, f"{entry.on.month}月{entry.on.day}日 {entry.text[:40]}")
                for key, entry in self.by_id.items()
            ),
            ("", "不是哪一次带教"),
        ]
        self.initial.setdefault("session", next(iter(self.by_id), ""))
        self.order_fields(["session", "learned", "plan", "puzzle", "shared"])

    def clean_session(self):
        return self.by_id.get(self.cleaned_data["session"])

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=["reflection-new"])}


class ReflectionEditForm(StudioModelForm):
    submit_label = "改好了"
    carries_version = True
    shared = ReflectionForm.declared_fields["shared"]

    class Meta:
        model = Reflection
        fields = ("learned", "plan", "puzzle", "shared")
        widgets = WORDS
        error_messages = ReflectionForm.Meta.error_messages

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["shared"] = "yes" if self.instance.shared else ""


class ReplyForm(StudioForm):
    """Words in the box, or one of three sentences at one press; the other one stays as it was."""

    submit_label = "回话"
    unmarked = ("text",)
    quick = forms.ChoiceField(
        choices=[("", ""), *Reflection.QuickReply.choices],
        required=False,
        widget=forms.HiddenInput({"id": False}),
    )
    text = forms.CharField(label="或者说几句", max_length=1000, required=False, widget=Dictated({"rows": 3}))

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("quick") and not cleaned.get("text"):
            self.add_error("text", "请写几句，或者点一句现成的")
        return cleaned
