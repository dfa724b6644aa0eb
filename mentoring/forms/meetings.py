"""A meeting: calling it, and its minutes with what was decided."""

from collections import Counter

from django import forms
from django.urls import reverse
from django.utils import timezone

from people import words
from people.forms.base import StudioForm
from people.forms.dress import Dictated
from people.models import Membership, Neighbourhood
from people.roles import Role

from ..actions.meetings import Decided
from ..models import Meeting
from ..models.meeting import AGENDA_MOST, MINUTES_MOST
from .session_parts import NoteField, UnitsField

NEVER_BEFORE = 366
MORE_ROWS, FEWEST_ROWS, MOST_ROWS = 2, 3, 30
ROLES = {Role.STAFF: "街道", Role.LEAD: "带教书记", Role.MENTOR: "带教书记", Role.APPRENTICE: "学员"}


class MembersField(forms.MultipleChoiceField):
    """People of the studio as chips: staff and mentors with their role, apprentices by name, with the place
    where two are called alike. Gives a list of Persons."""

    def __init__(self, studio, **kwargs):
        widget = forms.CheckboxSelectMultiple()
        rows = people_of(studio)
        known = Counter(name for _, name in {(row.person_id, row.person.name) for row in rows})
        self.people, labels = {}, {}
        for row in rows:
            person, key = row.person, str(row.person_id)
            alike, learns = known[person.name] > 1, row.role == Role.APPRENTICE
            about = person.place or ROLES[row.role] if alike else ROLES[row.role]
            self.people.setdefault(key, person)
            labels.setdefault(key, f"{person.name}（{about}）" if alike or not learns else person.name)
        super().__init__(choices=list(labels.items()), widget=widget, **kwargs)

    def clean(self, value):
        return [self.people[pk] for pk in super().clean(value)]


def people_of(studio):
    """Current memberships of those who meet: staff, mentors, apprentices, in this order."""
    found = Membership.objects.current().filter(studio=studio, role__in=ROLES)
    order = list(ROLES)
    rows = found.select_related("person__neighbourhood").order_by("person__pk")
    return sorted(rows, key=lambda one: order.index(one.role))


class MeetingForm(StudioForm):
    """`facts()` gives the keyword arguments of `meetings.plan`."""

    submit_label = "安排好了"
    unmarked = ("agenda", "place", "starts_at")

    def __init__(self, data=None, *, studio, meeting=None, draft_key="meeting-new", **kwargs):
        self.instance, self.draft_key = meeting, draft_key
        super().__init__(data, **kwargs)
        places = Neighbourhood.objects.of_studio(studio).order_by("code")
        self.members_field = MembersField(
            studio, label="谁参加", error_messages={"required": "请点一下谁参加"}
        )
        chairs = [("", "不写"), *((pk, one.name) for pk, one in self.members_field.people.items())]
        self.fields |= {
            "kind": forms.ChoiceField(
                label="哪种会", choices=Meeting.Kind.choices, widget=forms.RadioSelect
            ),
            "neighbourhood": forms.ModelChoiceField(
                places, label="哪个居民区的支委会", required=False,
                widget=forms.Select({"data-when": f"kind={Meeting.Kind.BRANCH}"}),
            ),
            "subject": forms.CharField(label="主要议什么", max_length=60),
            "held_on": forms.DateField(label="哪一天"),
            "starts_at": forms.TimeField(label="几点", required=False),
            "place": forms.CharField(label="在哪里", max_length=60, required=False),
            "agenda": NoteField(
                label="议程", max_length=AGENDA_MOST, required=False, widget=forms.Textarea({"rows": 4}),
                help_text="一行一项。",
            ),
            "members": self.members_field,
            "chair": forms.ChoiceField(label="谁主持", choices=chairs, required=False),
        }  # fmt: skip
        self.unmarked = (*self.unmarked, "neighbourhood")

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[self.draft_key])}

    def clean(self):
        data = super().clean()
        placeless = data.get("kind") == Meeting.Kind.BRANCH and not data.get("neighbourhood")
        if placeless and "neighbourhood" not in self.errors:
            self.add_error("neighbourhood", "请选是哪个居民区的支委会")
        day = data.get("held_on")
        if day and abs((day - timezone.localdate()).days) > NEVER_BEFORE:
            self.add_error("held_on", "离今天一年以上了，请看看日期是不是选错了")
        return data

    def facts(self):
        names = ("kind", "neighbourhood", "subject", "held_on", "starts_at", "place", "agenda", "members")
        chair = self.members_field.people.get(self.cleaned_data["chair"])
        return {name: self.cleaned_data[name] for name in names} | {"chair": chair}


