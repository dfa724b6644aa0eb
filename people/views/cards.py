"""登录卡: staff print them; a phone that scans one is signed in with one tap."""

import segno
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..access import require
from ..actions import login_cards
from ..contact import phone_for
from ..forms.cards import CardsForm
from ..models import LoginCard
from ..once import AlreadyDone, once
from ..paging import page_of
from ..throttle import allowed

PER_SHEET = 8
COLUMNS = 2


@never_cache
@require_http_methods(["GET", "POST"])
def card_list(request):
    """Cards that were printed, newest first; a POST prints new ones for the ticked people."""
    require(request.standing.staff, "这一页只有街道工作人员能看")
    if request.method == "POST":
        return _print(request)
    cards = LoginCard.objects.visible_to(request.user).select_related("person", "studio")
    page = page_of(request, cards, by="issued_at")
    usable = set(
        LoginCard.objects.usable().filter(pk__in=[card.pk for card in page]).values_list("pk", flat=True)
    )
    return render(request, "people/card/list.html", {"page": page, "usable": usable})


def _print(request):
    form = CardsForm(request.POST, by=request.user)
    if not form.is_valid():
        for sentence in form.sentences():
            messages.warning(request, sentence)
        return redirect("people:person-list")
    people, studio = form.cleaned_data["person"], request.standing.studio_as("staff")
    made = once(
        request,
        lambda: login_cards.issue(studio=studio, persons=people, by=request.user),
        path=lambda cards: reverse("people:card-list"),
    )
    if isinstance(made, AlreadyDone):
        return redirect("people:card-list")
    home = request.build_absolute_uri("/")
    cards = [
        {"person": fresh.card.person, "qr": _qr(request.build_absolute_uri(f"/card/{fresh.code}/"))}
        for fresh in made
    ]
    sheets = [_sheet(cards[start : start + PER_SHEET]) for start in range(0, len(cards), PER_SHEET)]
    context = {"sheets": sheets, "count": len(cards), "home": home, "home_qr": _qr(home), "studio": studio}
    return render(request, "people/card/print.html", context)


def _sheet(cards):
    """The fronts, and the order of the backs: printed on both sides, left and right change places."""
    backs = []
    for start in range(0, len(cards), COLUMNS):
        row = cards[start : start + COLUMNS]
        backs += [*([None] * (COLUMNS - len(row))), *reversed(row)]
    return {"fronts": cards, "backs": backs}


def _qr(address):
    """The address as an inline SVG without styles (strict CSP)."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


@require_POST
def card_revoke(request, pk):
    card = get_object_or_404(LoginCard.objects.visible_to(request.user).select_related("person"), pk=pk)
    login_cards.revoke(card, by=request.user)
    messages.success(request, f"{card.person.called}的那张登录卡停用了")
    return redirect("people:card-list")


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def card_scan(request, code):
    """Where the QR code leads. Looking burns nothing: only the button does, so that preview robots cannot."""
    card = login_cards.read(code)
    if card is None:
        if not allowed(request, "card", tries=30, seconds=60):
            return render(request, "429.html", status=429)
        return _no_entry(request, "这张登录卡认不出来", status=404)
    if request.user == card.person:
        return redirect("/")
    problem = login_cards.why_unusable(card)
    if problem:
        return _no_entry(request, problem, status=410)
    if request.method == "GET":
        return render(request, "people/card/scan.html", {"card": card})
    if not login_cards.use(card):
        return _no_entry(request, "这张登录卡已经用过了", status=410)
    response = perform_login(request, Login(user=card.person, redirect_url="/"))
    request.session.set_expiry(settings.SESSION_COOKIE_AGE)
    return response


def _no_entry(request, problem, status):
    context = {"problem": problem, "phone": phone_for(request)}
    return render(request, "people/card/problem.html", context, status=status)
