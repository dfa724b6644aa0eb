"""The 主持人 page of one case at a meeting, its autosave, one opinion at a time, 投屏 and 会诊纪要."""

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people.access import require
from people.actions import drafts
from people.kept import KeptQuery
from people.once import AlreadyDone
from people.stale import Refused
from people.views.base import show_form
from people.views.drafts import DEVICE_COOKIE_SECONDS
from people.word_sheet import word_answer

from .. import cure
from ..actions import minutes
from ..draft_keys import idea_key
from ..forms.meeting import FIGURES, IdeaForm, NotesForm
from ..minutes_word import minutes_document
from ..models import AgendaItem, Block, BlockNote, CaseConsultant, CaseGuest, Prescription, State, TriedWay
from . import contexts
from .cure import attempt
from .meetings import _MEETING, RUNS_ONLY, agenda, may_host, seats


def _ask_item(person, pk):
    along = ("meeting__studio", "meeting__chair", "case__studio", "case__owner__neighbourhood",
             "case__chair__neighbourhood")  # fmt: skip
    tried = TriedWay.objects.filter(case=OuterRef("case")).order_by("order")
    issued = Prescription.objects.filter(case=OuterRef("case"), round=OuterRef("round"))
    return (
        AgendaItem.objects.visible_to(person)
        .filter(pk=pk)
        .select_related(*along)
        .annotate(
            tried=ArraySubquery(tried.values(row=JSONObject(way="way", result="result"))),
            issued=ArraySubquery(issued.values(row=JSONObject(pk="pk", year="year", number="number"))),
        )
    )


_ITEM = KeptQuery(_ask_item)
_NOTES = KeptQuery(lambda person, item: BlockNote.objects.filter(item=item))


def _hosted(request, pk):
    item = _ITEM.get_or_404(request.user, pk=pk)
    require(may_host(item, request.user), RUNS_ONLY)
    return item


@never_cache
def host(request, pk):
    """The six blocks. A POST keeps the notes; opinions have a form of their own."""
    item = _hosted(request, pk)
    form = _notes_form(request.POST or None, item)
    if form.is_valid() and _keep(request, form, item):
        messages.success(request, "存好了")
        return redirect(item)
    draft = drafts.newest(request.user, idea_key(item.pk))
    return _show(request, item, form, drafts.fill(_idea_form(None, item), draft))


def _notes_form(posted, item):
    notes = {note.block: note for note in _NOTES.all(item=item.pk)}
    save = reverse("casework:meeting-save", args=[item.pk])
    return NotesForm(posted, notes=notes, item=item, autosave=save)


def _idea_form(posted, item):
    return IdeaForm(posted, speakers=speakers(item), item=item)


