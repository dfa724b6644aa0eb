"""工作例会 and 三项会议: list, one meeting, calling and changing it, minutes on screen and on paper."""

from collections import defaultdict

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from growth.models import NextStep
from people.access import require
from people.actions import drafts
from people.counting import number_of
from people.history import history_of
from people.kept import KeptQuery
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.views.base import show_form
from people.word_sheet import word_answer

from ..actions import meetings
from ..forms.meetings import MeetingEditForm, MeetingForm, MinutesForm
from ..forms.session_ask import AskForm
from ..meeting_paper import minutes_document
from ..models import Meeting, MeetingDecision, MeetingMember
from .cohorts import STAFF_ONLY
from .sessions import answers_of, posted

NO_MINUTES = "纪要写好以后才能打印"
MEMBERS = Prefetch("members", MeetingMember.objects.select_related("person").order_by("pk"))
DECISIONS = Prefetch("decisions", MeetingDecision.objects.select_related("owner").order_by("order", "pk"))


def _rows(meetings_):
    decisions = MeetingDecision.objects.filter(meeting=OuterRef("pk"))
    shown = meetings_.select_related("neighbourhood").defer("minutes", "agenda")
    return shown.annotate(decided=number_of(decisions, "meeting"))


_FIRST_PAGE = KeptQuery(lambda person: newest(_rows(Meeting.objects.visible_to(person))))


@require_safe
def meeting_list(request):
    """Staff: all of the studio; others: those to which they were asked."""
    standing = request.standing
    if not (standing.staff or standing.mentor or standing.apprentice):
        raise Http404
    kind = request.GET.get("kind", "")
    kind = kind if kind in Meeting.Kind.values else ""
    if kind or "page" in request.GET:
        found = Meeting.objects.visible_to(request.user)
        page = page_of(request, _rows(found.filter(kind=kind) if kind else found))
    else:
        page = first_page(_FIRST_PAGE.all(request.user))
    path = request.path
    tabs = [{"label": "全部", "url": path, "current": not kind}]
    tabs += [{"label": c.label, "url": f"{path}?kind={c}", "current": c == kind} for c in Meeting.Kind]
    context = {"page": page, "tabs": tabs, "kind": kind, "is_staff": bool(standing.staff)}
    return render(request, "mentoring/meeting/list.html", context)


def _ask_meeting(person, pk):
    found = Meeting.objects.visible_to(person).filter(pk=pk)
    along = ("studio", "neighbourhood", "chair", "planned_by", "written_by")
    return found.select_related(*along).prefetch_related(MEMBERS, DECISIONS)


_MEETING = KeptQuery(_ask_meeting)


def found_meeting(request, pk):
    return _MEETING.get_or_404(request.user, pk=pk)


def _is_staff(request, meeting):
    return meeting.studio_id in request.standing.staff


def decided(meeting):
    """[(MeetingDecision, its NextStep or None)]: done there shows here."""
    rows = list(meeting.decisions.all())
    steps = defaultdict(lambda: None)
    if rows:
        kind = ContentType.objects.get_for_model(MeetingDecision)
        found = NextStep.objects.filter(
            studio=meeting.studio_id, source_type=kind, source_id__in=[row.pk for row in rows]
        )
        for step in found.exclude(state=NextStep.State.DROPPED):
            steps[step.source_id] = step
    return [(row, steps[row.pk]) for row in rows]


def attendance(meeting):
    """(names of who came, names of who did not); before the minutes all are to come."""
    members = list(meeting.members.all())
    if not meeting.is_held:
        return [row.person.name for row in members], []
    return [r.person.name for r in members if r.came], [r.person.name for r in members if not r.came]


@require_safe
def meeting_detail(request, pk):
    meeting = found_meeting(request, pk)
    staff, today = _is_staff(request, meeting), timezone.localdate()
    came, away = attendance(meeting)
    members, to_come = list(meeting.members.all()), meeting.is_open and meeting.held_on >= today
    mine = next((row for row in members if row.person_id == request.user.pk), None)
    asks = to_come and mine and meeting.planned_by_id != request.user.pk
    context = {
        "meeting": meeting,
        "came": came,
        "away": away,
        "mine": mine if asks else None,
        "invited": answers_of(members) if to_come and (staff or meeting.chair_id == request.user.pk) else [],
        "decided": decided(meeting),
        "can_change": staff and meeting.is_open,
        "can_write": staff and meeting.state != Meeting.State.CANCELLED and meeting.held_on <= today,
        "can_remove": staff and meeting.is_held,
        "history": history_of(meeting) if staff else [],
    }
    return render(request, "mentoring/meeting/detail.html", context)


def meeting_new(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done.path)
    key = "meeting-new"
    draft = drafts.choose(request, key)[0] if request.method == "GET" else None
    form = MeetingForm(posted(request), studio=studio, initial=_like_last_time(request, studio))
    drafts.fill(form, draft)
    if form.is_valid():
        meeting = once(request, lambda: _plan(request, studio, form, key))
        messages.success(request, _said(form.cleaned_data["held_on"]))
        return redirect(meeting)
    return show_form(request, "mentoring/meeting/form.html", form, kinds=Meeting.Kind.choices, draft=draft)


def _said(day):
    return "安排好了，来开会的人都会收到通知。" if day >= timezone.localdate() else "记下了，接着写纪要吧。"


