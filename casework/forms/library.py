"""入库: the public text, the second reader's answer, taking out again, and the filter of the library."""

from django import forms
from django.urls import reverse
from django.utils import timezone

from growth.models import Method
from people.forms.base import FilterForm, StudioForm, StudioModelForm
from people.forms.dress import Dictated
from people.models import Neighbourhood

from ..draft_keys import publish_key
from ..models import Case, LibraryCase, Outcome

FIRST_YEAR = 2016


class PublicTextForm(StudioModelForm):
    """`sending`: it goes to the second reader now; otherwise it is only kept and may be half-written."""

    carries_version = True
    submit_label = "交给第二个人看"
    unmarked = ("comment", "diagnosis")

    class Meta:
        model = LibraryCase
        fields = (
            "title", "category", "story", "question", "diagnosis", "cure", "effect", "comment", "named",
        )  # fmt: skip
        widgets = {
            "story": Dictated({"rows": 9}), "question": Dictated({"rows": 3}),
            "diagnosis": Dictated({"rows": 4}), "cure": Dictated({"rows": 7}),
            "effect": Dictated({"rows": 5}), "comment": Dictated({"rows": 4}),
        }  # fmt: skip
        error_messages = {
            "title": {"required": "请写一个标题"},
            "story": {"required": "请把经过写几句"},
            "question": {"required": "请写当时最想问的问题"},
            "cure": {"required": "请写用了什么办法"},
            "effect": {"required": "请写后来怎么样"},
        }

    def __init__(self, *args, sending=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["comment"].help_text = "请带教书记讲两句：这件事别处能学的是哪一点"
        if not self.instance.commented_by_id:
            del self.fields["named"]
        else:
            self.fields["named"].label = f"点评署{self.instance.commented_by.called}的名，已经问过本人"
        if not sending:
            for field in self.fields.values():
                field.required = False

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[publish_key(self.instance.case_id)])}

    def values(self):
        """The texts as they are to be kept."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}


class SecondReadingForm(StudioForm):
    """看过了 needs no word; 还要改 says where."""

    carries_version = True
    submit_label = "交回去"
    AGREE, BACK = "agree", "back"
    verdict = forms.ChoiceField(
        label="看下来怎么样",
        choices=[(AGREE, "看不出是谁、是哪里，可以入库"), (BACK, "还要改")],
        widget=forms.RadioSelect,
        error_messages={"required": "请点一下可以入库，还是还要改"},
    )
    sentence = forms.CharField(
        label="哪里要改",
        max_length=300,
        required=False,
        widget=Dictated({"rows": 3, "data-when": "verdict=back"}),
    )
    unmarked = ("sentence",)

    def clean(self):
        data = super().clean()
        if data.get("verdict") == self.BACK and not data.get("sentence", "").strip():
            self.add_error("sentence", "请写一句哪里要改")
        return data


class WithdrawForm(StudioForm):
    carries_version = True
    submit_label = "从案例库撤下"
    reason = forms.CharField(
        label="为什么撤下", max_length=300, widget=Dictated({"rows": 3}),
        error_messages={"required": "请写一句为什么撤下"},
    )  # fmt: skip


class LibraryFilter(FilterForm):
    """Facets of the library. Years up to the present one."""

    category = forms.ChoiceField(label="类别", choices=[("", "全部"), *Case.Category.choices])
    place_kind = forms.ChoiceField(label="居民区类型", choices=[("", "全部"), *Neighbourhood.Kind.choices])
    result = forms.ChoiceField(label="结果", choices=[("", "全部"), *Outcome.Result.choices])
    year = forms.TypedChoiceField(label="哪一年", coerce=int, empty_value=None)
    method = forms.ModelChoiceField(None, label="用到的工作法", empty_label="全部")

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        years = range(timezone.localdate().year, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [("", "全部"), *((str(year), f"{year}年") for year in years)]
        self.fields["method"].queryset = Method.objects.visible_to(person)
