"""课题: the topic itself, a note of a meeting, what came of it."""

from django import forms
from django.urls import reverse

from people.forms.base import StudioForm, StudioModelForm
from people.forms.days import not_in_future
from people.forms.dress import Dictated

from ..models import Topic, TopicNote
from ..roles import mentors_of


class _Drafted:
    """`draft_key`: where the words are kept while they are written; "" keeps none."""

    def __init__(self, *args, draft_key="", **kwargs):
        super().__init__(*args, **kwargs)
        self.draft_key = draft_key

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[self.draft_key])} if self.draft_key else {}


class TopicForm(_Drafted, StudioModelForm):
    submit_label = "定下来"
    carries_version = True

    class Meta:
        model = Topic
        fields = ("title", "category", "place_kind", "why", "lead", "plan")
        widgets = {"why": Dictated({"rows": 4}), "plan": Dictated({"rows": 6})}
        error_messages = {
            "title": {"required": "请写研究什么"},
            "why": {"required": "请写一句为什么要研究"},
            "lead": {"required": "请选一位领衔的师傅"},
        }

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = mentors_of(studio)
        self.fields["lead"].label_from_instance = lambda person: person.called


class TopicNoteForm(_Drafted, StudioModelForm):
    submit_label = "记下来"

    class Meta:
        model = TopicNote
        fields = ("held_on", "text")
        widgets = {"text": Dictated({"rows": 6})}
        error_messages = {"text": {"required": "请写讨论了什么"}}

    def clean_held_on(self):
        return not_in_future(self.cleaned_data["held_on"], "日期在今天以后，请看看是不是选错了")


class FindingsForm(_Drafted, StudioForm):
    submit_label = "结题"
    carries_version = True
    findings = forms.CharField(
        label="得出什么", max_length=3000, widget=Dictated({"rows": 8}),
        error_messages={"required": "请写得出了什么，别的居民区怎么用"},
    )  # fmt: skip
