"""设置 · 选项: the studio's own rules and its neighbourhoods."""

import re

from django import forms

from ..models import Neighbourhood, Studio
from .base import StudioModelForm

PHONE = re.compile(r"[\d\s()（）+-]{5,20}")
RULES = (
    "brand_name",
    "contact_name",
    "contact_phone",
    "pair_capacity",
    "quiet_days",
    "edit_hours",
    "accept_workdays",
    "return_workdays",
    "consult_days",
    "review_days",
    "resident_days",
)
# Bounds that keep a slip of the finger from stopping the work.
BOUNDS = {
    "pair_capacity": (1, 30),
    "quiet_days": (7, 365),
    "edit_hours": (1, 720),
    "accept_workdays": (1, 30),
    "return_workdays": (1, 60),
    "consult_days": (1, 60),
    "review_days": (1, 90),
    "resident_days": (30, 3650),
}


class RulesForm(StudioModelForm):
    submit_label = "存好选项"
    carries_version = True

    class Meta:
        model = Studio
        fields = RULES

    def clean_contact_phone(self):
        phone = self.cleaned_data["contact_phone"].strip()
        if not PHONE.fullmatch(phone):
            raise forms.ValidationError("请写打得通的电话，如 021-12345678")
        return phone

    def clean(self):
        super().clean()
        for name, (least, most) in BOUNDS.items():
            value = self.cleaned_data.get(name)
            if value is not None and not least <= value <= most:
                self.add_error(name, f"请写{least}到{most}之间的数")
        return self.cleaned_data


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
