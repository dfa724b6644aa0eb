"""Photos of a study visit: put on later, taken off, shown to the studio."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people import words
from people.access import require
from people.once import once
from people.uploads import serve_private, take_photos
from people.views.base import show_form

from ..actions import visits
from ..forms.visits import VisitPhotosForm
from ..models import Visit, VisitPhoto

ALONG_ONLY = "照片由去的人和安排的人来放"


def shown(visit):
    """In the shape of components/photos.html."""
    day = words.short_day(visit.on)
    return [
        {
            "url": reverse("mentoring:visit-photo", args=[photo.pk]),
            "thumb_url": reverse("mentoring:visit-photo-thumb", args=[photo.pk]),
            "alt": f"{day}观摩的照片，第{number}张",
            "pk": photo.pk,
        }
        for number, photo in enumerate(visit.photos.all(), start=1)
    ]


def _may_add(visit, person):
    went = visit.arranged_by(person) or visit.along.filter(person=person).exists()
    return went and visit.has_begun()


def visit_photos(request, pk):
    visit = get_object_or_404(Visit.objects.visible_to(request.user).select_related("studio"), pk=pk)
    require(_may_add(visit, request.user), ALONG_ONLY)
    there = shown(visit)
    form = VisitPhotosForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect(once(request, lambda: _add(request, visit, visits.PHOTO_LIMIT - len(there))))
    return show_form(request, "mentoring/visit/photos.html", form, visit=visit, there=there)


def _add(request, visit, room):
    files = request.FILES.getlist("photos")
    taken, sentences = take_photos(files[: max(room, 0)])
    if len(files) > max(room, 0):
        sentences.append(f"照片最多放{visits.PHOTO_LIMIT}张，多出来的没有放")
    for sentence in sentences:
        messages.warning(request, f"{sentence}。")
    visits.add_photos(visit, taken, by=request.user)
    if taken:
        messages.success(request, f"放上了{len(taken)}张照片。")
    return visit


@require_safe
def photo(request, pk):
    return _served(request, pk, "image")


@require_safe
def photo_thumb(request, pk):
    return _served(request, pk, "thumb")


def _served(request, pk, which):
    found = get_object_or_404(VisitPhoto.objects.visible_to(request.user), pk=pk)
    return serve_private(getattr(found, which), "观摩照片.jpg", inline=True)


@require_POST
def photo_remove(request, pk):
    """By whoever put it there, whoever arranged the visit, or staff; for good."""
    photos = VisitPhoto.objects.visible_to(request.user).select_related("visit")
    found = get_object_or_404(photos, pk=pk)
    own = found.uploaded_by_id == request.user.pk or found.visit.arranged_by(request.user)
    require(own, "只有放的人和安排的人能去掉")
    visits.remove_photo(found)
    messages.success(request, "这张照片去掉了。")
    return redirect("mentoring:visit-photos", found.visit_id)
