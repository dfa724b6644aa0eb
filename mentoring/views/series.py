"""Series (三互学 …): what comes back under one name, with its visits and sessions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.once import once, save_once, sent_before
from people.views.base import show_form

from ..actions import visits
from ..forms.visits import SeriesForm, SeriesSessionForm
from ..models import Series, Session, Visit
from .cohorts import STAFF_ONLY

SHOWN, OFFERED = 30, 40
MEMBERS_ONLY = "只有本工作室的人能看"


@require_safe
def series_list(request):
    standing = request.standing
    require(standing.staff or standing.mentor or standing.apprentice, MEMBERS_ONLY)
    found = Series.objects.visible_to(request.user).order_by("-in_use", "pk")
    context = {"found": found, "can_open": bool(standing.staff)}
    return render(request, "mentoring/series/list.html", context)


def series_new(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    form = SeriesForm(request.POST or None, studio=studio)
    if request.method == "POST" and form.is_valid():
        form.instance.studio = studio
        return redirect(once(request, form.save))
    return show_form(request, "mentoring/series/form.html", form)


def series_detail(request, pk):
    """Its visits and sessions, newest first; staff and mentors put a session into it."""
    series = get_object_or_404(Series.objects.visible_to(request.user).select_related("studio"), pk=pk)
    standing = request.standing
    can_add = series.studio_id in standing.staff | standing.mentor and series.in_use
    form = SeriesSessionForm(request.POST or None, series=series, person=request.user) if can_add else None
    if request.method == "POST":
        require(can_add, "放进系列由师傅和街道来定")
        form = SeriesSessionForm(request.POST, series=series, person=request.user)
        if form.is_valid():
            session = form.cleaned_data["session"]
            act = lambda: visits.put_into_series(series, session, by=request.user)  # noqa: E731
            messages.success(request, "放进来了。")
            return redirect(once(request, act))
    if form:
        form.offer(OFFERED)
    sessions = Session.objects.filter(series=series, removed_at__isnull=True).select_related("mentor")
    seen = set(Session.objects.visible_to(request.user).filter(series=series).values_list("pk", flat=True))
    context = {
        "series": series,
        "visits": Visit.objects.visible_to(request.user).filter(series=series)[:SHOWN],
        "sessions": [(session, session.pk in seen) for session in sessions[:SHOWN]],
        "is_staff": series.studio_id in standing.staff,
        "can_arrange": can_add,
        "form": form,
    }
    if form is None:
        return render(request, "mentoring/series/detail.html", context)
    return show_form(request, "mentoring/series/detail.html", **context)


def series_edit(request, pk):
    series = get_object_or_404(Series.objects.visible_to(request.user), pk=pk)
    require(series.studio_id in request.standing.staff, STAFF_ONLY)
    form = SeriesForm(request.POST or None, instance=series, studio=series.studio)
    if request.method == "POST" and form.is_valid():
        series.version = form.cleaned_data["version"] or 0
        return redirect(save_once(request, series, ("name", "about", "in_use")))
    return show_form(request, "mentoring/series/edit.html", form, series=series)
