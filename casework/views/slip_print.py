"""Printing 三联单: one or a batch, three coupons with one number on A4; and a blank one to fill in by
hand.
"""

from django import forms
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import residents
from people.forms.base import StudioForm
from people.once import AlreadyDone, once
from people.views.base import id_of

from .. import slip_rights as may
from ..actions import slips
from ..models import Slip
from ..models.slip import UNDER_WAY
from ..slip_print import poster_qr
from .slips import LINKED, sees_resident

MOST = 50
PAGES = ("studio", "resident", "registered_by", "sent_by", "group", "step")


class PrintForm(StudioForm):
    """Carries the token: names and links are given out once for each pressing of the button."""

    submit_label = ""
    unmarked = ("qr", "name")
    qr = forms.BooleanField(label="印上二维码，扫一扫就能接单和办结", required=False)
    name = forms.BooleanField(label="印上居民的称呼和电话（会记下是您印的）", required=False)

    def __init__(self, *args, can_qr, can_name, **kwargs):
        super().__init__(*args, **kwargs)
        if not can_qr:
            del self.fields["qr"]
        if not can_name:
            del self.fields["name"]


@never_cache
def slip_print(request):
    """`?slip=1&slip=2`. A POST adds the QR code of a fresh link, or the resident's name and number, on
    record.
    """
    ids = [pk for pk in (id_of(one) for one in request.GET.getlist("slip")[:MOST]) if pk]
    found = Slip.objects.visible_to(request.user).filter(pk__in=ids).select_related(*LINKED, *PAGES)
    found = list(found.order_by("year", "number"))
    if not found:
        return redirect("casework:slip-list")
    can_qr = any(slip.state in UNDER_WAY and may.may_dispatch(slip, request.user) for slip in found)
    can_name = any(sees_resident(slip, request.user) for slip in found)
    form, extra = PrintForm(request.POST or None, can_qr=can_qr, can_name=can_name), {}
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        made = once(
            request, lambda: _give_out(request, found, wanted), path=lambda made: request.get_full_path()
        )
        if isinstance(made, AlreadyDone):
            return redirect(request.get_full_path())
        extra = made
    sheets = [{"slip": slip, **extra.get(slip.pk, {})} for slip in found]
    return render(request, "casework/slip/print.html", {"form": form, "sheets": sheets})


def _give_out(request, found, wanted):
    """{slip id: {qr, secret}} of what was ticked."""
    extra = {}
    for slip in found:
        given = {}
        if wanted.get("qr") and slip.state in UNDER_WAY and may.may_dispatch(slip, request.user):
            fresh = slips.link_for(slip, by=request.user)
            given["qr"] = poster_qr(request.build_absolute_uri(fresh.get_absolute_url()))
        if wanted.get("name") and sees_resident(slip, request.user) and not slip.resident.erased_at:
            residents.reveal(slip.resident, why="visit", note=f"打印三联单{slip.no}", by=request.user)
            given["secret"] = slip.resident.secret
        extra[slip.pk] = given
    return extra


@require_safe
def slip_print_one(request, pk):
    slip = get_object_or_404(Slip.objects.visible_to(request.user), pk=pk)
    return redirect(reverse("casework:slip-print") + f"?slip={slip.pk}")


@require_safe
def slip_blank(request):
    """A blank form with writing lines of 12 mm."""
    studio = may.studio_to_register(request.user)
    require(studio, "这一页只有街道工作人员、居民区书记和楼栋党小组组长能看")
    context = {"studio": studio, "categories": slips.categories_of(studio)}
    return render(request, "casework/slip/blank.html", context)
