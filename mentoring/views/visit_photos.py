"""Photos of a study visit: put on later, taken off, shown to the studio."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people import words
from people.access import require
from people.once import once
from people.views.base import show_form

from ..actions import photos as actions
from ..forms.photos import MorePhotosForm
from ..forms.visits import photos_field
from ..models import Visit, VisitPhoto
from . import photos
from .series import MEMBERS_ONLY

ALONG_ONLY = "照片由去的人和安排的人来放"
NAME = "观摩照片.jpg"


def shown(visit):
    """In the shape of components/photos.html."""
    day = words.short_day(visit.on)
    return [
        {
            "url": reverse("mentoring:visit-photo", args=[photo.pk]),
            "thumb_url": reverse("mentoring:visit-photo-thumb", args=[photo.pk]),
            "remove_url": reverse("mentoring:visit-photo-remove", args=[photo.pk]),
            "alt": f"{day}观摩的照片，第{number}张",
        }
        for number, photo in enumerate(visit.photos.all(), start=1)
    ]


def _may_add(visit, person):
    went = visit.arranged_by(person) or visit.along.filter(person=person).exists()
    return went and visit.has_begun()


def visit_photos(request, pk):
    visit = get_object_or_404(Visit.objects.visible_to(request.user).select_related("studio"), pk=pk)
    require(_may_add(visit, request.user), ALONG_ONLY)
    form = MorePhotosForm(request.POST if request.method == "POST" else None, field=photos_field())
    if form.is_valid():
        return redirect(once(request, lambda: photos.add(request, visit)))
    there = shown(visit)
    context = {
        "there": there, "room": VisitPhoto.MOST - len(there), "most": VisitPhoto.MOST,
        "up_url": visit.get_absolute_url(), "up": "观摩",
        "whose": f"{words.day(visit.on)}观摩：{visit.title}",
    }  # fmt: skip
    return show_form(request, photos.PAGE, form, **context)


@require_POST
def photo_upload(request):
    """Taken in alone; who may put it where is asked when its form is sent."""
    standing = request.standing
    studio = next(filter(None, map(standing.studio_as, ("staff", "mentor", "apprentice"))), None)
    require(studio, MEMBERS_ONLY)
    return photos.upload(request, VisitPhoto, studio=studio, thumb="mentoring:visit-photo-thumb")


@require_safe
def photo(request, pk):
    return photos.serve(request, VisitPhoto, pk, "image", NAME)


@require_safe
def photo_thumb(request, pk):
    return photos.serve(request, VisitPhoto, pk, "thumb", NAME)


@require_POST
def photo_remove(request, pk):
    """By whoever put it there, whoever arranged the visit, or staff; for good."""
    there = VisitPhoto.objects.visible_to(request.user).exclude(visit=None).select_related("visit")
    found = get_object_or_404(there, pk=pk)
    own = found.uploaded_by_id == request.user.pk or found.visit.arranged_by(request.user)
    require(own, "只有放的人和安排的人能去掉")
    actions.delete(found)
    messages.success(request, "这张照片去掉了。")
    return redirect("mentoring:visit-photos", found.visit_id)
