"""Reading a resident's name with a reason, the record of who read, and what residents ask for."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..access import require
from ..actions import residents
from ..forms.residents import AnswerForm, RequestForm, RevealForm
from ..models import Resident, ResidentRequest, Reveal
from ..once import once, sent_before
from ..paging import page_of
from ..residents_register import places_of
from ..stale import Refused
from .base import show_form
from .drafts import page_before

STAFF_ONLY = "这一页只有街道工作人员能看"


def resident_reveal(request, pk):
    """Asks why; then the reason is on record and the page behind it shows name and number for a while."""
    resident = get_object_or_404(Resident.objects.visible_to(request.user), pk=pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    back = _own(request, request.POST.get("back") or page_before(request))
    form = RevealForm(request.POST or None, initial={"back": back})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("why", "note")}
        shown = once(request, lambda: residents.reveal(resident, **given, by=request.user))
        return redirect(f"{resolve_url(shown)}?{urlencode({'back': back})}" if back else shown)
    return show_form(request, "people/resident/reveal.html", form, resident=resident, back=back)


def _own(request, path):
    """The path when it is a page of this site and not this one; else ""."""
    mine = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if mine and path.partition("?")[0] != request.path else ""


@require_safe
@never_cache
def reveal_shown(request, pk):
    """Name and number, for whoever asked and for some minutes only; later the reason is asked anew."""
    reveals = Reveal.objects.visible_to(request.user).filter(by=request.user)
    reveal = get_object_or_404(reveals.select_related("resident"), pk=pk)
    get_object_or_404(Resident.objects.visible_to(request.user), pk=reveal.resident_id)
    if not reveal.is_open or reveal.resident.erased_at:
        return redirect("people:resident-reveal", reveal.resident_id)
    back = _own(request, request.GET.get("back", ""))
    context = {"reveal": reveal, "secret": reveal.resident.secret, "back": back}
    return render(request, "people/resident/shown.html", context)


@require_safe
def reveal_list(request):
    require(request.standing.staff, STAFF_ONLY)
    reveals = Reveal.objects.filter(studio__in=request.standing.staff).select_related("resident", "by")
    return render(request, "people/resident/reveals.html", {"page": page_of(request, reveals, by="at")})


@require_safe
def request_list(request):
    require(request.standing.staff, STAFF_ONLY)
    asked = ResidentRequest.objects.filter(studio__in=request.standing.staff).select_related("resident")
    page = page_of(request, asked, by="asked_on")
    waiting = asked.open().order_by("due_on", "pk")[:25] if page.first else ()
    return render(request, "people/resident/requests.html", {"page": page, "waiting": waiting})


def request_new(request):
    studio = request.standing.studio_as("staff")
    require(studio, STAFF_ONLY)
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "studio": studio, "by": request.user}
        return redirect(once(request, lambda: residents.register(**given)))
    return show_form(request, "people/resident/request_new.html", form)


def request_detail(request, pk):
    """What is kept, masked, and where it stands; the answer is given here."""
    asked = get_object_or_404(
        ResidentRequest.objects.visible_to(request.user).select_related(
            "resident", "registered_by", "done_by"
        ),
        pk=pk,
    )
    done = sent_before(request)
    if done:
        return redirect(done)
    form = AnswerForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "by": request.user}
        asked.version = given.pop("version") or 0
        try:
            answered = once(request, lambda: residents.answer(asked, **given))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "答复记好了")
            return redirect(answered)
    found = list(residents.matching(asked))
    places = places_of(found)
    context = {"asked": asked, "found": found, "places": places, "copy": _copy_of(asked, request.user, found)}
    return show_form(request, "people/resident/request.html", form, **context)


def _copy_of(asked, person, found):
    """What goes into the resident's hands: in clear for some minutes to whoever has just answered so."""
    if asked.kind != ResidentRequest.Kind.COPY or asked.answer != ResidentRequest.Answer.DONE:
        return []
    note = f"居民要求第{asked.pk}条"
    reveals = Reveal.objects.filter(by=person, why=Reveal.Why.COPY, note=note, resident__in=found)
    fresh = {reveal.resident_id for reveal in reveals if reveal.is_open}
    return [resident.secret for resident in found if resident.pk in fresh]
