"""导入名册: bring it, look at it as understood, mend it, import it."""

from datetime import date

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from people.access import require
from people.actions.roster_drafts import RosterDraft
from people.actions.roster_import import RosterDesk
from people.models import Studio
from people.once import once
from people.roster.blank import blank_workbook
from people.views.base import show_form

from .. import roster_page
from ..actions import roster_groups
from ..forms.roster import NEW, RosterPreviewForm, RosterUploadForm
from ..models import Cohort

ONLY_STAFF = "导入名册由街道工作人员来做"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def roster_upload(request):
    require(request.standing.staff, ONLY_STAFF)
    form = RosterUploadForm(request.POST or None, request.FILES or None, by=request.user)
    if form.is_valid():
        data = form.cleaned_data
        draft = once(
            request,
            lambda: RosterDraft.start(grid=data["grid"], plan=_plan(data), by=request.user),
            path=lambda draft: reverse("mentoring:roster-preview", args=[draft.pk]),
        )
        return redirect(getattr(draft, "path", None) or reverse("mentoring:roster-preview", args=[draft.pk]))
    return show_form(request, "mentoring/roster/upload.html", form)


def _plan(data):
    fresh = data["cohort"] == NEW
    return {
        "studio": data["studio"].pk,
        "cohort": data["existing"].pk if data["existing"] else None,
        "new": {name: str(data[name]) for name in ("name", "starts_on", "ends_on")} if fresh else None,
    }


@require_http_methods(["GET", "POST"])
def roster_preview(request, pk):
    require(request.standing.staff, ONLY_STAFF)
    draft = RosterDraft.get(pk, by=request.user)
    if draft.result:
        return redirect("mentoring:roster-result", pk=pk)
    studio, cohort = _studio_and_cohort(request, draft)
    form = RosterPreviewForm(request.POST or None)
    wants_import = request.POST.get("do") == "import"
    if request.method == "POST":
        roster_page.take(draft, request.POST)
        draft.save()
        if not wants_import:
            return redirect("mentoring:roster-preview", pk=pk)
    desk, capacity = RosterDesk(studio), cohort.capacity if cohort else None
    roster = desk.understand(draft.grid, draft.edits, left_out=draft.left_out, capacity=capacity)
    page = roster_page.build(draft, roster, desk.compare(roster, by=request.user), desk.places)
    if wants_import and page.may_import and form.is_valid():
        pair = "pair" in request.POST
        once(
            request,
            lambda: _import(request, draft.pk, desk, cohort, roster, pair),
            path=lambda _: reverse("mentoring:roster-result", args=[pk]),
        )
        return redirect("mentoring:roster-result", pk=pk)
    cohort_name = cohort.name if cohort else (draft.plan["new"] or {}).get("name", "")
    context = {"page": page, "studio": studio, "cohort": cohort, "cohort_name": cohort_name}
    return show_form(
        request, "mentoring/roster/preview.html", form, status=422 if wants_import else 200, **context
    )


def _studio_and_cohort(request, draft):
    studios = Studio.objects.filter(pk__in=request.standing.staff).select_related("street")
    studio = get_object_or_404(studios, pk=draft.plan.get("studio"))
    return studio, Cohort.objects.filter(studio=studio, pk=draft.plan["cohort"]).first()


@transaction.atomic
def _import(request, pk, desk, cohort, roster, pair):
    """The draft is locked, so that the same roster sent from two windows is written by one of them."""
    draft = RosterDraft.get(pk, by=request.user, lock=True)
    if draft.result:
        return draft
    new = draft.plan["new"]
    if new:
        days = {name: date.fromisoformat(new[name]) for name in ("starts_on", "ends_on")}
        new = {"name": new["name"], **days}
    imported, cohort, paired = roster_groups.bring_in(
        desk=desk,
        roster=roster,
        choices=draft.choices,
        by=request.user,
        cohort=cohort,
        new_cohort=new,
        pairing=pair,
    )
    draft.finish(roster_page.counted(imported, paired, cohort))
    return draft


@require_GET
def roster_result(request, pk):
    require(request.standing.staff, ONLY_STAFF)
    draft = RosterDraft.get(pk, by=request.user)
    if not draft.result:
        return redirect("mentoring:roster-preview", pk=pk)
    return render(request, "mentoring/roster/result.html", {"result": draft.result})


@require_GET
def roster_blank(request):
    require(request.standing.staff, ONLY_STAFF)
    response = HttpResponse(blank_workbook(), content_type=XLSX)
    response["Content-Disposition"] = "attachment; filename*=UTF-8''%E5%90%8D%E5%86%8C.xlsx"
    return response
