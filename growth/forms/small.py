"""Small forms of the growth file: a reminder, one's own next step, the self-rating, the timeline's filter."""

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.competencies import Competency
from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated

from ..charts import LEVELS
from ..models import Method
from ..models.method_items import LONGEST, MOST


class NextStepForm(StudioForm):
    submit_label = "记下来"
    text = forms.CharField(label="做什么", max_length=200, error_messages={"required": "请写一件要做的事"})
    due_on = forms.DateField(label="几号前", required=False)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(f"{day.month}月{day.day}日已经过了，请往后选")
        return day


class ReminderForm(NextStepForm):
    submit_label = "给他提个醒"


class RatingForm(StudioForm):
    """One row of five words per competency; those left out stay as they were."""

    submit_label = "就按这个记"

    def __init__(self, *args, latest=None, **kwargs):
        super().__init__(*args, **kwargs)
        for axis in Competency:
            self.fields[axis.value] = forms.TypedChoiceField(
                label=axis.label,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[(number, f"{number} {words}") for number, words in LEVELS.items()],
                widget=forms.RadioSelect,
                initial=(latest or {}).get(axis.value),
            )
        self.unmarked = tuple(Competency.values)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(axis) for axis in Competency.values):
            raise forms.ValidationError("请至少看一项，点一下自己到了哪一步")
        return cleaned

    def levels(self):
        return {axis: self.cleaned_data[axis] for axis in Competency.values if self.cleaned_data.get(axis)}


class MethodForm(StudioModelForm):
    submit_label = "存下来"
    steps = forms.CharField(
        label="三到五步",
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="一行写一步",
        max_length=1000,
    )

    class Meta:
        model = Method
        fields = ("name", "summed_up_by", "summary", "steps", "fits")

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio
        if self.instance.pk:
            self.initial["steps"] = "\n".join(self.instance.steps)

    def clean_name(self):
        name = self.cleaned_data["name"]
        owned = Method.objects.filter(Q(studio__isnull=True) | Q(studio=self.studio), name=name)
        if owned.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"已经有一个“{name}”了，请换个名称")
        return name

    def clean_steps(self):
        lines = [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if len(lines) > 8:
            raise forms.ValidationError(f"步骤请留在8步以内，现在是{len(lines)}步")
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError("有一步写得有点长，每一步请留在200字以内")
        return lines


class MethodEditForm(MethodForm):
    carries_version = True


class ToldMethodForm(StudioForm):
    """口述: one box; the staff write out the steps."""

    submit_label = "交给街道整理"
    name = forms.CharField(
        label="这个办法叫什么", max_length=30, error_messages={"required": "请给它起个名字，随口叫的也行"}
    )
    told = forms.CharField(
        label="您是怎么做的", max_length=3000, widget=Dictated({"rows": 9}),
        error_messages={"required": "请说说您是怎么做的"},
    )  # fmt: skip

    def __init__(self, *args, studio, draft="method-told", **kwargs):
        super().__init__(*args, **kwargs)
        self.studio, self.draft = studio, draft

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[self.draft])}

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        owned = Method.objects.filter(Q(studio__isnull=True) | Q(studio=self.studio), name=name)
        if owned.exists():
            raise forms.ValidationError(f"已经有一个“{name}”了，请换个名称")
        return name


class MethodItemsForm(StudioForm):
    """五必: one item a line under each heading; an empty box stands for the items that are shipped."""

    submit_label = "存下来"
    carries_version = True
    unmarked = ("visits", "asks", "records")
    visits = forms.CharField(label="五必访", required=False, widget=forms.Textarea({"rows": 6}))
    asks = forms.CharField(label="五必问", required=False, widget=forms.Textarea({"rows": 6}))
    records = forms.CharField(label="五必记", required=False, widget=forms.Textarea({"rows": 6}))

    def clean(self):
        data = super().clean()
        for name in self.unmarked:
            lines = [line.strip() for line in data.get(name, "").splitlines() if line.strip()]
            if len(lines) > MOST:
                self.add_error(name, f"请留在{MOST}样以内，现在是{len(lines)}样")
            elif any(len(line) > LONGEST for line in lines):
                self.add_error(name, f"有一样写得有点长，每样请留在{LONGEST}字以内")
            data[name] = list(dict.fromkeys(lines))
        return data
