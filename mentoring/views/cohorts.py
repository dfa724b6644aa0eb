"""期次 and 教学基地 for staff; bases can be looked up by everybody of the studio."""

from django.contrib import messages
from django.db.models import OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from growth.actions import bundles
from people.access import require
from people.counting import number_of
from people.forms.base import StudioForm
from people.history import history_of
from people.kept import KeptQuery
from people.once import once, save_once, sent_before
from people.paging import first_page, newest, page_of
from people.stale import Refused
from people.views.base import show_form

from ..actions import pairings
from ..forms.cohorts import BaseEditForm, BaseForm, CohortEditForm, CohortForm
from ..forms.pairings import FinishForm
from ..models import Base, Cohort, Pairing

MOST_PAIRS = 300
# What runs, what comes next and the few before them; older terms are on further pages.
LIST_SIZE = 8
STAFF_ONLY = "这一页只有街道工作人员能看"


def _counted(cohorts):
    """Each with the number of its `pairs` that stand now."""
    return cohorts.annotate(
        pairs=number_of(Pairing.objects.current().filter(cohort=OuterRef("pk")), "cohort")
    )


def listed(person):
    """The terms of the studios where the person is staff."""
    return _counted(Cohort.objects.filter(studio__in=person.standing.staff))


_ONE = KeptQuery(lambda person, pk: _counted(Cohort.objects.visible_to(person)).filter(pk=pk))
_FIRST_PAGE = KeptQuery(lambda person: newest(listed(person), by="starts_on", size=LIST_SIZE))


@require_safe
def cohort_list(request):
    require(request.standing.staff, STAFF_ONLY)
    if "page" in request.GET:
        page = page_of(request, listed(request.user), by="starts_on", size=LIST_SIZE)
    else:
        page = first_page(_FIRST_PAGE.all(request.user), by="starts_on", size=LIST_SIZE)
    return render(request, "mentoring/cohort/list.html", {"page": page})


@require_safe
def cohort_detail(request, pk):
    cohort = _ONE.get_or_404(request.user, pk=pk)
    require(cohort.studio_id in request.standing.staff, STAFF_ONLY)
    context = {
        "cohort": cohort,
        "standing": cohort.pairs,
        "can_finish": cohort.ends_on <= timezone.localdate(),
        "history": history_of(cohort),
    }
    return render(request, "mentoring/cohort/detail.html", context)


def cohort_files(request, pk):
    """整期档案: the growth files of everybody of the term, one Word file each, in one .zip."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    require(cohort.studio_id in request.standing.staff, STAFF_ONLY)
    form = StudioForm(request.POST or None)
    form.submit_label = "开始做"
    if request.method == "POST" and form.is_valid():
        pairs = cohort.pairings.order_by("group__number", "apprentice_id")
        people = pairs.values_list("apprentice", flat=True)
        made = once(
            request,
            lambda: bundles.start(
                studio=cohort.studio,
                people=list(dict.fromkeys(people)),
                name=f"{cohort.name}成长档案",
                by=request.user,
            ),
        )
        return redirect(made)
    return show_form(request, "mentoring/cohort/files.html", form, cohort=cohort)


def cohort_new(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = CohortForm(request.POST or None, studio=studio)
    if request.method == "POST" and form.is_valid():
        return redirect(once(request, lambda: Cohort.objects.create(studio=studio, **form.cleaned_data)))
    return show_form(request, "mentoring/cohort/form.html", form)


def cohort_edit(request, pk):
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).select_related("studio"), pk=pk)
    require(cohort.studio_id in request.standing.staff, STAFF_ONLY)
    form = CohortEditForm(request.POST or None, instance=cohort, studio=cohort.studio)
    if request.method == "POST" and form.is_valid():
        cohort.version = form.cleaned_data["version"] or 0
        return redirect(save_once(request, cohort, CohortForm.Meta.fields))
    return show_form(request, "mentoring/cohort/form.html", form, cohort=cohort)


def cohort_finish(request, pk):
    """期满: the pairs that still stand after the last day, ended together."""
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user).select_related("studio"), pk=pk)
    require(cohort.studio_id in request.standing.staff, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = FinishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            once(
                request,
                lambda: pairings.finish_all(cohort, by=request.user),
                path=lambda n: cohort.get_absolute_url(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "办好了，师傅和徒弟都收到了通知。")
            return redirect(cohort)
    pairs = Pairing.objects.current().filter(cohort=cohort).select_related("mentor", "apprentice")
    context = {"cohort": cohort, "pairs": pairs.order_by("group__number", "pk")[:MOST_PAIRS]}
    return show_form(request, "mentoring/cohort/finish.html", form, **context)


@require_safe
def base_list(request):
    require(request.standing.member_studios, "教学基地只有本工作室的人能看")
    context = {"bases": _BASES.all(request.user), "can_add": bool(request.standing.staff)}
    return render(request, "mentoring/base/list.html", context)


def _ask_bases(person):
    found = Base.objects.visible_to(person).select_related("neighbourhood")
    return found.order_by("-in_use", "pk")[:200]


_BASES = KeptQuery(_ask_bases)


@require_safe
def base_detail(request, pk):
    base = get_object_or_404(Base.objects.visible_to(request.user).select_related("neighbourhood"), pk=pk)
    can_edit = base.studio_id in request.standing.staff
    context = {"base": base, "can_edit": can_edit, "history": history_of(base) if can_edit else []}
    return render(request, "mentoring/base/detail.html", context)


def base_new(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = BaseForm(request.POST or None, studio=studio)
    if request.method == "POST" and form.is_valid():
        return redirect(once(request, lambda: Base.objects.create(studio=studio, **form.cleaned_data)))
    return show_form(request, "mentoring/base/form.html", form)


def base_edit(request, pk):
    base = get_object_or_404(Base.objects.visible_to(request.user).select_related("studio__street"), pk=pk)
    require(base.studio_id in request.standing.staff, STAFF_ONLY)
    form = BaseEditForm(request.POST or None, instance=base, studio=base.studio)
    if request.method == "POST" and form.is_valid():
        base.version = form.cleaned_data["version"] or 0
        return redirect(save_once(request, base, BaseForm.Meta.fields))
    return show_form(request, "mentoring/base/form.html", form, base=base)
