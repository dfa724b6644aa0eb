"""字号: chosen on the first visit, changed with one tap, kept with the account and on the device."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from ..adapter import set_cookie
from ..models import Person

# The first visit shows three; 超大 is for those who come to look for it.
WELCOME_SIZES = (Person.TextSize.STANDARD, Person.TextSize.LARGE, Person.TextSize.XL)


@require_http_methods(["GET", "POST"])
def welcome(request):
    """「哪一行看着最舒服？」"""
    return _choose(request, "people/me/welcome.html", WELCOME_SIZES)


@login_not_required
@require_http_methods(["GET", "POST"])
def text_size(request):
    return _choose(request, "people/me/text_size.html", Person.TextSize)


def _choose(request, template, sizes):
    target = _safe(request, request.POST.get("next") or request.GET.get("next"))
    size = request.POST.get("size")
    if request.method == "POST" and size in Person.TextSize.values:
        if request.user.is_authenticated:
            Person.objects.filter(pk=request.user.pk).update(text_size=size, text_size_chosen=True)
        response = redirect(target)
        set_cookie(response, request, "text_size", size)
        return response
    context = {
        "sizes": [(size.value, size.label) for size in sizes],
        "next": target,
        "current": request.text_size,
    }
    return render(request, template, context)


def _safe(request, target):
    """The page to go back to: of this site, and not this page itself."""
    good = url_has_allowed_host_and_scheme(
        target or "", {request.get_host()}, require_https=request.is_secure()
    )
    return target if good and not target.startswith(request.path) else "/"
