"""拜师帖: the apprentice writes, the mentor adds words, staff set day and witness; everybody prints."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.history import history_of
from people.once import once, sent_before
from people.views.base import show_form

from ..actions import pledges
from ..forms.pledges import PledgeForm, SettleForm, WaiveForm, WordsForm
from ..models import Pairing
from ..pledge_sheet import size_of
from .cohorts import STAFF_ONLY

NOT_SENT = "拜师帖送出以后才能看到"


def found_pledge(request, pk):
    """The pledge of pairing `pk`, with both persons; not found unless the pair is visible."""
    pairs = Pairing.objects.visible_to(request.user).select_related(
        "studio", "cohort", "mentor", "apprentice__neighbourhood"
    )
    return pledges.pledge_of(get_object_or_404(pairs, pk=pk))


def rights(request, pledge):
    """What this person may do with the pledge now: {can_…: bool}."""
    pair, person = pledge.pairing, request.user.pk
    staff = pair.is_current and pair.studio_id in request.standing.staff
    return {
        "can_write": pair.is_current
        and person == pair.apprentice_id
        and not pledge.is_waived
        and not pledge.held_on,
        "can_bless": pair.is_current and person == pair.mentor_id and pledge.is_sent,
        "can_settle": staff and pledge.is_sent,
        "can_waive": staff and not pledge.is_sent,
    }


@require_safe
def pledge_detail(request, pk):
    pledge = found_pledge(request, pk)
    if "print" in request.GET:
        return pledge_print(request, pk)
    sent_changes = []
    if pledge.is_sent:  # what the draft said is nobody else's business
        sent_changes = [entry for entry in history_of(pledge) if entry.at > pledge.sent_at]
    own = request.user.pk == pledge.pairing.apprentice_id
    context = {
        "pledge": pledge,
        "pairing": pledge.pairing,
        "shows_text": pledge.is_sent or (own and pledge.text),
        "history": sent_changes,
        **rights(request, pledge),
    }
    return render(request, "mentoring/pledge/detail.html", context)


@require_safe
def pledge_print(request, pk):
    """A4 landscape; only of a letter that was sent."""
    pledge = found_pledge(request, pk)
    require(pledge.is_sent, NOT_SENT)
    context = {"pledge": pledge, "pairing": pledge.pairing, "size": size_of(pledge.text, pledge.words)}
    return render(request, "mentoring/pledge/print.html", context)


def pledge_write(request, pk):
    pledge = found_pledge(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(rights(request, pledge)["can_write"], "拜师帖由徒弟来写，定了日期以后就不改了")
    was_sent, keeping = pledge.is_sent, "save_draft" in request.POST
    form = PledgeForm(
        request.POST or None, instance=pledge, pairing=pledge.pairing, sending=was_sent or not keeping
    )
    if request.method == "POST" and form.is_valid():
        pledge.version = form.cleaned_data["version"] or 0
        act = pledges.write if keeping or was_sent else pledges.send
        done = once(request, lambda: act(pledge, text=form.cleaned_data["text"], by=request.user))
        messages.success(request, words_of(pledge, keeping, was_sent))
        return redirect(done)
    key = pledges.draft_key(pledge.pairing)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    context = {
        "pledge": pledge,
        "pairing": pledge.pairing,
        "draft": draft,
        "other": other,
        "draft_url": reverse("people:draft", args=[key]),
    }
    return show_form(request, "mentoring/pledge/write.html", form, **context)


def words_of(pledge, keeping, was_sent):
    """What the page says after the apprentice's button."""
    mentor = pledge.pairing.mentor.called
    if was_sent:
        return "改好了。"
    return "先存着了，还没有送出。" if keeping else f"送到了，{mentor}已经能看到。"


def pledge_words(request, pk):
    pledge = found_pledge(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(rights(request, pledge)["can_bless"], "寄语由师傅来写，要等徒弟送来拜师帖")
    form = WordsForm(request.POST or None, instance=pledge)
    if request.method == "POST" and form.is_valid():
        pledge.version = form.cleaned_data["version"] or 0
        given = {"words": form.cleaned_data["words"], "by": request.user}
        return redirect(once(request, lambda: pledges.add_words(pledge, **given)))
    return show_form(request, "mentoring/pledge/words.html", form, pledge=pledge, pairing=pledge.pairing)


def pledge_settle(request, pk):
    pledge = found_pledge(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(pledge.studio_id in request.standing.staff, STAFF_ONLY)
    require(rights(request, pledge)["can_settle"], "徒弟送出拜师帖以后，才好定日期和见证人")
    form = SettleForm(request.POST or None, instance=pledge, pairing=pledge.pairing)
    if request.method == "POST" and form.is_valid():
        pledge.version = form.cleaned_data.pop("version") or 0
        return redirect(once(request, lambda: pledges.settle(pledge, **form.cleaned_data, by=request.user)))
    return show_form(request, "mentoring/pledge/settle.html", form, pledge=pledge, pairing=pledge.pairing)


def pledge_waive(request, pk):
    """Asks once, then does without; where that was chosen before, the other way round."""
    pledge = found_pledge(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(rights(request, pledge)["can_waive"], "只有街道工作人员能定，而且要在徒弟送出以前")
    form = WaiveForm(request.POST or None)
    form.fields["version"].initial = pledge.version
    form.submit_label = "还是要写" if pledge.is_waived else "这一对不用拜师帖"
    if request.method == "POST" and form.is_valid():
        pledge.version = form.cleaned_data["version"] or 0
        act = pledges.ask_again if pledge.is_waived else pledges.waive
        return redirect(once(request, lambda: act(pledge)))
    return show_form(request, "mentoring/pledge/waive.html", form, pledge=pledge, pairing=pledge.pairing)
