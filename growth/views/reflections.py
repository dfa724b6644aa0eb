"""心得: list, writing, reading, answering."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
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

from ..actions import reflections
from ..forms.reflections import ReflectionEditForm, ReflectionForm, ReplyForm
from ..models import Entry, Kind, Reflection
from .next_steps import learning_studio

DRAFT = "reflection-new"
LIST_SIZE = 20


@require_safe
def reflection_list(request):
    """Everything one may read, newest first; a mentor can ask for those without an answer."""
    standing = request.standing
    require(standing.member_studios, "心得只有本工作室的人能看")
    waiting = "waiting" in request.GET
    if waiting or "page" in request.GET:
        found = listed(request.user)
        if waiting:
            found = found.filter(Q(person__in=standing.pupils), replied_at__isnull=True)
        page = page_of(request, found, by="on", size=LIST_SIZE)
    else:
        page = first_page(_FIRST_PAGE.all(request.user), by="on", size=LIST_SIZE)
    filters = [
        {"label": "全部", "url": request.path, "current": not waiting},
        {"label": "还没回话的", "url": f"{request.path}?waiting=1", "current": waiting},
    ]
    context = {"page": page, "waiting": waiting, "filters": filters, "can_write": bool(standing.apprentice)}
    return render(request, "growth/reflection/list.html", context)


def listed(person):
    """What the list shows, with the names that a row says."""
    found = Reflection.objects.visible_to(person).select_related("person", "replied_by")
    # By the studio the newest are found without a look at the others.
    return found.filter(studio__in=person.standing.staff) if person.standing.staff else found


_FIRST_PAGE = KeptQuery(lambda person: newest(listed(person), by="on", size=LIST_SIZE))


def reflection_new(request):
    studio = learning_studio(request.user)
    require(studio, "心得由学员来写")
    sessions = Entry.objects.of(request.user).filter(kind=Kind.SESSION).order_by("-on", "-pk")[:5]
    asked = request.GET.get("session")
    initial = (
        {"session": next((str(e.pk) for e in sessions if str(e.source_id) == asked), None)} if asked else {}
    )
    kept = drafts.newest(request.user, DRAFT)
    form = drafts.fill(ReflectionForm(request.POST or None, sessions=sessions, initial=initial), kept)
    if request.method == "POST" and form.is_valid():
        mentor = next(iter(request.standing.mentors), None)
        given = dict(form.cleaned_data, studio=studio, person=request.user, mentor=mentor)
        return redirect(once(request, lambda: send(request.user, given)))
    return show_form(request, "growth/reflection/form.html", form, kept=kept)


def send(person, given):
    """Write the reflection and forget its draft, in the one transaction of the form."""
    drafts.clear(person, DRAFT)
    return reflections.write(**given)


def _ask_one(person, pk):
    found = Reflection.objects.visible_to(person)
    return found.select_related("person", "mentor", "replied_by", "studio").filter(pk=pk)


_ONE = KeptQuery(_ask_one)


def reflection_detail(request, pk):
    reflection = _ONE.get_or_404(request.user, pk=pk)
    can_reply = reflection.person_id in request.standing.pupils or reflection.mentor_id == request.user.pk
    form = ReplyForm(
        request.POST or None, initial={"quick": reflection.quick_reply, "text": reflection.reply}
    )
    if request.method == "POST":
        if not can_reply:
            raise PermissionDenied("回话是师傅的事")
        if form.is_valid():
            given = {"quick": form.cleaned_data["quick"], "text": form.cleaned_data["text"]}
            once(request, lambda: reflections.reply(reflection, by=request.user, **given))
            messages.success(request, f"{reflection.person.name}已经能看到您的回话。")
            return redirect(reflection)
    own = reflection.person_id == request.user.pk
    context = {
        "reflection": reflection,
        "can_reply": can_reply,
        "quick_replies": Reflection.QuickReply.choices,
        "can_edit": own,
        "can_raise_case": own and bool(reflection.puzzle),
        "history": history_of(reflection)
        if own or can_reply or reflection.studio_id in request.standing.staff
        else [],
    }
    return show_form(request, "growth/reflection/detail.html", form, **context)


def own_reflection(request, pk):
    reflection = get_object_or_404(Reflection.objects.visible_to(request.user), pk=pk)
    require(reflection.person_id == request.user.pk, "只有写的人能改")
    return reflection


def reflection_edit(request, pk):
    reflection = own_reflection(request, pk)
    form = ReflectionEditForm(request.POST or None, instance=reflection)
    if request.method == "POST" and form.is_valid():
        reflection.version = form.cleaned_data.pop("version") or 0
        edited = once(request, lambda: reflections.edit(reflection, **form.cleaned_data))
        messages.success(request, "改好了。")
        return redirect(edited)
    return show_form(request, "growth/reflection/edit.html", form, reflection=reflection)


def reflection_remove(request, pk):
    """A page that asks; the reflection can be found again for 30 days."""
    reflection = own_reflection(request, pk)
    if request.method == "POST":
        remove(reflection, by=request.user)
        messages.success(request, "去掉了。30天内可以在“我 · 找回”里找回。")
        return redirect("growth:reflection-list")
    return render(request, "growth/reflection/remove.html", {"reflection": reflection})
