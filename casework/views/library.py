"""案例库 for everybody; writing a public text, reading it as the second person, and taking it out."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.history import history_of
from people.kept import KeptQuery
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.stale import Refused
from people.views.base import show_form

from .. import masking
from ..actions import library
from ..draft_keys import publish_key
from ..forms.library import LibraryFilter, PublicTextForm, SecondReadingForm, WithdrawForm
from ..models import Case, LibraryCase, LibraryState, State
from .cure import CASE

NOT_WRITER = "入库由街道工作人员或主持人来办"
NOT_READER = "公开稿要请街道里没有动过笔的人看"
RESULTS = {"solved": "done", "better": "plan", "same": "off", "worse": "off"}


# --- 案例库 -------------------------------------------------------------------------------------------------


@require_safe
def library_list(request):
    person = request.user
    form = LibraryFilter(request.GET or None, person=person)
    chosen = form.chosen()
    if chosen or "page" in request.GET:
        page = page_of(request, listed(person, chosen), by="read_at")
    else:
        page = first_page(_FIRST_PAGE.all(person), by="read_at")
    context = {
        "form": form,
        "page": page,
        "rows": [row(entry) for entry in page],
        "filtered": bool(chosen),
        "clear_url": reverse("casework:library-list") if chosen else "",
        "is_staff": bool(person.standing.staff),
    }
    if page.first and not chosen and (person.standing.staff or person.standing.mentor):
        context["under_way"] = [row(entry) for entry in _UNDER_WAY.all(person)]
    return render(request, "casework/library/list.html", context)


def listed(person, chosen):
    """What is in the library and may be read, narrowed by the facets."""
    entries = LibraryCase.objects.visible_to(person).published()
    for name in ("category", "place_kind", "result"):
        if name in chosen:
            entries = entries.filter(**{name: chosen[name]})
    if "year" in chosen:
        entries = entries.filter(month__year=chosen["year"])
    if "method" in chosen:
        entries = entries.filter(methods=chosen["method"])
    return _for_rows(entries)


def _for_rows(entries):
    return entries.select_related("studio__street").defer(
        "story", "cure", "effect", "comment", "kept_findings"
    )


_FIRST_PAGE = KeptQuery(lambda person: newest(listed(person, {}), by="read_at"))


def _under_way(person):
    """Not in the library: seen inside one's own studios alone."""
    states = [state for state in LibraryState if state != LibraryState.PUBLISHED]
    found = LibraryCase.objects.visible_to(person).filter(
        studio__in=person.standing.studios, state__in=states
    )
    return _for_rows(found.order_by("-edited_at"))[:10]


_UNDER_WAY = KeptQuery(_under_way)


def row(entry):
    """What a line of the library says."""
    about = [
        entry.get_category_display(), entry.get_place_kind_display(),
        f"{entry.month.year}年{entry.month.month}月", str(entry.studio.street or ""),
    ]  # fmt: skip
    return {
        "url": entry.get_absolute_url(),
        "title": entry.title,
        "about": " · ".join(part for part in about if part),
        "question": entry.question,
        "result": entry.get_result_display() if entry.is_published else entry.get_state_display(),
        "chip": RESULTS.get(entry.result, "off") if entry.is_published else "todo",
    }


@require_safe
def library_detail(request, pk):
    person = request.user
    entry = _ON_PAGE.get_or_404(person, pk=pk)
    inside = library.may_write(entry.case, person)
    context = {
        "entry": entry,
        "methods": entry.methods.all(),
        "facts": facts(entry, inside),
        "case_url": entry.case.get_absolute_url() if entry.sees_case else "",
        "can_read": entry.state == LibraryState.READING and library.may_read(entry, person),
        "can_write": inside and not entry.is_published and entry.case.state == State.CLOSED,
        "can_withdraw": inside and entry.is_published,
        "history": history_of(entry) if inside else [],
    }
    return render(request, "casework/library/detail.html", context)


def _ask_page(person, pk):
    seen = Case.objects.visible_to(person).filter(pk=OuterRef("case")).values("pk")
    found = LibraryCase.objects.visible_to(person).filter(pk=pk).annotate(sees_case=Subquery(seen))
    return found.select_related(
        "studio__street",
        "case__studio",
        "case__chair",
        "commented_by",
        "read_by",
        "edited_by",
        "withdrawn_by",
    )


_ON_PAGE = KeptQuery(_ask_page)


def facts(entry, inside):
    """The rows beside the text; who wrote and read it only for those who work on it."""
    rows = [
        ("类别", entry.get_category_display()),
        ("居民区类型", entry.get_place_kind_display()),
        ("结果", entry.get_result_display()),
        ("结案", f"{entry.month.year}年{entry.month.month}月"),
        ("来自", str(entry.studio.street or entry.studio)),
    ]
    if inside:
        rows += [
            ("谁写的", entry.edited_by.called),
            ("第二个人", entry.read_by.called if entry.read_by_id else ""),
            ("为什么撤下", entry.reason),
        ]
    return [{"label": label, "value": value} for label, value in rows if value]


