"""接待与走访: one visit, one line of 「一本账」."""

from django import forms
from django.urls import reverse
from django.utils import timezone

from people import vault
from people.forms.base import ANY, FilterForm, StudioForm
from people.forms.days import not_in_future
from people.forms.dress import Dictated
from people.forms.known import PICK, KnownRow
from people.forms.residents import ResidentName, ResidentPhone
from people.kept import KeptQuery
from people.models import Neighbourhood

from ..household_kinds import choices_of, choices_of_all
from ..models import Building, Household, HouseholdKind, Visit
from ..visit_items import items_of
from .offered import places_known, places_of_studios

VISIT_KEY = "visit-new"
MOST = 300
KINDS = dict(HouseholdKind.choices)


def places_of(person, studio):
    """The whole street for staff and mentors; the own neighbourhood for an apprentice."""
    places = Neighbourhood.objects.of_studio(studio)
    if studio.pk in person.standing.staff | person.standing.mentor:
        return places
    return places.filter(pk=person.neighbourhood_id or 0)


class VisitForm(StudioForm):
    submit_label = "记好了"
    unmarked = ("household", "kind", "note", "problem")
    way = forms.ChoiceField(
        label="怎么见的", choices=Visit.Way, widget=forms.RadioSelect,
        error_messages={"required": "请点一下怎么见的"},
    )  # fmt: skip
    held_on = forms.DateField(label="哪天")
    household = forms.ModelChoiceField(None, label="账上的哪一户", required=False)
    neighbourhood = KnownRow(label="居民区", required=False)
    kind = forms.ChoiceField(label="哪一类人家", required=False)
    name = ResidentName(label="怎么称呼", required=False, help_text="不在账上的才写，加密存放")
    phone = ResidentPhone()
    note = forms.CharField(label="说了什么", max_length=1000, required=False, widget=Dictated({"rows": 4}))
    problem = forms.CharField(
        label="发现了什么问题", max_length=300, required=False, widget=Dictated({"rows": 2}),
        help_text="写了，就能接着派三联单，或者写成疑难案例",
    )  # fmt: skip

    def __init__(self, *args, person, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "请选"), *choices_of(studio)]
        self.fields["household"].queryset = _book(person, studio.pk)
        self.fields["household"].choices = [("", "不在账上"), *_offered(person, studio.pk)]
        self.fields["neighbourhood"].offer(places_known(person, studio), blank=PICK)
        self.fields["name"].widget.attrs["data-when"] = "household="
        self.fields["phone"].widget.attrs["data-when"] = "household="
        self.items = []
        for number, (heading, items) in enumerate(items_of(studio), start=1):
            self.fields[f"items_{number}"] = forms.MultipleChoiceField(
                label=heading, choices=[(item, item) for item in items], required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.items.append((f"items_{number}", heading))
        # What was said comes first; the ticks, a screen and a half on a phone, may be left out.
        about = ("way", "held_on", "household", "neighbourhood", "kind", "name", "phone", "note", "problem")
        self.order_fields((*about, *(name for name, _ in self.items)))
        self.initial.setdefault("held_on", timezone.localdate())
        if person.neighbourhood_id:
            self.initial.setdefault("neighbourhood", person.neighbourhood_id)

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[VISIT_KEY])}

    def clean_held_on(self):
        return not_in_future(self.cleaned_data["held_on"])

    def clean(self):
        data = super().clean()
        household = data.get("household")
        if not household and not data.get("kind"):
            self.add_error("kind", "请选哪一类人家，或者上面选账上的哪一户")
        if not household and not data.get("neighbourhood"):
            self.add_error("neighbourhood", "请选居民区")
        if not household and data.get("phone") and not data.get("name"):
            self.add_error("name", "请写一下怎么称呼，例如：王阿姨")
        return data

    def given(self):
        """Keyword arguments of `visits.log`, without studio and writer."""
        data = self.cleaned_data
        items = [f"{heading}：{item}" for name, heading in self.items for item in data.get(name, ())]
        plain = {
            name: data[name] for name in ("way", "held_on", "household", "neighbourhood", "note", "problem")
        }
        household = data.get("household")
        own = {} if household else {"name": data.get("name", ""), "phone": data.get("phone", "")}
        return {**plain, **own, "kind": household.kind if household else data["kind"], "items": items}


