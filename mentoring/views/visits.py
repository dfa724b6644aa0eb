"""观摩学习: the list, arranging, one visit, calling off, who went."""

from django.contrib import messages
from django.db.models import OuterRef
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.counting import number_of
from people.kept import KeptQuery
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.views.base import id_of, show_form

from .. import cadence
from ..actions import visits
from ..actions.cadence_counts import open_slots
from ..forms.visits import CancelForm, HoldForm, VisitForm
from ..models import CadenceCell, Participant, Practice, Series, Stop, Visit
from .series import MEMBERS_ONLY
from .visit_photos import shown

LIST_SIZE = 20
ARRANGERS = "观摩由街道和师傅来安排"
NOT_YOURS = "只有安排的人和街道工作人员能改"


def listed(person):
    going = number_of(Participant.objects.filter(visit=OuterRef("pk")), "visit")
    return Visit.objects.visible_to(person).select_related("series").annotate(going=going)


_FIRST_PAGE = KeptQuery(lambda person: newest(listed(person), by="on", size=LIST_SIZE))


@require_safe
def visit_list(request):
    standing = request.standing
    require(standing.staff or standing.mentor or standing.apprentice, MEMBERS_ONLY)
    if "page" in request.GET:
        page = page_of(request, listed(request.user), by="on", size=LIST_SIZE)
    else:
        page = first_page(_FIRST_PAGE.all(request.user), by="on", size=LIST_SIZE)
    context = {"page": page, "can_arrange": bool(standing.staff or standing.mentor)}
    return render(request, "mentoring/visit/list.html", context)


def visit_new(request):
    standing = request.standing
    studio = standing.studio_as("staff") or standing.studio_as("mentor")
    require(studio, ARRANGERS)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    if "save_draft" in request.POST:
        drafts.save(request.user, visits.NEW, request.POST, device=drafts.device_of(request))
        messages.info(request, "先存着了，还没有告诉大家。")
        return redirect("mentoring:visit-new")
    asked = id_of(request.GET.get("series"))
    chosen = Series.objects.filter(studio=studio, pk=asked).first() if asked else None
    form = VisitForm(request.POST or None, studio=studio, initial={"series": chosen.pk if chosen else None})
    draft, other = drafts.choose(request, visits.NEW) if request.method == "GET" else (None, None)
    drafts.fill(form, draft)
    if request.method == "POST" and form.is_valid():
        given = {**form.facts(), "studio": studio, "by": request.user}
        made = once(request, lambda: visits.plan(**given))
        messages.success(request, "安排好了，要去的人都能看到。")
        return redirect(made)
    context = {"draft": draft, "other": other, "draft_url": reverse("people:draft", args=[visits.NEW])}
    return show_form(request, "mentoring/visit/form.html", form, **context)


SHOWN = ("studio", "series", "by")
_ONE = KeptQuery(lambda person, pk: Visit.objects.visible_to(person).filter(pk=pk).select_related(*SHOWN))
_STOPS = KeptQuery(lambda person, visit: Stop.objects.filter(visit=visit).order_by("order"))


def _ask_along(person, visit):
    return Participant.objects.filter(visit=visit).select_related("person__neighbourhood").order_by("pk")


def _ask_brought(person, visit):
    found = Practice.objects.visible_to(person).filter(visit=visit).with_counts()
    return found.select_related("seen_by").order_by("at", "pk")


def _ask_counted(person, visit):
    found = CadenceCell.objects.visible_to(person).filter(visit=visit)
    return found.select_related("group__mentor", "studio")


_ALONG, _BROUGHT, _COUNTED = map(KeptQuery, (_ask_along, _ask_brought, _ask_counted))


@require_safe
def visit_detail(request, pk):
    visit, person = _ONE.get_or_404(request.user, pk=pk), request.user
    along = [row.person for row in _ALONG.all(person, visit=visit.pk)]
    brought = _BROUGHT.all(person, visit=visit.pk)
    mine = next((practice for practice in brought if practice.seen_by_id == person.pk), None)
    arranges, begun = visit.arranged_by(person), visit.has_begun()
    context = {
        "visit": visit,
        "stops": _STOPS.all(person, visit=visit.pk),
        "names": "、".join(one.name for one in along),
        "number": len(along),
        "brought": brought,
        "counted": [cadence.slot_of(cell) for cell in _COUNTED.all(person, visit=visit.pk)],
        "mine": mine,
        "can_bring": begun and mine is None and person in along,
        "can_change": arranges and visit.state == Visit.State.PLANNED,
        "can_hold": arranges and begun,
        "can_add_photos": begun and (arranges or person in along),
        "photos": shown(visit),
    }
    return render(request, "mentoring/visit/detail.html", context)


def _arranged(request, pk):
    visit = _ONE.get_or_404(request.user, pk=pk)
    require(visit.arranged_by(request.user), NOT_YOURS)
    return visit


def visit_edit(request, pk):
    visit = _arranged(request, pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    require(visit.state == Visit.State.PLANNED, visits.OVER)
    form = VisitForm(request.POST or None, instance=visit, studio=visit.studio)
    if request.method == "POST" and form.is_valid():
        visit.version = form.cleaned_data["version"] or 0
        edited = once(request, lambda: visits.edit(visit, **form.facts(), by=request.user))
        messages.success(request, "改好了。日子变了的，要去的人会收到通知。")
        return redirect(edited)
    return show_form(request, "mentoring/visit/edit.html", form, visit=visit)


def visit_cancel(request, pk):
    visit = _arranged(request, pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    require(visit.state == Visit.State.PLANNED, visits.OVER)
    form = CancelForm(request.POST or None)
    form.fields["version"].initial = visit.version
    if request.method == "POST" and form.is_valid():
        visit.version = form.cleaned_data["version"] or 0
        given = {"why": form.cleaned_data["why"], "by": request.user}
        return redirect(once(request, lambda: visits.cancel(visit, **given)))
    return show_form(request, "mentoring/visit/cancel.html", form, visit=visit)


def visit_hold(request, pk):
    """记一下去了谁: it goes into their files."""
    visit = _arranged(request, pk)
    done = sent_before(request) if request.method == "POST" else None
    if done:
        return redirect(done)
    require(visit.has_begun(), "还没有到那一天，或者不去了")
    along = visit.along.values("person")
    slots = open_slots(studio=visit.studio, people=along, day=visit.on, by=request.user)
    form = HoldForm(request.POST or None, visit=visit, slots=slots)
    if request.method == "POST" and form.is_valid():
        visit.version = form.cleaned_data["version"] or 0
        held = once(request, lambda: visits.hold(visit, **form.facts(), by=request.user))
        messages.success(request, "记好了。去的人都能带回一条。")
        return redirect(held)
    return show_form(request, "mentoring/visit/hold.html", form, visit=visit)
