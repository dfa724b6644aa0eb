"""allauth's pages that we use, under our own paths. Their names are allauth's, outside "people:"."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("login/code/", mfa.authenticate, name="mfa_authenticate"),
    path("logout/", account.logout, name="account_logout"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("me/two-step/", mfa.index, name="mfa_index"),
    path("me/two-step/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("me/two-step/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/two-step/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/two-step/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
