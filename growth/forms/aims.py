"""短板 and half-year aims."""

from django import forms
from django.utils import timezone

from people.forms.base import StudioForm, StudioModelForm
from people.forms.dress import Dictated

from ..models import Aim, Weakness
from ..models.aim import AUTUMN, SPRING, half_of


class WeaknessForm(StudioModelForm):
    submit_label = "记下这块短板"

    class Meta:
        model = Weakness
        fields = ("against", "measure", "text", "competency")
        widgets = {"against": forms.RadioSelect, "text": Dictated({"rows": 3})}
        error_messages = {
            "against": {"required": "请选一下是对照职责看，还是对照标准看"},
            "text": {"required": "请用一句话写写短在哪里"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["against"].choices = Weakness.Against.choices
        self.fields["measure"].help_text = "如 “三会一课每月按时开好”"


class WeaknessEditForm(WeaknessForm):
    submit_label = "改好了"
    carries_version = True


def halves(today):
    """This half-year and the next, as choices: [("2026-2", "2026年下半年"), …]."""
    year, half = half_of(today)
    following = (year, AUTUMN) if half == SPRING else (year + 1, SPRING)
    words = dict(Aim._meta.get_field("half").choices)
    return [(f"{y}-{h}", f"{y}年{words[h]}") for y, h in ((year, half), following)]


class AimForm(StudioForm):
    """The apprentice's proposal."""

    submit_label = "请师傅商定"
    text = forms.CharField(
        label="要做到什么",
        max_length=120,
        error_messages={"required": "请写一件半年里要做到的事"},
        widget=Dictated({"rows": 2}),
    )
    sign = forms.CharField(
        label="怎么看出来做到了",
        max_length=200,
        error_messages={"required": "请写一写到时候怎么看出来，如 “能自己主持一次居民议事会”"},
        widget=forms.Textarea({"rows": 2}),
    )
    weakness = forms.ChoiceField(label="补哪块短板", required=False)
    when = forms.ChoiceField(label="哪半年", widget=forms.RadioSelect)

    def __init__(self, *args, weaknesses=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.by_id = {str(one.pk): one for one in weaknesses}
        self.fields["weakness"].choices = [
            ("", "都不是"),
            *((key, one.text) for key, one in self.by_id.items()),
        ]
        self.fields["when"].choices = choices = halves(timezone.localdate())
        self.initial.setdefault("when", choices[0][0])

    def clean(self):
        cleaned = super().clean()
        if "when" in cleaned:
            cleaned["year"], cleaned["half"] = map(int, cleaned.pop("when").split("-"))
        cleaned["weakness"] = self.by_id.get(cleaned.get("weakness"))
        return cleaned


class AgreeForm(StudioModelForm):
    submit_label = "就这样定"
    carries_version = True

    class Meta:
        model = Aim
        fields = ("text", "sign")
        widgets = {"text": forms.Textarea({"rows": 2}), "sign": forms.Textarea({"rows": 2})}
        error_messages = {
            "text": {"required": "请写一件半年里要做到的事"},
            "sign": {"required": "请写一写到时候怎么看出来"},
        }


class CloseAimForm(StudioForm):
    submit_label = "收好这个目标"
    carries_version = True
    state = forms.ChoiceField(
        label="做到了吗",
        choices=[(Aim.State.REACHED, "做到了"), (Aim.State.MISSED, "还没做到")],
        widget=forms.RadioSelect,
        error_messages={"required": "请点一下做到了没有"},
    )
    word = forms.CharField(label="说一句", max_length=200, required=False, widget=Dictated({"rows": 2}))

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, **kwargs)
