"""问师傅: the question, the answer, 再问一句."""

from django import forms
from django.urls import reverse

from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated

from ..actions.questions import NEW, answer_key
from ..models import Question


class QuestionForm(StudioModelForm):
    """`mentors`: the asker's present mentors; a field only where there are several."""

    submit_label = "问师傅"
    unmarked = ("text",)

    class Meta:
        model = Question
        fields = ("text", "audience", "topic")
        widgets = {
            "text": Dictated({"rows": 5}),
            "audience": forms.RadioSelect,
            "topic": forms.RadioSelect,
        }

    def __init__(self, *args, mentors, **kwargs):
        super().__init__(*args, **kwargs)
        self.mentors = {str(mentor.pk): mentor for mentor in mentors}
        self.fields["text"].error_messages["required"] = "请写一两句想问什么"
        self.fields["audience"].widget.rows = True
        first = self.mentors.get(str(self.instance.mentor_id)) or next(iter(mentors), None)
        if len(self.mentors) > 1:
            choices = [(pk, mentor.called) for pk, mentor in self.mentors.items()]
            self.fields["mentor"] = forms.ChoiceField(
                label="问哪位师傅", choices=choices, widget=forms.RadioSelect, initial=first and str(first.pk)
            )
        self.first = first

    def form_attrs(self):
        return {} if self.instance.pk else {"data-autosave": reverse("people:draft", args=[NEW])}

    def facts(self):
        """Keyword arguments of questions.ask and questions.edit."""
        data = self.cleaned_data
        mentor = self.mentors.get(data.get("mentor"), self.first)
        return {"mentor": mentor, "text": data["text"], "audience": data["audience"], "topic": data["topic"]}


class QuestionEditForm(QuestionForm):
    submit_label = "改好了"
    carries_version = True


class AnswerForm(StudioForm):
    submit_label = "回答"
    carries_version = True
    text = forms.CharField(label="您的回答", max_length=2000, widget=Dictated({"rows": 5}))

    def __init__(self, *args, question, **kwargs):
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["version"].initial = question.version
        self.fields["text"].error_messages["required"] = "请说一两句"

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[answer_key(self.question)])}


class MoreForm(StudioForm):
    submit_label = "再问一句"
    submit_class = "btn-quiet"
    carries_version = True
    text = forms.CharField(label="还有一句想问", max_length=1000, widget=Dictated({"rows": 3}))

    def __init__(self, *args, question, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = question.version
        self.fields["text"].error_messages["required"] = "请写一句还想问什么"


class HandForm(StudioForm):
    submit_label = "请街道一起看"
    carries_version = True


class RemoveForm(StudioForm):
    submit_label = "去掉这个请教"
    submit_class = "btn-danger-quiet"