def _keep(request, form, item):
    """Whether all was written; what clashed stands on the form."""
    try:
        clashes = minutes.keep(
            item=item, values=form.texts(), was=form.was(), minutes=form.minutes(), by=request.user,
            device=drafts.device_of(request),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    minutes.set_followup(item, form.cleaned_data["followup_on"])
    form.tell(clashes)
    return not clashes


def _show(request, item, form, idea):
    case = item.case
    prescribed = next((Prescription(**row) for row in item.issued), None)
    siblings = agenda(item.meeting, request.user)
    place = next(n for n, one in enumerate(siblings) if one.pk == item.pk)
    context = {
        "item": item, "case": case, "meeting": item.meeting, "idea": idea, "blocks": blocks(form),
        "opinions": opinions_at(item, request.user), "prescription": prescribed,
        "tried": item.tried, "next": siblings[place + 1] if place + 1 < len(siblings) else None,
        "previous": siblings[place - 1] if place else None, "of": len(siblings),
        "going_on": case.state == State.CONSULTING and case.round == item.round,
        "can_prescribe": cure.leads(case, request.user),
    }  # fmt: skip
    status = 422 if (form.is_bound and form.errors) or (idea.is_bound and idea.errors) else 200
    return show_form(request, "casework/meeting/host.html", form, status=status, **context)


def blocks(form):
    """[{figure, block, field, minutes}] in the order of the script; ④ has no field."""
    return [
        {
            "figure": figure, "code": block.value, "label": block.label,
            "field": form[block.value] if block.value in form.fields else None,
            "minutes": form[f"minutes_{block.value}"] if block.value in form.fields else None,
        }
        for figure, block in zip(FIGURES, Block, strict=True)
    ]  # fmt: skip


def opinions_at(item, person):
    """Opinions of the round that this person may read: online ones and those said here are one record."""
    return [one for one in contexts.opinions_of(item.case, person) if one.round == item.round]


def speakers(item):
    """{choice: who can have said something}: those asked, those there, guests; never the case's owner."""
    case, found, there = item.case, {}, seats(item.meeting)
    asked = [one.person for one in _ASKED.all(item=item.pk)]
    people = {one.pk: one for one in (*asked, *(seat.person for seat in there), case.chair) if one}
    for pk in sorted(people):
        if pk != case.owner_id:
            found[f"person:{pk}"] = people[pk]
    known = set()
    for guest in _GUESTS.all(item=item.pk):
        found[f"guest:{guest.pk}"] = guest
        known.add((guest.organisation, guest.name))
    for seat in there:
        if seat.person_id is None and (seat.organisation, seat.name) not in known:
            found[f"seat:{seat.pk}"] = seat
    return found


def _of_round(rows, item):
    """Those of the round in which this case is spoken about."""
    return rows.filter(case__agenda_items=item, round=F("case__agenda_items__round"))


def _ask_asked(person, item):
    return _of_round(CaseConsultant.objects, item).select_related("person__neighbourhood")


_ASKED = KeptQuery(_ask_asked)
_GUESTS = KeptQuery(lambda person, item: _of_round(CaseGuest.objects, item))


@never_cache
@require_POST
def host_save(request, pk):
    """Autosave (static/js/studio.js): one line of plain text. What clashes is left for the form to tell."""
    item = _hosted(request, pk)
    posted = request.POST
    known = Block.values
    values = {block: posted[block][:3000] for block in known if block in posted}
    was = {block: posted.get(f"was_{block}", "") for block in known}
    device = drafts.device_of(request)
    try:
        clashes = minutes.keep(item=item, values=values, was=was, by=request.user, device=device)
    except Refused as refusal:
        return _line(str(refusal))
    if clashes:
        names = "、".join(f"“{Block(clash.block).label}”" for clash in clashes)
        return _line(f"{clashes[0].note.written_by.called}也在写{names}，这一段先没存，点“存好记录”再看")
    response = _line(f"已存好 {timezone.localtime():%H:%M}")
    if device:
        response.set_cookie(
            drafts.DEVICE_COOKIE, device, max_age=DEVICE_COOKIE_SECONDS, httponly=True, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
    return response


def _line(words):
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@never_cache
@require_POST
def host_idea(request, pk):
    """④: one row, and back to the place where the next one is written."""
    item = _hosted(request, pk)
    idea = _idea_form(request.POST, item)
    back = f"{item.get_absolute_url()}#ideas"
    if idea.is_valid():

        def act():
            drafts.clear(request.user, idea_key(item.pk))
            return minutes.take_down(
                item=item, speaker=idea.whose(), text=idea.cleaned_data["text"], by=request.user
            )

        done = attempt(request, idea, act, path=lambda made: back)
        if done:
            if not isinstance(done, AlreadyDone):
                messages.success(request, f"记下了{done.speaker.called}的主意")
            return redirect(back)
    return _show(request, item, _notes_form(None, item), idea)


@never_cache
@require_safe
def screen(request, pk):
    """投屏: big type, what is being taken down; looks again every half minute."""
    item = _ITEM.get_or_404(request.user, pk=pk)
    notes = {note.block: note for note in _NOTES.all(item=item.pk)}
    shown = [
        {"figure": figure, "code": block.value, "label": block.label, "note": notes.get(block.value)}
        for figure, block in zip(FIGURES, Block, strict=True)
    ]
    siblings = agenda(item.meeting, request.user)
    place = next(n for n, one in enumerate(siblings) if one.pk == item.pk)
    context = {
        "item": item, "case": item.case, "meeting": item.meeting, "blocks": shown,
        "opinions": opinions_at(item, request.user),
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
    }  # fmt: skip
    return render(request, "casework/meeting/screen.html", context)


def minutes_of(meeting, person):
    """What 会诊纪要 says, of the cases that this person may see: for the page and for Word."""
    items = agenda(meeting, person)
    for item in items:
        notes = {note.block: note.text for note in item.notes.all()}
        item.parts = [
            (figure, block, notes.get(block.value, ""))
            for figure, block in zip(FIGURES, Block, strict=True)
        ]  # fmt: skip
        item.said = opinions_at(item, person)
        found = Prescription.objects.filter(case=item.case, round=item.round)
        item.prescription = found.select_related("followup_by").first()
        if item.prescription:
            item.steps = list(item.prescription.steps.select_related("owner"))
    return {"meeting": meeting, "items": items, "seats": seats(meeting)}


@require_safe
def meeting_minutes(request, pk):
    meeting = _MEETING.get_or_404(request.user, pk=pk)
    return render(request, "casework/meeting/minutes.html", minutes_of(meeting, request.user))


@require_safe
def minutes_word(request, pk):
    meeting = _MEETING.get_or_404(request.user, pk=pk)
    document = minutes_document(**minutes_of(meeting, request.user))
    day = timezone.localtime(meeting.at)
    return word_answer(document, f"会诊纪要_{day:%Y%m%d}.docx")