def _book(person, studio):
    return Household.objects.visible_to(person).filter(studio=studio, left_on__isnull=True)


def _ask_book(person, studio):
    """Of hundreds of households only the words that are shown."""
    told = ("building__estate", "building__name", "resident__secret", "resident__erased_at")
    return _book(person, studio).values_list("pk", "kind", "neighbourhood__name", *told)[:MOST]


_BOOK = KeptQuery(_ask_book)


def _offered(person, studio):
    """[(id, words)] of the households on the book."""
    found = []
    for pk, kind, place, estate, house, secret, erased_at in _BOOK.all(person, studio=studio):
        home = f"{estate or ''}{house or ''}" or Neighbourhood(name=place).short_name
        masked = vault.HIDDEN if erased_at else vault.mask_name(secret.get("name", ""))
        found.append((pk, f"{home} {KINDS.get(kind, kind)}（{masked}）"))
    return found


def _ask_houses(person, studio, places):
    found = Building.objects.filter(studio=studio, neighbourhood__in=[places], in_use=True)
    found = found.select_related("neighbourhood")
    return found.only("estate", "name", "neighbourhood__name")[:MOST]


_HOUSES = KeptQuery(_ask_houses)


class HouseholdForm(StudioForm):
    submit_label = "记到账上"
    kind = forms.ChoiceField(
        label="哪一类", widget=forms.RadioSelect,
        error_messages={"required": "请点一下哪一类"},
    )  # fmt: skip
    neighbourhood = KnownRow(label="居民区")
    building = KnownRow(label="楼栋", required=False)
    door = forms.CharField(label="室号", max_length=20, required=False, help_text="和姓名电话一起加密存放")
    name = ResidentName(label="怎么称呼")
    phone = ResidentPhone()
    every_days = forms.IntegerField(label="隔多少天走一次", min_value=1, max_value=365, initial=30)

    def __init__(self, *args, person, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices_of(studio)
        places = places_known(person, studio)
        self.fields["neighbourhood"].offer(places, blank=PICK)
        houses = _HOUSES.all(studio=studio.pk, places=[place.pk for place in places])
        self.fields["building"].offer(houses, lambda one: f"{one.neighbourhood} {one}", PICK)
        self.fields["door"].widget.attrs["autocomplete"] = "off"
        if person.neighbourhood_id:
            self.initial.setdefault("neighbourhood", person.neighbourhood_id)

    def clean(self):
        data = super().clean()
        building, place = data.get("building"), data.get("neighbourhood")
        if building and place and building.neighbourhood_id != place.pk:
            self.add_error("building", f"{building}不在{place}，请再看看")
        return data


class HouseholdEditForm(StudioForm):
    submit_label = "改好了"
    carries_version = True
    kind = forms.ChoiceField(label="哪一类", widget=forms.RadioSelect)
    every_days = forms.IntegerField(label="隔多少天走一次", min_value=1, max_value=365)
    left_on = forms.DateField(
        label="哪天起不用再走", required=False, help_text="搬走了，或者不用再关心了，才写"
    )

    def __init__(self, *args, household, **kwargs):
        initial = {name: getattr(household, name) for name in ("kind", "every_days", "left_on", "version")}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["kind"].choices = choices_of(household.studio, kept=household.kind)


class BookFilter(FilterForm):
    neighbourhood = KnownRow(label="居民区")
    kind = forms.ChoiceField(label="哪一类")
    LATE = "late"
    due = forms.ChoiceField(label="走访", choices=[("", "全部"), (LATE, "好久没走的")])

    def __init__(self, *args, studios, kept_by, **kwargs):
        """`studios`: ids; `kept_by`: the Studios themselves, whose kinds are offered."""
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].offer(places_of_studios(studios), blank=ANY)
        self.fields["kind"].choices = choices_of_all(kept_by)
