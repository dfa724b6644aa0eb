"""The page of one case, and its 修改记录."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.counting import number_of
from people.history import history_of
from people.kept import KeptQuery
from people.models import Resident, ScopedLink
from people.words import due, due_kind, exact_moment

from .. import rights
from ..guest_link import PURPOSE
from ..models import (
    Attachment,
    Case,
    CaseConsultant,
    CaseGuest,
    CaseMove,
    CaseResident,
    DistrictRequest,
    LibraryCase,
    Opinion,
    State,
    Step,
    TriedWay,
)
from ..models.case_state import OPEN_STATES
from ..scene_start import may_begin
from . import case_words, contexts
from .case_list import CHIPS

LONG_STORY = 5


@require_safe
def case_detail(request, pk):
    person = request.user
    case = _ON_PAGE.get_or_404(person, pk=pk)
    if case.state == State.DRAFT:
        return redirect("casework:case-check", case.pk)
    moves = _MOVES.all(person, case=case.pk)
    cured = contexts.cure(case, person)
    # Who may not read the opinions yet is not told either how many there are.
    silent = cured["how_many"] if cured.get("opinions_wait") else (case.silent, case.unheard)
    context = {
        "case": case,
        "steps": case_words.stepper(case, moves),
        "now": case_words.now(case, moves, silent=silent, open_steps=case.open_steps),
        "trail": case_words.trail(moves),
        "chips": chips(case),
        "facts": facts(case),
        "story": folded(case.story),
        "residents": residents_of(case) if rights.sees_residents(case, person) else (),
        "photos": photos(case),
        "sent_back": moves[-1] if case.state == State.RETURNED and moves else None,
        "shows_merged": rights.is_staff(case, person),
        **allowed(case, person),
        **cured,
    }
    return render(request, "casework/case/detail.html", context)


@require_safe
def case_history(request, pk):
    """修改记录: its words may be read by the owner and the staff."""
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("owner"), pk=pk)
    require(rights.sees_residents(case, request.user), "修改记录只有提的人和街道能看")
    guests = list(case.guests.all())
    ids = [guest.pk for guest in guests]
    links = ScopedLink.objects.filter(studio=case.studio_id, purpose=PURPOSE, target__in=ids)
    context = {"case": case, "items": history_of(case, *guests, *links)}
    return render(request, "casework/case/history.html", context)


def on_page(cases):
    """Everything about the case itself in one query: small lists come as arrays of dictionaries."""
    asked = CaseConsultant.objects.filter(case=OuterRef("pk"), round=OuterRef("round"))
    in_library = LibraryCase.objects.published().filter(case=OuterRef("pk"))
    same = {"case": OuterRef("case"), "round": OuterRef("round")}
    spoke = Opinion.objects.filter(**same, author=OuterRef("person"))
    guests = CaseGuest.objects.filter(case=OuterRef("pk"), round=OuterRef("round"))
    heard = Opinion.objects.filter(**same, guest=OuterRef("pk"))
    steps = Step.objects.open().filter(
        prescription__case=OuterRef("pk"), prescription__round=OuterRef("round")
    )
    return cases.select_related(
        "studio", "owner", "drafted_by", "chair", "neighbourhood", "merged_into"
    ).annotate(
        library_pk=Subquery(in_library.values("pk")),
        silent=number_of(asked.filter(~Exists(spoke)), "case"),
        unheard=number_of(guests.filter(~Exists(heard)), "case"),
        open_steps=number_of(steps, "prescription__case"),
        merged_rows=_merged(),
        district_rows=_rows(
            DistrictRequest,
            "pk",
            pk="pk",
            reason="reason",
            answer="answer",
            at="answered_at",
        ),
        tried_rows=_rows(TriedWay, "order", way="way", result="result"),
        resident_rows=_rows(CaseResident, "pk", pk="resident_id"),
        file_rows=_rows(Attachment.objects.of_case(), "pk", pk="pk", name="name", is_image="is_image"),
    )


_ON_PAGE = KeptQuery(lambda person, pk: on_page(Case.objects.visible_to(person)).filter(pk=pk))
_MOVES = KeptQuery(lambda person, case: CaseMove.objects.filter(case=case).select_related("by"))


def _merged():
    """Cases that were merged into this one."""
    rows = Case.objects.filter(merged_into=OuterRef("pk"), removed_at__isnull=True).order_by("pk")
    return ArraySubquery(rows.values(row=JSONObject(pk="pk", title="title", question="question")))


def _rows(model, order, **columns):
    found = model if isinstance(model, QuerySet) else model.objects
    rows = found.filter(case=OuterRef("pk")).order_by(order)
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def residents_of(case):
    """The residents that the case touches, masked on the page; one query, where there are any."""
    ids = [one["pk"] for one in case.resident_rows]
    return Resident.objects.filter(pk__in=ids).order_by("pk") if ids else ()


def chips(case):
    """State and, where something is due, how late it is."""
    found = [{"kind": CHIPS[case.state], "text": case.get_state_display()}]
    if case.due_on and case.state in OPEN_STATES and due_kind(case.due_on) != "plan":
        found.append({"kind": due_kind(case.due_on), "text": due(case.due_on)})
    if case.urgency == Case.Urgency.TODAY and case.state in OPEN_STATES:
        found.append({"kind": "late", "text": case.get_urgency_display()})
    return found


def facts(case):
    """Rows of the summary list beside the story."""
    handed = (
        f"{case.owner.called}（{case.drafted_by.called}代交）" if case.drafted_by_id else case.owner.called
    )
    rows = [
        ("谁提的", handed),
        ("居民区", str(case.neighbourhood or "")),
        ("类别", case.get_category_display()),
        ("急不急", case.get_urgency_display()),
        ("什么时候开始的", case.began),
        ("提交时间", exact_moment(case.submitted_at)),
        ("想怎么会诊", case.get_wanted_way_display() if case.state == State.SUBMITTED else ""),
        ("受理方式", case.get_handling_display()),
        ("主持人", case.chair.called if case.chair_id else ""),
        ("会议", f"{exact_moment(case.meeting_at)}，{case.meeting_place}" if case.meeting_at else ""),
        ("第几次会诊", f"会诊{case.round}" if case.round > 1 else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def folded(story):
    """{"first": lines shown at once, "rest": what is folded}: five lines, by paragraphs and length."""
    lines = story.splitlines()
    if len(lines) > LONG_STORY:
        return {"first": "\n".join(lines[:LONG_STORY]), "rest": "\n".join(lines[LONG_STORY:])}
    if len(story) <= LONG_STORY * 36 + 40:
        return {"first": story, "rest": ""}
    ends = [place for mark in "。；！？\n" if (place := story.rfind(mark, 0, LONG_STORY * 36)) > 0]
    cut = max(ends, default=LONG_STORY * 36 - 1) + 1
    return {"first": story[:cut], "rest": story[cut:].lstrip("\n")}


def photos(case):
    """(photos for components/photos.html, other files) of the case itself, not of its follow-ups."""
    own = case.file_rows
    shown = [
        {
            "url": reverse("casework:case-file", args=[one["pk"]]),
            "thumb_url": reverse("casework:case-thumb", args=[one["pk"]]),
            "alt": one["name"],
        }
        for one in own
        if one["is_image"]
    ]
    return {"shown": shown, "files": [one for one in own if not one["is_image"]]}


def allowed(case, person):
    """The `can_*` flags and the quiet buttons of the page."""
    ways = (
        ("transfer", "转办", rights.may_transfer),
        ("hold", "暂缓", rights.may_hold),
        ("resume", "接着办", rights.may_resume),
        ("reopen", "再会诊", rights.may_reopen),
        ("publish", "入库", rights.may_publish),
        ("merge", "并到另一件", rights.may_merge),
        ("scene", "编成情景党课", may_begin),
        ("withdraw", "撤回", rights.may_withdraw),
    )
    buttons = [
        {"url": reverse(f"casework:case-{name}", args=[case.pk]), "label": label}
        for name, label, may in ways
        if may(case, person)
    ]
    return {
        "buttons": buttons,
        "can_triage": rights.may_triage(case, person),
        "can_complete": case.state == State.RETURNED and case.writable_by(person),
        "changes": pages_to_change(case) if case.writable_by(person) else (),
        "can_see_history": rights.sees_residents(case, person),
    }


def pages_to_change(case):
    """What its writer may still change before it is accepted."""
    labels = ("经过", "类别和急不急", "试过的办法", "想问的问题", "材料和居民")
    return [
        {"label": label, "url": reverse("casework:case-write", args=[case.pk, page])}
        for page, label in enumerate(labels, start=1)
    ]
