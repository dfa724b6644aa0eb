"""Guests: the page on which they are asked, and the page that the guest sees without an account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people import scoped_links
from people.access import require
from people.forms.base import TOO_OLD
from people.models import ScopedLink
from people.once import AlreadyDone, new_token, once, read_token
from people.scoped_links import by_link
from people.stale import Refused
from people.views.base import show_form
from people.words import short_day

from .. import cure
from ..actions import consultations, guests
from ..forms.guest import GuestAskForm, GuestForm, GuestOpinionForm
from ..guest_link import PURPOSE, guest_of
from ..models import CaseGuest, Opinion, State
from .cure import attempt, find_case

WHO = "外面的专家和部门由主持人或街道来请"
AGAIN_DAYS, MOST_DRAFTED = 14, 20_000
SHOWN_ONCE = "链接只显示一次。没来得及发的，请点“再做一个链接”"


@never_cache
def case_guests(request, pk):
    """Who is asked from outside, with their links; a POST asks one more and shows the link."""
    case = find_case(request, pk)
    require(cure.leads(case, request.user), WHO)
    back = reverse("casework:case-guests", args=[case.pk])
    form = GuestForm(request.POST or None)
    if form.is_valid():

        def act():
            return guests.invite(case=case, by=request.user, **form.cleaned_data)

        made = attempt(request, form, act, path=lambda made: back)
        if isinstance(made, AlreadyDone):
            messages.info(request, SHOWN_ONCE)
            return redirect(back)
        if made:
            return _show(request, made[1], case, back)
    return show_form(
        request, "casework/guest/list.html", form, case=case, rows=_rows(case), back=back,
        open_now=case.state == State.CONSULTING,
    )  # fmt: skip


def _show(request, fresh, case, back):
    until = short_day(fresh.link.expires_at)
    asked = f"{fresh.link.holder}，您好。{case.studio}请您给一件疑难案例出出主意"
    words = f"{asked}，点下面的链接就能看，{until}以前都能打开："
    return scoped_links.show(request, fresh, back=back, words=words)


def _rows(case):
    """Guests, the latest round first, each with `links` and whether there is an opinion."""
    asked = list(case.guests.order_by("-round", "pk"))
    spoke = set(case.opinions.filter(guest__isnull=False).values_list("guest", flat=True))
    links = ScopedLink.objects.filter(
        studio=case.studio_id, purpose=PURPOSE, target__in=[g.pk for g in asked]
    )
    found = list(links.select_related("issued_by", "revoked_by"))
    for guest in asked:
        guest.links = [link for link in found if link.target == guest.pk]
        guest.spoke = guest.pk in spoke
        guest.form_token = new_token()
        guest.can_link = guest.round == case.round and case.state == State.CONSULTING
    return asked


@never_cache
@require_POST
def guest_link(request, pk):
    """再做一个链接: the older ones stop working."""
    found = CaseGuest.objects.visible_to(request.user).select_related("case__studio", "case__chair")
    guest = get_object_or_404(found, pk=pk)
    require(cure.leads(guest.case, request.user), WHO)
    back = reverse("casework:case-guests", args=[guest.case_id])

    if read_token(request.POST.get("form_token")) is None:
        messages.info(request, TOO_OLD)
        return redirect(back)

    def act():
        return guests.new_link(guest=guest, days=AGAIN_DAYS, by=request.user)

    try:
        made = once(request, act, path=lambda made: back)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(back)
    if isinstance(made, AlreadyDone):
        messages.info(request, SHOWN_ONCE)
        return redirect(back)
    return _show(request, made, guest.case, back)


@by_link(PURPOSE)
def guest_case(request, link):
    """What a guest reads of the case, and the one opinion. No residents, no files, no other case."""
    guest = guest_of(link)
    case = guest.case
    own = case.opinions.filter(guest=guest, round=guest.round).first()
    draft = guests.draft_of(guest)
    save_url = reverse("casework:guest-draft", args=[link.pk])
    form = GuestOpinionForm(request.POST or None, guest=guest, own=own, draft=draft, save_url=save_url)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            guests.say(guest=guest, text=form.cleaned_data["text"], version=version)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "记好了，主持人已经能看到。开药方以前都可以改")
            return redirect("casework:guest-case", link.pk)
    others = Opinion.objects.shown_to_guest(guest).exclude(guest=guest)
    return show_form(
        request, "casework/guest/case.html", form, case=case, guest=guest, own=own, link=link, draft=draft,
        others=others.select_related("author", "guest", "written_by"), tried=case.tried.all(),
        questions=case.clarifications.select_related("asker", "guest"),
        going_on=case.state == State.CONSULTING and guest.round == case.round,
    )  # fmt: skip


@require_POST
@by_link(PURPOSE)
def guest_draft(request, link):
    """Autosave (static/js/studio.js): one line of plain text. Without script 「先存着」 comes here, too."""
    rev = request.POST.get("rev", "")
    number = int(rev) if rev.isascii() and rev.isdigit() and len(rev) <= 15 else _now()
    text = request.POST.get("text", "").replace("\0", "")
    if len(text) > MOST_DRAFTED:
        return _line("写得太多，草稿存不下，请先交一部分", status=413)
    guests.keep_draft(guest=guest_of(link), text=text, rev=number)
    if "save_draft" in request.POST:
        messages.info(request, "已存草稿，还没有提交")
        return redirect("casework:guest-case", link.pk)
    return _line(f"已存草稿 {timezone.localtime():%H:%M}")


def _now():
    return int(timezone.now().timestamp() * 1000)


def _line(words, status=200):
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)


@by_link(PURPOSE)
def guest_ask(request, link):
    """先问清楚一件事, before giving an opinion."""
    guest = guest_of(link)
    form = GuestAskForm(request.POST or None)
    if form.is_valid():
        question = form.cleaned_data["question"]
        try:
            consultations.ask(case=guest.case, guest=guest, question=question)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"问好了。{guest.case.owner.called}回答以后，再点开这个链接就能看到")
            return redirect("casework:guest-case", link.pk)
    return show_form(request, "casework/guest/ask.html", form, case=guest.case, link=link)
