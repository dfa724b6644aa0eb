"""学习笔记 and 纸质笔记本."""

from django import forms
from django.urls import reverse
from django.utils import timezone

from people.forms.base import StudioForm, StudioModelForm
from people.forms.days import NOT_YET, not_in_future
from people.forms.dress import Dictated, SeveralFiles
from people.uploads import ACCEPT, take_photos

from ..models import NotebookPage, StudyNote
from ..models.notebook import MOST_PHOTOS
from .reflections import ReflectionForm


class NoteForm(StudioModelForm):
    submit_label = "交笔记"
    unmarked = ("shared",)
    shared = ReflectionForm.declared_fields["shared"]

    class Meta:
        model = StudyNote
        fields = ("learned_from", "title", "words", "on", "shared")
        widgets = {"learned_from": forms.RadioSelect, "words": Dictated({"rows": 6})}
        error_messages = {
            "learned_from": {"required": "请点一下从哪里学的"},
            "title": {"required": "请写学的是什么，如文章或课的名字"},
            "words": {"required": "请记几句，一句也行"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["learned_from"].choices = StudyNote.From.choices
        if self.instance.pk:
            self.initial["shared"] = "yes" if self.instance.shared else ""

    def clean_on(self):
        return not_in_future(self.cleaned_data["on"], NOT_YET)

    def form_attrs(self):
        return {} if self.instance.pk else {"data-autosave": reverse("people:draft", args=["note-new"])}


class NoteEditForm(NoteForm):
    submit_label = "改好了"
    carries_version = True


class PhotosField(forms.FileField):
    """Photos drawn anew: a list of people.uploads.Photo."""

    widget = SeveralFiles

    def widget_attrs(self, widget):
        return {"accept": ACCEPT}

    def clean(self, data, initial=None):
        if not data:
            raise forms.ValidationError("请拍一张或选一张本子的照片")
        if len(data) > MOST_PHOTOS:
            raise forms.ValidationError(f"一次最多{MOST_PHOTOS}张，请分几次交")
        photos, sentences = take_photos(data)
        if sentences:
            raise forms.ValidationError([f"{sentence}。" for sentence in sentences])
        return photos


class NotebookForm(StudioForm):
    submit_label = "交给街道抄写"
    on = forms.DateField(label="本子上的日期", initial=timezone.localdate)
    photos = PhotosField(label="本子的照片", help_text=f"字看得清就行，一次最多{MOST_PHOTOS}张")

    def __init__(self, *args, people=None, **kwargs):
        """`people`: for staff, a queryset of whose notebook it may be."""
        super().__init__(*args, **kwargs)
        if people is not None:
            self.fields["person"] = forms.ModelChoiceField(
                people, label="谁的本子", error_messages={"required": "请选一下是谁的本子"}
            )
            self.order_fields(["person", "on", "photos"])

    def clean_on(self):
        return not_in_future(self.cleaned_data["on"], NOT_YET)


class TypeForm(StudioModelForm):
    submit_label = "抄好了，请本人核对"
    carries_version = True

    class Meta:
        model = NotebookPage
        fields = ("on", "text")
        widgets = {"text": forms.Textarea({"rows": 14})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = "请把本子上的字抄进来"

    def clean_on(self):
        return not_in_future(self.cleaned_data["on"], NOT_YET)

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[draft_key(self.instance.pk)])}


class ConfirmForm(StudioModelForm):
    submit_label = "对，就是这样"
    carries_version = True

    class Meta:
        model = NotebookPage
        fields = ("text",)
        widgets = {"text": forms.Textarea({"rows": 12})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].label = "抄的字（有错就直接改）"
        self.fields["text"].error_messages["required"] = "这里不能空着，照本子上的写"


def draft_key(pk):
    return f"notebook-{pk}"
