"""会诊 online: one's own opinion, the others' once one has given it, asking back, answering."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.kept import KeptQuery
from people.models import Person
from people.once import sent_before
from people.views.base import show_form
from people.views.drafts import keep_for_later

from .. import cure, likeness
from ..actions import consultations
from ..draft_keys import opinion_key
from ..forms.consultation import AnswerForm, AskForm, OpinionEditForm, OpinionForm, ToldOpinionForm
from ..models import Clarification, Opinion, State
from . import contexts
from .cure import attempt, find_case

NOT_ASKED = "这一页只有请来会诊的人能看"
OVER = "这一轮会诊已经结束了"


def case_consult(request, pk):
    """The page on which a mentor gives an opinion; after that, what the others said."""
    case = find_case(request, pk)
    asked = cure.is_asked(case, request.user)
    require(asked or cure.is_staff(case, request.user), NOT_ASKED)
    kept = keep_for_later(request, opinion_key(case.pk)) if asked else None
    if kept:
        return kept
    form = OpinionForm(request.POST or None, case=case)
    if request.method == "POST":
        require(asked, NOT_ASKED)
        given = _give(request, form, case) if form.is_valid() else None
        if given:
            return redirect(given)
    elif case.state != State.CONSULTING:
        messages.info(request, OVER)
        return redirect(case)
    draft, other = drafts.choose(request, opinion_key(case.pk)) if asked else (None, None)
    seen = opinions_of(case, request.user)
    for one in seen:
        one.can_change = cure.may_change_opinion(one, request.user)
    own = next((one for one in seen if one.author_id == request.user.pk), None)
    return show_form(
        request, "casework/consultation/consult.html", drafts.fill(form, draft), case=case, own=own,
        draft=draft, other_draft=other, others=[one for one in seen if one is not own],
        asked_back=clarifications_of(case), tried=contexts.tried_of(case), can_speak=asked and not own,
        leads=cure.leads(case, request.user), can_prescribe=cure.leads(case, request.user),
        can_write_down=cure.is_staff(case, request.user),
    )  # fmt: skip


@require_safe
def case_similar(request, pk):
    """以前办过的类似案例: a page of its own, which the others fetch when somebody opens them there."""
    case = find_case(request, pk)
    similar = likeness.similar_to(case, request.user)
    return render(request, "casework/case/similar.html", {"case": case, "similar": similar})


def _give(request, form, case):
    def act():
        drafts.clear(request.user, opinion_key(case.pk))
        return consultations.give_opinion(
            case=case, author=request.user, by=request.user, text=form.cleaned_data["text"],
            methods=form.cleaned_data["methods"],
        )  # fmt: skip

    given = attempt(request, form, act, path=lambda made: reverse("casework:case-consult", args=[case.pk]))
    if isinstance(given, Opinion):
        messages.success(request, "记好了。主持人已经能看到，开药方以前都可以改")
        return reverse("casework:case-consult", args=[case.pk])
    return given


def opinions_of(case, person):
    """What this person may read of the present round, with authors and methods."""
    return [opinion for opinion in contexts.opinions_of(case, person) if opinion.round == case.round]


def clarifications_of(case):
    return _ASKED_BACK.all(case=case.pk)


_ASKED_BACK = KeptQuery(
    lambda person, case: Clarification.objects.filter(case=case).select_related("asker", "guest")
)


def opinion_edit(request, pk):
    found = Opinion.objects.visible_to(request.user).select_related("case__studio", "author", "guest")
    opinion = get_object_or_404(found, pk=pk)
    require(request.user.pk in (opinion.author_id, opinion.written_by_id), "意见只有提的人和记的人能改")
    back = reverse("casework:case-consult", args=[opinion.case_id])
    if request.method == "GET" and not cure.may_change_opinion(opinion, request.user):
        messages.info(request, OVER)
        return redirect(opinion.case)
    initial = {"text": opinion.text, "methods": opinion.methods.all(), "version": opinion.version}
    form = OpinionEditForm(request.POST or None, case=opinion.case, initial=initial)
    if form.is_valid():
        opinion.version = form.cleaned_data["version"] or 0

        def act():
            return consultations.change_opinion(
                opinion=opinion, text=form.cleaned_data["text"], methods=form.cleaned_data["methods"],
                by=request.user,
            )  # fmt: skip

        if attempt(request, form, act, path=lambda made: back):
            return redirect(back)
    return show_form(
        request, "casework/consultation/form.html", form, case=opinion.case, heading="改一改意见", back=back
    )


def opinion_told(request, pk):
    """Staff write down what was said on the phone."""
    case = find_case(request, pk)
    require(cure.is_staff(case, request.user), "替师傅记意见，由街道工作人员来记")
    back = reverse("casework:case-consult", args=[case.pk])
    done = sent_before(request)
    if done:
        return redirect(done)
    form = ToldOpinionForm(request.POST or None, case=case, people=_silent(case))
    if form.is_valid():

        def act():
            return consultations.give_opinion(
                case=case, author=form.cleaned_data["author"], text=form.cleaned_data["text"],
                methods=form.cleaned_data["methods"], by=request.user,
            )  # fmt: skip

        if attempt(request, form, act, path=lambda made: back):
            return redirect(back)
    return show_form(
        request, "casework/consultation/form.html", form, case=case, heading="替师傅记一条意见", back=back
    )


def _silent(case):
    """Those asked who have not spoken in this round."""
    asked = {*case.consultants.filter(round=case.round).values_list("person", flat=True), case.chair_id}
    spoke = set(case.opinions.filter(round=case.round).values_list("author", flat=True))
    return Person.objects.filter(pk__in=asked - spoke - {None}).select_related("neighbourhood")


def case_ask(request, pk):
    """先问清楚一件事."""
    case = find_case(request, pk)
    asked = cure.is_asked(case, request.user)
    require(asked or cure.is_staff(case, request.user), NOT_ASKED)
    back = reverse("casework:case-consult", args=[case.pk])
    form = AskForm(request.POST or None)
    if form.is_valid():

        def act():
            return consultations.ask(case=case, question=form.cleaned_data["question"], by=request.user)

        done = attempt(request, form, act, path=lambda made: back)
        if isinstance(done, Clarification):
            messages.success(request, f"问好了。{case.owner.called}回答以后会告诉您")
        if done:
            return redirect(back)
    return show_form(
        request, "casework/consultation/form.html", form, case=case, heading="先问清楚一件事", back=back
    )


def clarification_answer(request, pk):
    """The owner answers; the case page holds the same form."""
    found = Clarification.objects.visible_to(request.user).select_related("case__studio", "asker", "guest")
    asked = get_object_or_404(found, pk=pk)
    case = asked.case
    owner_or_staff = request.user.pk == case.owner_id or cure.is_staff(case, request.user)
    require(owner_or_staff, "这件事请提案例的人来回答")
    form = AnswerForm(request.POST or None)
    if form.is_valid():

        def act():
            answer = form.cleaned_data["answer"]
            return consultations.answer(clarification=asked, answer=answer, by=request.user)

        done = attempt(request, form, act)
        if done:
            return redirect(done)
    context = {"case": case, "heading": asked.question, "back": case.get_absolute_url(), "asked": asked}
    return show_form(request, "casework/consultation/form.html", form, **context)
