"""加照片: photos for a session that is there already."""

from people.forms.base import StudioForm

from .session_parts import PhotosField


class MorePhotosForm(StudioForm):
    form_tag = False
    unmarked = ("photos",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["photos"] = PhotosField()
