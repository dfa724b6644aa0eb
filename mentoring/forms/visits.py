"""Study visits and series: arranging, who went, photos."""

from collections import Counter

from django import forms

from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated, Suggested
from people.forms.known import PICK, KnownRow
from people.kept import KeptQuery

from ..actions.cadence_counts import is_meant
from ..actions.visits import MOST_PEOPLE, may_be_asked
from ..models import Base, Series, Session, Visit, VisitPhoto
from .cadence import add_counts, counted
from .photos import PhotosField

STOP_ROWS = 6
THREE_WAYS = ("跟着先进学先进", "书记巡游观摩学", "干部午餐会谈心学")


def named(person):
    return f"{person.name}（{person.place}）" if person.place else person.called


def labels_of(people):
    """[(id, label)] for chips: apprentices by name, mentors as they are called; more where two are alike."""
    short = {person.pk: person.name if person.place else person.called for person in people}
    known = Counter(short.values())

    def label(person):
        if known[short[person.pk]] == 1:
            return short[person.pk]
        return named(person) if person.place else f"{person.called}（{person.name}）"

    return [(str(person.pk), label(person)) for person in people]


_ASKED = KeptQuery(lambda person, studio: may_be_asked(studio))
_SERIES = KeptQuery(lambda person, studio: Series.objects.filter(studio=studio, in_use=True))
_BASES = KeptQuery(
    lambda person, studio: Base.objects.filter(studio=studio, in_use=True).values_list("name", flat=True)
)


class PeopleChoice(forms.MultipleChoiceField):
    """Mentors and apprentices of the studio as chips."""

    def __init__(self, studio, **kwargs):
        people = list(_ASKED.all(studio=studio.pk))
        self.people = {str(person.pk): person for person in people}
        widget = forms.CheckboxSelectMultiple()
        widget.tick_all = "全选"
        super().__init__(
            choices=labels_of(people),
            widget=widget,
            error_messages={"required": "请点一下谁去"},
            **kwargs,
        )

    def clean(self, value):
        people = [self.people[pk] for pk in super().clean(value)]
        if len(people) > MOST_PEOPLE:
            raise forms.ValidationError(f"一次观摩最多{MOST_PEOPLE}人，请分成几次")
        return people


class VisitForm(StudioModelForm):
    """A new visit, or with an instance a change of one."""

    carries_version = True

    class Meta:
        model = Visit
        fields = ("title", "on", "starts_at", "about", "series")

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio
        self.submit_label = "改好了" if self.instance.pk else "安排好了，告诉大家"
        self.series_offered = _SERIES.all(studio=studio.pk)
        self.fields["series"] = KnownRow(
            rows=self.series_offered, blank=PICK, label="哪个系列", required=False
        )
        self.fields["title"].help_text = "比如：去梅川学六维关怀"
        self._add_stops()
        self.fields["people"] = PeopleChoice(studio, label="谁去")
        if self.instance.pk:
            self.initial["people"] = [row.person_id for row in self.instance.along.all()]

    def _add_stops(self):
        known = list(self.instance.stops.order_by("order")) if self.instance.pk else []
        places = _BASES.all(studio=self.studio.pk)
        self.stop_rows = max(STOP_ROWS, len(known))
        for n in range(self.stop_rows):
            stop = known[n] if n < len(known) else None
            for name, label, most in (
                ("place", f"第{n + 1}站去哪里", 60),
                ("host", "谁接待", 40),
                ("focus", "看什么", 100),
            ):
                field = forms.CharField(
                    label=label, max_length=most, required=False, initial=getattr(stop, name, "")
                )
                if name == "place":
                    field.widget = Suggested(places)
                self.fields[f"{name}_{n}"] = field
        self.unmarked = tuple(name for name in self.fields if name[-1].isdigit())
        self.known_stops = len(known)

    def stop_fields(self):
        """Rows of three bound fields, for the template."""
        return [(n, self[f"place_{n}"], self[f"host_{n}"], self[f"focus_{n}"]) for n in range(self.stop_rows)]

    def clean(self):
        super().clean()
        stops = []
        for n in range(self.stop_rows):
            row = tuple(self.cleaned_data.get(f"{name}_{n}") or "" for name in ("place", "host", "focus"))
            if not row[0] and any(row):
                self.add_error(f"place_{n}", "请写这一站去哪里，或者把后面的去掉")
            if row[0]:
                stops.append(row)
        if not stops and "place_0" not in self.errors:
            self.add_error("place_0", "请写至少一站去哪里")
        self.cleaned_data["stops"] = stops
        return self.cleaned_data

    def facts(self):
        return {name: self.cleaned_data[name] for name in (*self._meta.fields, "stops", "people")}


class CancelForm(StudioForm):
    submit_label = "不去了，告诉大家"
    submit_class = "btn-danger-quiet"
    carries_version = True
    why = forms.CharField(label="为什么不去了", max_length=100)


class HoldForm(StudioForm):
    submit_label = "记好了"
    carries_version = True
    unmarked = ("note",)

    def __init__(self, *args, visit, slots=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"] = PeopleChoice(visit.studio, label="谁真的去了")
        self.fields["note"] = forms.CharField(
            label="看到了什么", max_length=1000, required=False, widget=Dictated
        )
        self.initial = {
            "people": [row.person_id for row in visit.along.all()], "note": visit.note, **self.initial
        }  # fmt: skip
        self.fields["version"].initial = visit.version
        add_counts(self, slots, lambda slot: is_meant(slot, title=visit.title, day=visit.on))

    def facts(self):
        return {
            "people": self.cleaned_data["people"],
            "note": self.cleaned_data["note"],
            "counts": counted(self),
        }


def photos_field():
    help_text = f"最多{VisitPhoto.MOST}张，可以不放。照片里的位置信息会去掉。"
    return PhotosField(VisitPhoto, upload="mentoring:visit-photo-upload", help_text=help_text)


class SeriesForm(StudioModelForm):
    submit_label = "存好"
    carries_version = True

    class Meta:
        model = Series
        fields = ("name", "about", "in_use")

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio
        self.fields["name"].widget = Suggested(THREE_WAYS)
        self.fields["about"].widget = forms.Textarea({"rows": 3})
        if not self.instance.pk:
            del self.fields["in_use"]

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        if Series.objects.filter(studio=self.studio, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("已经有这个系列了，请换个名字")
        return name


class SeriesSessionForm(StudioForm):
    """Which session of the last months was one of the series."""

    submit_label = "放进这个系列"
    submit_class = "btn-quiet"
    session = forms.ModelChoiceField(Session.objects.none(), label="哪一次带教")

    def __init__(self, *args, series, person, **kwargs):
        super().__init__(*args, **kwargs)
        found = Session.objects.visible_to(person).held().filter(studio=series.studio)
        self.fields["session"].queryset = (
            found.exclude(series=series).select_related("mentor").order_by("-held_on", "-pk")
        )
        self.fields["session"].label_from_instance = _session_named
        self.fields["session"].error_messages["required"] = "请选一次带教"

    def offer(self, number):
        """Show the newest only; any that is seen may be sent."""
        rows = list(self.fields["session"].queryset[:number])
        self.fields["session"].widget.choices = [
            ("", "请选"),
            *((row.pk, _session_named(row)) for row in rows),
        ]


def _session_named(session):
    day = session.held_on
    return (
        f"{day.month}月{day.day}日 {session.mentor.called} {session.get_mode_display()} {session.summary()}"
    )