# --- 入库 ---------------------------------------------------------------------------------------------------


def _ask_case(person, pk):
    return Case.objects.visible_to(person).select_related(*CASE, "studio__street").filter(pk=pk)


_CASE = KeptQuery(_ask_case)


def case_publish(request, pk):
    """原文 and 公开稿 side by side. Whatever button is pressed keeps the text first."""
    case = _CASE.get_or_404(request.user, pk=pk)
    require(library.may_write(case, request.user), NOT_WRITER)
    known = masking.Known(case)
    entry = library.entry_of(case, known)
    if request.method == "GET" and (entry.is_published or case.state != State.CLOSED):
        return _nothing_to_write(entry)
    sending = not {"save_draft", "swap", "keep"} & set(request.POST)
    form = PublicTextForm(request.POST or None, instance=entry, sending=sending)
    if request.method == "POST":
        done = sent_before(request)
        if done:
            return redirect(done)
        if form.is_valid():
            return _keep_text(request, form, entry, sending)
    draft, other = drafts.choose(request, publish_key(case.pk)) if request.method == "GET" else (None, None)
    context = _columns(drafts.fill(form, draft), entry, known)
    return show_form(
        request, "casework/library/write.html", form, case=case, entry=entry, draft=draft, other_draft=other,
        **context,
    )  # fmt: skip


def _nothing_to_write(entry):
    if entry.pk and entry.is_published:
        return redirect(entry)
    raise Refused("结案以后才能入库")


def _keep_text(request, form, entry, sending):
    entry.version = form.cleaned_data["version"] or 0
    page = reverse("casework:case-publish", args=[entry.case_id])
    name, _mark, fingerprint = (request.POST.get("swap") or request.POST.get("keep") or "").partition(":")

    def act():
        kept = [fingerprint] if "keep" in request.POST else []
        written = library.write(entry, values=form.values(), kept=kept, by=request.user)
        drafts.clear(request.user, publish_key(entry.case_id))
        if "swap" in request.POST:
            library.replace_finding(written, name, fingerprint, by=request.user)
        if sending:
            library.hand_over(written, by=request.user)
        return written

    here = not sending
    done = once(request, act, path=lambda made: page if here else made.get_absolute_url())
    if isinstance(done, LibraryCase) and sending:
        messages.success(request, "交了。另一个人看过，点了“可以入库”，别的街道才看得到")
    elif "save_draft" in request.POST:
        messages.info(request, "存着了，还没有交给第二个人看")
    return redirect(page + "#hints" if here else done)


def _columns(form, entry, known):
    """Each field with the street's own words beside it, and what the scanner sees in the public text."""
    rows = [
        {"field": form[name], "pieces": masking.marked(known.originals.get(name, ""), known.names)}
        for name in masking.FIELDS
    ]
    return {"rows": rows, "hints": masking.hints(entry, known)}


def library_read(request, pk):
    """The second reader: both texts, what the scanner sees, and one answer."""
    entry = _ON_PAGE.get_or_404(request.user, pk=pk)
    require(entry.sees_case and library.may_read(entry, request.user), NOT_READER)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = SecondReadingForm(request.POST or None, initial={"version": entry.version})
    if form.is_valid():
        entry.version = form.cleaned_data["version"] or entry.version
        return redirect(once(request, lambda: _answer(request, form, entry)))
    if request.method == "GET" and entry.state != LibraryState.READING:
        raise Refused(f"这份公开稿现在是“{entry.get_state_display()}”，不在等第二个人看")
    known = masking.Known(entry.case)
    rows = [
        {
            "label": entry._meta.get_field(name).verbose_name,
            "pieces": masking.marked(known.originals.get(name, ""), known.names),
            "text": getattr(entry, name),
        }
        for name in masking.FIELDS
        if getattr(entry, name)
    ]
    context = {"entry": entry, "rows": rows, "hints": masking.hints(entry, known)}
    return show_form(request, "casework/library/read.html", form, **context)


def _answer(request, form, entry):
    if form.cleaned_data["verdict"] == form.AGREE:
        messages.success(request, "入库了，全区都能看到")
        return library.publish(entry, by=request.user)
    messages.success(request, "退给写的人了，改好会再请您看")
    return library.send_back(entry, sentence=form.cleaned_data["sentence"], by=request.user)


def library_withdraw(request, pk):
    entry = _ON_PAGE.get_or_404(request.user, pk=pk)
    require(library.may_write(entry.case, request.user), NOT_WRITER)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = WithdrawForm(request.POST or None, initial={"version": entry.version})
    if form.is_valid():
        entry.version = form.cleaned_data["version"] or entry.version
        reason = form.cleaned_data["reason"]
        done = once(request, lambda: library.withdraw(entry, reason=reason, by=request.user))
        messages.success(request, "撤下了，别的街道看不到了")
        return redirect(done)
    if request.method == "GET" and not entry.is_published:
        raise Refused(f"这份公开稿现在是“{entry.get_state_display()}”，不在案例库里")
    return show_form(request, "casework/library/withdraw.html", form, entry=entry)
