"""Photos of a session or a visit: the field of its form, and the form that adds some later."""

from django import forms
from django.urls import reverse_lazy

from people.forms.base import StudioForm
from people.forms.dress import SeveralFiles
from people.uploads import ACCEPT


class PhotosField(forms.Field):
    """The file input for photos: sent one by one with script, else with the form; the view takes them."""

    def __init__(self, model, *, upload, help_text):
        attrs = {
            "accept": ACCEPT,
            "data-photo-upload": reverse_lazy(upload),
            "data-photo-list": "photo-list",
            "data-photo-max": str(model.MOST),
        }
        super().__init__(
            label="拍照或选照片", required=False, widget=SeveralFiles(attrs), help_text=help_text
        )

    def clean(self, value):
        return value or []


class MorePhotosForm(StudioForm):
    form_tag = False
    unmarked = ("photos",)

    def __init__(self, *args, field, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["photos"] = field
