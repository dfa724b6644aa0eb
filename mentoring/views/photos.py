"""What the pages of photos share, whatever they hang on: taking in, adding, showing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from people.uploads import serve_private, take_photo, take_photos
from people.views.base import id_of

from ..actions import photos

NO_FILE = "请选一张照片"
PAGE = "mentoring/photo/page.html"


def upload(request, model, *, studio, thumb):
    """One file `photo` → {"id", "thumb"}, or {"error": sentence} with 422. `thumb` names the small one."""
    uploaded = request.FILES.get("photo")
    try:
        if uploaded is None:
            raise ValidationError(NO_FILE)
        taken = take_photo(uploaded)
    except ValidationError as refusal:
        return JsonResponse({"error": refusal.messages[0]}, status=422)
    photo = photos.keep(taken, model=model, studio=studio, by=request.user)
    return JsonResponse({"id": photo.pk, "thumb": reverse(thumb, args=[photo.pk])})


def waiting(person, model, ids):
    """The person's own photos among these ids that still wait for their form, at most as many as fit."""
    wanted = list(filter(None, map(id_of, ids)))
    return list(model.objects.waiting(person).filter(pk__in=wanted)[: model.MOST]) if wanted else []


def take_files(request, model, *, studio, room):
    """(photos, sentences): what was sent with the form itself, without script, as far as there is room."""
    files = request.FILES.getlist("photos")
    taken, sentences = take_photos(files[: max(room, 0)])
    if len(files) > max(room, 0):
        sentences.append(f"照片最多放{model.MOST}张，多出来的没有放")
    kept = [photos.keep(one, model=model, studio=studio, by=request.user) for one in taken]
    return kept, sentences


def add(request, owner):
    """Hang on what the page of photos sent, with a sentence for what could not be. Returns the owner."""
    model = owner.photos.model
    room = model.MOST - owner.photos.count()
    there = waiting(request.user, model, request.POST.getlist("photo_ids"))[: max(room, 0)]
    new, sentences = take_files(request, model, studio=owner.studio, room=room - len(there))
    for sentence in sentences:
        messages.warning(request, f"{sentence}。")
    photos.attach(owner, [*there, *new])
    if there or new:
        messages.success(request, f"放上了{len(there) + len(new)}张照片。")
    return owner


def serve(request, model, pk, which, name):
    found = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    return serve_private(getattr(found, which), name, inline=True)
