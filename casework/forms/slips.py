"""三联单: 登记, 派单, 接单和办结, 回访; the kinds of slips; the public page."""

from django import forms
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from people import words
from people.forms.base import ANY, FilterForm, StudioForm, StudioModelForm
from people.forms.days import not_in_future
from people.forms.dress import Dictated
from people.forms.known import PICK, KnownRow
from people.forms.residents import ResidentName, ResidentPhone
from people.kept import KeptQuery
from people.models import Neighbourhood, Person

from ..actions.slips import categories_of, due_for
from ..models import Building, BuildingGroup, Slip, SlipCategory, SlipState
from ..models.slip import LIVING
from ..roles import at_work
from .offered import places_of_studios
from .people import person_label

REGISTER_KEY = "slip-new"
MOST_BUILDINGS = 300
# What robots fill in and people never see.
TRAP = "website"


def places_for(person, studio):
    """The neighbourhoods of a studio that this person may write slips for."""
    if studio.pk in person.standing.staff:
        return places_of_studios([studio.pk])
    return _OWN_PLACES.all(person, studio=studio.pk)


def _ask_own_places(person, studio):
    """Where the person works, and where a group is that the person leads."""
    led = BuildingGroup.objects.active().filter(leader_account=person, studio=studio)
    home = Exists(Person.objects.filter(pk=person.pk, neighbourhood=OuterRef("pk")))
    here = Exists(led.filter(neighbourhood=OuterRef("pk")))
    return Neighbourhood.objects.filter(home | here, street__studio=studio)


_OWN_PLACES = KeptQuery(_ask_own_places)
_KINDS = KeptQuery(lambda person, studio: SlipCategory.objects.filter(studio=studio, in_use=True))


def kinds_of(studio):
    """The kinds of slips that are in use; a studio that has none yet gets those of the start."""
    return _KINDS.all(studio=studio.pk) or list(categories_of(studio))


class SlipForm(StudioForm):
    """群众点单, as staff, an apprentice or a group leader types it in."""

    submit_label = "登记"
    problem = forms.CharField(
        label="什么事", max_length=500, widget=Dictated({"rows": 3}),
        error_messages={"required": "请写一下居民说的是什么事"},
    )  # fmt: skip
    category = KnownRow(label="类别", widget=forms.RadioSelect, error_messages={"required": "请点一下类别"})
    neighbourhood = KnownRow(label="居民区", error_messages={"required": "请选居民区"})
    building = KnownRow(label="楼栋", required=False)
    place = forms.CharField(
        label="在哪里", max_length=40, required=False, help_text="名册里没有的楼，或者“南门花坛”"
    )
    name = ResidentName(label="反映人怎么称呼", required=False, help_text="写“王阿姨”就好，另外加密存放")
    phone = ResidentPhone(label="反映人的电话")
    wish = forms.CharField(label="居民的要求", max_length=200, required=False)
    received_on = forms.DateField(label="收到日期")

    def __init__(self, *args, person, studio, visit=None, **kwargs):
        super().__init__(*args, **kwargs)
        places = places_for(person, studio)
        self.buildings = Building.objects.filter(neighbourhood__in=places, studio=studio, in_use=True)
        self.fields["category"].offer(kinds_of(studio))
        self.fields["neighbourhood"].offer(places, blank=PICK)
        if studio.pk in person.standing.staff:
            # All buildings of a street are no list to choose from: what is written is looked up.
            del self.fields["building"]
            self.fields["place"].help_text = "写几号楼，或者“南门花坛”"
        else:
            self.fields["building"].offer(self.buildings[:MOST_BUILDINGS], blank=PICK)
        self.initial.setdefault("received_on", timezone.localdate())
        if person.neighbourhood_id and not visit:
            self.initial.setdefault("neighbourhood", person.neighbourhood_id)
        if visit:
            self.initial |= {"problem": visit.problem, "neighbourhood": visit.neighbourhood_id}
            if visit.resident_id:
                del self.fields["name"], self.fields["phone"]

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[REGISTER_KEY])}

    def clean_received_on(self):
        return not_in_future(self.cleaned_data["received_on"])

    def clean(self):
        data = super().clean()
        building, place = data.get("building"), data.get("neighbourhood")
        if building and place and building.neighbourhood_id != place.pk:
            self.add_error("building", f"{building}不在{place}，请再看看")
        if "building" not in self.fields and place and data.get("place"):
            self._look_up(data, place)
        if data.get("phone") and not data.get("name") and "name" in self.fields:
            self.add_error("name", "请写一下怎么称呼，例如：王阿姨")
        return data

    def _look_up(self, data, neighbourhood):
        """A building that is called like what was written, in the neighbourhood that was chosen."""
        written = "".join(data["place"].split()).removesuffix("楼")
        for building in self.buildings.filter(neighbourhood=neighbourhood):
            if written == str(building).removesuffix("楼"):
                data["building"], data["place"] = building, ""
                return


