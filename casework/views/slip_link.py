"""接单 and 办结 without an account: one page behind the link of a slip, with two buttons."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from people import scoped_links
from people.views.base import show_form

from ..actions import slips
from ..forms.slips import FinishForm, GiveBackForm, PublicOrderForm
from ..models import SlipState
from ..models.slip import UNDER_WAY
from ..slip_links import LEADER, group_of, slip_of
from .orders import register_once


def _page(link):
    return reverse("casework:slip-link", args=[link.pk])


@scoped_links.by_link(slips.LINK)
def slip_link(request, link):
    """What is to be done, by when; 接单 or 退单 first, then 办结."""
    slip = slip_of(link)
    if request.method == "POST" and "accept" in request.POST:
        if slip.state == SlipState.SENT:
            slips.accept(slip, by_name=link.holder)
            messages.success(request, "接单了。办好以后，再点开这个链接，点“办结”")
        return redirect(_page(link))
    form = FinishForm(request.POST or None, prefix=None)
    if request.method == "POST" and slip.state in UNDER_WAY and form.is_valid():
        slips.finish(slip, **form.cleaned_data, by_name=link.holder)
        messages.success(request, "办结了，谢谢您")
        return redirect(_page(link))
    if request.method == "POST" and slip.state not in UNDER_WAY:
        return redirect(_page(link))
    context = {"slip": slip, "link": link, "under_way": slip.state in UNDER_WAY}
    return show_form(request, "casework/slip/link.html", form, **context)


@scoped_links.by_link(slips.LINK)
def slip_link_back(request, link):
    """退单, with the reason and who should have it."""
    slip = slip_of(link)
    if slip.state not in UNDER_WAY:
        return redirect(_page(link))
    form = GiveBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        slips.give_back(slip, **form.cleaned_data, by_name=link.holder)
        return render(request, "casework/slip/link_given_back.html", {"slip": slip})
    return show_form(request, "casework/slip/link_back.html", form, slip=slip, link=link)


@scoped_links.by_link(slips.LINK)
def slip_link_resident(request, link):
    """称呼和电话, where whoever sent the slip allowed it; every look is on record."""
    slip = slip_of(link)
    resident = slip.resident
    shown = slip.gives_phone and slip.state in UNDER_WAY and resident and not resident.erased_at
    if request.method != "POST" or not shown:
        return redirect(_page(link))
    slips.show_resident(slip, by_name=link.holder)
    return render(
        request, "casework/slip/link_resident.html", {"slip": slip, "secret": resident.secret, "link": link}
    )


@scoped_links.by_link(LEADER.code)
def leader_order(request, link):
    """登记 by the leader of a group, who may have no account; one form is one slip, however often it is
    sent.
    """
    group = group_of(link)
    form = PublicOrderForm(request.POST or None, studio=group.studio)
    form.submit_label = "登记"
    if request.method == "POST" and form.is_valid():
        houses = list(group.buildings.all()[:2])
        data = {name: value for name, value in form.cleaned_data.items() if name != "website"}
        slip = register_once(
            request, studio=group.studio, neighbourhood=group.neighbourhood, by_name=link.holder,
            building=houses[0] if len(houses) == 1 else None, **data,
        )  # fmt: skip
        messages.success(request, f"登记好了，编号{slip.no}。街道会派人来办")
        return redirect("casework:leader-order", link.pk)
    return show_form(request, "casework/slip/leader.html", form, group=group, link=link)
