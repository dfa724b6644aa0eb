"""疑难案例: the list, by role. Mentors see what waits for their opinion first, apprentices their drafts."""

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.kept import KeptQuery
from people.paging import first_page, newest, page_of
from people.words import due, due_kind, near_day

from .. import todo
from ..forms.case_filter import ALL, LATE, OPEN, CaseFilter
from ..models import Case
from ..models.case_state import OPEN_STATES

CHIPS = {
    "draft": "off", "submitted": "todo", "returned": "todo", "consulting": "doing", "treating": "plan",
    "reviewing": "doing", "closed": "done", "published": "kept", "transferred": "off", "withdrawn": "off",
    "held": "off", "merged": "off",
}  # fmt: skip
WAITS = {
    "submitted": "等街道受理",
    "returned": "等补充",
    "consulting": "等会诊的人出主意",
    "treating": "照药方在办",
    "reviewing": "等学员和师傅评一评",
}
MOST_ON_TOP = 10


@require_safe
def case_list(request):
    person = request.user
    standing = person.standing
    form = CaseFilter(request.GET or None, studios=standing.staff)
    chosen = form.chosen()
    if chosen or "page" in request.GET:
        page = page_of(request, listed(person, chosen), by="state_since")
    else:
        page = first_page(_FIRST_PAGE.all(person), by="state_since")
    context = {
        "form": form,
        "page": page,
        "rows": [row(case) for case in page],
        "filtered": bool(chosen),
        "word": chosen.get("q", ""),
        "can_bring": bool(standing.apprentice or standing.mentor or standing.staff),
        "is_staff": bool(standing.staff),
        "can_consult": bool(standing.mentor or standing.consultant),
        "clear_url": reverse("casework:case-list") if chosen else "",
    }
    if page.first and not chosen:
        context |= _on_top(person, standing)
    return render(request, "casework/case/list.html", context)


def _on_top(person, standing):
    """What waits for the reader, above the list; nothing of it for staff, who filter."""
    top = {"drafts": _DRAFTS.all(person)}
    # The query is as old as this morning at most; the draft knows the moment.
    top["removed"] = [case for case in _REMOVED.all(person) if case.restorable][:MOST_ON_TOP]
    if standing.mentor or standing.consultant:
        top["waiting"] = [row(case) for case in _WAITING.all(person)]
    return top


def listed(person, chosen):
    """Cases for the list: of one's studios for staff, for others those that concern them; no drafts."""
    staff = person.standing.staff
    cases = Case.objects.visible_to(person).exclude(state="draft")
    cases = cases.filter(studio__in=staff) if staff else cases.involving(person)
    state = chosen.get("state") or (ALL if chosen.get("q") else OPEN)
    if state == OPEN:
        cases = cases.filter(state__in=OPEN_STATES)
    elif state != ALL:
        cases = cases.filter(state=state)
    for name in ("category", "neighbourhood"):
        if name in chosen:
            cases = cases.filter(**{name: chosen[name]})
    if "q" in chosen:
        word = chosen["q"]
        cases = cases.filter(Q(title__contains=word) | Q(question__contains=word) | Q(story__contains=word))
    if chosen.get("wait") == LATE:
        cases = cases.filter(due_on__lt=timezone.localdate(), state__in=OPEN_STATES)
    elif chosen.get("wait"):
        cases = cases.filter(todo.waits_for(person))
    return cases.select_related("owner", "neighbourhood").defer("story", "kept_findings")


_FIRST_PAGE = KeptQuery(lambda person: newest(listed(person, {}), by="state_since"))
_DRAFTS = KeptQuery(lambda person: todo.my_drafts(person)[:MOST_ON_TOP])
_REMOVED = KeptQuery(lambda person: Case.objects.removed_drafts_of(person).defer("story"))
_WAITING = KeptQuery(lambda person: todo.to_consult(person)[:MOST_ON_TOP])


def row(case):
    """What a line of the list says."""
    about = [case.get_category_display(), case.owner.called, str(case.neighbourhood or "")]
    since = near_day(case.state_since).partition("（")[0]
    open_due = case.due_on if case.state in OPEN_STATES else None
    return {
        "url": case.get_absolute_url(),
        "title": case.title,
        "question": case.question,
        "about": " · ".join(part for part in about if part),
        "state": case.get_state_display(),
        "chip": CHIPS[case.state],
        "due": due(open_due) if open_due else "",
        "late": bool(open_due) and due_kind(open_due) == "late",
        "line": f"{WAITS.get(case.state, case.get_state_display())}，{since}起",
    }
