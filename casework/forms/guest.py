"""Asking a guest, and what the guest says."""

from django import forms

from people.forms.base import StudioForm
from people.forms.dress import Dictated

from ..models import CaseGuest
from .consultation import AskForm

LINK_DAYS = ((7, "一个星期"), (14, "两个星期"), (30, "一个月"))


class GuestForm(StudioForm):
    submit_label = "请这位，做一个链接"
    organisation = forms.CharField(
        label="哪个单位", max_length=40, error_messages={"required": "请写一下是哪个单位的"}
    )
    name = forms.CharField(label="姓名", max_length=20, error_messages={"required": "请写一下这位的姓名"})
    post = forms.CharField(label="职务", max_length=30, required=False)
    speaks_for = forms.ChoiceField(
        label="请这位怎么说", choices=CaseGuest.SpeaksFor, widget=forms.RadioSelect,
        initial=CaseGuest.SpeaksFor.SELF,
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label="链接多久以内能打开", choices=LINK_DAYS, coerce=int, widget=forms.RadioSelect, initial=14
    )


class GuestOpinionForm(StudioForm):
    carries_version = True
    text = forms.CharField(
        label="您的主意", max_length=2000, widget=Dictated({"rows": 6}),
        error_messages={"required": "请说一两句您的主意"},
    )  # fmt: skip

    def __init__(self, *args, guest, own=None, draft="", save_url="", **kwargs):
        """`own`: what the guest has said already; `draft`: what was typed since and not sent."""
        text, version = (own.text, own.version) if own else ("", 0)
        kwargs["initial"] = {"text": draft or text, "version": version}
        super().__init__(*args, **kwargs)
        self.save_url = save_url
        self.submit_label = "改好了" if own else "提交"
        if guest.speaks_for == CaseGuest.SpeaksFor.DEPARTMENT:
            self.fields["text"].label = f"{guest.organisation}的答复"

    def form_attrs(self):
        return {"data-autosave": self.save_url}


class GuestAskForm(AskForm):
    """先问清楚一件事, without an account: the action sees to it that a second tap asks nothing new."""

    carries_token = False
