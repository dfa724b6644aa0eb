"""What allauth asks of us: nobody signs up alone, refusals are sentences, a first visit is welcomed."""

from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse

from .contact import STUDIO_COOKIE, ring

COOKIE_SECONDS = 400 * 24 * 3600


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def add_message(self, *args, **kwargs):
        """No cheering after sign-in and sign-out."""

    def validation_error(self, code, *args):
        sentences = {
            "username_password_mismatch": "手机号和密码对不上，请再看看。想不起来可以{ring}",
            "too_many_login_attempts": "试了好几次，先歇一分钟再试，或{ring}请工作人员帮忙",
            "rate_limited": "点得太快了，先歇一分钟再试，或{ring}请工作人员帮忙",
            "incorrect_password": "密码对不上，请再看看",
        }
        if code in sentences:
            return ValidationError(sentences[code].format(ring=ring(self.request)), code=code)
        return super().validation_error(code, *args)

    def respond_user_inactive(self, request, user):
        messages.warning(request, f"这个账号现在不能登录。需要的话请{ring(request)}")
        return HttpResponseRedirect(reverse("account_login"))

    def post_login(self, request, user, **kwargs):
        """Remember the studio for its phone number; ask for the text size on the first visit."""
        response = super().post_login(request, user, **kwargs)
        if not user.text_size_chosen:
            query = urlencode({"next": response.url})
            response = HttpResponseRedirect(f"{reverse('people:welcome')}?{query}")
        memberships = user.standing.memberships
        if memberships:
            set_cookie(response, request, STUDIO_COOKIE, str(memberships[0].studio_id))
        return response


def set_cookie(response, request, name, value):
    """A cookie of ours that stays: no secret, only what this device prefers."""
    response.set_cookie(
        name, value, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
