"""Photos of sessions and visits: taken in one by one, waiting for their form, hung on, taken off."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.stale import Refused

WAITING_DAYS = 30
# What one person may have lying about: four full forms.
FORMS_WAITING = 4


@transaction.atomic
def keep(photo, *, model, studio, by, at=None):
    """Keep a photo (people.uploads.Photo) until its form is sent; forgets by the way those nobody wanted."""
    at = at or timezone.now()
    waiting = model.objects.waiting(by)
    for old in waiting.filter(uploaded_at__lt=at - timedelta(days=WAITING_DAYS)):
        delete(old)
    surplus = waiting.order_by("-pk")[FORMS_WAITING * model.MOST - 1 :]
    for old in list(surplus):
        delete(old)
    return model.objects.create(
        studio=studio, image=photo.image, thumb=photo.thumb, width=photo.width, height=photo.height,
        uploaded_by=by, uploaded_at=at,
    )  # fmt: skip


@transaction.atomic
def attach(owner, photos):
    """Hang waiting photos onto a session or visit. Raises Refused when there would be too many."""
    photos = list(photos)
    if not photos:
        return
    model = owner.photos.model
    if owner.photos.count() + len(photos) > model.MOST:
        raise Refused(f"照片最多放{model.MOST}张，请去掉几张")
    waiting = model.objects.filter(pk__in=[photo.pk for photo in photos], **{model.OWNER: None})
    waiting.update(studio=owner.studio, **{model.OWNER: owner})


@transaction.atomic
def delete(photo):
    """Take a photo away for good, its files too once that is certain."""
    photo.delete()
    transaction.on_commit(lambda: _delete_files(photo))


def _delete_files(photo):
    photo.image.delete(save=False)
    photo.thumb.delete(save=False)
