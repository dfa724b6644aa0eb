"""问师傅: the list, asking, one question with its answers, handing it to the street."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts, removal
from people.history import history_of
from people.kept import KeptQuery
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.views.base import show_form

from ..actions import questions
from ..forms.questions import AnswerForm, HandForm, MoreForm, QuestionEditForm, QuestionForm, RemoveForm
from ..models import Question

PAGE = "mentoring/question/detail.html"
LIST_SIZE = 20
MEMBERS_ONLY = "问师傅只有本工作室的人能看"
NO_MENTOR = "结对以后就可以问师傅了。现在有事，可以打电话给街道"


def listed(person):
    """What the list shows, with the names that a row says."""
    found = Question.objects.visible_to(person).select_related("asker", "mentor")
    # By the studio the newest are found without a look at the others.
    return found.filter(studio__in=person.standing.staff) if person.standing.staff else found


_FIRST_PAGE = KeptQuery(lambda person: newest(listed(person), by="asked_at", size=LIST_SIZE))


@require_safe
def question_list(request):
    """All that one may know of, newest first; those that wait can be looked at alone."""
    require(request.standing.member_studios, MEMBERS_ONLY)
    waiting = "waiting" in request.GET
    if waiting or "page" in request.GET:
        found = listed(request.user)
        page = page_of(request, found.waiting() if waiting else found, by="asked_at", size=LIST_SIZE)
    else:
        page = first_page(_FIRST_PAGE.all(request.user), by="asked_at", size=LIST_SIZE)
    context = {
        "page": page,
        "rows": [(question, question.readable_by(request.user)) for question in page],
        "waiting": waiting,
        "filters": [
            {"label": "全部", "url": request.path, "current": not waiting},
            {"label": "等回答的", "url": f"{request.path}?waiting=1", "current": waiting},
        ],
        "can_ask": bool(request.standing.mentors),
    }
    return render(request, "mentoring/question/list.html", context)


def question_new(request):
    """问师傅, by an apprentice who has one."""
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    studio, mentors = request.standing.studio_as("apprentice"), request.standing.mentors
    require(studio, "问师傅是学员用的")
    require(mentors, NO_MENTOR)
    if "save_draft" in request.POST:
        drafts.save(request.user, questions.NEW, request.POST, device=drafts.device_of(request))
        messages.info(request, "先存着了，还没有问出去。")
        return redirect("mentoring:question-new")
    draft, other = drafts.choose(request, questions.NEW)
    form = drafts.fill(QuestionForm(request.POST or None, mentors=mentors), draft)
    if request.method == "POST" and form.is_valid():
        given = {**form.facts(), "studio": studio, "asker": request.user}
        asked = once(request, lambda: questions.ask(**given))
        messages.success(request, f"问出去了，{given['mentor'].called}已经能看到。")
        return redirect(asked)
    return show_form(request, "mentoring/question/form.html", form, draft=draft, other=other)


def _ask_one(person, pk):
    found = Question.objects.visible_to(person).filter(pk=pk)
    return found.select_related("asker", "mentor", "studio", "answered_by", "more_answered_by", "handed_by")


_ONE = KeptQuery(_ask_one)


def found_question(request, pk):
    return _ONE.get_or_404(request.user, pk=pk)


def question_detail(request, pk):
    """The thread. Its one form is the next word: the mentor's answer, or the asker's 再问一句."""
    question = _ONE.get_or_404(request.user, pk=pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    form, act, said = _next_word(request, question)
    if request.method == "POST":
        require(form is not None, "现在没有要您写的。师傅回答以后，问的人可以再问一句")
        if form.is_valid():
            question.version = form.cleaned_data["version"] or 0
            answered = once(request, lambda: act(form.cleaned_data["text"]))
            messages.success(request, said)
            return redirect(answered)
    own, person = question.asker_id == request.user.pk, request.user
    reads = question.readable_by(person)
    one_of_two = person.pk in (question.asker_id, question.mentor_id)
    context = {
        "question": question,
        "reads": reads,
        "answers": question.mentor_id == person.pk and form is not None,
        "can_edit": own and not question.answered_at,
        "can_remove": own,
        "can_hand": one_of_two and question.is_private and not question.handed_at,
        "can_raise_case": one_of_two and question.answered_at is not None,
        "can_tell": question.mentor_id == person.pk == question.answered_by_id,
        "history": history_of(question) if one_of_two else [],
    }
    if form is None:
        return render(request, PAGE, context)
    return show_form(request, PAGE, form, **context)


def _next_word(request, question):
    """(form, act(text), what the page says after it), or Nones where nothing is to be written by this one."""
    data = request.POST if request.method == "POST" else None
    person = request.user
    if person.pk == question.mentor_id and question.due_on:
        form = AnswerForm(data, question=question)
        drafts.fill(form, drafts.newest(person, questions.answer_key(question)) if data is None else None)
        return (
            form,
            lambda text: questions.answer(question, text=text, by=person),
            f"回答好了，{question.asker.name}已经能看到。",
        )
    if person.pk == question.asker_id and question.answered_at and not question.more_at:
        return (
            MoreForm(data, question=question),
            lambda text: questions.ask_more(question, text=text),
            f"问出去了，{question.mentor.called}已经能看到。",
        )
    return None, None, ""


def own_question(request, pk):
    question = _ONE.get_or_404(request.user, pk=pk)
    require(question.asker_id == request.user.pk, "只有问的人能改")
    return question


def question_edit(request, pk):
    question = own_question(request, pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    require(not question.answered_at, questions.ANSWERED)
    mentors = request.standing.mentors or [question.mentor]
    form = QuestionEditForm(request.POST or None, instance=question, mentors=mentors)
    if request.method == "POST" and form.is_valid():
        question.version = form.cleaned_data["version"] or 0
        edited = once(request, lambda: questions.edit(question, **form.facts()))
        messages.success(request, "改好了。")
        return redirect(edited)
    return show_form(request, "mentoring/question/edit.html", form, question=question)


def question_hand(request, pk):
    """A page that asks, for either of the two."""
    question = _ONE.get_or_404(request.user, pk=pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    one_of_two = request.user.pk in (question.asker_id, question.mentor_id)
    require(one_of_two and question.is_private, "请街道一起看，由问的人或者师傅来定")
    form = HandForm(request.POST or None)
    form.fields["version"].initial = question.version
    if request.method == "POST" and form.is_valid():
        question.version = form.cleaned_data["version"] or 0
        handed = once(request, lambda: questions.hand_to_street(question, by=request.user))
        messages.success(request, "街道现在也能看到了。")
        return redirect(handed)
    return show_form(request, "mentoring/question/hand.html", form, question=question)


def question_remove(request, pk):
    """A page that asks; it can be found again for 30 days."""
    question = own_question(request, pk)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        removal.remove(question, by=request.user)
        messages.success(request, "去掉了。30天内可以在“我 · 找回”里找回。")
        return redirect("mentoring:question-list")
    return show_form(request, "mentoring/question/remove.html", form, question=question)
