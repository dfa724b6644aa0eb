"""「放进工作法」: what a mentor answered becomes a 口述, masked; the staff write out its steps."""

from django.contrib import messages
from django.shortcuts import redirect

from growth.actions import methods
from growth.forms.small import ToldMethodForm
from people import privacy
from people.access import require
from people.actions import drafts
from people.once import once, sent_before
from people.views.base import show_form

from ..models import Question
from .questions import found_question


def question_method(request, pk):
    question = found_question(request, pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    require(may_tell(question, request.user), "回答过以后，由师傅放进工作法")
    key = f"question-method-{question.pk}"
    if "save_draft" in request.POST:
        drafts.save(request.user, key, request.POST, device=drafts.device_of(request))
        messages.info(request, "已存草稿，还没有交")
        return redirect(request.path)
    begun = {"told": masked(question)}
    form = ToldMethodForm(request.POST or None, studio=question.studio, draft=key, initial=begun)
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "told")}
        told |= {"studio": question.studio, "by": request.user, "draft": key}
        made = once(request, lambda: methods.take_down(**told))
        messages.success(request, "交给街道了。整理成步骤以后，大家都能看到")
        return redirect(made)
    draft, other = drafts.choose(request, key) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    context = {"question": question, "draft": draft, "other": other}
    return show_form(request, "mentoring/question/method.html", form, **context)


def may_tell(question, person):
    """Whose words the answer is."""
    return question.mentor_id == person.pk == question.answered_by_id


def masked(question: Question):
    """Question and answers as one text, without whoever asked and whatever tells people or places."""
    told = [
        f"有人问：{question.text}",
        question.answer,
        *([f"又问：{question.more}"] if question.more else []),
        question.more_answer,
    ]
    asker = question.asker
    names = [(asker.name, "学员"), (asker.called, "学员")]
    return privacy.all_replaced("\n".join(filter(None, told)), names=names, thorough=True)
