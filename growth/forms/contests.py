"""擂台比武: opening one, and a judge who did not come."""

from django import forms
from django.utils import timezone

from people.forms.base import StudioForm
from people.models import Membership
from people.roles import Role

from ..models import Brand, Contest
from ..models.brand import TOLD_AT_END

MOST_JUDGES = 15


class ContestForm(StudioForm):
    submit_label = "开始比武"

    def __init__(self, *args, studio, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio, self.year = studio, year
        held = Membership.objects.current().filter(studio=studio).exclude(role=Role.APPRENTICE)
        people = {str(one.person_id): one.person for one in held.select_related("person").order_by("pk")}
        free = Brand.objects.filter(
            studio=studio, year=year, state__in=TOLD_AT_END, contest_entry__isnull=True
        )
        self.people = people
        self.brands = {str(one.pk): one for one in free.select_related("neighbourhood", "owner")}
        self.fields["name"] = forms.CharField(
            label="名称", max_length=30, initial=f"{year}年品牌擂台比武",
            error_messages={"required": "请写一个名称"},
        )  # fmt: skip
        self.fields["held_on"] = forms.DateField(label="哪一天", initial=timezone.localdate)
        self.fields["places"] = forms.IntegerField(
            label="评几个优秀",
            min_value=1,
            max_value=50,
            initial=3,
            help_text="分数一样、并列在最后一名的都算",
        )
        self.fields["brands"] = _many(
            "哪些项目上台", self.brands, "请点上台的项目", lambda brand: f"{brand.neighbourhood}：{brand}"
        )
        self.fields["brands"].initial = list(self.brands)
        self.fields["judges"] = _many("评委", people, "请点评委", lambda person: person.called)
        self.fields["judges"].help_text = "自己负责或者指导的项目，不给自己打分"

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Contest.objects.filter(studio=self.studio, year=self.year, name=name).exists():
            raise forms.ValidationError("这一年已经有一次叫这个名称的比武了")
        return name

    def clean_judges(self):
        chosen = self.cleaned_data["judges"]
        if len(chosen) > MOST_JUDGES:
            raise forms.ValidationError(f"评委最多{MOST_JUDGES}位")
        return [self.people[key] for key in chosen]

    def clean_brands(self):
        return [self.brands[key] for key in self.cleaned_data["brands"]]

    def clean(self):
        data = super().clean()
        judges = {person.pk for person in data.get("judges", ())}
        for brand in data.get("brands", ()):
            if judges and not judges - {brand.owner_id, brand.guide_id}:
                self.add_error("judges", f"“{brand.name}”没有评委能打分，请再点一位")
        return data


def _many(label, rows, missing, told):
    field = forms.MultipleChoiceField(
        label=label,
        choices=[(key, told(row)) for key, row in rows.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": missing},
    )
    field.widget.rows = True
    return field


class AbsentForm(StudioForm):
    submit_label = "记上"
    absent = forms.CharField(
        label="没来的原因", max_length=100, help_text="记上以后，这位评委打的分不算。比如：生病，请了假",
        error_messages={"required": "请写一句没来的原因"},
    )  # fmt: skip


class CloseContestForm(StudioForm):
    submit_label = "公布结果"
    carries_version = True
