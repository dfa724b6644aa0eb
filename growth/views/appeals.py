"""申诉: the person says what is not agreed with, staff answer before results stand."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from people.access import require
from people.actions import drafts
from people.once import once, sent_before
from people.stale import Refused
from people.views.base import show_form
from people.words import moment, short_day

from ..actions import results
from ..forms.moderation import AnswerForm, AppealForm
from ..models import Appeal, Assessed, Round
from .rounds import STAFF_ONLY


def appeal_new(request, pk):
    done = sent_before(request)
    if done:
        return redirect(done)
    assessed = get_object_or_404(
        Assessed.objects.visible_to(request.user).select_related("round__studio", "person"), pk=pk
    )
    require(assessed.person_id == request.user.pk, "申诉由本人来提")
    round_ = assessed.round
    if not round_.appeals_open:
        until = (
            f"公示到{short_day(round_.appeal_until)}已经结束了" if round_.appeal_until else "这一轮没有公示"
        )
        raise Refused(f"{until}。还有意见，请打电话给街道，或者写在“意见建议”里")
    key = f"appeal-{assessed.pk}"
    form = AppealForm(request.POST or None, key=key)
    if request.method == "POST" and form.is_valid():

        def act():
            drafts.clear(request.user, key)
            return results.appeal(assessed, text=form.cleaned_data["text"], by=request.user)

        once(request, act, path=lambda nothing: assessed.get_absolute_url())
        messages.success(request, "交给街道了，答复以后会通知您。")
        return redirect(assessed)
    draft, _ = drafts.choose(request, key) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    context = {
        "up_url": assessed.get_absolute_url(),
        "up": "考核结果",
        "heading": "提申诉",
        "lead": f"公示到{short_day(round_.appeal_until)}。街道看过以后会答复您，别的学员看不到。",
    }
    return show_form(request, "growth/round/ask.html", form, **context)


def appeal_answer(request, pk):
    done = sent_before(request)
    if done:
        return redirect(done)
    found = get_object_or_404(
        Appeal.objects.visible_to(request.user).select_related(
            "round__studio", "assessed__person", "assessed__round", "answered_by"
        ),
        pk=pk,
    )
    mine = found.assessed.person_id == request.user.pk
    require(found.studio_id in request.standing.staff and not mine, STAFF_ONLY)
    if found.answered_at:
        if request.method == "POST":
            raise Refused(f"{found.answered_by.called}在{moment(found.answered_at)}已经答复了")
        return redirect(found.assessed)
    if found.round.state != Round.State.PUBLICISED:
        return redirect(found.round)
    form = AnswerForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        found.version = form.cleaned_data["version"] or 0
        given = {"text": form.cleaned_data["answer"], "outcome": form.cleaned_data["outcome"]}
        path = found.round.get_absolute_url()
        once(request, lambda: results.answer(found, **given, by=request.user), path=lambda nothing: path)
        return redirect(path)
    context = {
        "appeal": found,
        "moderate_url": reverse("growth:assessed-moderate", args=[found.assessed_id]),
    }
    return show_form(request, "growth/result/answer.html", form, **context)
