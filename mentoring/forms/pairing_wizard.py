"""The five pages of 「给学员结对」. The first four only keep what was chosen (a draft); the last one acts."""

from collections import Counter
from functools import cached_property

from django import forms
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from people.forms.base import StudioForm

from ..models import Pairing
from .pairings import mentors_of, unpaired

MOST_MENTORS, MOST_APPRENTICES = 60, 200
GONE = "选的人里有的已经不能选了，请再看一遍"
UNKNOWN = "未填"


class Candidates:
    """Who can be paired in a cohort in one way, read once for a request. Keys are ids as text."""

    def __init__(self, cohort, kind=Pairing.Kind.GROUP):
        self.cohort, self.kind = cohort, kind

    @property
    def capacity(self):
        """Most apprentices of one mentor."""
        return 1 if self.kind == Pairing.Kind.SINGLE else self.cohort.capacity

    @cached_property
    def mentors(self):
        """{key: mentor} of all present mentors, with `taken` and `left`: places taken and left."""
        pairs = self.cohort.pairings.current().order_by("mentor")
        counted = pairs.values("mentor").annotate(
            number=Count("pk"), alone=Count("pk", filter=Q(kind=Pairing.Kind.SINGLE))
        )
        taken = {row["mentor"]: (row["number"], row["alone"]) for row in counted}
        found = {str(one.pk): one for one in mentors_of(self.cohort.studio).select_related("neighbourhood")}
        for mentor in found.values():
            mentor.taken, busy = taken.get(mentor.pk, (0, 0))
            mentor.left = 0 if busy else max(0, self.capacity - mentor.taken)
        return found

    @cached_property
    def apprentices(self):
        """{key: apprentice} of all who have no mentor; for 驻点 of places without a committee only."""
        found = unpaired(self.cohort.studio_id)
        if self.kind == Pairing.Kind.STATIONED:
            found = found.filter(neighbourhood__has_committee=False)
        return {str(one.pk): one for one in found}


class PageForm(StudioForm):
    """A page that only keeps what was chosen: its number `page`, and `key`, under which it is kept."""

    carries_token = False
    submit_label = "下一步"
    page = 0

    def __init__(self, *args, key, **kwargs):
        super().__init__(*args, **kwargs)
        self.key = key

    def form_attrs(self):
        return {"data-autosave": reverse("people:draft", args=[self.key])}

    def nothing(self):
        """{text, url, action} for a page where there is nothing to choose, or None."""
        return None


class CohortPage(PageForm):
    page = 1
    cohort = forms.ChoiceField(
        label="给哪一期结对",
        widget=forms.RadioSelect,
        error_messages={
            "required": "请点一下给哪一期结对",
            "invalid_choice": "这一期已经不能选了，请再选一次",
        },
    )
    starts_on = forms.DateField(label="从哪天开始", error_messages={"required": "请选从哪天开始"})
    kind = forms.ChoiceField(
        label="怎么带",
        choices=[
            (Pairing.Kind.GROUP, "带教组：一位师傅带几名"),
            (Pairing.Kind.SINGLE, "一对一：育苗工程，一位师傅只带一名"),
            (Pairing.Kind.STATIONED, "驻点：师傅驻到还没有居委会的居民区"),
        ],
        initial=Pairing.Kind.GROUP,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, cohorts, asked=None, **kwargs):
        """`cohorts`: {key: cohort}; `asked`: the one that is chosen at first."""
        super().__init__(*args, **kwargs)
        self.cohorts = cohorts
        field = self.fields["cohort"]
        field.choices, field.widget.rows = [(key, card_of(one)) for key, one in cohorts.items()], True
        self.fields["kind"].widget.rows, self.unmarked = True, ("kind",)
        if asked:
            day = min(max(asked.starts_on, timezone.localdate()), asked.ends_on)
            self.initial |= {"cohort": str(asked.pk), "starts_on": day}

    def nothing(self):
        if not self.cohorts:
            return _hint("还没有期次。建好期次就可以结对了。", reverse("mentoring:cohort-new"), "建期次")
        return None

    def clean_cohort(self):
        return self.cohorts[self.cleaned_data["cohort"]]

    def clean_kind(self):
        return self.cleaned_data["kind"] or Pairing.Kind.GROUP

    def clean(self):
        cleaned = super().clean()
        day, cohort = cleaned.get("starts_on"), cleaned.get("cohort")
        if day and cohort and not cohort.starts_on <= day <= cohort.ends_on:
            self.add_error("starts_on", "这一天不在本期里面，请看看是不是选错了")
        return cleaned


def card_of(cohort):
    """The cohort with its time and its places."""
    first, last = (f"{day.year}年{day.month}月{day.day}日" for day in (cohort.starts_on, cohort.ends_on))
    about = f"{first}到{last}，每位师傅最多带{cohort.capacity}名"
    return format_html("{}<small>{}</small>", cohort.name, about)


class _PeoplePage(PageForm):
    """Cards to tick; all are ticked at first."""

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        field = self.fields["people"]
        field.widget.rows, field.widget.tick_all = True, "全选"
        field.choices = [(key, self.card(person)) for key, person in self.offered().items()]
        self.initial.setdefault("people", list(self.offered()))

    def picked(self):
        """{key: person} as ticked, in their fixed order. The form must be valid."""
        ticked = set(self.cleaned_data["people"])
        return {key: person for key, person in self.offered().items() if key in ticked}


def _hint(text, url, action):
    return {"text": text, "url": url, "action": action}


