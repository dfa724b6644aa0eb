"""提交疑难案例: five pages and 核对. A case in state 草稿 is the draft; every page is kept as it is left."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import resolve, reverse

from growth.models import Reflection
from mentoring.models import Question
from people import privacy
from people.access import require
from people.actions import drafts
from people.kept import KeptQuery
from people.models import FormToken
from people.once import once, read_token
from people.views.base import show_form
from people.views.drafts import keep_for_later

from .. import likeness
from ..actions import attachments, cases
from ..draft_keys import NEW, page_key
from ..forms.case_pages import (
    EventForm,
    KindForm,
    MaterialForm,
    NewEventForm,
    QuestionForm,
    SendForm,
    WaysForm,
)
from ..models import Case, State

PAGES = {form.page: form for form in (EventForm, KindForm, WaysForm, QuestionForm, MaterialForm)}
HEADINGS = {
    1: "遇到了什么事？",
    2: "属于哪一类？",
    3: "您已经试过哪些办法？",
    4: "最想请大家帮您解决哪一个问题？",
    5: "有材料吗？（选填）",
}
LAST, QUESTION = max(PAGES), 4
NOT_YOURS = "这个案例只有写它的人能改"
NOT_A_MEMBER = "疑难案例由学员和带教书记提，街道工作人员可以代交"


def case_new(request):
    """The first page of a new case. Sent twice it makes one draft; changed and sent again, it keeps that."""
    studio, for_others = _where(request.user)
    require(studio, NOT_A_MEMBER)
    made = _made_already(request)
    if made:
        return _keep_page(request, made, EventForm(request.POST, instance=made))
    form = NewEventForm(
        request.POST or None,
        studio=studio,
        writer=request.user,
        for_others=for_others,
        initial=_from_reflection(request) or _from_question(request),
    )
    kept = keep_for_later(request, NEW)
    if kept:
        return kept
    if form.is_valid():
        with transaction.atomic():
            case = once(request, lambda: form.save(by=request.user), path=lambda made: _page_url(made, 2))
            drafts.clear(request.user, NEW)
        return redirect(_page_url(case, 2) if isinstance(case, Case) else case)
    draft, other = drafts.choose(request, NEW)
    context = {"draft": draft, "other_draft": other, "open_drafts": Case.objects.drafts_of(request.user)[:5]}
    return _show_page(request, drafts.fill(form, draft), page=1, studio=studio, **context)


def case_write(request, pk, page):
    """One page of a case that may still be written."""
    case = _writable(request, pk)
    if page not in PAGES:
        raise Http404
    form = PAGES[page](request.POST or None, request.FILES or None, instance=case)
    if request.method == "POST":
        return _keep_page(request, case, form)
    draft, other = drafts.choose(request, page_key(case.pk, page))
    asked = {"draft": draft, "other_draft": other}
    return _show_page(request, drafts.fill(form, draft), page=page, studio=case.studio, case=case, **asked)


def _keep_page(request, case, form):
    """Keep what was posted and go on; or show it again with what is to be changed."""
    key = page_key(case.pk, form.page)
    kept = keep_for_later(request, key)
    if kept:
        return kept
    if not form.is_valid():
        return _show_page(request, form, page=form.page, studio=case.studio, case=case)
    with transaction.atomic():
        case = form.save(by=request.user)
        drafts.clear(request.user, key)
        _use_token(request, _page_url(case, form.page))
    _say_phone(request, case, form)
    for sentence in getattr(form, "refused", ()):
        messages.warning(request, sentence)
    if "remove" in request.POST:
        file = get_object_or_404(case.attachments, pk=_number(request.POST["remove"]))
        attachments.remove(attachment=file, by=request.user)
    stay = {"remove", "upload"} & set(request.POST) or getattr(form, "refused", ())
    return redirect(_page_url(case, form.page) if stay else _after(request, case, form.page))


def _after(request, case, page):
    if case.state == State.SUBMITTED:
        return case.get_absolute_url()
    if "check" in request.GET or page == LAST:
        return reverse("casework:case-check", args=[case.pk])
    return _page_url(case, page + 1)


def case_check(request, pk):
    """核对: what was written, the scanner's hints, and the one button that sends it."""
    case = _writable(request, pk)
    if case.state == State.SUBMITTED and request.method == "GET":
        return redirect(case)
    for act in ("swap", "keep"):
        if act in request.POST:
            return _answer_hint(request, case, act)
    form, lacking = SendForm(request.POST or None), cases.missing(case)
    if form.is_valid() and not lacking:
        sent = once(request, lambda: cases.submit(case=case, by=request.user))
        if isinstance(sent, Case):
            messages.success(request, f"交了，编号{sent.case_no}。街道受理以后会告诉您")
        return redirect(sent)
    if form.is_bound and lacking:
        form.add_error(None, "还有几处没写，写好了再提交")
    context = {"case": case, "rows": summary_rows(case), "lacking": lacking, "hints": cases.hints(case)}
    context["later_url"] = reverse("casework:case-list")
    if case.state == State.RETURNED:
        context["sent_back"] = case.moves.filter(after=State.RETURNED).select_related("by").last()
        form.submit_label, context["later_url"] = "补充后再交", case.get_absolute_url()
    return show_form(request, "casework/case/check.html", form, **context)


