"""任职 and 荣誉."""

from django import forms

from people.forms.base import FilterForm, StudioForm, StudioModelForm
from people.forms.days import NOT_YET, not_in_future
from people.uploads import ACCEPT, take_photo

from ..models import Honour, Post


class PostForm(StudioModelForm):
    submit_label = "记下来"
    carries_version = True

    class Meta:
        model = Post
        fields = ("rank", "title", "starts_on", "ends_on", "counted", "note")
        widgets = {"rank": forms.RadioSelect}
        error_messages = {
            "rank": {"required": "请点一下算哪一种"},
            "title": {"required": "请写职务"},
            "starts_on": {"required": "请选从哪天起"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rank"].choices = Post.Rank.choices
        self.fields["title"].help_text = "写全称，如 管弄新村居民区党总支副书记"
        self.fields["ends_on"].help_text = "还在任就不填"
        self.fields["counted"].help_text = "当了学员以后新任这四种职务的才算，原来就担任的不算"

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "到哪天止不能早于从哪天起")
        if cleaned.get("counted") and cleaned.get("rank") == Post.Rank.OTHER:
            self.add_error("counted", "其他职务不算培养成果，请去掉这个勾，或者改一下算哪一种")
        return cleaned


class HonourForm(StudioModelForm):
    """The photo is a choice, never a duty."""

    submit_label = "记下来"
    carries_version = True
    photo = forms.FileField(
        label="证书或奖状的照片", required=False, widget=forms.FileInput({"accept": ACCEPT})
    )

    class Meta:
        model = Honour
        fields = ("title", "given_by", "on")
        error_messages = {
            "title": {"required": "请写是什么荣誉"},
            "given_by": {"required": "请写是哪里给的"},
            "on": {"required": "请选哪天得的"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = "如 区优秀党务工作者"
        self.fields["given_by"].help_text = "如 中共普陀区委"

    def clean_on(self):
        return not_in_future(self.cleaned_data["on"], NOT_YET)

    def clean_photo(self):
        uploaded = self.cleaned_data["photo"]
        return take_photo(uploaded) if uploaded else None


class RemoveForm(StudioForm):
    """One button that asks."""

    submit_label = "去掉"
    submit_class = "btn-danger-quiet"


class OutcomeFilter(FilterForm):
    rank = forms.ChoiceField(label="哪一种", choices=Post.Rank.choices[:4])
    year = forms.TypedChoiceField(label="哪一年", coerce=int)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "全部"), *((year, f"{year}年") for year in years)]
