"""Keeping unsent forms: static/js/studio.js posts here, also while the page is being left."""

from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ..actions import drafts

DEVICE_COOKIE_SECONDS = 400 * 24 * 3600


@require_POST
def draft_save(request, key):
    """Answers with the line to show: plain text, at most one short sentence.

    「先存着」 of a page without script comes here, too, and is led back to its page.
    """
    if not drafts.KEY.fullmatch(key):
        raise Http404
    if "save_draft" in request.POST:
        keep_for_later(request, key)
        return redirect(page_before(request) or "/")
    device = drafts.device_of(request)
    try:
        at = drafts.save(request.user, key, request.POST, device=device)
    except drafts.TooLong:
        return _line("写得太多，草稿存不下，请先交一部分", status=413)
    response = _line(f"已存草稿 {timezone.localtime(at):%H:%M}" if at else "")
    if device:
        response.set_cookie(
            drafts.DEVICE_COOKIE,
            device,
            max_age=DEVICE_COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def page_before(request):
    """The page of this site that the browser comes from, with its query; "" where it does not say."""
    told = urlsplit(request.headers.get("Referer", ""))
    path = urlunsplit(("", "", told.path, told.query, ""))
    safe = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if safe and told.netloc == request.get_host() else ""


def keep_for_later(request, key):
    """「先存着」 where there is no script: the words are kept, right or not, and nothing is sent.

    Returns the answer, or None when another button was pressed. Ask before looking at the form. Raises
    drafts.TooLong.
    """
    if request.method != "POST" or "save_draft" not in request.POST:
        return None
    drafts.save(request.user, key, request.POST, device=drafts.device_of(request))
    messages.info(request, "已存草稿，还没有提交")
    return redirect(request.get_full_path())


def _line(words, status=200):
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
