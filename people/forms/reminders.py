"""提醒: the studio's channels, and what one person wants."""

import re
from urllib.parse import parse_qs, urlsplit

from django import forms
from django.conf import settings

from ..models import Channel, ReminderChoice
from .base import StudioForm, StudioModelForm

SECRET = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
NOT_A_ROBOT = "这不是企业微信群机器人的地址。请在群机器人那里点“复制地址”，整个贴过来"

HOW_ROBOT = "在企业微信群里加一个群机器人，把它的地址整个贴过来。"
HAS_ROBOT = "已经设好一个，存好以后不再显示。要换，贴一个新的。"


def robot_secret(address):
    """The secret in a group robot's address, or None where it is no such address."""
    try:
        parts, home = urlsplit(address.strip()), urlsplit("https://qyapi.weixin.qq.com/cgi-bin/webhook/send")
        keys = parse_qs(parts.query).get("key", [])
    except ValueError:
        return None
    same = (parts.scheme, parts.netloc.lower(), parts.path) == (home.scheme, home.netloc, home.path)
    return keys[0] if same and len(keys) == 1 and SECRET.fullmatch(keys[0]) else None


class ChannelForm(StudioModelForm):
    submit_label = "存好提醒"
    carries_version = True
    address = forms.CharField(
        label="群机器人的地址",
        max_length=300,
        required=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )

    class Meta:
        model = Channel
        fields = ("robot_on", "mail_on", "mail_to")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["robot_on", "address", "mail_on", "mail_to"])
        self.fields["address"].help_text = HAS_ROBOT if self.instance.robot else HOW_ROBOT
        if not settings.MAIL_READY:
            del self.fields["mail_on"], self.fields["mail_to"]

    def clean_address(self):
        """The secret alone, or ""."""
        address = self.cleaned_data["address"]
        if not address:
            return ""
        secret = robot_secret(address)
        if secret is None:
            raise forms.ValidationError(NOT_A_ROBOT)
        return secret

    def clean(self):
        super().clean()
        data = self.cleaned_data
        nowhere = not data.get("address") and not self.instance.robot and "address" not in self.errors
        if data.get("robot_on") and nowhere:
            self.add_error("address", "请贴群机器人的地址，或者去掉上面的勾")
        if data.get("mail_on") and not data.get("mail_to") and "mail_to" not in self.errors:
            self.add_error("mail_to", "请写邮箱，或者去掉上面的勾")
        return data


class TryForm(StudioForm):
    submit_label = "试发一次"
    submit_class = "btn-quiet"


class ChoiceForm(StudioModelForm):
    submit_label = "存好"
    carries_version = True

    class Meta:
        model = ReminderChoice
        fields = ("digest", "mail")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not settings.MAIL_READY:
            del self.fields["mail"]
