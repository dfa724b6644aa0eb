"""纸质笔记本: photos sent, typed up by staff, confirmed by the owner."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from people.access import require
from people.actions import drafts
from people.actions.removal import remove
from people.models import Membership, Person
from people.once import once
from people.paging import page_of
from people.roles import Role
from people.uploads import serve_private
from people.views.base import show_form

from ..actions import notebook
from ..forms.notes import ConfirmForm, NotebookForm, TypeForm, draft_key
from ..models import NotebookPage, NotebookPhoto
from .next_steps import learning_studio

LIST_SIZE = 20


@require_safe
def notebook_list(request):
    """The own pages; for staff all of the studio, those to type first."""
    standing = request.standing
    require(standing.staff or standing.apprentice or standing.mentor, "纸质笔记只有本人、师傅和街道能看")
    found = NotebookPage.objects.visible_to(request.user).select_related("person")
    if standing.staff:
        found = found.filter(studio__in=standing.staff)
    context = {
        "page": page_of(request, found, by="on", size=LIST_SIZE),
        "waiting": list(found.to_type().order_by("sent_at")[:LIST_SIZE]) if standing.staff else [],
        "can_send": bool(standing.staff or standing.apprentice),
    }
    return render(request, "growth/notebook/list.html", context)


def notebook_new(request):
    """The owner sends photos; staff may send them for somebody."""
    standing, own = request.standing, learning_studio(request.user)
    require(own or standing.staff, "纸质笔记由学员或街道来交")
    studio = own or standing.studio_as("staff")
    people = None if own else learners(studio)
    form = NotebookForm(request.POST or None, request.FILES or None, people=people)
    if request.method == "POST" and form.is_valid():
        given = {"person": request.user, **form.cleaned_data}
        page = once(request, lambda: notebook.send(studio=studio, by=request.user, **given))
        messages.success(request, "交好了，街道会抄进来。" if own else "交好了，可以抄写了。")
        return redirect(page)
    return show_form(request, "growth/notebook/new.html", form)


def learners(studio):
    """Who learns in the studio now."""
    learns = Membership.objects.current().filter(person=OuterRef("pk"), studio=studio, role=Role.APPRENTICE)
    return Person.objects.filter(Exists(learns)).order_by("pk")


def notebook_detail(request, pk):
    """Staff type here, the owner confirms here, everybody else reads."""
    found = NotebookPage.objects.visible_to(request.user)
    page = get_object_or_404(found.select_related("person", "typed_by"), pk=pk)
    own, staff = page.person_id == request.user.pk, page.studio_id in request.standing.staff
    kind = _form_kind(page, own=own, staff=staff)
    kept = drafts.newest(request.user, draft_key(page.pk)) if kind is TypeForm else None
    form = drafts.fill(kind(request.POST or None, instance=page), kept) if kind else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied("这一页现在不用您来办")
        if form.is_valid():
            page.version = form.cleaned_data.pop("version") or 0
            once(request, lambda: _act(kind, page, request.user, form.cleaned_data))
            messages.success(request, "记进档案了。" if kind is ConfirmForm else "抄好了，等本人核对。")
            return redirect(page)
    can_remove = own or page.sent_by_id == request.user.pk
    context = {"page": page, "own": own, "photos": list(page.photos.all()), "can_remove": can_remove}
    if form is None:
        return render(request, "growth/notebook/detail.html", context)
    return show_form(request, "growth/notebook/detail.html", form, **context)


def _form_kind(page, *, own, staff):
    if own and page.state != NotebookPage.State.SENT:
        return ConfirmForm
    if staff and page.state != NotebookPage.State.CONFIRMED:
        return TypeForm
    return None


def _act(kind, page, person, given):
    if kind is ConfirmForm:
        return notebook.confirm(page, by=person, **given)
    drafts.clear(person, draft_key(page.pk))
    return notebook.type_up(page, by=person, **given)


def notebook_remove(request, pk):
    page = get_object_or_404(NotebookPage.objects.visible_to(request.user).select_related("person"), pk=pk)
    require(request.user.pk in (page.person_id, page.sent_by_id), "只有本人和交上来的人能去掉")
    if request.method == "POST":
        remove(page, by=request.user)
        messages.success(request, "去掉了。30天内可以在“我 · 找回”里找回。")
        return redirect("growth:notebook-list")
    return render(request, "growth/notebook/remove.html", {"page": page})


@require_safe
def notebook_photo(request, pk, size):
    found = get_object_or_404(NotebookPhoto.objects.visible_to(request.user), pk=pk)
    return serve_private(found.image if size == "large" else found.thumb, "笔记本.jpg", inline=True)
