"""Correcting a session that was logged; confirming a 代记; taking one away."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from people.access import require
from people.once import once
from people.views.base import show_form

from ..actions import sessions
from ..forms.session_ask import AskForm
from ..forms.sessions import SessionEditForm
from ..models import Session
from ..session_rules import pairs_of
from .session_plans import plan_edit
from .sessions import posted, visible_session

EDITORS = "记录的人在可以改的时间里，还有街道工作人员"


def session_edit(request, pk):
    """A plan has a form of its own."""
    session = visible_session(request, pk)
    if session.state != Session.State.LOGGED:
        return plan_edit(request, session)
    require(session.editable_by(request.user), EDITORS)
    pairings = pairs_of(session.group)
    form = SessionEditForm(posted(request), session=session, by=request.user, pairings=pairings)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        once(
            request,
            lambda: sessions.edit(session, version=version, by=request.user, **form.facts()),
            path=lambda edited: session.get_absolute_url(),
        )
        messages.success(request, "改好了。")
        return redirect(session)
    return show_form(request, "mentoring/session/edit.html", form, session=session)


@require_POST
def session_confirm(request, pk):
    """The mentor says [对] to what staff wrote."""
    session = visible_session(request, pk)
    require(session.mentor_id == request.user.pk, "这次带教的师傅")
    sessions.confirm(session, by=request.user)
    messages.success(request, "好的，这次带教就这样记了。")
    return redirect("/" if request.POST.get("from") == "home" else session)


def session_remove(request, pk):
    """A page that asks first."""
    session = visible_session(request, pk)
    require(session.editable_by(request.user), EDITORS)
    form = AskForm(posted(request))
    if form.is_valid():
        sessions.remove(session, by=request.user)
        messages.success(request, "去掉了。30天内可以在“我 · 找回”里找回。")
        return redirect("mentoring:session-list")
    return show_form(request, "mentoring/session/remove.html", form, session=session)
