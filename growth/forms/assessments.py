"""Forms around a round: what it is, its people and scorers, its moves."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from people.competencies import Competency
from people.forms.base import StudioForm, StudioModelForm

from ..models import Round

TIMES = ("since", "until", "score_by")
WEIGHTS = ("self_weight", "mentor_weight", "street_weight", "mass_weight")
BOUNDS = ("excellent_from", "good_from", "pass_from")


class RoundForm(StudioModelForm):
    submit_label = "存下来"

    class Meta:
        model = Round
        fields = ("name", *TIMES, *WEIGHTS, *BOUNDS, "publicised", "appeal_days")

    def __init__(self, *args, studio, copies=None, **kwargs):
        """`copies`: the last round, whose people and scorers may come along."""
        super().__init__(*args, **kwargs)
        self.studio = studio
        if copies:
            self.fields["with_people"] = forms.BooleanField(
                label=f"把“{copies.name}”考核的人和打分人也带过来", required=False, initial=True
            )
        self.fields["name"].help_text = "如：2026年下半年考核"
        self.fields["mass_weight"].error_messages["max_value"] = "群众测评的比重要小于100，总要有人打分"

    @property
    def times(self):
        return [self[name] for name in TIMES]

    @property
    def weights(self):
        return [self[name] for name in WEIGHTS]

    @property
    def bounds(self):
        return [self[name] for name in BOUNDS]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Round.objects.filter(studio=self.studio, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"已经有一轮叫“{name}”，请换个名称")
        return name

    def clean(self):
        cleaned = super().clean()
        given = [cleaned.get(name) for name in WEIGHTS]
        if None not in given and sum(given) != 100:
            left = 100 - sum(given)
            tail = f"还差{left}" if left > 0 else f"多了{-left}"
            self.add_error("self_weight", f"四样比重加起来要正好100，现在是{sum(given)}，{tail}")
        elif cleaned.get("mass_weight") == 100:
            self.add_error("mass_weight", "群众测评的比重要小于100，总要有人打分")
        bounds = [cleaned.get(name) for name in BOUNDS]
        if None not in bounds and not bounds[0] > bounds[1] > bounds[2]:
            self.add_error("excellent_from", "三个等次要从高到低：优秀的分数比良好高，良好比合格高")
        since, until, score_by = (cleaned.get(name) for name in ("since", "until", "score_by"))
        if since and until and until < since:
            self.add_error("until", "到哪天在从哪天之前，请看看是不是写反了")
        if since and score_by and score_by < since:
            self.add_error("score_by", "几号前打完在考核的这段时间之前，请往后写")
        return cleaned


class RoundEditForm(RoundForm):
    carries_version = True


class ProlongForm(StudioForm):
    """Another day by which sheets are asked for."""

    submit_label = "再等几天"
    score_by = forms.DateField(label="几号前打完", error_messages={"required": "请选几号前打完"})

    def clean_score_by(self):
        day = self.cleaned_data["score_by"]
        if day < timezone.localdate():
            raise forms.ValidationError(f"{day.month}月{day.day}日已经过了，请往后选")
        return day


class IndicatorsForm(StudioForm):
    """Rows of name, competency and three anchor texts; a row without a name is left out."""

    submit_label = "存成新的一版"
    MOST = 20

    def __init__(self, *args, indicators, **kwargs):
        super().__init__(*args, **kwargs)
        self.indicators = list(indicators)
        posted = self.data.get("rows", "") if self.is_bound else ""
        wanted = int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 3 else 0
        self.number = min(self.MOST, max(len(self.indicators) + 2, wanted))
        for place in range(1, self.number + 1):
            self._add_row(place)
        self.unmarked = tuple(self.fields)

    def _add_row(self, place):
        known = self.indicators[place - 1] if place <= len(self.indicators) else None
        self.fields[f"name_{place}"] = forms.CharField(
            label=f"第{place}项", max_length=20, required=False, initial=known.name if known else ""
        )
        self.fields[f"competency_{place}"] = forms.ChoiceField(
            label="属于哪项本领",
            choices=[("", "不属于"), *Competency.choices],
            required=False,
            initial=known.competency if known else "",
        )
        for mark in (1, 3, 5):
            self.fields[f"words_{mark}_{place}"] = forms.CharField(
                label=f"{mark}分是什么样",
                max_length=60,
                required=False,
                initial=getattr(known, f"words_{mark}") if known else "",
            )

    def row_fields(self):
        """[[bound fields of a row]] for the template."""
        names = ("name", "competency", "words_1", "words_3", "words_5")
        return [[self[f"{name}_{place}"] for name in names] for place in range(1, self.number + 1)]

    def clean(self):
        cleaned = super().clean()
        named = {}
        for place in range(1, self.number + 1):
            name = cleaned.get(f"name_{place}", "")
            if name in named:
                self.add_error(f"name_{place}", f"“{name}”写了两遍，请改一个")
            if not name:
                continue
            named[name] = place
            for mark in (1, 3, 5):
                if not cleaned.get(f"words_{mark}_{place}") and f"words_{mark}_{place}" not in self.errors:
                    self.add_error(f"words_{mark}_{place}", f"请写“{name}”{mark}分是什么样")
        if not named and not self.errors:
            raise forms.ValidationError("请至少写一项指标")
        if not self.errors and self._as_before():
            raise forms.ValidationError("什么也没有改。不用改的话，回去就行")
        return cleaned

    def _as_before(self):
        """Whether this would be the same version again."""
        keys = ("name", "competency", "words_1", "words_3", "words_5")
        return self.rows() == [tuple(getattr(one, key) for key in keys) for one in self.indicators]

    def rows(self):
        """[(name, competency, words for 1, 3, 5)] of the rows with a name."""
        keys = ("name", "competency", "words_1", "words_3", "words_5")
        found = [
            tuple(self.cleaned_data[f"{key}_{place}"] for key in keys) for place in range(1, self.number + 1)
        ]
        return [row for row in found if row[0]]


class PeopleForm(StudioForm):
    """Take in a whole roster, or one person by name."""

    submit_label = "加进来"
    unmarked = ("roster", "name")
    roster = forms.ChoiceField(label="整期加进来", required=False, widget=forms.RadioSelect)
    name = forms.CharField(label="或者单独加一位（写姓名）", required=False, max_length=20)

    def __init__(self, *args, rosters, apprentices, **kwargs):
        """`rosters`: of growth/rosters.py; `apprentices`: queryset of who learns in the studio."""
        super().__init__(*args, **kwargs)
        self.apprentices, self.person = apprentices, None
        self.fields["roster"].choices = [(one.key, f"{one.name}（{one.size}人）") for one in rosters]
        self.fields["roster"].widget.rows = True
        if not rosters:
            del self.fields["roster"]

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("name")
        if not name and not cleaned.get("roster") and not self.errors:
            raise forms.ValidationError("请点一期，或者写一位学员的姓名")
        if name:
            found = list(self.apprentices.filter(name=name)[:2])
            if len(found) != 1:
                words = "有两位学员同名，请点一期整个加进来" if found else f"学员里没有“{name}”，请看看姓名"
                self.add_error("name", words)
            else:
                self.person = found[0]
        return cleaned


class PersonChoiceForm(StudioForm):
    """Choose one person: another mentor, another scorer."""

    def __init__(self, *args, people, label, submit, **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = submit
        self.fields["person"] = forms.ModelChoiceField(
            people, label=label, error_messages={"required": "请选一位"}
        )
        self.fields["person"].label_from_instance = lambda one: f"{one.name}（{one.called}）"


class StreetForm(StudioForm):
    submit_label = "就这样定"

    def __init__(self, *args, staff, chosen, split, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"] = forms.ModelMultipleChoiceField(
            staff,
            label="街道由谁打分",
            widget=forms.CheckboxSelectMultiple,
            initial=chosen,
            error_messages={"required": "请点一下街道由谁打分"},
        )
        self.fields["people"].label_from_instance = lambda one: one.name
        self.fields["split"] = forms.ChoiceField(
            label="几个人怎么打",
            choices=[("all", "每人都打全部学员"), ("split", "分着打，每人打一部分")],
            widget=forms.RadioSelect,
            initial="split" if split else "all",
        )


class AskForm(StudioForm):
    """One button on a page that asks."""

    def __init__(self, *args, submit="", **kwargs):
        super().__init__(*args, **kwargs)
        self.submit_label = submit or self.submit_label


class CloseForm(StudioForm):
    """打分结束. With sheets unsent it asks for a word that they are left out."""

    submit_label = "结束打分，开始汇总"

    def __init__(self, *args, unsent, **kwargs):
        super().__init__(*args, **kwargs)
        if unsent:
            self.fields["without"] = forms.BooleanField(
                label=f"不等了，没交的{unsent}张不算在内",
                required=True,
                error_messages={"required": f"还有{unsent}张没交。可以再等几天、换人打，或者点一下“不等了”"},
            )


def first_dates(last):
    """Initial dates of a new round: after the last one, as long as that one; else this half-year so far."""
    today = timezone.localdate()
    if last and last.until < today:
        since = last.until + timedelta(days=1)
        return {"since": since, "until": max(today, since), "score_by": today + timedelta(days=14)}
    since = today.replace(month=1 if today.month < 7 else 7, day=1)
    return {"since": since, "until": today, "score_by": today + timedelta(days=14)}
