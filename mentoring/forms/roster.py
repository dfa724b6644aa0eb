"""导入名册: where a roster comes from and where it goes."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from people.forms.base import StudioForm
from people.models import Studio
from people.roster import RosterRefused, read_pasted, read_roster, understand
from people.roster.preflight import MAX_BYTES, TOO_BIG

from ..models import Cohort

NEW, NONE = "new", "none"


class RosterUploadForm(StudioForm):
    """A file or a pasted block, a studio and a cohort. `cleaned_data["grid"]` is what was read."""

    submit_label = "看一看"
    unmarked = ("file", "pasted", "name", "starts_on", "ends_on")

    studio = forms.ModelChoiceField(Studio.objects.none(), label="工作室")
    file = forms.FileField(label="选一个文件", required=False, help_text="Excel 文件（.xlsx）或 .csv 文件")
    pasted = forms.CharField(
        label="或者从 Excel 里复制一块，粘贴到这里",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
        help_text="连标题行一起选，复制，再粘贴",
    )
    cohort = forms.ChoiceField(label="归到哪一期")
    name = forms.CharField(label="新一期的名称", max_length=30, required=False)
    starts_on = forms.DateField(label="开始", required=False)
    ends_on = forms.DateField(label="结束", required=False)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        studios = Studio.objects.filter(pk__in=by.standing.staff)
        self.studios = list(studios)
        self._read_cohorts()
        self.fields["studio"].queryset = studios
        if len(self.studios) == 1:
            del self.fields["studio"]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv,.txt"
        self._offer_cohorts()

    def _read_cohorts(self):
        """`cohorts`: those that are not over, by their id; `of_this_year`: how many began this year."""
        today = timezone.localdate()
        known = Q(ends_on__gte=today) | Q(starts_on__year=today.year)
        found = list(Cohort.objects.filter(known, studio__in=self.studios).select_related("studio"))
        self.cohorts = {str(cohort.pk): cohort for cohort in found if cohort.ends_on >= today}
        self.of_this_year = sum(cohort.starts_on.year == today.year for cohort in found)

    def _offer_cohorts(self):
        several = len(self.studios) > 1
        choices = [(pk, f"{c.studio} {c.name}" if several else c.name) for pk, c in self.cohorts.items()]
        self.fields["cohort"].choices = [*choices, (NEW, "新的一期"), (NONE, "先不归，只导入人员")]
        today = timezone.localdate()
        running = (pk for pk, c in self.cohorts.items() if c.starts_on <= today <= c.ends_on)
        self.fields["cohort"].initial = next(running, NEW)
        self.fields["name"].initial = f"{today.year}年第{self.of_this_year + 1}期"
        self.fields["starts_on"].initial = today
        self.fields["ends_on"].initial = today + timedelta(days=364)
        for name in ("name", "starts_on", "ends_on"):
            self.fields[name].widget.attrs["data-when"] = f"cohort={NEW}"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(TOO_BIG)
        return file

    def clean(self):
        data = super().clean()
        data["studio"] = data.get("studio") or (self.studios[0] if len(self.studios) == 1 else None)
        self._clean_cohort(data)
        self._clean_source(data)
        return data

    def _clean_cohort(self, data):
        chosen = data.get("cohort")
        data["existing"] = self.cohorts.get(chosen)
        if data["existing"] and data["studio"] and data["existing"].studio_id != data["studio"].pk:
            self.add_error("cohort", "这一期不是这个工作室的，请换一个")
        if chosen != NEW:
            return
        for name in ("name", "starts_on", "ends_on"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, f"请填写{self.fields[name].label}")
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", "结束的日子要在开始以后")
        taken = (c.name for c in self.cohorts.values() if data["studio"] and c.studio_id == data["studio"].pk)
        if data.get("name") in set(taken):
            self.add_error("name", "这一期已经有了，请在上面选它")

    def _clean_source(self, data):
        file, pasted = data.get("file"), (data.get("pasted") or "").strip("\r\n")
        if "file" in self.errors or "pasted" in self.errors:
            return
        if file and pasted:
            self.add_error("file", "文件和粘贴请只用一样")
        elif not file and not pasted:
            self.add_error("file", "请选一个文件，或者在下面粘贴一块")
        else:
            self._read(data, file, pasted)

    def _read(self, data, file, pasted):
        source = "file" if file else "pasted"
        try:
            data["grid"] = read_roster(file.read(), file.name) if file else read_pasted(pasted)
        except RosterRefused as refusal:
            self.add_error(source, str(refusal))
            return
        roster = understand(data["grid"], today=timezone.localdate())
        if not roster.entries:
            whole = (problem.sentence for problem in roster.problems if problem.ref is None)
            self.add_error(source, next(whole, "没有读到人，请看看是不是选错了文件"))


class RosterPreviewForm(StudioForm):
    """Carries the token only: the cells of the table are read by mentoring/roster_page.py."""
