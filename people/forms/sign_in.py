"""Signing in and the two-step check: allauth's forms in our words and look."""

import re

from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthTwoStepAgainForm
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django import forms

from .base import StudioForm
from .dress import MobileField

PHONE = re.compile(r"Mobile|Android|iPhone|HarmonyOS", re.IGNORECASE)


class SignInForm(StudioForm, LoginForm):
    carries_token = False
    submit_label = "登录"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = MobileField(label="手机号")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "enterkeyhint": "next"}
        self.fields["password"] = forms.CharField(
            label="密码",
            strip=False,
            widget=forms.PasswordInput(
                {"autocomplete": "current-password", "enterkeyhint": "go", "data-show-password": ""}
            ),
        )
        self.fields["remember"].label = "在这台手机上保持登录"
        agent = self.request.headers.get("User-Agent", "") if self.request else ""
        self.fields["remember"].initial = bool(PHONE.search(agent))
        self.order_fields(["login", "password", "remember"])


class _PlainSignIn(StudioForm):
    carries_token = False


class PasswordAgainForm(_PlainSignIn, AllauthReauthenticateForm):
    submit_label = "接着办"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = forms.CharField(
            label="密码",
            strip=False,
            widget=forms.PasswordInput({"autocomplete": "current-password", "data-show-password": ""}),
        )


class _WithCode(_PlainSignIn):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "验证码"
        self.fields["code"].widget = forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        )
        self.fields["code"].widget.folds_digits = True


class TwoStepForm(_WithCode, AuthenticateForm):
    submit_label = "登录"


class TwoStepAgainForm(_WithCode, AllauthTwoStepAgainForm):
    submit_label = "接着办"


class TwoStepOnForm(_WithCode, ActivateTOTPForm):
    submit_label = "打开两步登录"


class TwoStepOffForm(_PlainSignIn, DeactivateTOTPForm):
    submit_label = "关掉两步登录"


class NewCodesForm(_PlainSignIn, GenerateRecoveryCodesForm):
    submit_label = "换一套备用码"
