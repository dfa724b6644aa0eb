"""Photos of a session: each sent alone from the form, added later, taken off, shown to those who may see."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people import words
from people.access import require
from people.once import once
from people.views.base import show_form

from ..actions import photos as actions
from ..forms.photos import MorePhotosForm
from ..forms.session_parts import photos_field
from ..models import SessionPhoto
from ..session_start import WRITERS
from . import photos
from .session_edit import EDITORS
from .sessions import posted, visible_session

NAME = "带教照片.jpg"


@require_POST
def photo_upload(request):
    standing = request.standing
    if not (standing.staff or standing.mentor):
        require(not standing.apprentice, WRITERS)
        raise Http404
    studio = standing.studio_as("mentor") or standing.studio_as("staff")
    return photos.upload(request, SessionPhoto, studio=studio, thumb="mentoring:photo-thumb")


@require_safe
def photo(request, pk):
    return photos.serve(request, SessionPhoto, pk, "image", NAME)


@require_safe
def photo_thumb(request, pk):
    return photos.serve(request, SessionPhoto, pk, "thumb", NAME)


def session_photos_page(request, pk):
    """加照片: later, within the window."""
    session = visible_session(request, pk)
    require(session.editable_by(request.user), EDITORS)
    form = MorePhotosForm(posted(request), field=photos_field())
    if form.is_valid():
        return redirect(once(request, lambda: photos.add(request, session)))
    there = [
        {
            "thumb_url": reverse("mentoring:photo-thumb", args=[one.pk]),
            "remove_url": reverse("mentoring:photo-remove", args=[one.pk]),
        }
        for one in session.photos.all()
    ]
    context = {
        "there": there, "room": SessionPhoto.MOST - len(there), "most": SessionPhoto.MOST,
        "up_url": session.get_absolute_url(), "up": "这次带教",
        "whose": f"{words.day(session.held_on)}{session.mentor.called}的带教",
    }  # fmt: skip
    return show_form(request, photos.PAGE, form, **context)


@require_POST
def photo_remove(request, pk):
    """Take a photo off a session, for good."""
    found = get_object_or_404(SessionPhoto.objects.visible_to(request.user).exclude(session=None), pk=pk)
    session = visible_session(request, found.session_id)
    require(session.editable_by(request.user), EDITORS)
    actions.delete(found)
    messages.success(request, "这张照片去掉了。")
    return redirect("mentoring:session-photos", session.pk)
