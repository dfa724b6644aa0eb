"""拜师帖: the apprentice's text, the mentor's words, day and witness."""

import re

from django import forms
from django.utils import timezone

from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated
from people.words import short_day

from ..models import Pledge
from ..models.pledge import WORDS_MOST
from ..pledge_sheet import fits

TO_FILL = "（写一两样）"
STARTER = """尊敬的{mentor}：
我是{place}{name}。到居民区工作以后，我最想跟您学的是（写一两样）。
从今天起，我愿拜您为师，虚心学，认真记，踏实做，学到的都用到居民身上。请您多指点，多批评。"""


def starter_of(pairing):
    """The words offered to begin with; the writer fills in what he wants to learn."""
    place = pairing.apprentice.place
    return STARTER.format(
        mentor=pairing.mentor.called,
        place=f"{place}的" if place else "",
        name=pairing.apprentice.name,
    )


def _bare(text):
    return re.sub(r"\s", "", text)


class PledgeForm(StudioModelForm):
    """`sending`: the letter is to be sent; otherwise it is only kept and may be half-written."""

    carries_version = True

    class Meta:
        model = Pledge
        fields = ("text",)
        widgets = {"text": Dictated({"rows": 10})}

    def __init__(self, *args, pairing, sending=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairing, self.sending = pairing, sending
        self.submit_label = "改好了" if self.instance.is_sent else "送给师傅"
        if not self.instance.text:
            self.initial["text"] = starter_of(pairing)
        field = self.fields["text"]
        field.required = sending
        field.help_text = "一两百字就好，多写少写都可以。开头替您起好了，请改成自己的话。"
        self.unmarked = ("text",)

    def clean_text(self):
        text = self.cleaned_data["text"].strip()
        if not self.sending:
            return text
        if _bare(text) == _bare(starter_of(self.pairing)):
            raise forms.ValidationError("这还是替您起的开头，请改成自己的话再送")
        if TO_FILL in text:
            raise forms.ValidationError(f"请把“{TO_FILL}”换成您想学的")
        if not fits(text, WORDS_MOST):
            raise forms.ValidationError("分的段太多，一张纸印不下，请并成几段")
        return text


class WordsForm(StudioModelForm):
    submit_label = "写好了"
    carries_version = True

    class Meta:
        model = Pledge
        fields = ("words",)
        widgets = {"words": Dictated}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True
        self.fields["words"].error_messages["required"] = "请写一句寄语，几个字也行"


class SettleForm(StudioModelForm):
    submit_label = "就这样定"
    carries_version = True

    class Meta:
        model = Pledge
        fields = ("held_on", "witness")

    def __init__(self, *args, pairing, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairing = pairing
        for field in self.fields.values():
            field.required = True
        self.fields["version"].required = False
        self.fields["witness"].help_text = "印在帖子上，比如街道领导或者领衔人的姓名"
        if not self.instance.held_on:
            self.initial["held_on"] = max(pairing.starts_on, timezone.localdate())

    def clean_held_on(self):
        day, first, last = self.cleaned_data["held_on"], self.pairing.starts_on, self.pairing.cohort.ends_on
        if not first <= day <= last:
            raise forms.ValidationError(f"请选{short_day(first)}到{short_day(last)}中间的一天")
        return day


class WaiveForm(StudioForm):
    """One button: do without, or ask for it again."""

    carries_version = True
