"""The address of a scoped link, and taking one back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import scoped_links
from ..contact import STUDIO_COOKIE
from ..models import ScopedLink

COOKIE_DAYS = 90


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def link_open(request, studio, token):
    """One button. Looking burns nothing, pressing starts the short session."""
    link = scoped_links.find(studio, token)
    asked = scoped_links.invitation(link) if link else None
    if asked is None:
        return scoped_links.gone(request, studio)
    if request.method == "GET":
        request.studio_here = link.studio
        return render(request, "people/link/open.html", {"link": link, "asked": asked})
    response = redirect(scoped_links.enter(request, link))
    # Whose number a page shows when the session has run out.
    response.set_cookie(
        STUDIO_COOKIE, str(studio), max_age=COOKIE_DAYS * 86400, samesite="Lax", httponly=True
    )
    return response


@require_POST
def link_revoke(request, pk):
    link = get_object_or_404(ScopedLink.objects.visible_to(request.user), pk=pk)
    scoped_links.revoke(link, by=request.user)
    messages.success(request, f"{link.holder}的链接撤回了，现在打不开了")
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")
