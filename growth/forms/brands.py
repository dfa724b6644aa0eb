"""品牌项目: applying, the quarters, the look in the middle, the year's end."""

import re

from django import forms
from django.utils import timezone

from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated
from people.models import Membership, Neighbourhood, Person
from people.roles import MENTOR_ROLES, Role
from people.uploads import take_photos

from ..models import Brand, BrandNote
from ..models.brand import MOST_PHOTOS, MOST_WAYS, QUARTERS
from .notes import PhotosField

MILESTONE_ROWS, RESULT_ROWS = 4, 3
FIGURE = re.compile(r"\d")


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


class BrandForm(StudioModelForm):
    """`places`: the neighbourhoods this person may apply for. `facts()` is what apply and change take."""

    carries_version = True
    ways = forms.CharField(
        label="做法三条", max_length=400, required=False, widget=Dictated({"rows": 4}), help_text="一行写一条"
    )
    partners = forms.CharField(
        label="合作单位", max_length=200, required=False, help_text="几个单位用顿号隔开"
    )

    class Meta:
        model = Brand
        fields = ("name", "problem", "expected", "guide")
        widgets = {"problem": Dictated({"rows": 3}), "expected": Dictated({"rows": 3})}

    def __init__(self, *args, studio, places=(), owners=None, draft_url="", **kwargs):
        super().__init__(*args, **kwargs)
        self.studio, self.draft_url, brand = studio, draft_url, self.instance
        self.submit_label = "改好了" if brand.pk else "申报"
        if not brand.pk:
            places = list(places)
            self.fields["neighbourhood"] = forms.ModelChoiceField(
                Neighbourhood.objects.filter(pk__in=[place.pk for place in places]),
                label="居民区",
                initial=places[0].pk if len(places) == 1 else None,
            )
            this_year = timezone.localdate().year
            self.fields["year"] = forms.TypedChoiceField(
                label="年度",
                coerce=int,
                choices=[(year, f"{year}年") for year in (this_year, this_year + 1)],
                initial=this_year,
            )
            if owners is not None:
                self.fields["owner"] = forms.ModelChoiceField(owners, label="负责人")
        mentors = Membership.objects.current().filter(studio=studio, role__in=MENTOR_ROLES)
        self.fields["guide"].queryset = Person.objects.filter(pk__in=mentors.values("person")).order_by("pk")
        self.fields["expected"].help_text = "写居民看得见的，比如：一楼的车棚能充电了"
        if brand.pk:
            self.initial |= {"ways": "\n".join(brand.ways), "partners": "、".join(brand.partners)}
        self._add_milestones()
        first = ["neighbourhood", "year", "name", "problem", "ways", "expected", "owner", "guide", "partners"]
        self.order_fields([*first, *self.fields])

    def _add_milestones(self):
        known = []
        if self.instance.pk:
            found = self.instance.milestones.filter(done_at__isnull=True)
            known = [(one.text, one.due_on) for one in found]
        self.milestone_rows = max(MILESTONE_ROWS, len(known) + 1)
        known += [("", None)] * (self.milestone_rows - len(known))
        for number, (text, due_on) in enumerate(known, 1):
            self.fields[f"what_{number}"] = forms.CharField(
                label=f"节点{number}：做什么", max_length=80, required=False, initial=text
            )
            self.fields[f"when_{number}"] = forms.DateField(
                label=f"节点{number}：几号前", required=False, initial=due_on
            )

    def form_attrs(self):
        return {"data-autosave": self.draft_url} if self.draft_url else {}

    def milestone_fields(self):
        return [(self[f"what_{n}"], self[f"when_{n}"]) for n in range(1, self.milestone_rows + 1)]

    def clean_ways(self):
        lines = _lines(self.cleaned_data["ways"])
        if len(lines) > MOST_WAYS:
            raise forms.ValidationError(f"写三条最要紧的就好，现在有{len(lines)}条")
        if any(len(line) > 120 for line in lines):
            raise forms.ValidationError("每一条请留在120字以内")
        return lines

    def clean_partners(self):
        names = [name.strip() for name in re.split(r"[、,，;；\n]", self.cleaned_data["partners"])]
        names = [name for name in names if name]
        if any(len(name) > 40 for name in names):
            raise forms.ValidationError("单位名称请留在40字以内，几个单位用顿号隔开")
        return names

    def clean(self):
        data = super().clean()
        for number in range(1, self.milestone_rows + 1):
            what, when = data.get(f"what_{number}"), data.get(f"when_{number}")
            if what and not when and f"when_{number}" not in self.errors:
                self.add_error(f"when_{number}", f"节点{number}还没写几号前")
            if when and not what and f"what_{number}" not in self.errors:
                self.add_error(f"what_{number}", f"节点{number}还没写做什么")
        return data

    def facts(self):
        data = self.cleaned_data
        rows = [(data[f"what_{n}"], data[f"when_{n}"]) for n in range(1, self.milestone_rows + 1)]
        names = [name for name in ("neighbourhood", "year", "owner") if name in self.fields]
        words = ("name", "problem", "expected", "guide", "ways", "partners", *names)
        return {name: data[name] for name in words} | {"milestones": [row for row in rows if row[0]]}


