"""会诊会: the list, calling one, its page, who was there, its end."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from people.access import require
from people.counting import number_of
from people.kept import KeptQuery
from people.models import Membership, Person
from people.once import once
from people.paging import page_of
from people.stale import Refused
from people.views.base import show_form

from ..actions import meetings
from ..forms.meeting import MeetingForm, SeatForm, outside_rows
from ..models import AgendaItem, Meeting, Seat, State
from .cure import attempt

STAFF_ONLY = "会诊会由街道工作人员来定"
RUNS_ONLY = "这一页由主持人和街道工作人员来记"


def _one(person, pk):
    return Meeting.objects.visible_to(person).filter(pk=pk).select_related("studio", "chair", "ended_by")


_MEETING = KeptQuery(_one)


def runs(meeting, person):
    """Chairs the meeting, or is staff of the studio."""
    return meeting.chair_id == person.pk or meeting.studio_id in person.standing.staff


@require_safe
def meeting_list(request):
    """Those to come and those that were, the latest first."""
    staff = request.standing.staff
    found = Meeting.objects.visible_to(request.user)
    found = found.filter(studio__in=staff) if staff else found
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"))
    shown = found.select_related("chair").annotate(cases=number_of(items, "meeting"))
    page = page_of(request, shown, by="at")
    context = {"page": page, "can_call": bool(request.standing.staff)}
    return render(request, "casework/meeting/list.html", context)


def meeting_new(request):
    require(request.standing.staff, STAFF_ONLY)
    studio = request.standing.studio_as("staff")
    form = MeetingForm(request.POST or None, studio=studio, by=request.user)
    if form.is_valid():

        def act():
            return meetings.call(studio=studio, by=request.user, **form.values())

        done = attempt(request, form, act)
        if done:
            return redirect(done)
    return show_form(request, "casework/meeting/form.html", form, heading="定一个会诊会")


def meeting_edit(request, pk):
    meeting = _MEETING.get_or_404(request.user, pk=pk)
    require(meeting.studio_id in request.standing.staff, STAFF_ONLY)
    if meeting.ended_at and request.method == "GET":
        raise Refused("这个会已经开完了")
    form = MeetingForm(request.POST or None, studio=meeting.studio, by=request.user, meeting=meeting)
    if form.is_valid():
        meeting.version = form.cleaned_data["version"] or 0

        def act():
            return meetings.change(meeting=meeting, by=request.user, **form.values())

        if attempt(request, form, act):
            messages.success(request, "改好了，来会诊的人都会看到")
            return redirect(meeting)
    return show_form(request, "casework/meeting/form.html", form, heading="改会诊会", meeting=meeting)


@require_safe
def meeting_detail(request, pk):
    """When and where, what is on, who was there. Cases that the reader may not see are only counted."""
    meeting = _MEETING.get_or_404(request.user, pk=pk)
    items = agenda(meeting, request.user)
    total = meeting.items.count()
    context = {
        "meeting": meeting, "items": items, "hidden": total - len(items), "seats": seats(meeting),
        "runs": runs(meeting, request.user), "is_staff": meeting.studio_id in request.standing.staff,
    }  # fmt: skip
    return render(request, "casework/meeting/detail.html", context)


def _ask_agenda(person, meeting):
    found = AgendaItem.objects.visible_to(person).filter(meeting=meeting).order_by("order")
    return found.select_related("case__owner", "case__chair", "case__neighbourhood")


def _ask_seats(person, meeting):
    return Seat.objects.filter(meeting=meeting).select_related("person__neighbourhood")


_AGENDA, _SEATS = KeptQuery(_ask_agenda), KeptQuery(_ask_seats)


def agenda(meeting, person):
    """The parts of the meeting that this person may see, each with `can_host`."""
    items = _AGENDA.all(person, meeting=meeting.pk)
    for item in items:
        item.meeting = meeting
        item.can_host = may_host(item, person)
        item.over = item.case.round != item.round or item.case.state != State.CONSULTING
    return items


def may_host(item, person):
    """The case's chair, the meeting's chair as far as the case may be seen, and staff."""
    return item.case.chair_id == person.pk or runs(item.meeting, person)


def seats(meeting):
    return _SEATS.all(meeting=meeting.pk)


def meeting_seats(request, pk):
    """到会的人."""
    meeting = _MEETING.get_or_404(request.user, pk=pk)
    require(runs(meeting, request.user), RUNS_ONLY)
    there = seats(meeting)
    people = _members(meeting)
    ticked = [seat.person_id for seat in there if seat.person_id] or _expected(meeting, people)
    form = SeatForm(request.POST or None, people=people, initial={"people": ticked})
    rows = outside_rows(request.POST or None, [seat for seat in there if not seat.person_id])
    fine = [part.is_valid() for part in (form, *rows)] if request.method == "POST" else [False]
    if all(fine):
        outside = [row for part in rows if (row := part.row())]

        def act():
            return meetings.seat(
                meeting=meeting, people=list(form.cleaned_data["people"]), outside=outside, by=request.user
            )

        once(request, act)
        messages.success(request, "记好了")
        return redirect(meeting)
    problems = [item for part in (form, *rows) for item in part.error_fields()] if form.is_bound else []
    status = 422 if problems else 200
    return show_form(
        request, "casework/meeting/seats.html", form, status=status, meeting=meeting, rows=rows,
        problems=problems,
    )  # fmt: skip


def _members(meeting):
    """Present members of the studio, in the order in which they came."""
    current = Membership.objects.current().filter(studio=meeting.studio, person=OuterRef("pk"))
    found = Person.objects.filter(Exists(current), is_active=True)
    return found.select_related("neighbourhood").order_by("pk")


def _expected(meeting, people):
    """Who is asked to the cases of the meeting: ticked at first, so that only differences are to be told."""
    asked = meeting.items.values_list("case__owner", "case__chair", "case__consultants__person")
    ids = {pk for row in asked for pk in row if pk} | {meeting.chair_id}
    return [person.pk for person in people if person.pk in ids]


@require_POST
def item_earlier(request, pk):
    item = get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related("meeting"), pk=pk)
    require(runs(item.meeting, request.user), RUNS_ONLY)
    meetings.earlier(item, by=request.user)
    return redirect(item.meeting)


@require_POST
def meeting_end(request, pk):
    meeting = _MEETING.get_or_404(request.user, pk=pk)
    require(runs(meeting, request.user), RUNS_ONLY)
    meetings.end(meeting=meeting, by=request.user)
    messages.success(request, "会开完了，会诊纪要在这一页可以打印，也可以存成 Word")
    return redirect("casework:meeting-minutes", meeting.pk)


@require_POST
def meeting_go_on(request, pk):
    meeting = _MEETING.get_or_404(request.user, pk=pk)
    require(runs(meeting, request.user), RUNS_ONLY)
    meetings.go_on(meeting=meeting, by=request.user)
    messages.success(request, "再打开了，可以接着记")
    return redirect(meeting)
