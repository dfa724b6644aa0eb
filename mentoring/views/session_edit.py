"""Correcting a session that was logged; confirming a 代记; taking one away."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.access import require
from people.actions import drafts
from people.once import once
from people.views.base import show_form

from ..actions import sessions
from ..forms.session_ask import AskForm
from ..forms.sessions import SessionEditForm
from ..models import Session
from ..session_rules import pairs_around, pairs_of
from .session_plans import plan_edit
from .sessions import posted, visible_session

EDITORS = "记录由写的人在可以改的时间里改，过后由街道工作人员来改"


def session_edit(request, pk):
    """A plan has a form of its own."""
    session = visible_session(request, pk)
    if session.state != Session.State.LOGGED:
        return plan_edit(request, session)
    require(session.editable_by(request.user), EDITORS)
    key = f"edit-session-{session.pk}"
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    pairings = pairs_of(session.group)
    around = _around(request, session, pairings, draft)
    form = SessionEditForm(
        posted(request), session=session, by=request.user, pairings=pairings, around=around
    )
    if "save_draft" in request.POST:
        drafts.save(request.user, key, request.POST, device=drafts.device_of(request))
        messages.info(request, "已存草稿，还没有提交。")
        return redirect("mentoring:session-edit", session.pk)
    if form.is_valid():
        once(request, lambda: _edit(request, session, form, key), path=lambda edited: edited)
        messages.success(request, "改好了。")
        return redirect(session)
    drafts.fill(form, _of_this_version(draft, session))
    context = {
        "session": session,
        "draft": _of_this_version(draft, session),
        "other": other,
        "draft_url": reverse("people:draft", args=[key]),
        "others_url": "?others=1",
    }
    return show_form(request, "mentoring/session/edit.html", form, **context)


def _edit(request, session, form, key):
    version = form.cleaned_data["version"] or 0
    sessions.edit(session, version=version, by=request.user, **form.facts())
    drafts.clear(request.user, key)
    return session.get_absolute_url()


def _of_this_version(draft, session):
    """A draft begun from an older text would bring that text back: it is not offered."""
    begun = draft.data.get("version", [""])[0] if draft else ""
    return draft if begun == str(session.version) else None


def _around(request, session, pairings, draft):
    """Apprentices of other groups, where some were there or are to be added."""
    asked = "others" in request.GET or "with_others" in request.POST
    asked = asked or bool(draft and "with_others" in draft.data)
    there = {row.apprentice_id for row in session.attendance.all()}
    guests = there.difference(pairing.apprentice_id for pairing in pairings)
    return pairs_around(session.group) if asked or guests else ()


@require_POST
def session_confirm(request, pk):
    """The mentor says [对] to what staff wrote."""
    session = visible_session(request, pk)
    require(session.mentor_id == request.user.pk, "这一次由带教的师傅自己来看")
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
