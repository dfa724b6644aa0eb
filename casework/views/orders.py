"""群众点单 by residents themselves: a public page per neighbourhood, and the number to ask by. No account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.access import require
from people.models import Neighbourhood, Studio
from people.once import once, read_token, sent_before
from people.stale import save_version
from people.throttle import allowed
from people.views.base import show_form

from ..actions import slips
from ..forms.slips import AskForm, CategoryForm, PublicOrderForm
from ..models import OrderPage, Slip, SlipCategory, SlipState
from ..slip_print import poster_qr

STAFF_ONLY = "这一页只有街道工作人员能看"
# One address on the internet may serve a whole house: so many orders in an hour, so many questions.
ORDERS, ASKED, HOUR = 8, 30, 3600
# What a resident is told instead of the words of the office.
HOW_FAR = {
    SlipState.OPEN: "收到了，等着派人", SlipState.SENT: "派给人办了", SlipState.ACCEPTED: "有人接了，正在办",
    SlipState.FINISHED: "办好了", SlipState.CALLED_BACK: "办好了", SlipState.REJECTED: "正在换人来办",
    SlipState.CONSULTED: "正在请大家一起商量", SlipState.DROPPED: "这件不办了，为什么请打电话问",
}  # fmt: skip
TOO_MANY = "刚才交得太多了，请过一会儿再交，或者打电话"


@never_cache
@login_not_required
def order_page(request, pk):
    """The page of one neighbourhood; 404 unless its studio has opened it."""
    page = get_object_or_404(OrderPage.objects.select_related("studio", "neighbourhood"), neighbourhood=pk)
    if not page.is_open:
        raise Http404
    request.studio_here = page.studio
    form = PublicOrderForm(request.POST or None, studio=page.studio)
    if request.method == "POST" and form.is_valid():
        if form.is_trapped:
            return redirect(page)
        if not allowed(request, "order", tries=ORDERS, seconds=HOUR):
            form.add_error(None, f"{TOO_MANY}{page.studio.contact_phone}")
            return show_form(request, "casework/order/page.html", form, status=429, page=page)
        return redirect("casework:order-told", _order(request, page, form))
    return show_form(request, "casework/order/page.html", form, page=page)


def _order(request, page, form):
    """The code of the order."""
    data = {name: value for name, value in form.cleaned_data.items() if name != "website"}
    given = {"studio": page.studio, "neighbourhood": page.neighbourhood, "public": True}
    return register_once(request, **given, **data).ask_code


def register_once(request, **given):
    """The slip of a form that was sent without an account; sent twice, it is the first one again."""
    key = f"order:{read_token(request.POST.get('form_token'))}"
    known = Slip.objects.filter(pk=cache.get(key, 0)).first()
    if known:
        return known
    with transaction.atomic():
        slip = slips.register(**given)
    cache.set(key, slip.pk, HOUR)
    return slip


@never_cache
@login_not_required
@require_safe
def order_told(request, code):
    """Where the order stands, by its number. Nothing of who ordered, nothing of who works on it by name."""
    if not allowed(request, "order-ask", tries=ASKED, seconds=HOUR):
        return render(request, "429.html", status=429)
    slip = (
        Slip.objects.filter(ask_code=code)
        .exclude(ask_code="")
        .select_related("studio", "neighbourhood")
        .first()
    )
    if slip:
        request.studio_here = slip.studio
    context = {"slip": slip, "code": code, "how_far": HOW_FAR.get(slip and slip.state, "")}
    return render(request, "casework/order/told.html", context, status=200 if slip else 404)


@never_cache
@login_not_required
def order_ask(request):
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if len(code) == slips.CODE_LENGTH:
            return redirect("casework:order-told", code)
        form.add_error("code", "查询号是八位数字，请再看看")
    return show_form(request, "casework/order/ask.html", form)


# --- 设置: 类别 and pages ----------------------------------------------------------------------------------


def _studio(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    return studio


@require_safe
def slip_settings(request):
    """The kinds of slips with their days, and which neighbourhoods have a public page."""
    studio = _studio(request)
    slips.categories_of(studio)
    places = Neighbourhood.objects.of_studio(studio).select_related("order_page")
    kinds = SlipCategory.objects.filter(studio=studio)
    return render(request, "casework/slip/settings.html", {"kinds": kinds, "places": places})


def category_edit(request, pk=None):
    studio = _studio(request)
    kind = get_object_or_404(SlipCategory, pk=pk, studio=studio) if pk else SlipCategory(studio=studio)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = CategoryForm(request.POST or None, instance=kind, studio=studio)
    if request.method == "POST" and form.is_valid():
        kind.version = form.cleaned_data["version"] or 0
        back = reverse("casework:slip-settings")
        once(request, lambda: _save_kind(kind, CategoryForm.Meta.fields), path=lambda saved: back)
        messages.success(request, "存好了")
        return redirect(back)
    return show_form(request, "casework/slip/category.html", form, kind=kind)


def _save_kind(kind, fields):
    if kind.pk is None:
        kind.version = 1
        kind.save(force_insert=True)
    else:
        save_version(kind, fields)
    return kind


def order_switch(request, pk):
    """Open or close the page of a neighbourhood; shows its address and QR code while it is open."""
    studio = _studio(request)
    place = get_object_or_404(Neighbourhood.objects.of_studio(studio), pk=pk)
    page = OrderPage.objects.filter(neighbourhood=place).first()
    if request.method == "POST":
        _switch(studio, place, open_now="open" in request.POST, by=request.user)
        return redirect("casework:order-switch", place.pk)
    address = request.build_absolute_uri(reverse("casework:order-page", args=[place.pk]))
    context = {"place": place, "page": page, "address": address}
    if page and page.is_open:
        context["qr"] = poster_qr(address)
    return render(request, "casework/order/switch.html", context)


@transaction.atomic
def _switch(studio, place, *, open_now, by):
    Studio.objects.select_for_update(no_key=True).get(pk=studio.pk)
    values = {"studio": studio, "is_open": open_now, "changed_at": timezone.now(), "changed_by": by}
    OrderPage.objects.update_or_create(neighbourhood=place, defaults=values)
