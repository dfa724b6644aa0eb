"""Photos: each sent alone from the form, added later, taken off, and shown to those who may see them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.access import require
from people.once import once
from people.uploads import serve_private, take_photo, take_photos
from people.views.base import show_form

from ..actions import session_photos
from ..forms.session_photos import MorePhotosForm
from ..models import SessionPhoto
from ..session_rules import PHOTO_LIMIT
from ..session_start import WRITERS
from .session_edit import EDITORS
from .sessions import posted, visible_session

NO_FILE = "请选一张照片"


@require_POST
def photo_upload(request):
    """One file `photo` → {"id", "thumb"}, or {"error": sentence} with 422."""
    standing = request.standing
    if not (standing.staff or standing.mentor):
        require(not standing.apprentice, WRITERS)
        raise Http404
    uploaded = request.FILES.get("photo")
    try:
        if uploaded is None:
            raise ValidationError(NO_FILE)
        taken = take_photo(uploaded)
    except ValidationError as refusal:
        return JsonResponse({"error": refusal.messages[0]}, status=422)
    studio = standing.studio_as("mentor") or standing.studio_as("staff")
    photo = session_photos.keep(taken, studio=studio, by=request.user)
    return JsonResponse({"id": photo.pk, "thumb": reverse("mentoring:photo-thumb", args=[photo.pk])})


@require_safe
def photo(request, pk):
    return _served(request, pk, "image")


@require_safe
def photo_thumb(request, pk):
    return _served(request, pk, "thumb")


def _served(request, pk, which):
    found = get_object_or_404(SessionPhoto.objects.visible_to(request.user), pk=pk)
    return serve_private(getattr(found, which), "带教照片.jpg", inline=True)


def session_photos_page(request, pk):
    """加照片: later, within the window."""
    session = visible_session(request, pk)
    require(session.editable_by(request.user), EDITORS)
    there = list(session.photos.all())
    form = MorePhotosForm(posted(request))
    if form.is_valid():
        return redirect(once(request, lambda: _add(request, session, room=PHOTO_LIMIT - len(there))))
    context = {"session": session, "there": there, "room": PHOTO_LIMIT - len(there)}
    return show_form(request, "mentoring/session/photos.html", form, **context)


def _add(request, session, *, room):
    ids = [int(pk) for pk in request.POST.getlist("photo_ids") if pk.isdecimal() and len(pk) < 16]
    waiting = SessionPhoto.objects.filter(session__isnull=True, uploaded_by=request.user, pk__in=ids)[:room]
    files = request.FILES.getlist("photos")
    taken, sentences = take_photos(files[: max(room - len(waiting), 0)])
    for sentence in sentences:
        messages.warning(request, f"{sentence}。")
    new = [session_photos.keep(one, studio=session.studio, by=request.user) for one in taken]
    added = [*waiting, *new]
    session_photos.attach(session, added)
    if added:
        messages.success(request, f"放上了{len(added)}张照片。")
    return session


@require_POST
def photo_remove(request, pk):
    """Take a photo off a session, for good."""
    found = get_object_or_404(SessionPhoto.objects.visible_to(request.user).exclude(session=None), pk=pk)
    session = visible_session(request, found.session_id)
    require(session.editable_by(request.user), EDITORS)
    session_photos.delete(found)
    messages.success(request, "这张照片去掉了。")
    return redirect("mentoring:session-photos", session.pk)
