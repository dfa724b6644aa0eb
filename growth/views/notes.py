"""学习笔记: list, writing, reading, correcting, taking away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.actions.removal import remove
from people.history import history_of
from people.kept import KeptQuery
from people.once import once
from people.paging import first_page, newest, page_of
from people.views.base import show_form

from ..actions import notes
from ..forms.notes import NoteEditForm, NoteForm
from ..models import StudyNote
from .next_steps import learning_studio

DRAFT = "note-new"
LIST_SIZE = 20


@require_safe
def note_list(request):
    require(request.standing.member_studios, "学习笔记只有本工作室的人能看")
    if "page" in request.GET:
        page = page_of(request, listed(request.user), by="on", size=LIST_SIZE)
    else:
        page = first_page(_FIRST_PAGE.all(request.user), by="on", size=LIST_SIZE)
    context = {"page": page, "can_write": bool(request.standing.apprentice)}
    return render(request, "growth/note/list.html", context)


def listed(person):
    found = StudyNote.objects.visible_to(person).select_related("person")
    return found.filter(studio__in=person.standing.staff) if person.standing.staff else found


_FIRST_PAGE = KeptQuery(lambda person: newest(listed(person), by="on", size=LIST_SIZE))


def note_new(request):
    studio = learning_studio(request.user)
    require(studio, "学习笔记由学员来写")
    kept = drafts.newest(request.user, DRAFT)
    form = drafts.fill(NoteForm(request.POST or None), kept)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data, studio=studio, person=request.user)
        return redirect(once(request, lambda: _send(request.user, given)))
    return show_form(request, "growth/note/form.html", form, kept=kept)


def _send(person, given):
    drafts.clear(person, DRAFT)
    return notes.write(**given)


@require_safe
def note_detail(request, pk):
    note = get_object_or_404(StudyNote.objects.visible_to(request.user).select_related("person"), pk=pk)
    own = note.person_id == request.user.pk
    history = history_of(note) if own or note.studio_id in request.standing.staff else []
    return render(request, "growth/note/detail.html", {"note": note, "own": own, "history": history})


def own_note(request, pk):
    note = get_object_or_404(StudyNote.objects.visible_to(request.user), pk=pk)
    require(note.person_id == request.user.pk, "只有写的人能改")
    return note


def note_edit(request, pk):
    note = own_note(request, pk)
    form = NoteEditForm(request.POST or None, instance=note)
    if request.method == "POST" and form.is_valid():
        note.version = form.cleaned_data.pop("version") or 0
        edited = once(request, lambda: notes.edit(note, **form.cleaned_data))
        messages.success(request, "改好了。")
        return redirect(edited)
    return show_form(request, "growth/note/form.html", form, note=note)


def note_remove(request, pk):
    """A page that asks; the note can be found again for 30 days."""
    note = own_note(request, pk)
    if request.method == "POST":
        remove(note, by=request.user)
        messages.success(request, "去掉了。30天内可以在“我 · 找回”里找回。")
        return redirect("growth:note-list")
    return render(request, "growth/note/remove.html", {"note": note})
