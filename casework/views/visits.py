"""接待与走访, and 「一本账」 of each neighbourhood."""

from django.contrib import messages
from django.db.models import DateField, ExpressionWrapper, F, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_POST, require_safe

from people.access import require
from people.actions import drafts
from people.history import history_of
from people.kept import KeptQuery
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.stale import Refused
from people.views.base import show_form
from people.views.drafts import keep_for_later
from people.words import near_day

from ..actions import visits
from ..forms.visits import VISIT_KEY, BookFilter, HouseholdEditForm, HouseholdForm, VisitForm
from ..models import Household, Visit
from ..slip_rights import may_register

NOT_A_MEMBER = "接待与走访由居民区书记、带教书记和街道工作人员来记"
NOT_THE_BOOK = "一本账由居民区书记和街道工作人员来记"
VISIT_PAGE_SIZE = 25


def _studio(request):
    standing = request.standing
    return standing.studio_as("staff") or standing.studio_as("apprentice") or standing.studio_as("mentor")


def _listed(person):
    found = Visit.objects.visible_to(person).select_related("neighbourhood", "by").defer("note")
    return found.filter(studio__in=person.standing.staff) if person.standing.staff else found


_NEWEST = KeptQuery(lambda person: newest(_listed(person), by="held_on"))


@require_safe
def visit_list(request):
    if "page" in request.GET:
        page = page_of(request, _listed(request.user), by="held_on")
    else:
        page = first_page(_NEWEST.all(request.user), by="held_on")
    can_log = bool(_studio(request))
    return render(
        request, "casework/visit/list.html", {"page": page, "can_log": can_log, "has_book": has_book(request)}
    )


def has_book(request):
    return bool(request.standing.staff or request.standing.apprentice)


def visit_new(request):
    """`?household=`: the household is chosen already."""
    studio = _studio(request)
    require(studio, NOT_A_MEMBER)
    done = sent_before(request)
    if done:
        return redirect(done)
    kept = keep_for_later(request, VISIT_KEY)
    if kept:
        return kept
    initial = {"household": request.GET["household"]} if request.GET.get("household", "").isdecimal() else {}
    form = VisitForm(request.POST or None, person=request.user, studio=studio, initial=initial)
    if request.method == "POST" and form.is_valid():

        def log():
            drafts.clear(request.user, VISIT_KEY)
            return visits.log(**form.given(), studio=studio, by=request.user)

        return redirect(once(request, log))
    fresh = request.method == "GET" and not initial
    draft, other = drafts.choose(request, VISIT_KEY) if fresh else (None, None)
    drafts.fill(form, draft)
    return show_form(request, "casework/visit/new.html", form, draft=draft, other=other)


def _ask_visit(person, pk):
    linked = ("neighbourhood", "household__building", "resident", "by", "case", "studio")
    return Visit.objects.visible_to(person).filter(pk=pk).select_related(*linked)


_VISIT = KeptQuery(_ask_visit)


def found_visit(request, pk):
    return _VISIT.get_or_404(request.user, pk=pk)


@require_safe
def visit_detail(request, pk):
    visit, person = found_visit(request, pk), request.user
    writes = visit.by_id == person.pk or visit.studio_id in person.standing.staff
    local = (
        visit.neighbourhood_id == person.neighbourhood_id and visit.studio_id in person.standing.apprentice
    )
    context = {
        "visit": visit,
        # Names only for those who need them: who went, the staff, the apprentice of the place.
        "resident": visit.resident if writes or local else None,
        "slips": visit.slips.all(),
        "can_case": bool(visit.problem) and visit.case_id is None and (writes or local),
        "can_slip": bool(visit.problem) and may_register(person) and (writes or local),
        "can_topic": bool(visit.problem) and visit.studio_id in person.standing.staff,
        "history": history_of(visit) if visit.studio_id in person.standing.staff else (),
    }
    return render(request, "casework/visit/detail.html", context)


@require_POST
def visit_to_case(request, pk):
    """One step: a draft case with the problem in it, ready to be completed."""
    visit = found_visit(request, pk)
    local = visit.neighbourhood_id == request.user.neighbourhood_id
    able = visit.by_id == request.user.pk or visit.studio_id in request.standing.staff or local
    require(able and _studio(request), NOT_A_MEMBER)
    case = visits.make_case(visit, by=request.user)
    messages.success(request, "写成草稿了，补全以后再提交")
    return redirect("casework:case-check", case.pk)