def _ask_groups(person, studio, place):
    return _ask_all_groups(person, studio).filter(neighbourhood=place)


def _ask_all_groups(person, studio):
    return BuildingGroup.objects.active().filter(studio=studio).select_related("leader_account")


_GROUPS = KeptQuery(_ask_groups)
_ALL_GROUPS = KeptQuery(lambda person, studio: _ask_all_groups(person, studio)[:100])


class DispatchForm(StudioForm):
    """派单: who, and by when. From a prescription step nothing else is left to fill in."""

    submit_label = "派单"
    carries_version = True
    unmarked = ("who", "handler_name")
    who = forms.ChoiceField(label="谁来办", required=False)
    handler_name = forms.CharField(
        label="承办人或党小组的名称",
        max_length=40,
        required=False,
        help_text="没有账号的党员、志愿者，写姓名或小组名",
    )
    due_on = forms.DateField(label="几号前办好", error_messages={"required": "请定几号前办好"})
    gives_phone = forms.BooleanField(label="承办人要联系居民，给他看称呼和电话", required=False)

    def __init__(self, *args, studio, place=None, slip=None, category=None, **kwargs):
        """`place`: the id of the neighbourhood whose groups are offered; without it those of all."""
        super().__init__(*args, **kwargs)
        groups = _GROUPS.all(studio=studio.pk, place=place) if place else _ALL_GROUPS.all(studio=studio.pk)
        self.groups = {f"group:{one.pk}": one for one in groups}
        self.people = {f"person:{one.pk}": one for one in at_work(studio)}
        self.fields["who"].choices = [
            ("", "请选"),
            ("name", "写名称（没有账号的）"),
            *([("楼栋党小组", [(key, str(one)) for key, one in self.groups.items()])] if self.groups else []),
            ("有账号的人", [(key, person_label(one)) for key, one in self.people.items()]),
        ]
        self.fields["handler_name"].widget.attrs["data-when"] = "who=name"
        if slip and not slip.resident_id:
            del self.fields["gives_phone"]
        if slip:
            self.initial.setdefault("due_on", due_for(slip.category))
            self.fields["version"].initial = slip.version
            if slip.group_id:
                self.initial.setdefault("who", f"group:{slip.group_id}")
            elif slip.step_id and not slip.sent_at:
                self.initial |= as_step_says(slip.step)
        elif category:
            self.initial.setdefault("due_on", due_for(category))

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(f"期限{words.short_day(day)}已经过了，请往后选")
        return day

    def clean(self):
        data = super().clean()
        if not data.get("who"):
            self.add_error("who", "请选谁来办")
        elif data["who"] == "name" and not data.get("handler_name"):
            self.add_error("handler_name", "请写承办人或党小组的名称")
        return data

    def handler(self):
        """{handler, handler_name, group} of what was chosen."""
        who, data = self.cleaned_data["who"], self.cleaned_data
        if who in self.groups:
            group = self.groups[who]
            return {"handler": group.leader_account, "handler_name": group.name, "group": group}
        person = self.people.get(who)
        return {"handler": person, "handler_name": "" if person else data["handler_name"], "group": None}

    def given(self):
        """Keyword arguments of `slips.dispatch`, without who sends."""
        data = self.cleaned_data
        return {**self.handler(), "due_on": data["due_on"], "gives_phone": data.get("gives_phone", False)}


def as_step_says(step):
    """Who and by when, as it was agreed in the prescription."""
    who = {"who": f"person:{step.owner_id}"} if step.owner_id else {"who": "name"}
    name = {"handler_name": step.owner_name} if step.owner_name else {}
    return who | name | {"due_on": max(step.due_on, timezone.localdate())}


class StepSlipForm(DispatchForm):
    """A slip for a step of a prescription; its kind is the studio's 其他 unless another is ticked."""

    category = forms.ModelChoiceField(None, label="类别")
    field_order = ("who", "handler_name", "due_on", "category")

    def __init__(self, *args, studio, step, **kwargs):
        kinds = list(categories_of(studio))
        super().__init__(*args, studio=studio, place=step.prescription.case.neighbourhood_id, **kwargs)
        del self.fields["gives_phone"], self.fields["version"]
        self.fields["category"].queryset = categories_of(studio)
        self.initial.setdefault("category", kinds[-1].pk if kinds else None)
        self.initial |= as_step_says(step)


class FinishForm(StudioForm):
    submit_label = "办结"
    way = forms.ChoiceField(
        label="怎么办的", choices=Slip.Way, widget=forms.RadioSelect,
        error_messages={"required": "请点一下怎么办的"},
    )  # fmt: skip
    result = forms.CharField(
        label="办了什么", max_length=500, widget=Dictated({"rows": 3}),
        error_messages={"required": "请说一两句办了什么"},
    )  # fmt: skip


