"""打分表: one judge marks one matter, item by item. Used by the assessment and by every contest with a panel.

An item has `pk`, `name` and `anchors` [(mark, words)]. The form knows nothing of where the marks are kept:

    form = ScoreSheetForm(request.POST or None, items=items, marks={pk: (value, words)}, draft_key="sheet-7")
    form.marks()      # after is_valid(): {pk: (1–5 or None for 没法判断, words)}

`{% include "growth/sheet/_score_sheet.html" with rows=rows only %}` prints `rows = form.rows(evidence)`.
The draft is kept by people/actions/drafts.py under `draft_key`: fill it in with `drafts.fill(form, draft)`.
"""

from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils.html import format_html_join

from people.forms.base import StudioForm, target_id

NO_JUDGEMENT = "none"
CHOICES = [*((str(mark), str(mark)) for mark in range(1, 6)), (NO_JUDGEMENT, "没法判断")]
WORDS_MOST = 200
# At these marks a sentence is asked for.
ENDS = (1, 5)


@dataclass
class Evidence:
    """What is on record about an item: how many lines, where the list is, and the lines once asked for.

    Shown beside the mark, never turned into one (DESIGN §1.3).
    """

    count: int
    url: str
    lines: list | None = None


@dataclass
class Row:
    """One item as the sheet shows it; `key` and `number` are text, which a template prints as it is."""

    item: object
    key: str
    number: str
    mark: object
    words: object
    evidence: Evidence | None
    next_id: str

    @property
    def anchors(self):
        """The marks that are told in words; drawn here, for a sheet has dozens."""
        return format_html_join("", "<div><dt>{}分</dt><dd>{}</dd></div>", self.item.anchors)


class ScoreSheetForm(StudioForm):
    submit_label = "交打分表"

    def __init__(self, *args, items, marks=None, draft_key="", **kwargs):
        super().__init__(*args, **kwargs)
        self.items, self.draft_key = list(items), draft_key
        for item in self.items:
            value, words = (marks or {}).get(item.pk, (None, None))
            chosen = None if words is None else NO_JUDGEMENT if value is None else str(value)
            self.fields[f"mark_{item.pk}"] = forms.ChoiceField(
                label=f"{item.name}打几分",
                choices=CHOICES,
                widget=forms.RadioSelect,
                initial=chosen,
                required=False,
            )
            self.fields[f"words_{item.pk}"] = forms.CharField(
                label="一句话", max_length=WORDS_MOST, required=False, initial=words
            )
        self.unmarked = tuple(f"mark_{item.pk}" for item in self.items)

    def form_attrs(self):
        return {"data-autosave": self.draft_url} if self.draft_key else {}

    @property
    def draft_url(self):
        return reverse("people:draft", args=[self.draft_key])

    def rows(self, evidence=None):
        """A Row for each item, in order. `evidence`: {item pk: Evidence}."""
        after = [f"item-{item.pk}" for item in self.items[1:]] + [""]
        return [
            Row(
                item,
                str(item.pk),
                str(number),
                self[f"mark_{item.pk}"],
                self[f"words_{item.pk}"],
                (evidence or {}).get(item.pk),
                next_id,
            )
            for number, (item, next_id) in enumerate(zip(self.items, after, strict=True), 1)
        ]

    def clean(self):
        cleaned = super().clean()
        for item in self.items:
            mark, words = f"mark_{item.pk}", f"words_{item.pk}"
            if mark in self.errors:
                continue
            if not cleaned.get(mark):
                self.add_error(mark, f"“{item.name}”还没打分，没法判断的请选“没法判断”")
            elif cleaned[mark] in map(str, ENDS) and not cleaned.get(words) and words not in self.errors:
                self.add_error(words, f"“{item.name}”打了{cleaned[mark]}分，请写一句为什么")
        return cleaned

    def error_fields(self):
        """What is not marked yet is told in one line, which leads to the first of it."""
        missing = [f"mark_{item.pk}" for item in self.items if self._missing(f"mark_{item.pk}")]
        if len(missing) < 2:
            return super().error_fields()
        told = f"还有{len(missing)}项没打分。没法判断的请选“没法判断”"
        first, *rest = (target_id(self[name]) for name in missing)
        others = [one for one in super().error_fields() if one[0] not in (first, *rest)]
        return [(first, told), *others]

    def _missing(self, name):
        return name in self.errors and not self.cleaned_data.get(name) and not self.data.get(name)

    def marks(self):
        """{item pk: (value or None, words)} of a valid form."""
        return {item.pk: (self._value(item), self.cleaned_data[f"words_{item.pk}"]) for item in self.items}

    def _value(self, item):
        chosen = self.cleaned_data[f"mark_{item.pk}"]
        return None if chosen == NO_JUDGEMENT else int(chosen)


class AssessmentSheetForm(ScoreSheetForm):
    """The mentor also says what is good and what comes next; staff may use the words for the result."""

    def __init__(self, *args, said=None, **kwargs):
        """`said`: (strengths, next steps) for the mentor's sheet; None where they are not asked."""
        super().__init__(*args, **kwargs)
        self.asks_words = said is not None
        for name, label, given in zip(
            ("strength", "improve"), ("长处", "下一步"), said or ((), ()), strict=True
        ):
            for place in (1, 2) if self.asks_words else ():
                self.fields[f"{name}_{place}"] = forms.CharField(
                    label=f"{label}{'一二'[place - 1]}",
                    max_length=60,
                    required=False,
                    initial=given[place - 1] if len(given) >= place else "",
                )

    def word_fields(self):
        """The bound fields about strengths and next steps, [] where they are not asked."""
        return (
            [self[f"{name}_{place}"] for name in ("strength", "improve") for place in (1, 2)]
            if self.asks_words
            else []
        )

    def said(self, name):
        """The words that were given, without blanks."""
        return [text for place in (1, 2) if (text := self.cleaned_data.get(f"{name}_{place}"))]
