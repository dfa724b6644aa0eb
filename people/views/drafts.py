"""Keeping unsent forms: static/js/studio.js posts here, also while the page is being left."""

from django.http import Http404, HttpResponse
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


def _line(words, status=200):
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