class GiveBackForm(StudioForm):
    submit_label = "退单"
    submit_class = "btn-danger-quiet"
    reason = forms.CharField(
        label="为什么办不了", max_length=200, widget=Dictated({"rows": 2}),
        error_messages={"required": "请写一句为什么办不了"},
    )  # fmt: skip
    proposed = forms.CharField(
        label="该由谁来办", max_length=40, error_messages={"required": "请写一下您看该由谁来办"}
    )


class CallBackForm(StudioForm):
    submit_label = "回访好了"
    unmarked = ("again",)
    said = forms.ChoiceField(
        label="居民满意吗", choices=Slip.Said, widget=forms.RadioSelect,
        error_messages={"required": "请点一下居民满意吗"},
    )  # fmt: skip
    resident_words = forms.CharField(
        label="居民怎么说", max_length=300, required=False, widget=Dictated({"rows": 2})
    )
    again = forms.BooleanField(label="还没办好，要再派一次", required=False)


class DropForm(StudioForm):
    submit_label = "不办了"
    submit_class = "btn-danger-quiet"
    reason = forms.CharField(
        label="为什么不办", max_length=200, error_messages={"required": "请写一句为什么不办"},
        help_text="例如：同一件事说了两次",
    )  # fmt: skip


_CATEGORIES = KeptQuery(lambda person, studios: SlipCategory.objects.filter(studio__in=[studios]))


class SlipFilter(FilterForm):
    """`OPEN` stands for everything that still waits for somebody."""

    OPEN, ALL, LATE = "open_all", "all", "late"
    state = forms.ChoiceField(
        label="到哪一步",
        choices=[(OPEN, "在办的"), (LATE, "逾期的"), (ALL, "全部"), *SlipState.choices],
        initial=OPEN,
    )
    category = KnownRow(label="类别")
    neighbourhood = KnownRow(label="居民区")

    def __init__(self, *args, studios, in_streets, **kwargs):
        """`in_streets`: whether slips of several neighbourhoods are listed."""
        super().__init__(*args, **kwargs)
        self.fields["category"].offer(_CATEGORIES.all(studios=list(studios)), blank=ANY)
        if in_streets:
            self.fields["neighbourhood"].offer(places_of_studios(studios), blank=ANY)
        else:
            del self.fields["neighbourhood"]

    def apply(self, slips):
        chosen = self.chosen()
        state = chosen.get("state") or self.OPEN
        if state == self.OPEN:
            slips = slips.filter(state__in=LIVING)
        elif state == self.LATE:
            late = (SlipState.SENT, SlipState.ACCEPTED)
            slips = slips.filter(state__in=late, due_on__lt=timezone.localdate())
        elif state != self.ALL:
            slips = slips.filter(state=state)
        return slips.filter(
            **{name: chosen[name] for name in ("category", "neighbourhood") if name in chosen}
        )


class CategoryForm(StudioModelForm):
    submit_label = "存好"
    carries_version = True

    class Meta:
        model = SlipCategory
        fields = ("name", "days", "order", "in_use")

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio
        self.fields["order"].required = False
        self.fields["order"].label = "排在第几个"

    def clean_days(self):
        days = self.cleaned_data["days"]
        if not 1 <= days <= 365:
            raise forms.ValidationError("请写1到365之间的数")
        return days

    def clean_order(self):
        order = self.cleaned_data["order"]
        return min(order, 99) if order is not None else 50

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        twins = SlipCategory.objects.filter(studio=self.studio, name=name).exclude(pk=self.instance.pk)
        if twins.exists():
            raise forms.ValidationError("已经有这一类了")
        return name


class PublicOrderForm(StudioForm):
    """点单 by a resident without an account. The trap is what a person never fills in."""

    submit_label = "交给居民区"
    problem = forms.CharField(
        label="要办什么事", max_length=500, widget=Dictated({"rows": 4}),
        error_messages={"required": "请说一两句要办什么事"},
    )  # fmt: skip
    category = forms.ModelChoiceField(
        None, label="哪一类", widget=forms.RadioSelect, error_messages={"required": "请点一下哪一类"}
    )
    place = forms.CharField(label="几号楼，或者在哪里", max_length=40, required=False)
    name = ResidentName(label="怎么称呼您", required=False)
    phone = ResidentPhone(label="您的电话", help_text="要回您话的时候用，加密存放，只有办事的人看得到")
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories_of(studio)

    @property
    def is_trapped(self):
        return bool(self.data.get(TRAP))


class AskForm(StudioForm):
    """问一问办到哪一步: the number that the resident was given."""

    submit_label = "查一查"
    carries_token = False
    code = forms.CharField(
        label="查询号", max_length=20, error_messages={"required": "请写点单时给您的八位查询号"}
    )

    def clean_code(self):
        return "".join(mark for mark in self.cleaned_data["code"] if mark.isdigit())