class MeetingEditForm(MeetingForm):
    submit_label = "改好了"
    carries_version = True

    def __init__(self, data=None, *, meeting, **kwargs):
        names = ("kind", "neighbourhood", "subject", "held_on", "starts_at", "place", "agenda")
        initial = {name: getattr(meeting, name) for name in names}
        initial["members"] = [str(row.person_id) for row in meeting.members.all()]
        initial["chair"] = str(meeting.chair_id or "")
        kwargs.setdefault("draft_key", f"meeting-{meeting.pk}")
        super().__init__(data, studio=meeting.studio, meeting=meeting, initial=initial, **kwargs)


class MinutesForm(StudioForm):
    """Who came, what was said, which partners were there, and rows of what was decided."""

    form_tag = False
    carries_version = True

    def __init__(self, data=None, *, meeting, **kwargs):
        self.instance, self.meeting = meeting, meeting
        self.known = list(meeting.decisions.all())
        members = list(meeting.members.all())
        self.people = {str(row.person_id): row.person for row in members}
        for decision in self.known:
            self.people.setdefault(str(decision.owner_id), decision.owner)
        written = meeting.is_held
        there = [row for row in members if row.came or (not written and row.answer != "no")]
        came = [str(row.person_id) for row in there]
        super().__init__(data, initial={"came": came, "minutes": meeting.minutes, "units": meeting.units})
        widget = forms.CheckboxSelectMultiple()
        widget.tick_all = "都来了"
        self.fields |= {
            "came": forms.MultipleChoiceField(
                label="谁来了", required=False, widget=widget,
                choices=[(str(row.person_id), row.person.name) for row in members],
            ),
            "units": UnitsField(),
            "minutes": NoteField(
                label="会上说了什么", max_length=MINUTES_MOST, required=False, widget=Dictated({"rows": 10})
            ),
        }  # fmt: skip
        self.fields["units"].label = "来参加的单位和部门"
        self._add_rows(data)

    def _add_rows(self, data):
        posted = [name for name in data or () if name.startswith("text_") and name[5:].isdecimal()]
        wanted = max(FEWEST_ROWS, len(self.known) + MORE_ROWS, len(posted))
        self.row_count = min(wanted, MOST_ROWS)
        owners = [("", "请选"), *((pk, person.name) for pk, person in self.people.items())]
        for number in range(self.row_count):
            was = self.known[number] if number < len(self.known) else None
            self.fields[f"text_{number}"] = forms.CharField(
                label="定了什么", max_length=200, required=False, initial=was and was.text
            )
            self.fields[f"owner_{number}"] = forms.ChoiceField(
                label="谁来办", choices=owners, required=False, initial=was and str(was.owner_id)
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label="几号前", required=False, initial=was and was.due_on
            )
        names = ("text", "owner", "due")
        self.unmarked = ("came", "minutes", *(f"{n}_{i}" for i in range(self.row_count) for n in names))

    def rows(self):
        """Bound fields of each row, for the template."""
        return [(self[f"text_{n}"], self[f"owner_{n}"], self[f"due_{n}"]) for n in range(self.row_count)]

    def clean(self):
        data = super().clean()
        for number in range(self.row_count):
            self._clean_row(number)
        said = data.get("minutes") or any(data.get(f"text_{n}") for n in range(self.row_count))
        if not said and "minutes" not in self.errors:
            self.add_error("minutes", "请写几句会上说了什么，或者写一件定下来的事")
        return data

    def _clean_row(self, number):
        text, owner, due = (self.cleaned_data.get(f"{name}_{number}") for name in ("text", "owner", "due"))
        shown = f"第{number + 1}件"
        if not text:
            if (owner or due) and f"text_{number}" not in self.errors:
                self.add_error(f"text_{number}", f"{shown}还没写要做什么，不要这件的话，请把人和日期也去掉")
            return
        if not owner and f"owner_{number}" not in self.errors:
            self.add_error(f"owner_{number}", f"{shown}还没写谁来办")
        if not due and f"due_{number}" not in self.errors:
            self.add_error(f"due_{number}", f"{shown}还没写几号前")
        elif due and due < self.meeting.held_on:
            day = words.short_day(self.meeting.held_on)
            self.add_error(f"due_{number}", f"会是{day}开的，期限请往后选")

    def facts(self):
        data = self.cleaned_data
        decided = []
        for number in range(self.row_count):
            if data[f"text_{number}"]:
                pk = self.known[number].pk if number < len(self.known) else None
                owner = self.people[data[f"owner_{number}"]]
                decided.append(Decided(data[f"text_{number}"], owner, data[f"due_{number}"], pk))
        return {
            "came": [self.people[pk] for pk in data["came"]],
            "minutes": data["minutes"],
            "units": data["units"],
            "decisions": decided,
        }
