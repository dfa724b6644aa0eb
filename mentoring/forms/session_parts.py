"""Parts that the forms of sessions share: who, where, photos."""

import re

from django import forms
from django.db.models import F, Value

from growth.models import Method
from people.forms.dress import Dictated
from people.kept import KeptQuery
from people.models import Neighbourhood
from people.models.place import short_name_of

from ..models import Base, Pairing, Session, SessionPhoto
from ..session_modes import modes_with
from .photos import PhotosField

OWN_PLACE = "own"
MOST_UNITS = 20
PHOTO_HELP = f"最多{SessionPhoto.MOST}张。传不上去也不要紧，记录可以先交，照片以后补。"


class NoteField(forms.CharField):
    """Words of several lines; a line's end counts as one character, as people see it."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class PeopleField(forms.MultipleChoiceField):
    """Apprentices of a group as chips; gives a list of Persons. Those who have left stand last."""

    def __init__(self, pairings, **kwargs):
        widget = forms.CheckboxSelectMultiple()
        widget.rows, widget.tick_all = True, "全组"
        self.people = {}
        for pairing in sorted(pairings, key=lambda pairing: not pairing.is_current):
            self.people.setdefault(str(pairing.apprentice_id), (pairing.apprentice, _label(pairing)))
        choices = [(pk, label) for pk, (_, label) in self.people.items()]
        super().__init__(choices=choices, widget=widget, **kwargs)

    def clean(self, value):
        return [self.people[pk][0] for pk in super().clean(value)]


def _label(pairing):
    """学员甲（甲居民区）"""
    person = pairing.apprentice
    state = {
        Pairing.State.PAUSED: "暂停",
        Pairing.State.ENDED: "已期满",
        Pairing.State.CHANGED: "已调整",
    }.get(pairing.state, "")
    about = "，".join(part for part in (person.place, state) if part)
    return f"{person.name}（{about}）" if about else person.name


def others_field(pairings):
    """Apprentices of the cohort's other groups, who may come along."""
    field = PeopleField(pairings, label="别组的徒弟", required=False)
    field.widget.tick_all = "都来"
    return field


class UnitsField(forms.CharField):
    """Departments, one a line or parted by commas; gives a list of names."""

    def __init__(self, when=""):
        widget = forms.Textarea({"rows": 2, **({"data-when": f"mode={when}"} if when else {})})
        super().__init__(label="来答疑的部门", required=False, widget=widget, help_text="一行写一个。")

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        parts = re.split(r"[\n、，,；;]+", super().to_python(value).replace("\r", ""))
        return list(dict.fromkeys(name.strip() for name in parts if name.strip()))

    def validate(self, value):
        super().validate(value)
        if any(len(name) > 40 for name in value):
            raise forms.ValidationError("有个名称太长了，请一行写一个，每个不超过40字")
        if len(value) > MOST_UNITS:
            raise forms.ValidationError(f"最多写{MOST_UNITS}个")

    def run_validators(self, value):
        """The length is that of each name."""


def particular_fields():
    """What only some ways of teaching need; each shows while such a way is chosen."""

    def when(name):
        return {"data-when": f"mode={modes_with(name)}"}

    return {
        "lecturer": forms.CharField(
            label="主讲人", max_length=30, required=False, widget=forms.TextInput(when("lecturer"))
        ),
        "partner": forms.CharField(
            label="讲课的单位", max_length=40, required=False, widget=forms.TextInput(when("partner"))
        ),
        "units": UnitsField(modes_with("units")),
        "findings": NoteField(
            label="看到的问题，怎么改", max_length=1000, required=False,
            widget=Dictated({"rows": 3, **when("findings")}),
        ),
    }  # fmt: skip


def current(pairings):
    """Ids, as strings, of the apprentices whom a session would have today."""
    return [str(pairing.apprentice_id) for pairing in pairings if pairing.state == Pairing.State.ACTIVE]


class PlaceField(forms.ChoiceField):
    """教学基地 and 居民区 in one list; gives {"neighbourhood", "base"}, or None for the apprentice's own."""

    def __init__(self, studio, *, own=False, **kwargs):
        first = [(OWN_PLACE, "徒弟所在的居民区")] if own else []
        groups = [group for group in _places(studio) if group[1]]
        super().__init__(choices=[*first, ("", "不写"), *groups], required=False, **kwargs)

    def keep(self, session):
        """Offer the session's own place as well: a base that is no longer in use stays where it was."""
        key = place_key(session)
        if not self.valid_value(key):
            self.choices = [*self.choices, (key, str(session.base or session.neighbourhood))]

    def clean(self, value):
        chosen = super().clean(value)
        if chosen == OWN_PLACE:
            return None
        kind, pk = chosen[:1], chosen[1:]
        return {
            "neighbourhood": Neighbourhood.objects.filter(pk=pk).first() if kind == "n" else None,
            "base": Base.objects.filter(pk=pk).first() if kind == "b" else None,
        }


def _ask_places(person, studio, street):
    bases = Base.objects.filter(studio=studio, in_use=True).annotate(sort=Value("b"), rank=F("name"))
    found = Neighbourhood.objects.filter(street=street).annotate(sort=Value("n"), rank=F("code"))
    columns = ("sort", "rank", "pk", "name")
    rows = bases.order_by().values_list(*columns).union(found.order_by().values_list(*columns), all=True)
    return rows.order_by("sort", "rank")


_PLACES = KeptQuery(_ask_places)
_METHODS = KeptQuery(lambda person, studio: Method.objects.of_studio(studio))


def _places(studio):
    """Both kinds of places as groups of choices, in one query."""
    groups = {"b": [], "n": []}
    for kind, _, pk, name in _PLACES.all(studio=studio.pk, street=studio.street_id or 0):
        groups[kind].append((f"{kind}{pk}", short_name_of(name) if kind == "n" else name))
    return [("教学基地", groups["b"]), ("居民区", groups["n"])]


def place_key(session):
    """The choice of PlaceField that says where this session is."""
    if session.base_id:
        return f"b{session.base_id}"
    return f"n{session.neighbourhood_id}" if session.neighbourhood_id else ""


def _ask_used(person, session):
    used = Session.methods.through.objects.filter(session=session)
    return used.order_by("method").values_list("method", flat=True)


_USED = KeptQuery(_ask_used)


def methods_of(session):
    """Ids of the methods that the session used."""
    return _USED.all(session=session.pk)


class MethodsField(forms.MultipleChoiceField):
    """工作法 as chips; gives a list of Methods."""

    def __init__(self, studio, **kwargs):
        self.found = {str(method.pk): method for method in _METHODS.all(studio=studio.pk)}
        choices = [(pk, method.name) for pk, method in self.found.items()]
        super().__init__(choices=choices, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def clean(self, value):
        return [self.found[pk] for pk in super().clean(value)]


def photos_field():
    return PhotosField(SessionPhoto, upload="mentoring:photo-upload", help_text=PHOTO_HELP)