def _answer_hint(request, case, act):
    place, _mark, fingerprint = request.POST[act].partition(":")
    if act == "swap":
        cases.replace_finding(case, place, fingerprint, by=request.user)
    else:
        cases.keep_finding(case, fingerprint, by=request.user)
    return redirect(reverse("casework:case-check", args=[case.pk]) + "#privacy")


def summary_rows(case):
    """The rows of 核对, each with its 改."""
    tried = "\n".join(f"{one.way}{f'：{one.result}' if one.result else ''}" for one in case.tried.all())
    residents = "、".join(str(one) for one in case.residents.select_related("resident"))
    files = "、".join(one.name for one in case.attachments.of_case())
    owner = [("替谁提", case.owner.called, None)] if case.drafted_by_id else []
    rows = [
        *owner,
        ("一句话", case.title, 1),
        ("事情经过", case.story, 1),
        ("什么时候开始的", case.began, 1),
        ("类别", case.get_category_display(), 2),
        ("急不急", case.get_urgency_display(), 2),
        ("居民区", case.neighbourhood and str(case.neighbourhood), 2),
        ("试过的办法", tried or ("还没试过" if case.nothing_tried else ""), 3),
        ("想问的问题", case.question, 4),
        ("希望谁来会诊", "、".join(one.called for one in case.wanted.all()), 4),
        ("想怎么会诊", case.get_wanted_way_display(), 4),
        ("材料", files, 5),
        ("涉及的居民", residents, 5),
    ]
    return [
        {"label": label, "value": value, "url": page and _page_url(case, page) + "?check=1"}
        for label, value, page in rows
    ]


# --- Small things -----------------------------------------------------------------------------------------


def _from_reflection(request):
    """「把它变成疑难案例」: what the writer of a 心得 has not understood begins the story."""
    asked = request.GET.get("reflection", "")
    own = Reflection.objects.visible_to(request.user).filter(person=request.user)
    reflection = own.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
    return {"story": reflection.puzzle} if reflection else {}


def _from_question(request):
    """「把它变成疑难案例」 of an answered 问师傅, for either of the two: both texts, masked."""
    asked = request.GET.get("question", "")
    found = Question.objects.readable_to(request.user).filter(Q(asker=request.user) | Q(mentor=request.user))
    question = (
        found.filter(pk=asked, answered_at__isnull=False).select_related("mentor").first()
        if asked.isdecimal() and len(asked) < 19
        else None
    )
    if question is None:
        return {}
    told = [question.text, f"{question.mentor.called}说过：{question.answer}"]
    if question.more:
        told.append(f"后来又问：{question.more}")
    if question.more_answer:
        told.append(f"{question.mentor.called}说过：{question.more_answer}")
    return {"story": privacy.all_replaced("\n".join(told))}


def _where(person):
    """(studio, whether for somebody else): members bring their own cases, staff those of others."""
    standing = person.standing
    own = standing.studio_as("apprentice") or standing.studio_as("mentor")
    return (own, False) if own else (standing.studio_as("staff"), True)


def _ask_case(person, pk):
    found = Case.objects.visible_to(person).filter(pk=pk)
    return found.select_related("studio", "owner", "neighbourhood")


_CASE = KeptQuery(_ask_case)


def _writable(request, pk):
    case = _CASE.get_or_404(request.user, pk=pk)
    require(case.writable_by(request.user), NOT_YOURS)
    return case


def _made_already(request):
    """The draft that this very first page has made before (the browser's 返回, then sent again), or None."""
    token = read_token(request.POST.get("form_token"))
    used = token and FormToken.objects.filter(pk=token, person=request.user).first()
    if not used or not used.path:
        return None
    pk = resolve(used.path).kwargs.get("pk")
    return Case.objects.drafts_of(request.user).filter(pk=pk).select_related("studio", "owner").first()


def _use_token(request, path):
    """Mark the form as carried out, so that an autosave under way does not bring the draft back."""
    token = read_token(request.POST.get("form_token"))
    FormToken.objects.get_or_create(pk=token, defaults={"person": request.user, "path": path})


def _say_phone(request, case, form):
    if isinstance(form, KindForm) and case.urgency == Case.Urgency.TODAY:
        who = case.studio.contact_name or "工作室"
        messages.warning(request, f"今天就要人帮！请直接打{who}的电话：{case.studio.contact_phone}")


def _page_url(case, page):
    return reverse("casework:case-write", args=[case.pk, page])


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _show_page(request, form, *, page, studio, case=None, **context):
    """Page `page` with its form; the last page shows the files that are there."""
    if case is not None:
        context["back_url"] = _page_url(case, page - 1) if page > 1 else reverse("casework:case-list")
        if "check" in request.GET:
            context["back_url"] = reverse("casework:case-check", args=[case.pk])
        if case.state == State.SUBMITTED:
            context["back_url"] = case.get_absolute_url()
        context["similar"] = likeness.similar_to(case, request.user) if page == QUESTION else ()
        context["files"] = case.attachments.of_case() if page == LAST else ()
    context.setdefault("back_url", reverse("casework:case-list"))
    changing = "check" in request.GET or (case is not None and case.state == State.SUBMITTED)
    context["back"] = "回上一步" if page > 1 and not changing else "回去"
    context |= {"case": case, "studio": studio, "page": page, "last": LAST, "heading": HEADINGS[page]}
    context["submit"] = "改好了" if changing else form.submit_label
    return show_form(request, f"casework/case/write_{page}.html", form, **context)
