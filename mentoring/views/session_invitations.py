"""Answering an invitation, one tap on the phone; marking who came, then on to the log."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from people.access import require
from people.once import once
from people.views.base import show_form

from ..actions import invitations
from ..forms.session_invitations import CameForm, CannotComeForm
from ..models import Invitation, Pairing, Session
from ..session_start import WRITERS, may_log, page_url
from .sessions import posted, visible_session

YES = "好的，知道您能来。"
NO = "知道您来不了，已经告诉师傅。"


def session_coming(request, pk):
    """`answer=yes` is one tap; 来不了 asks for the reason on this page."""
    session = visible_session(request, pk)
    mine = session.invitations.filter(person=request.user).first()
    require(mine is not None, "能不能来由请来参加的人自己答")
    if request.POST.get("answer") == Invitation.Answer.YES:
        invitations.answer(session, person=request.user, coming=True)
        messages.success(request, YES)
        return redirect("/" if request.POST.get("from") == "home" else session)
    form = CannotComeForm(posted(request))
    if form.is_valid():
        once(
            request,
            lambda: invitations.answer(session, person=request.user, coming=False, reason=form.why()),
            path=lambda answered: session.get_absolute_url(),
        )
        messages.success(request, NO)
        return redirect(session)
    return show_form(request, "mentoring/session/coming.html", form, session=session, mine=mine)


def session_came(request, pk):
    """谁来了: for two as for two hundred. Afterwards the log is filled in with them."""
    session = visible_session(request, pk)
    require(may_log(request.user, session.group), WRITERS)
    require(session.state == Session.State.PLANNED, invitations.OVER)
    require(session.held_on <= timezone.localdate(), invitations.NOT_YET)
    pairings = pairings_asked(session)
    marked = {row.person_id: row for row in session.invitations.all()}
    came = [pk for pk, row in marked.items() if row.came or (row.came is None and row.answer != "no")]
    form = CameForm(posted(request), pairings=pairings, initial={"came": [str(pk) for pk in came]})
    log = page_url(session.group_id, session.pk, proxy=session.mentor_id != request.user.pk)
    if form.is_valid():
        once(
            request,
            lambda: invitations.mark_came(session, came=form.cleaned_data["came"]),
            path=lambda marked: log,
        )
        return redirect(log)
    return show_form(request, "mentoring/session/came.html", form, session=session)


def pairings_asked(session):
    """One pairing of the cohort for each person who was asked."""
    asked = session.invitations.values("person")
    found = Pairing.objects.filter(cohort=session.cohort_id, apprentice__in=asked)
    return list(found.select_related("apprentice__neighbourhood").order_by("group__number", "pk"))
