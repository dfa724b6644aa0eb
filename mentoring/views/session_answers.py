"""现场答疑: the page on which questions and answers are noted down, one after the other."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from people.access import require
from people.actions import drafts
from people.once import once
from people.views.base import id_of, show_form

from ..actions import session_answers
from ..forms.session_answers import AnswerForm, draft_key
from ..models import Session
from .session_edit import EDITORS
from .sessions import posted, visible_session

NOT_HERE = "现场答疑才有问答，别的方式没有"


def session_answers_page(request, pk):
    session = visible_session(request, pk)
    require(session.mode == Session.Mode.ANSWERS, NOT_HERE)
    require(session.editable_by(request.user), EDITORS)
    page = reverse("mentoring:session-answers", args=[session.pk])
    if request.method == "POST" and "drop" in request.POST:
        session_answers.drop(session, id_of(request.POST["drop"]))
        messages.success(request, "去掉了。")
        return redirect(page)
    form = AnswerForm(posted(request), session=session)
    if form.is_valid():
        once(request, lambda: _note(request, session, form), path=lambda noted: page)
        return redirect(page)
    if request.method == "GET":
        drafts.fill(form, drafts.choose(request, draft_key(session))[0])
    answers = list(session.answers.all())
    return show_form(request, "mentoring/session/answers.html", form, session=session, answers=answers)


def _note(request, session, form):
    noted = session_answers.note(session, by=request.user, **form.cleaned_data)
    drafts.clear(request.user, draft_key(session))
    messages.success(request, "记下了。")
    return noted