def _plan(request, studio, form, key):
    meeting = meetings.plan(studio=studio, by=request.user, **form.facts())
    drafts.clear(request.user, key)
    return meeting


def _like_last_time(request, studio):
    """`?kind=`: place and people of the last meeting of that kind."""
    kind = request.GET.get("kind", "")
    if kind not in Meeting.Kind.values:
        return {}
    earlier = Meeting.objects.filter(studio=studio, kind=kind, removed_at__isnull=True)
    last = earlier.order_by("-held_on", "-pk").first()
    if last is None:
        return {"kind": kind}
    people = last.members.order_by("pk").values_list("person", flat=True)
    return {
        "kind": kind,
        "place": last.place,
        "starts_at": last.starts_at,
        "neighbourhood": last.neighbourhood_id,
        "chair": str(last.chair_id or ""),
        "members": [str(pk) for pk in people],
    }


def meeting_edit(request, pk):
    meeting = found_meeting(request, pk)
    require(_is_staff(request, meeting) and meeting.is_open, "会开过以前，街道工作人员可以改安排")
    form = MeetingEditForm(posted(request), meeting=meeting)
    key = form.draft_key
    draft = drafts.choose(request, key)[0] if request.method == "GET" else None
    draft = of_this_version(draft, meeting)
    drafts.fill(form, draft)
    if form.is_valid():
        once(request, lambda: _change(request, meeting, form, key), path=lambda changed: changed)
        messages.success(request, "改好了。")
        return redirect(meeting)
    return show_form(request, "mentoring/meeting/form.html", form, meeting=meeting, draft=draft)


def of_this_version(draft, row):
    """A draft begun from an older text would bring that text back: it is not offered."""
    begun = draft.data.get("version", [""])[0] if draft else ""
    return draft if begun == str(row.version) else None


def _change(request, meeting, form, key):
    version = form.cleaned_data["version"] or 0
    meetings.change(meeting, version=version, by=request.user, **form.facts())
    drafts.clear(request.user, key)
    return meeting.get_absolute_url()


def meeting_minutes(request, pk):
    meeting = found_meeting(request, pk)
    require(_is_staff(request, meeting), STAFF_ONLY)
    require(meeting.held_on <= timezone.localdate(), meetings.TOO_EARLY)
    require(meeting.state != Meeting.State.CANCELLED, meetings.CALLED_OFF)
    key = f"minutes-{meeting.pk}"
    form = MinutesForm(posted(request), meeting=meeting)
    draft = drafts.choose(request, key)[0] if request.method == "GET" else None
    draft = of_this_version(draft, meeting)
    drafts.fill(form, draft)
    if "save_draft" in request.POST:
        drafts.save(request.user, key, request.POST, device=drafts.device_of(request))
        messages.info(request, "已存草稿，还没有写好。")
        return redirect("mentoring:meeting-minutes", meeting.pk)
    if form.is_valid():
        once(request, lambda: _write(request, meeting, form, key), path=lambda written: written)
        messages.success(request, "纪要写好了，定下来的事已经放进各人的“接下来”。")
        return redirect(meeting)
    context = {"meeting": meeting, "draft": draft, "draft_url": reverse("people:draft", args=[key])}
    return show_form(request, "mentoring/meeting/minutes.html", form, **context)


def _write(request, meeting, form, key):
    version = form.cleaned_data["version"] or 0
    meetings.write_minutes(meeting, version=version, by=request.user, **form.facts())
    drafts.clear(request.user, key)
    return meeting.get_absolute_url()


def meeting_cancel(request, pk):
    """A page that asks first."""
    meeting = found_meeting(request, pk)
    require(_is_staff(request, meeting), STAFF_ONLY)
    form = AskForm(posted(request))
    if form.is_valid():
        meetings.cancel(meeting, by=request.user)
        messages.success(request, "取消了，来开会的人都会收到通知。")
        return redirect(meeting)
    context = {"meeting": meeting, "appointment": meetings.appointment(meeting)}
    return show_form(request, "mentoring/meeting/cancel.html", form, **context)


def meeting_remove(request, pk):
    """A page that asks first."""
    meeting = found_meeting(request, pk)
    require(_is_staff(request, meeting), STAFF_ONLY)
    form = AskForm(posted(request))
    if form.is_valid():
        meetings.remove(meeting, by=request.user)
        messages.success(request, "去掉了。30天内可以在“我 · 找回”里找回。")
        return redirect("mentoring:meeting-list")
    return show_form(request, "mentoring/meeting/remove.html", form, meeting=meeting)


def _on_paper(request, pk):
    meeting = found_meeting(request, pk)
    require(meeting.is_held, NO_MINUTES)
    came, away = attendance(meeting)
    return {"meeting": meeting, "came": came, "away": away, "decided": decided(meeting)}


@require_safe
def meeting_print(request, pk):
    return render(request, "mentoring/meeting/print.html", _on_paper(request, pk))


@require_safe
def meeting_word(request, pk):
    paper = _on_paper(request, pk)
    document = minutes_document(paper["meeting"], paper["came"], paper["away"], paper["decided"])
    day = paper["meeting"].held_on
    return word_answer(document, f"{paper['meeting'].name}纪要_{day:%Y%m%d}.docx")