# --- 一本账 -----------------------------------------------------------------------------------------------


@require_safe
def book(request):
    """Households by kind with the day of the last visit; masked."""
    require(has_book(request), NOT_THE_BOOK)
    studios = request.standing.staff | request.standing.apprentice
    keepers = [one.studio for one in request.standing.memberships if one.studio_id in studios]
    form = BookFilter(request.GET or None, studios=studios, kept_by=keepers)
    chosen = form.chosen()
    if chosen or "page" in request.GET:
        found = _on_the_book(request.user)
        found = found.filter(**{name: chosen[name] for name in ("neighbourhood", "kind") if name in chosen})
        page = page_of(request, long_ago(found) if chosen.get("due") else found, by="added_at")
    else:
        page = first_page(_FIRST_PAGE.all(request.user), by="added_at")
    context = {
        "form": form,
        "page": page,
        "rows": [book_row(one) for one in page],
        "filtered": bool(chosen),
        "clear_url": reverse("casework:book") if chosen else "",
        "many_places": bool(request.standing.staff),
    }
    return render(request, "casework/visit/book.html", context)


def _on_the_book(person):
    found = Household.objects.visible_to(person).filter(left_on__isnull=True)
    return found.with_last_visit().select_related("neighbourhood", "building", "resident")


_FIRST_PAGE = KeptQuery(lambda person: newest(_on_the_book(person), by="added_at"))


def long_ago(households):
    """Of households with `last_visit`: those never visited, or longer ago than their rhythm."""
    due = ExpressionWrapper(F("last_visit") + F("every_days"), output_field=DateField())
    late = Q(due__lt=timezone.localdate()) | Q(last_visit__isnull=True)
    return households.annotate(due=due).filter(late)


def book_row(household):
    last, today = household.last_visit, timezone.localdate()
    late = last is None or (today - last).days > household.every_days
    return {
        "url": household.get_absolute_url(),
        "kind": household.get_kind_display(),
        "who": household.resident.masked_name,
        "where": f"{household.neighbourhood} {household.building or ''}".strip(),
        "last": f"{near_day(last)}走过" if last else "还没走过",
        "late": late,
    }


def household_new(request):
    studio = request.standing.studio_as("staff") or request.standing.studio_as("apprentice")
    require(studio, NOT_THE_BOOK)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = HouseholdForm(request.POST or None, person=request.user, studio=studio)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "studio": studio, "by": request.user}
        try:
            return redirect(once(request, lambda: visits.add_household(**given)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, "casework/visit/household_form.html", form)


def _ask_household(person, pk):
    linked = ("neighbourhood", "building", "resident", "studio")
    return Household.objects.visible_to(person).filter(pk=pk).select_related(*linked)


_HOUSEHOLD = KeptQuery(_ask_household)


def found_household(request, pk):
    return _HOUSEHOLD.get_or_404(request.user, pk=pk)


@require_safe
def household_detail(request, pk):
    household = found_household(request, pk)
    context = {"household": household, "visits": [_visit_row(one) for one in _SEEN.all(household=pk)]}
    return render(request, "casework/visit/household.html", context)


def _ask_seen(person, household):
    found = Visit.objects.filter(household=household).select_related("by").defer("note")
    return found.order_by("-held_on", "-pk")[:VISIT_PAGE_SIZE]


_SEEN = KeptQuery(_ask_seen)


def _visit_row(visit):
    problem = Truncator(visit.problem).chars(40)
    return {
        "url": visit.get_absolute_url(),
        "title": f"{near_day(visit.held_on)}{visit.get_way_display()}",
        "about": " · ".join(part for part in (visit.by.called, problem) if part),
    }


def household_edit(request, pk):
    household = found_household(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = HouseholdEditForm(request.POST or None, household=household)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        household.version = given.pop("version") or 0
        return redirect(once(request, lambda: visits.change_household(household, **given)))
    return show_form(request, "casework/visit/household_form.html", form, household=household)
