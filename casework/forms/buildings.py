"""楼栋, its members, the survey file, and the Party group: founding, electing, activities, rules."""

from django import forms
from django.utils import timezone

from people.forms.base import StudioForm
from people.forms.days import not_in_future
from people.forms.dress import Dictated, fold_digits
from people.forms.residents import ResidentName, ResidentPhone
from people.roster import RosterRefused, read_pasted, read_roster

from ..models import Building, BuildingGroup, GroupActivity
from ..roles import holding
from ..survey import read_survey
from .people import person_label
from .visits import places_of

MOST_BYTES = 5 * 1024 * 1024
MOST_STAIRWELLS = 20


class BuildingForm(StudioForm):
    submit_label = "记好了"
    neighbourhood = forms.ModelChoiceField(None, label="居民区")
    estate = forms.CharField(label="小区", max_length=30, required=False)
    name = forms.CharField(label="楼号", max_length=20, help_text="例如：3号楼")
    stairwells = forms.CharField(
        label="单元", max_length=100, required=False, help_text="用空格隔开：1单元 2单元。只有一个门的不用写"
    )
    households = forms.IntegerField(label="多少户", min_value=1, max_value=2000, required=False)

    def __init__(self, *args, person, studio, building=None, **kwargs):
        self.carries_version = building is not None
        if building:
            kwargs["initial"] = {
                "neighbourhood": building.neighbourhood_id, "estate": building.estate, "name": building.name,
                "stairwells": " ".join(building.stairwells), "households": building.households,
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.studio, self.building = studio, building
        self.fields["neighbourhood"].queryset = places_of(person, studio)
        if building:
            self.fields["version"].initial = building.version
            del self.fields["neighbourhood"]
        elif person.neighbourhood_id:
            self.initial.setdefault("neighbourhood", person.neighbourhood_id)

    def clean_stairwells(self):
        names = fold_digits(self.cleaned_data["stairwells"]).replace("、", " ").replace(",", " ").split()
        if len(names) > MOST_STAIRWELLS or any(len(name) > 10 for name in names):
            raise forms.ValidationError("单元用空格隔开，每个写10个字以内")
        return list(dict.fromkeys(names))

    def clean(self):
        data = super().clean()
        place = self.building.neighbourhood if self.building else data.get("neighbourhood")
        if place and data.get("name"):
            twins = Building.objects.filter(
                studio=self.studio, neighbourhood=place, estate=data.get("estate", ""), name=data["name"]
            )
            if twins.exclude(pk=self.building.pk if self.building else None).exists():
                self.add_error("name", "这栋楼已经记过了")
        return data


class MemberForm(StudioForm):
    """A new member, or a change of one: then names are typed only where they are to be put right."""

    submit_label = "记好了"
    name = ResidentName(label="姓名")
    phone = ResidentPhone()
    door = forms.CharField(label="室号", max_length=20, required=False, help_text="和姓名电话一起加密存放")
    stairwell = forms.CharField(label="单元", max_length=10, required=False)
    organisation = forms.CharField(
        label="组织关系在哪里", max_length=60, required=False, help_text="在别的单位也算，写单位或支部的名称"
    )
    post = forms.CharField(label="党内职务", max_length=30, required=False)
    services = forms.CharField(
        label="能帮居民做什么", max_length=100, required=False, help_text="例如：修电灯、量血压、教用手机"
    )


class MemberEditForm(MemberForm):
    submit_label = "改好了"
    shows_name = forms.BooleanField(label="姓名印在公示栏和联系卡上", required=False)
    shows_phone = forms.BooleanField(label="电话印在公示栏和联系卡上", required=False)
    shows_services = forms.BooleanField(label="能做的服务印上去", required=False)
    left_on = forms.DateField(label="哪天搬走的", required=False, help_text="搬走了才写")
    carries_version = True
    KEPT = (
        "stairwell", "organisation", "post", "services",
        "shows_name", "shows_phone", "shows_services", "left_on",
    )  # fmt: skip

    def __init__(self, *args, member, **kwargs):
        initial = {name: getattr(member, name) for name in self.KEPT}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["version"].initial = member.version
        del self.fields["door"]
        for name, label in (("name", "改姓名"), ("phone", "改电话")):
            self.fields[name].required = False
            self.fields[name].label = label
            self.fields[name].help_text = "不用改的空着"

    def values(self):
        return {name: self.cleaned_data[name] for name in ("name", "phone", *self.KEPT)}


class SurveyForm(StudioForm):
    """楼栋党员摸排表: a file, or what was copied from a table."""

    submit_label = "读一读"
    unmarked = ("file", "pasted")
    neighbourhood = forms.ModelChoiceField(None, label="哪个居民区的")
    file = forms.FileField(label="摸排表", required=False)
    pasted = forms.CharField(
        label="或者从表格里复制了贴在这里",
        required=False,
        max_length=60_000,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args, person, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].queryset = places_of(person, studio)
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.xls,.csv"
        self.fields["file"].help_text = "Excel或者csv，要有“姓名”和“楼栋”两栏，别的栏有就读"
        if person.neighbourhood_id:
            self.initial.setdefault("neighbourhood", person.neighbourhood_id)

    def clean(self):
        data = super().clean()
        file, pasted = data.get("file"), data.get("pasted")
        if not file and not pasted and "file" not in self.errors:
            self.add_error("file", "请选一张摸排表，或者把表格贴在下面")
            return data
        if file and file.size > MOST_BYTES:
            self.add_error("file", "这张表太大，请换一张5兆以内的")
            return data
        try:
            grid = read_roster(file.read(), file.name) if file else read_pasted(pasted or "")
        except RosterRefused as refused:
            self.add_error("file" if file else "pasted", str(refused))
            return data
        self.survey = read_survey(grid)
        if not self.survey.rows:
            self.add_error("file" if file else "pasted", self.survey.problems[0])
        return data


class GroupForm(StudioForm):
    submit_label = "建这个党小组"
    name = forms.CharField(label="名称", max_length=40)
    buildings = forms.ModelMultipleChoiceField(
        None, label="管哪几栋楼", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请点一下管哪几栋楼"},
    )  # fmt: skip
    stairwell = forms.CharField(label="只管一个单元的，写哪个单元", max_length=10, required=False)
    founded_on = forms.DateField(label="成立的日子")

    def __init__(self, *args, studio, neighbourhood, **kwargs):
        super().__init__(*args, **kwargs)
        houses = Building.objects.filter(studio=studio, neighbourhood=neighbourhood, in_use=True)
        self.fields["buildings"].queryset = houses
        self.initial.setdefault("founded_on", timezone.localdate())

    def clean(self):
        data = super().clean()
        if data.get("stairwell") and len(data.get("buildings") or ()) > 1:
            self.add_error("stairwell", "只管一个单元的，请只点一栋楼")
        return data


class NominateForm(StudioForm):
    submit_label = "提这几名"
    members = forms.ModelMultipleChoiceField(
        None, label="候选人", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请点一下提谁"},
    )  # fmt: skip

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        found = group.members().select_related("resident", "building")
        self.fields["members"].queryset = found
        self.fields["members"].label_from_instance = member_label


def member_label(member):
    door = " ".join(part for part in (str(member.building), member.stairwell) if part)
    return f"{member.resident.masked}（{door}）"


class ElectionForm(StudioForm):
    """The result of the vote: figures only."""

    submit_label = "登记结果"
    held_on = forms.DateField(label="选举的日子")
    present = forms.IntegerField(label="到会多少人", min_value=1, max_value=999)

    def __init__(self, *args, election, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("held_on", timezone.localdate())
        self.candidates = list(election.candidates.select_related("member__resident", "member__building"))
        for one in self.candidates:
            label = f"{member_label(one.member)}得几票"
            self.fields[f"votes_{one.pk}"] = forms.IntegerField(label=label, min_value=0, max_value=999)
        people = holding(election.group.studio, "apprentice", "mentor", "lead").select_related(
            "neighbourhood"
        )
        self.fields["account"] = forms.ModelChoiceField(
            people, label="选上的人有账号的，是哪一位", required=False, empty_label="没有账号"
        )
        self.fields["account"].label_from_instance = person_label
        self.fields["note"] = forms.CharField(label="说明", max_length=200, required=False)

    def clean_held_on(self):
        return not_in_future(self.cleaned_data["held_on"])

    def clean(self):
        data = super().clean()
        present = data.get("present")
        for one in self.candidates:
            votes = data.get(f"votes_{one.pk}")
            if present is not None and votes is not None and votes > present:
                self.add_error(f"votes_{one.pk}", "票数比到会的人还多，请再看看")
        return data

    def given(self):
        data = self.cleaned_data
        votes = {one.pk: data[f"votes_{one.pk}"] for one in self.candidates}
        return {"votes": votes, **{name: data[name] for name in ("held_on", "present", "account", "note")}}


class ActivityForm(StudioForm):
    submit_label = "记好了"
    kind = forms.ChoiceField(
        label="做了什么", choices=GroupActivity.Kind, widget=forms.RadioSelect,
        error_messages={"required": "请点一下做了什么"},
    )  # fmt: skip
    held_on = forms.DateField(label="哪天")
    people = forms.IntegerField(label="来了多少人", min_value=1, max_value=2000, required=False)
    note = forms.CharField(label="一句话", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("held_on", timezone.localdate())

    def clean_held_on(self):
        return not_in_future(self.cleaned_data["held_on"])


class GroupEditForm(StudioForm):
    """议事厅, rules, and the end of a group."""

    submit_label = "存好"
    carries_version = True
    FIELDS = (
        "name", "hall", "hall_hours", "hall_shown", "member_rules", "duties", "contact_rules", "ended_on",
    )  # fmt: skip
    name = forms.CharField(label="名称", max_length=40)
    hall = forms.CharField(label="红色议事厅在哪里", max_length=60, required=False)
    hall_hours = forms.CharField(label="议事厅什么时候开", max_length=60, required=False)
    hall_shown = forms.BooleanField(label="主人同意把议事厅的地址印在公示栏上", required=False)
    member_rules = forms.CharField(
        label="党员管理制度", max_length=1000, required=False, widget=Dictated({"rows": 3})
    )
    duties = forms.CharField(label="工作职责", max_length=1000, required=False, widget=Dictated({"rows": 3}))
    contact_rules = forms.CharField(
        label="党员联系居民制度", max_length=1000, required=False, widget=Dictated({"rows": 3})
    )
    ended_on = forms.DateField(label="哪天撤的", required=False, help_text="不办了才写")

    def __init__(self, *args, group, **kwargs):
        initial = {name: getattr(group, name) for name in self.FIELDS}
        super().__init__(*args, initial=initial, **kwargs)
        self.group = group
        self.fields["version"].initial = group.version

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        twins = BuildingGroup.objects.active().filter(neighbourhood=self.group.neighbourhood_id, name=name)
        if twins.exclude(pk=self.group.pk).exists():
            raise forms.ValidationError("已经有叫这个名字的党小组了")
        return name

    def clean_ended_on(self):
        day = self.cleaned_data["ended_on"]
        if day and day < self.group.founded_on:
            raise forms.ValidationError("不能早于成立的日子")
        return day
