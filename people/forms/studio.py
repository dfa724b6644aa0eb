"""设置 · 选项: the studio's own rules, in parts, and its neighbourhoods."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from django import forms

from ..models import Neighbourhood, Studio
from .base import StudioModelForm

MOST_KINDS, MOST_KIND = 20, 10
PHONE = re.compile(r"[\d\s()（）+-]{5,20}")


@dataclass(frozen=True)
class Part:
    """One part of 选项, a form with a button of its own. `bounds`: {field: (least, most)} keep a slip of the
    finger from stopping the work; fields that are no numbers have none."""

    key: str
    label: str
    lead: str
    fields: tuple[str, ...]
    bounds: dict[str, tuple[int, int]] = field(default_factory=dict)


# Each part stands for one subject; a new column of Studio is appended to the part it belongs to.
PARTS = (
    Part(
        "contact",
        "联系",
        "工作室叫什么，有事打哪个电话。每一页下面和帮助里都印着。",
        ("brand_name", "contact_name", "contact_phone"),
    ),
    Part(
        "mentoring",
        "带教",
        "结对和记带教的规矩。",
        ("pair_capacity", "edit_hours"),
        {"pair_capacity": (1, 30), "edit_hours": (1, 720)},
    ),
    Part(
        "consultation",
        "会诊",
        "疑难案例每一步用几天。改了以后，新的期限照新的来。",
        ("accept_workdays", "return_workdays", "consult_days", "review_days"),
        {
            "accept_workdays": (1, 30),
            "return_workdays": (1, 60),
            "consult_days": (1, 60),
            "review_days": (1, 90),
        },
    ),
    Part(
        "rhythm",
        "节奏",
        "三个一做哪几样、最晚什么时候办，隔多久没有带教算久。三个一的板和“卡住的”照这里来。",
        (
            "keeps_theme",
            "keeps_exchange",
            "keeps_summary",
            "theme_grace",
            "exchange_grace",
            "summary_grace",
            "quiet_days",
            "question_workdays",
        ),
        {
            "theme_grace": (0, 30),
            "exchange_grace": (0, 30),
            "summary_grace": (0, 60),
            "quiet_days": (7, 365),
            "question_workdays": (1, 30),
        },
    ),
    Part(
        "slips",
        "三联单和楼栋",
        "三联单每一类几天办好，在三联单页上定。",
        ("group_members",),
        {"group_members": (2, 50)},
    ),
    Part(
        "visits",
        "接待与走访",
        "一本账和走访里，人家分哪几类。记过的照当时的叫法，不会跟着改。",
        ("household_kinds",),
    ),
    Part(
        "residents",
        "居民信息",
        "居民的姓名和电话加密存放，事情办完以后留多久，到时候自动隐去。",
        ("resident_days",),
        {"resident_days": (30, 3650)},
    ),
)
PARTS_BY_KEY = {part.key: part for part in PARTS}


class RulesForm(StudioModelForm):
    """The form of one part: `form_of(part)`."""

    submit_label = "存好选项"
    carries_version = True
    part: Part

    class Meta:
        model = Studio
        fields = ()

    def clean_contact_phone(self):
        phone = self.cleaned_data["contact_phone"].strip()
        if not PHONE.fullmatch(phone):
            raise forms.ValidationError("请写打得通的电话，如 021-12345678")
        return phone

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "household_kinds" in self.fields:
            self.fields["household_kinds"].widget.attrs["rows"] = 12

    def clean_household_kinds(self):
        """One a line, each once."""
        lines = ["".join(line.split()) for line in self.cleaned_data["household_kinds"].splitlines()]
        kinds = list(dict.fromkeys(filter(None, lines)))
        too_long = next((kind for kind in kinds if len(kind) > MOST_KIND), "")
        if too_long:
            raise forms.ValidationError(f"“{too_long}”太长，每一类请写{MOST_KIND}个字以内")
        if not 1 <= len(kinds) <= MOST_KINDS:
            raise forms.ValidationError(f"请写1到{MOST_KINDS}类，一行一类")
        return "\n".join(kinds)

    def clean(self):
        super().clean()
        for name, (least, most) in self.part.bounds.items():
            value = self.cleaned_data.get(name)
            if value is not None and not least <= value <= most:
                self.add_error(name, f"请写{least}到{most}之间的数")
        return self.cleaned_data


@lru_cache
def form_of(part_key):
    """The form class of a part."""
    part = PARTS_BY_KEY[part_key]
    made = forms.modelform_factory(Studio, form=RulesForm, fields=part.fields)
    made.part = part
    return made


class NeighbourhoodForm(StudioModelForm):
    submit_label = "记好了"

    class Meta:
        model = Neighbourhood
        fields = ("name", "kind", "has_committee")

    def __init__(self, *args, street, **kwargs):
        super().__init__(*args, **kwargs)
        self.street = street
        self.fields["name"].help_text = "写全称，如 岚皋居委会"

    def clean_name(self):
        name = "".join(self.cleaned_data["name"].split())
        twins = Neighbourhood.objects.filter(street=self.street, name=name).exclude(pk=self.instance.pk)
        if twins.exists():
            raise forms.ValidationError("这个居民区已经在名单里了")
        return name


class NeighbourhoodEditForm(NeighbourhoodForm):
    carries_version = True
