"""专项跟进: the campaign with its stages, a contact, who follows."""

from django import forms
from django.utils import timezone

from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated
from people.models import Membership, Neighbourhood, Person
from people.roles import MENTOR_ROLES, Role
from people.words import short_day

from ..campaign_templates import TEMPLATES, as_lines, from_lines
from ..models import Campaign, Contact, Matter

MOST_STAGES = 15
NO_KIND = "请点一下是哪一种：分析、梳理、化解，还是督促"
DONE = "done"


class CampaignForm(StudioModelForm):
    """A new campaign, or with an instance a change of one."""

    submit_label = "开始跟进"
    carries_version = True
    stages = forms.CharField(
        label="要走哪几步", widget=forms.Textarea({"rows": 9}), max_length=2000,
        help_text="一行一步，冒号后面写这一步要做到什么。",
    )  # fmt: skip
    neighbourhoods = forms.ModelMultipleChoiceField(
        Neighbourhood.objects.none(), label="哪些居民区", widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Campaign
        fields = ("name", "about", "starts_on", "ends_on", "quiet_days")
        widgets = {"about": forms.Textarea({"rows": 2})}

    def __init__(self, *args, studio, template="", **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio
        places = self.fields["neighbourhoods"]
        places.queryset = Neighbourhood.objects.of_studio(studio).order_by("code")
        places.widget.tick_all = "全选"
        places.error_messages["required"] = "请点一下跟进哪些居民区"
        self.fields["quiet_days"].help_text = "过了这些天没有人联系，看板上会写出来"
        self.there = set()
        if self.instance.pk:
            self._fill_from_instance()
        else:
            self._fill_from(template, places)

    def _fill_from_instance(self):
        self.submit_label = "改好了"
        stages = self.instance.stages.order_by("order").values_list("name", "hint")
        self.there = set(self.instance.matters.values_list("neighbourhood", flat=True))
        self.initial["stages"] = as_lines(stages)
        self.initial["neighbourhoods"] = self.there
        self.fields["neighbourhoods"].help_text = "可以再加；已经在跟的不会去掉。"
        self.fields["neighbourhoods"].required = False

    def _fill_from(self, template, places):
        name, about, stages = TEMPLATES.get(template, ("", "", ()))
        today = timezone.localdate()
        name = f"{today.year}年{name}" if name else ""
        self.initial = {
            "name": name, "about": about, "stages": as_lines(stages), "starts_on": today, "quiet_days": 14,
            "neighbourhoods": [place.pk for place in places.queryset],
            **self.initial,
        }  # fmt: skip

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        twins = Campaign.objects.filter(studio=self.studio, name=name).exclude(pk=self.instance.pk)
        if twins.exists():
            raise forms.ValidationError("已经有一个叫这个名字的专项，请换个名字，比如加上年份")
        return name

    def clean_stages(self):
        stages = from_lines(self.cleaned_data["stages"])
        if len(stages) < 2:
            raise forms.ValidationError("请写两步以上，一行一步")
        if len(stages) > MOST_STAGES:
            raise forms.ValidationError(f"步骤太多，请并成{MOST_STAGES}步以内")
        for name, hint in stages:
            if not name or len(name) > 20:
                raise forms.ValidationError(f"“{name[:20]}…”：每一步的名字请写20字以内，说明写在冒号后面")
            if len(hint) > 100:
                raise forms.ValidationError(f"“{name}”的说明有点多，请留在100字以内")
        return stages

    def clean(self):
        super().clean()
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "走完的日子要在开始以后")
        days = self.cleaned_data.get("quiet_days")
        if days is not None and not 1 <= days <= 90:
            self.add_error("quiet_days", "请写1到90之间的数")
        return self.cleaned_data

    def facts(self):
        names = (*self._meta.fields, "stages", "neighbourhoods")
        return {name: self.cleaned_data[name] for name in names}


class ContactForm(StudioForm):
    """One tap and one line: the four kinds are the buttons that send it."""

    unmarked = ("text",)
    kind = forms.ChoiceField(choices=Contact.Kind.choices, error_messages={"required": NO_KIND})
    text = forms.CharField(
        label="说一句（可以不写）", max_length=200, required=False, widget=Dictated({"rows": 2})
    )
    stage = forms.ChoiceField(label="这次以后走到哪一步")
    stuck = forms.CharField(
        label="卡在哪里", max_length=100, required=False, help_text="有卡住的写一句，街道会看到；通了就清空。"
    )
    way = forms.ChoiceField(label="怎么联系的", choices=Contact.Way.choices, widget=forms.RadioSelect)
    on = forms.DateField(label="哪一天")

    def __init__(self, *args, matter, stages, today=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.stages = today or timezone.localdate(), {str(stage.pk): stage for stage in stages}
        self.matter = matter
        choices = [(pk, f"第{stage.order}步　{stage.name}") for pk, stage in self.stages.items()]
        self.fields["stage"].choices = [*choices, (DONE, "全部走完了")]
        for name in ("stage", "way", "on"):
            self.fields[name].required = False
        self.unmarked = ("text", "stage", "way", "on")
        here = DONE if matter.done_at else str(matter.stage_id)
        self.initial = {
            "stage": here, "stuck": matter.stuck, "way": Contact.Way.PHONE, "on": self.today, **self.initial
        }  # fmt: skip

    def clean_on(self):
        on = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise forms.ValidationError("日期在今天以后，请选已经联系过的那一天")
        if on < self.matter.campaign.starts_on:
            first = short_day(self.matter.campaign.starts_on)
            raise forms.ValidationError(f"这个日期在专项开始（{first}）之前，请看看是不是选错了")
        return on

    def facts(self):
        """Keyword arguments of campaigns.log_contact."""
        data = self.cleaned_data
        stage = self.stages.get(data["stage"]) or self.matter.stage
        finished = data["stage"] == DONE
        return {
            "kind": data["kind"],
            "text": data["text"].strip(),
            "way": data["way"] or Contact.Way.PHONE,
            "on": data["on"],
            "stage": list(self.stages.values())[-1] if finished else stage,
            "finished": finished,
            "stuck": data["stuck"].strip(),
        }

    def more_is_open(self):
        """Whether the folded part holds something that has to be changed."""
        return any(name in self.errors for name in ("stage", "stuck", "way", "on"))


class EntrustForm(StudioModelForm):
    submit_label = "就这样定"
    carries_version = True

    class Meta:
        model = Matter
        fields = ("mentor", "owner")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = Membership.objects.current().filter(studio=self.instance.studio_id)
        self.fields["mentor"].queryset = _holding(held, MENTOR_ROLES)
        self.fields["owner"].queryset = _holding(held, (Role.APPRENTICE,))
        self.fields["mentor"].label_from_instance = lambda person: person.called
        self.fields["owner"].label_from_instance = _named


def _holding(held, roles):
    people = Person.objects.filter(pk__in=held.filter(role__in=roles).values("person"))
    return people.select_related("neighbourhood").order_by("pk")


def _named(person):
    return f"{person.name}（{person.place}）" if person.place else person.name


class CloseForm(StudioForm):
    carries_version = True


class RemoveContactForm(StudioForm):
    submit_label = "去掉这一次"
    submit_class = "btn-danger-quiet"
