"""记一次带教: one page, four blocks, filled in before the mentor arrives."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone

from people import words
from people.competencies import Topic
from people.forms.base import StudioForm
from people.forms.dress import Dictated

from .. import session_modes
from .. import session_rules as rules
from ..actions.session_talks import text_for
from ..actions.session_tasks import Task, given
from ..models import Session
from .session_parts import (
    MethodsField,
    NoteField,
    PeopleField,
    PlaceField,
    methods_of,
    others_field,
    particular_fields,
    photos_field,
    place_key,
)

PICK = "pick"
TASK_ROWS = 3
TALK_HELP = "选“谈心”的，写的话只有您和这位徒弟看得到。午餐会上的谈心也选它。"


class SessionForm(StudioForm):
    """What a mentor tells about a session. `facts()` gives the keyword arguments of `sessions.log`."""

    form_tag = False
    unmarked = (
        "present", "others", "day", "held_on", "minutes", "topics", "note", "mode", "where", "place", "theme",
        *session_modes.PARTICULARS,
    )  # fmt: skip

    def __init__(
        self, data=None, *, group, pairings, today=None, by_proxy=False, photos=True, around=(), **kwargs
    ):
        self.group, self.today, self.by_proxy = group, today or timezone.localdate(), by_proxy
        self.in_future = False
        # Filled in beforehand: not a reason to unfold the part that holds it.
        self.usual = {"mode": Session.Mode.FACE, **kwargs.get("initial", {})}
        super().__init__(_with_known_day(data, self.today), **kwargs)
        studio = group.studio
        self.fields |= {
            "present": PeopleField(
                pairings, label="带了谁", required=False, error_messages={"required": rules.NOBODY}
            ),
            "day": forms.ChoiceField(
                label="什么时候", choices=_days(self.today), required=False, widget=forms.RadioSelect
            ),
            "held_on": forms.DateField(
                label="哪一天", required=False, widget=forms.DateInput({"data-when": f"day={PICK}"})
            ),
            "minutes": forms.TypedChoiceField(
                label="大约多久", choices=Session.Duration.choices, coerce=int, empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            ),
            "topics": forms.MultipleChoiceField(
                label="讲了什么", choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple
            ),
            "note": NoteField(
                label="说一说", max_length=rules.NOTE_LIMIT, required=False, widget=Dictated
            ),
            "mode": forms.ChoiceField(
                label="方式", choices=Session.Mode.choices, required=False, widget=forms.RadioSelect,
                help_text=TALK_HELP,
            ),
            **particular_fields(),
            "theme": forms.CharField(label="主题", max_length=60, required=False),
            "where": PlaceField(studio, own=True, label="在哪里"),
            "place": forms.CharField(label="或者写一个地方", max_length=60, required=False),
            "methods": MethodsField(studio, label="用到的工作法"),
        }  # fmt: skip
        if self.initial.get("theme"):
            self.fields["theme"].help_text = "本月主题替您填好了。这次不是讲这个，改掉或者删掉就行。"
        if around:
            self.fields["others"] = others_field(around)
        if photos:
            self.fields["photos"] = photos_field()
        self._add_tasks(max(TASK_ROWS, len(self.initial.get("tasks", ())) + 1))
        if by_proxy:
            self.fields["proxy_source"] = forms.ChoiceField(
                label="根据什么记的", choices=Session.ProxySource.choices, required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip

    def _add_tasks(self, rows):
        known = [*self.initial.get("tasks", ()), *[Task("")] * rows][:rows]
        for number, task in enumerate(known):
            shown = number + 1
            self.fields[f"task_{number}"] = forms.CharField(
                label=f"第{shown}件事", max_length=200, required=False, initial=task.text
            )
            self.fields[f"task_{number}_due"] = forms.DateField(
                label=f"第{shown}件事几号前", required=False, initial=task.due_on
            )
        self.known_tasks, self.task_rows = known, rows

    def tasks(self):
        """Pairs of bound fields, for the template: what, until when."""
        return [(self[f"task_{n}"], self[f"task_{n}_due"]) for n in range(self.task_rows)]

    def more_is_open(self):
        """Whether the folded part holds something that was filled in or has to be changed."""
        folded = ["mode", *session_modes.PARTICULARS, "theme", "place", "methods"]
        folded += ["others"] if "others" in self.fields else []
        folded += [f"task_{n}" for n in range(self.task_rows)]
        touched = any(self[name].value() not in (None, "", [], self.usual.get(name)) for name in folded)
        return touched or any(name in self.errors for name in ("where", *folded, *self._due_names()))

    def _due_names(self):
        return [f"task_{n}_due" for n in range(self.task_rows)]

    def clean(self):
        data = super().clean()
        day, mode = self._clean_day(), data.get("mode") or Session.Mode.FACE
        if "present" in data and "others" not in self.errors:
            self._clean_present(day, data["present"], data.get("others", ()))
        if mode == Session.Mode.TALK:
            everybody = [*data.get("present", ()), *data.get("others", ())]
            said = data.get("note", "")
            self._tell("mode", rules.talk_problem(everybody, said, by_proxy=self.by_proxy))
        elif not data.get("topics") and not data.get("note") and "note" not in self.errors:
            self._tell("topics", rules.NOTHING_SAID)
        self._clean_mode(mode)
        for number in range(self.task_rows):
            self._clean_task(number)
        return data

    def _clean_present(self, day, present, others):
        if day:
            self._tell("present", rules.present_problem(present, self.group, day, self.today, others))
        elif not present and not others:
            self._tell("present", rules.NOBODY)

    def _clean_mode(self, mode):
        """What this way of teaching needs besides; what belongs to another one is dropped."""
        data = self.cleaned_data
        for name, problem in session_modes.problems(mode, data).items():
            self._tell(name, "" if name in self.errors else problem)
        if mode == Session.Mode.STATIONED and "where" in data and "present" in data:
            place = data["where"] or _own_place(data["present"], mode)
            self._tell("where", "" if place["neighbourhood"] else session_modes.WHERE_STATIONED)

    def _tell(self, name, problem):
        if problem:
            self.add_error(name, problem)

    def _clean_day(self):
        """The day of the session, or None; `held_on` of the cleaned data afterwards."""
        if "day" in self.errors or "held_on" in self.errors:
            return None
        chosen = self.cleaned_data.get("day")
        day = (
            date.fromisoformat(chosen) if chosen not in ("", None, PICK) else self.cleaned_data.get("held_on")
        )
        where = "held_on" if chosen == PICK else "day"
        if day is None:
            self._tell(where, "请选是哪一天带教的")
            return None
        problem = rules.date_problem(day, self.group.cohort, self.today)
        self.in_future = problem == rules.IN_FUTURE
        self._tell(where, problem)
        self.cleaned_data["held_on"] = day
        return None if problem else day

    def _clean_task(self, number):
        text, due = self.cleaned_data.get(f"task_{number}"), self.cleaned_data.get(f"task_{number}_due")
        if due and not text:
            self._tell(f"task_{number}", "请写一句要做什么，或者把日期去掉")
        if due and due < self.today and due != self.known_tasks[number].due_on:
            self._tell(f"task_{number}_due", f"期限{words.short_day(due, self.today)}已经过了，请往后选")

    def given_tasks(self):
        rows = [
            Task(
                self.cleaned_data[f"task_{number}"],
                self.cleaned_data[f"task_{number}_due"],
                was=self.known_tasks[number].text,
            )
            for number in range(self.task_rows)
        ]
        return [task for task in rows if task.text]

    def facts(self):
        """Keyword arguments for sessions.log or sessions.edit, without group, photos and writer."""
        data = self.cleaned_data
        facts = {
            name: data[name]
            for name in (
                "present",
                "held_on",
                "minutes",
                "topics",
                "note",
                "place",
                "theme",
                "methods",
                "others",
            )
            if name in data
        }
        facts["mode"] = data["mode"] or Session.Mode.FACE
        facts |= session_modes.fitting(facts["mode"], data)
        facts |= data["where"] or _own_place(data["present"], facts["mode"])
        facts["tasks"] = self.given_tasks()
        if "proxy_source" in data:
            facts["proxy_source"] = data["proxy_source"]
        return facts


class SessionEditForm(SessionForm):
    """The same page over a session that is there already; photos have a page of their own."""

    carries_version = True

    def __init__(self, data=None, *, session, by, **kwargs):
        self.instance = session
        # The same studio, read with the session already.
        session.group.studio = session.studio
        by_proxy = session.by_proxy and by.pk != session.mentor_id
        initial = _as_initial(session, by)
        super().__init__(
            data, group=session.group, by_proxy=by_proxy, photos=False, initial=initial, **kwargs
        )
        self.usual = {"mode": Session.Mode.FACE}
        self.fields["theme"].help_text = ""
        self.fields["where"].keep(session)
        modes = [choice for choice in Session.Mode.choices if (choice[0] == "talk") == session.is_talk]
        self.fields["mode"].choices = modes
        if session.is_talk and by.pk != session.mentor_id:
            del self.fields["note"]


def _days(today):
    names = ("今天", "昨天", "前天")
    days = [((today - timedelta(days=back)).isoformat(), name) for back, name in enumerate(names)]
    return [*days, (PICK, "选日期")]


def day_values(day, today):
    """Initial values that show this day: a chip, or the date field for an older one."""
    near = 0 <= (today - day).days <= 2
    return {"day": day.isoformat()} if near else {"day": PICK, "held_on": day}


def _with_known_day(data, today):
    """A page opened yesterday said 今天 of yesterday: the day stays, whatever it is called now."""
    day = data.get("day") if data else None
    if not day or day in dict(_days(today)):
        return data
    try:
        date.fromisoformat(day)
    except ValueError:
        return data
    data = data.copy()
    data["day"], data["held_on"] = PICK, day
    return data


def _own_place(present, mode):
    """Where a session was, when nobody said: at the apprentices' own neighbourhood, if they share one."""
    places = {person.neighbourhood for person in present}
    one = len(places) == 1 and mode not in session_modes.AT_A_DISTANCE
    return {"neighbourhood": places.pop() if one else None, "base": None}


def _as_initial(session, by):
    there = [str(row.apprentice_id) for row in session.attendance.all()]
    return {
        "present": there,
        "others": there,
        **day_values(session.held_on, timezone.localdate()),
        "minutes": session.minutes,
        "topics": session.topics,
        "note": session.note or text_for(session, by),
        "mode": session.mode,
        "theme": session.theme,
        **{name: getattr(session, name) for name in session_modes.PARTICULARS},
        "where": place_key(session),
        "place": session.place,
        "methods": [str(pk) for pk in methods_of(session)],
        "proxy_source": session.proxy_source,
        "tasks": given(session),
    }
