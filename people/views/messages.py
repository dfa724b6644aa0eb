"""通知 and 意见建议."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from ..access import require
from ..actions import feedback as feedbacks
from ..contact import studio_for
from ..forms.feedback import AnswerForm, FeedbackForm
from ..models import Feedback, Notice
from ..once import once
from ..paging import page_of
from .base import show_form


@require_safe
def notice_list(request):
    page = page_of(request, Notice.objects.visible_to(request.user), by="at")
    return render(request, "people/notice/list.html", {"page": page})


def feedback_list(request):
    """A form for everybody on top; below, one's own and those that one answers."""
    studio = studio_for(request)
    require(studio, "这一页只有工作室的人能看")
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        made = once(request, lambda: feedbacks.say(studio=studio, text=text, by=request.user))
        messages.success(request, "收到了，有答复会告诉您")
        return redirect(made)
    rows = Feedback.objects.visible_to(request.user).select_related("by", "studio")
    page = page_of(request, rows, by="at")
    return show_form(request, "people/feedback/list.html", form, page=page, studio=studio)


def feedback_detail(request, pk):
    rows = Feedback.objects.visible_to(request.user).select_related("by", "studio", "answered_by")
    feedback = get_object_or_404(rows, pk=pk)
    may_answer = feedback.studio_id in request.standing.staff | request.standing.district
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        require(may_answer, "这一页只有街道工作人员能看")
        if form.is_valid():
            feedbacks.answer(feedback, text=form.cleaned_data["answer"], by=request.user)
            messages.success(request, "答复交了")
            return redirect(feedback)
    can_answer = may_answer and not feedback.answered_at
    return show_form(request, "people/feedback/detail.html", form, feedback=feedback, can_answer=can_answer)
