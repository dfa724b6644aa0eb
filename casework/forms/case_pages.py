"""The five pages of 提交疑难案例. Each form keeps its own page: `save(by)` writes it and returns the case."""

from django import forms
from django.urls import reverse

from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated, SeveralFiles
from people.forms.known import PICK, KnownRow, KnownRows
from people.forms.residents import ResidentName, ResidentPhone
from people.models import Neighbourhood
from people.roles import MENTOR_ROLES

from ..actions import attachments, cases
from ..draft_keys import page_key
from ..models import Case
from ..roles import around, members_of, of_roles
from .people import person_label

MOST_RESIDENTS = 5


class PageForm(StudioModelForm):
    """A page over columns of the case. Required here, although a draft may lack them."""

    submit_label = "下一步"
    carries_version = True
    required = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, sentence in self.required.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[page_key(self.instance.pk, self.page)])}

    def values(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def save(self, by):
        return cases.write(
            self.instance,
            values=self.values(),
            by=by,
            version=self.cleaned_data.get("version"),
            **self.more(),
        )

    def more(self):
        """What this page keeps besides columns: keyword arguments of cases.write."""
        return {}


class EventForm(PageForm):
    page = 1
    required = {"title": "请用一句话说清楚遇到了什么事", "story": "请说说事情的经过"}

    class Meta:
        model = Case
        fields = ("title", "story", "began")
        widgets = {"story": Dictated({"rows": 7})}
        help_texts = {
            "title": "30个字以内，像跟人打招呼时说的那样",
            "began": "记得多少写多少：上个月、去年冬天",
        }


class NewEventForm(EventForm):
    """The first page of a case that is not there yet; staff say for whom they write."""

    def __init__(self, *args, studio, writer, for_others=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio, self.writer = studio, writer
        del self.fields["version"]
        if for_others:
            self.fields["owner"] = KnownRow(label="替谁提")
            self.fields["owner"].offer(members_of(studio), person_label, PICK)
            self.order_fields(("owner", *self._meta.fields))

    def save(self, by):
        owner = self.cleaned_data.get("owner", self.writer)
        return cases.begin(studio=self.studio, owner=owner, by=by, values=self.values())


class KindForm(PageForm):
    page = 2
    required = {"category": "请选一个类别", "urgency": "请选一下急不急"}

    class Meta:
        model = Case
        fields = ("category", "urgency", "neighbourhood")
        widgets = {"category": forms.RadioSelect, "urgency": forms.RadioSelect}
        labels = {"category": "类别", "urgency": "急不急", "neighbourhood": "哪个居民区的事"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].queryset = Neighbourhood.objects.of_studio(self.instance.studio)


class WaysForm(PageForm):
    page = 3
    unmarked = ("nothing_tried",)

    class Meta:
        model = Case
        fields = ("nothing_tried",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        present = {tried.order: tried for tried in self.instance.tried.all()}
        for n in self.numbers:
            tried = present.get(n)
            given = {"max_length": 200, "required": False}
            way = forms.CharField(label=f"办法{n}", initial=tried and tried.way, **given)
            result = forms.CharField(label=f"办法{n}的结果", initial=tried and tried.result, **given)
            self.fields[f"way_{n}"], self.fields[f"result_{n}"] = way, result
        self.unmarked = ("nothing_tried", "way_1")
        self.filled = len(present)

    numbers = range(1, cases.MOST_TRIED + 1)

    def rows(self):
        """(shown at once, folded): pairs of bound fields; two empty rows stand open at first."""
        pairs = [(self[f"way_{n}"], self[f"result_{n}"]) for n in self.numbers]
        written = [n for n in self.numbers if self[f"way_{n}"].value() or self[f"result_{n}"].value()]
        cut = max(2, max(written, default=0))
        return pairs[:cut], pairs[cut:]

    def clean(self):
        data = super().clean()
        for n in self.numbers:
            if data.get(f"result_{n}") and not data.get(f"way_{n}"):
                self.add_error(f"way_{n}", f"请写一下办法{n}是什么")
        if not self.tried() and not data.get("nothing_tried") and not self.errors:
            self.add_error("way_1", "请写一个试过的办法，还没试过就点“还没试过”")
        return data

    def tried(self):
        data = self.cleaned_data
        return [(data[f"way_{n}"], data.get(f"result_{n}", "")) for n in self.numbers if data.get(f"way_{n}")]

    def values(self):
        return {"nothing_tried": self.cleaned_data["nothing_tried"] and not self.tried()}

    def more(self):
        return {"tried": self.tried()}


class QuestionForm(PageForm):
    page = 4
    required = {"question": "请写一个最想让大家帮忙的问题"}

    class Meta:
        model = Case
        fields = ("question", "wanted_way")
        widgets = {"question": Dictated({"rows": 3}), "wanted_way": forms.RadioSelect}
        labels = {"question": "想问的问题", "wanted_way": "想怎么会诊"}
        help_texts = {"question": "只问一个，越具体越好出主意。例如：一楼说采光受影响，怎么谈得拢？"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        case = self.instance
        mentors = of_roles(around(case.studio), *MENTOR_ROLES)
        self.fields["wanted"] = KnownRows(
            label="希望谁来会诊", required=False, initial=cases.default_wanted(case)
        )
        self.fields["wanted"].offer([one for one in mentors if one.pk != case.owner_id], person_label)
        self.fields["wanted_way"].required = True
        self.order_fields(("question", "wanted", "wanted_way"))

    def more(self):
        return {"wanted": self.cleaned_data["wanted"]}


class FilesField(forms.FileField):
    """Any number of files; gives a list."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class MaterialForm(StudioForm):
    page = 5
    submit_label = "下一步"
    carries_version = True
    files = FilesField(label="照片或文件", required=False)

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)
        self.fields["files"].widget.attrs["accept"] = attachments.ACCEPT
        self.fields["files"].help_text = f"最多{attachments.MOST_FILES}个，每个10兆以内"
        self.refused = []
        present = list(instance.residents.select_related("resident"))
        if present:
            self.fields["without"] = forms.MultipleChoiceField(
                label="已经记下的居民，要去掉谁",
                choices=[(str(one.pk), str(one)) for one in present],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        left = max(1, MOST_RESIDENTS - len(present))
        self.numbers = range(1, min(left, 2) + 1)
        for n in self.numbers:
            self.fields[f"called_{n}"] = ResidentName(label=f"居民{n}的称呼", required=False)
            self.fields[f"phone_{n}"] = ResidentPhone(label=f"居民{n}的电话")

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[page_key(self.instance.pk, self.page)])}

    def rows(self):
        return [(self[f"called_{n}"], self[f"phone_{n}"]) for n in self.numbers]

    def clean(self):
        data = super().clean()
        for n in self.numbers:
            if data.get(f"phone_{n}") and not data.get(f"called_{n}"):
                self.add_error(f"called_{n}", f"请写一下居民{n}怎么称呼，例如：三楼王阿姨")
        return data

    def save(self, by):
        data = self.cleaned_data
        named = [(data[f"called_{n}"], data[f"phone_{n}"]) for n in self.numbers if data[f"called_{n}"]]
        given = {"residents": named, "without": data.get("without", ()), "version": data.get("version")}
        case = cases.write(self.instance, by=by, **given)
        self.refused = attachments.add_all(case=case, files=data["files"], by=by)
        return case


class SendForm(StudioForm):
    """核对: nothing to fill in, one button."""

    submit_label = "提交"
