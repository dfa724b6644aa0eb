"""提醒: the studio's channels for staff, the weekly digest for everybody."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from .. import outbox
from ..access import require
from ..actions import reminders
from ..forms.reminders import ChannelForm, ChoiceForm, TryForm
from ..history import history_of
from ..models import Outgoing
from ..once import once, sent_before
from .base import show_form

TRY = "这是试发的一条提醒，收到就好了。以后有事会在这里说一声，只说件数，不说是谁的事。"
LATEST = 10


def channels(request):
    require(request.standing.staff, "这一页只有街道工作人员能看")
    studio = request.standing.studio_as("staff")
    done = sent_before(request)
    if done:
        return redirect(done)
    channel = reminders.channel_of(studio)
    form = ChannelForm(request.POST or None, instance=channel)
    if request.method == "POST" and form.is_valid():
        channel.version = form.cleaned_data["version"] or 0
        once(
            request,
            lambda: reminders.set_channel(channel, secret=form.cleaned_data["address"]),
            path=lambda saved: reverse("people:reminders"),
        )
        messages.success(request, "提醒存好了")
        return redirect("people:reminders")
    sent = Outgoing.objects.filter(studio=studio, person__isnull=True).exclude(way=Outgoing.Way.SITE)
    context = {
        "channel": channel,
        "sent": sent[:LATEST],
        "history": history_of(channel) if channel.pk else [],
        "try_form": TryForm(),
    }
    return show_form(request, "people/studio/reminders.html", form, **context)


def channel_try(request):
    """Send one line now by every way that is switched on, and say what became of it."""
    require(request.standing.staff, "这一页只有街道工作人员能看")
    studio = request.standing.studio_as("staff")
    channel = reminders.channel_of(studio)
    form = TryForm(request.POST or None)
    ways = channel.ways
    if request.method == "POST" and form.is_valid():
        key, at = f"try-{uuid4().hex}", timezone.now()

        def act():
            for way in ways:
                outbox.put(studio=studio, way=way, key=key, text=TRY, subject="书记工作室：试发", at=at)
            return key

        once(request, act, path=lambda done: reverse("people:reminders"))
        rows = Outgoing.objects.filter(studio=studio, key=key)
        for pk in list(rows.values_list("pk", flat=True)):
            outbox.send_one(pk, at)
        for row in rows.all():
            told = f"{row.get_way_display()}：" + ("发出去了" if row.sent_at else f"没有发成，{row.trouble}")
            messages.info(request, told)
        return redirect("people:reminders")
    return render(
        request, "people/studio/reminders_try.html", {"form": form, "ways": ways},
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


def own(request):
    """每周提醒 under 「我的」."""
    choice = reminders.choice_of(request.user)
    form = ChoiceForm(request.POST or None, instance=choice)
    if request.method == "POST" and form.is_valid():
        choice.version = form.cleaned_data["version"] or 0
        once(request, lambda: reminders.set_choice(choice), path=lambda saved: reverse("people:me"))
        messages.success(request, "改好了")
        return redirect("people:me")
    return show_form(request, "people/me/form.html", form, title="每周提醒")