class ApproveForm(StudioForm):
    submit_label = "同意立项"
    carries_version = True


class SendBackForm(StudioForm):
    submit_label = "请补充"
    submit_class = "btn-quiet"
    carries_version = True
    note = forms.CharField(
        label="请补充什么",
        max_length=200,
        widget=Dictated({"rows": 3}),
        error_messages={"required": "请写一句要补充什么"},
    )


class OptionalPhotos(PhotosField):
    """(photos drawn anew, sentences about those that could not be): a photo never holds up the words."""

    def clean(self, data, initial=None):
        return take_photos((data or [])[:MOST_PHOTOS])


class NoteForm(StudioForm):
    submit_label = "交进展"
    unmarked = ("pace",)
    quarter = forms.TypedChoiceField(label="哪一季", coerce=int, choices=QUARTERS, widget=forms.RadioSelect)
    text = forms.CharField(
        label="进展", max_length=800, widget=Dictated({"rows": 5}), help_text="做了什么，居民有什么反应",
        error_messages={"required": "请写一段进展，两三句也行"},
    )  # fmt: skip
    pace = forms.ChoiceField(
        label="走得怎么样", choices=BrandNote.Pace.choices, widget=forms.RadioSelect,
        error_messages={"required": "请点一下走得怎么样"},
    )  # fmt: skip
    needs = forms.CharField(label="需要谁帮", max_length=120, required=False)
    photos = OptionalPhotos(label="照片", required=False)

    def __init__(self, *args, draft_url="", **kwargs):
        super().__init__(*args, **kwargs)
        self.draft_url = draft_url

    def form_attrs(self):
        return {"data-autosave": self.draft_url, "enctype": "multipart/form-data"}


class MidtermForm(StudioForm):
    submit_label = "写好了"
    carries_version = True
    midterm = forms.CharField(
        label="中期看一看",
        max_length=500,
        widget=Dictated({"rows": 5}),
        help_text="到现场看到了什么，哪里要改",
        error_messages={"required": "请写几句看到了什么"},
    )


class DebriefForm(StudioForm):
    submit_label = "交述职"
    carries_version = True

    def __init__(self, *args, results=(), draft_url="", **kwargs):
        super().__init__(*args, **kwargs)
        self.draft_url = draft_url
        known = [*results, *[("", "")] * RESULT_ROWS][: max(RESULT_ROWS, len(results))]
        self.rows = len(known)
        for number, (text, source) in enumerate(known, 1):
            self.fields[f"text_{number}"] = forms.CharField(
                label=f"成效{number}：做成了什么", max_length=120, required=number == 1, initial=text,
                error_messages={"required": "请至少写一条成效"},
            )  # fmt: skip
            self.fields[f"source_{number}"] = forms.CharField(
                label=f"成效{number}：数字从哪来", max_length=80, required=False, initial=source,
                help_text="写了数字就要写出处，比如：物业收费台账" if number == 1 else "",
            )  # fmt: skip
        self.fields["voices"] = forms.CharField(
            label="群众怎么说", max_length=500, widget=Dictated({"rows": 4}),
            error_messages={"required": "请写一句群众怎么说"},
        )  # fmt: skip
        self.fields["lesson"] = forms.CharField(
            label="可推广的一条经验", max_length=200, widget=Dictated({"rows": 3}),
            error_messages={"required": "请写一条别处也用得上的经验"},
        )  # fmt: skip

    def form_attrs(self):
        return {"data-autosave": self.draft_url} if self.draft_url else {}

    def result_fields(self):
        return [(self[f"text_{n}"], self[f"source_{n}"]) for n in range(1, self.rows + 1)]

    def clean(self):
        data = super().clean()
        for number in range(1, self.rows + 1):
            text, source = data.get(f"text_{number}"), data.get(f"source_{number}")
            if text and FIGURE.search(text) and not source:
                self.add_error(f"source_{number}", "写了数字，请写一下数字从哪来")
            if source and not text and f"text_{number}" not in self.errors:
                self.add_error(f"text_{number}", "请写做成了什么，或者把出处去掉")
        return data

    def results(self):
        data = self.cleaned_data
        rows = [(data[f"text_{n}"], data[f"source_{n}"]) for n in range(1, self.rows + 1)]
        return [row for row in rows if row[0]]


class CloseForm(StudioForm):
    submit_label = "结项"
    carries_version = True
    verdict = forms.CharField(
        label="结项的话",
        max_length=300,
        widget=Dictated({"rows": 3}),
        help_text="问题突破了没有，明年接着做什么",
        error_messages={"required": "请写一句结项的话"},
    )


class DoneForm(StudioForm):
    submit_label = "做好了"


def owners_of(studio):
    """Who may run a project: the studio's apprentices and mentors."""
    held = Membership.objects.current().filter(studio=studio, role__in=(Role.APPRENTICE, *MENTOR_ROLES))
    return Person.objects.filter(pk__in=held.values("person")).order_by("pk")
