"""How a request is received: signed in or led to the sign-in page, and refusals told in sentences."""

import logging
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import IntegrityError, OperationalError
from django.shortcuts import render
from pghistory.middleware import HistoryMiddleware

from .both_texts import both_texts
from .stale import Refused, StaleEdit

log = logging.getLogger(__name__)
TEXT_SIZES = ("lg", "xl", "xxl")
# What PostgreSQL answers to the slower of two who did the same at one moment: unique, exclusion, deadlock.
AT_ONE_MOMENT = ("23505", "23P01", "40P01")
SOMEBODY_FASTER = "有人刚刚也在办同一件事，这一次没有写进去。请回去看看，需要的话再办一次"
# Ten files of ten megabytes each, and some words.
MOST_BODY = 110 * 1024 * 1024


class SignInRequired(LoginRequiredMiddleware):
    """Every page asks for sign-in unless its view is marked `login_not_required`."""

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and not len(messages.get_messages(request)):
            messages.info(request, "为了安全，请再登录一次")
        return super().handle_no_permission(request, view_func)


class Situation:
    """`request.standing` and `request.text_size` for views and templates."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            request.standing = request.user.standing
            request.text_size = request.user.shown_text_size
        else:
            request.standing = None
            cookie = request.COOKIES.get("text_size")
            request.text_size = cookie if cookie in TEXT_SIZES else ""
        return self.get_response(request)


class BodySize:
    """What is far too big is refused before a byte of it is kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length[:18]) > MOST_BODY:
            sentence = "这一次传的太大了，请分几次传，每个文件10兆以内"
            return render(request, "refused.html", {"sentence": sentence}, status=413)
        return self.get_response(request)


class History(HistoryMiddleware):
    """Who acts, for the 修改记录. The address is left out: that of a 登录卡 holds its code."""

    def get_context(self, request):
        context = super().get_context(request)
        return {"user": context["user"]}


def refuse(request, sentence):
    return render(request, "refused.html", {"sentence": sentence, "back": back_from(request)}, status=409)


def back_from(request):
    """Where 「回去看看」 leads: the form that was sent, or the page that a refused one was opened from."""
    if request.method == "POST":
        return request.get_full_path()
    before = urlsplit(request.headers.get("Referer", ""))
    ours = before.netloc == request.get_host() and before.path.startswith("/")
    return before.path if ours and before.path != request.path else ""


class DomainErrors:
    """A stale edit, a refused move and a lost race become a 409 page; nothing of the transaction stays."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, StaleEdit):
            return render(
                request,
                "409.html",
                {"stale": exception, "rows": list(both_texts(request.POST, exception))},
                status=409,
            )
        if isinstance(exception, Refused):
            return refuse(request, str(exception))
        refused_by_database = isinstance(exception, IntegrityError | OperationalError)
        if refused_by_database and getattr(exception.__cause__, "pgcode", "") in AT_ONE_MOMENT:
            log.warning("Two writers at one moment", exc_info=exception)
            return refuse(request, SOMEBODY_FASTER)
        return None