class MentorsPage(_PeoplePage):
    page = 2
    people = forms.MultipleChoiceField(
        label="请哪几位书记带",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "还没有选带教书记，请至少点一位", "invalid_choice": GONE},
    )

    def offered(self):
        """Mentors who have places left."""
        return {key: one for key, one in self.candidates.mentors.items() if one.left}

    def nothing(self):
        if not self.candidates.mentors:
            text = "名册里还没有带教书记，先加上再来结对。"
            return _hint(text, reverse("people:person-list"), "去人员名册")
        if not self.offered():
            text = "带教书记都带满了。要多带，请在期次里改人数。"
            if self.candidates.kind == Pairing.Kind.SINGLE:
                text = "带教书记都带着徒弟。一对一要请一位还没带徒弟的师傅。"
            return _hint(text, self.candidates.cohort.get_absolute_url(), "看期次")
        return None

    def full(self):
        """Mentors who have none."""
        return [one for one in self.candidates.mentors.values() if not one.left]

    def card(self, mentor):
        skills = "、".join(mentor.expertise) or UNKNOWN
        about = f"专长：{skills} · 现带{mentor.taken}名，可带到{self.candidates.capacity}名"
        return format_html("{}（{}）<small>{}</small>", mentor.called, mentor.name, about)

    def clean_people(self):
        people = self.cleaned_data["people"]
        if len(people) > MOST_MENTORS:
            raise forms.ValidationError(f"一次最多选{MOST_MENTORS}位，请分几次结")
        return people


class ApprenticesPage(_PeoplePage):
    page = 3
    people = forms.MultipleChoiceField(
        label="给哪些学员找师傅",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "还没有选学员，请至少点一名", "invalid_choice": GONE},
    )

    def __init__(self, *args, mentors, **kwargs):
        """`mentors`: those chosen on the page before."""
        self.room = sum(mentor.left for mentor in mentors.values())
        super().__init__(*args, **kwargs)

    def offered(self):
        return self.candidates.apprentices

    def nothing(self):
        if not self.offered():
            if self.candidates.kind == Pairing.Kind.STATIONED:
                text = "还没成立居委会的居民区里，没有等着结对的学员。"
                return _hint(text, reverse("people:neighbourhood-list"), "看居民区")
            list_url = f"{reverse('mentoring:pairing-list')}?cohort={self.candidates.cohort.pk}"
            return _hint("学员都有师傅了。", list_url, "看结对")
        return None

    def card(self, person):
        weak = "、".join(person.weak_labels()) or UNKNOWN
        about = f"{person.place or '居民区未填'} · {in_post(person)} · 自评最弱两项：{weak}"
        return format_html("{}<small>{}</small>", person.name, about)

    def clean_people(self):
        people = self.cleaned_data["people"]
        if len(people) > MOST_APPRENTICES:
            raise forms.ValidationError(f"一次最多选{MOST_APPRENTICES}名，请分几次结")
        if len(people) > self.room:
            raise forms.ValidationError(
                f"选了{len(people)}名，这几位师傅一共还能带{self.room}名，请少选几名，或回上一步多请几位师傅"
            )
        return people


def in_post(person):
    """副书记，2023年5月起."""
    since = person.post_since
    post = person.post or "任职未填"
    return f"{post}，{since.year}年{since.month}月起" if since else post


class GroupsPage(PageForm):
    """One 「分给」 per apprentice; those left open stay without a mentor."""

    page = 4
    submit_label = "下一步：核对"
    form_class = "form-wide"

    def __init__(self, *args, mentors, apprentices, may_be_empty=False, **kwargs):
        """`may_be_empty`: for 先分一遍, which fills what is open."""
        super().__init__(*args, **kwargs)
        self.mentors, self.apprentices, self.may_be_empty = mentors, apprentices, may_be_empty
        choices = [("", "先不分"), *((key, f"{one.called}（{one.name}）") for key, one in mentors.items())]
        for key, person in apprentices.items():
            self.fields[field_of(key)] = forms.ChoiceField(
                label=f"{person.name}分给",
                choices=choices,
                required=False,
                error_messages={"invalid_choice": "这位师傅这次没有选上，请换一位"},
            )
        self.unmarked = tuple(self.fields)

    def clean(self):
        cleaned = super().clean()
        chosen = Counter(self.by_apprentice(cleaned).values())
        if not self.errors and not chosen and not self.may_be_empty:
            raise forms.ValidationError("还没有给哪位学员选师傅")
        for key, number in chosen.items():
            mentor = self.mentors[key]
            if number > mentor.left:
                self.add_error(None, f"{mentor.called}还能带{mentor.left}名，这里选了{number}名")
        return cleaned

    def by_apprentice(self, cleaned=None):
        """{apprentice key: mentor key} of those who have been given one."""
        cleaned = self.cleaned_data if cleaned is None else cleaned
        given = {key: cleaned.get(field_of(key)) for key in self.apprentices}
        return {key: mentor for key, mentor in given.items() if mentor}

    def sections(self, reasons):
        """[(mentor or None, [(apprentice, post, bound field, reason)])] as the fields stand; open ones first.

        `reasons`: {(mentor key, apprentice key): words}.
        """
        found = {"": [], **{key: [] for key in self.mentors}}
        for key, person in self.apprentices.items():
            field = self[field_of(key)]
            mentor = field.value() if field.value() in found else ""
            found[mentor].append((person, in_post(person), field, reasons.get((mentor, key), "")))
        return [(self.mentors.get(key), rows) for key, rows in found.items() if rows]


def field_of(apprentice):
    """The name of the 「分给」 of an apprentice's key."""
    return f"to_{apprentice}"


class ConfirmForm(StudioForm):
    submit_label = "确认结对"
