"""Keeping unsent forms: static/js/studio.js posts here, also while the page is being left."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ..actions import drafts

DEVICE_COOKIE_SECONDS = 400 * 24 * 3600


@require_POST
def draft_save(request, key):
    """Answers with the line to show: plain text, at most one short sentence."""
    if not drafts.KEY.fullmatch(key):
        raise Http404
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


def keep_for_later(request, key):
    """「先存着」 where there is no script: the words are kept, right or not, and nothing is sent.

    Returns the answer, or None when another button was pressed. Ask before looking at the form.
    """
    if request.method != "POST" or "save_draft" not in request.POST:
        return None
    try:
        drafts.save(request.user, key, request.POST, device=drafts.device_of(request))
    except drafts.TooLong as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.info(request, "已存草稿，还没有提交")
    return redirect(request.get_full_path())


def _line(words, status=200):
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
