"""Photos of sessions: taken in one by one, waiting for their session, hung onto it, taken off."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people.stale import Refused

from ..models import SessionPhoto
from ..session_rules import PHOTO_LIMIT, TOO_MANY_PHOTOS

WAITING_DAYS = 30
# What one person may have lying about without a session: four full forms.
MOST_WAITING = 4 * PHOTO_LIMIT


@transaction.atomic
def keep(photo, *, studio, by, at=None):
    """Keep a photo (people.uploads.Photo) until its form is sent; forgets by the way those nobody wanted."""
    at = at or timezone.now()
    waiting = SessionPhoto.objects.filter(session__isnull=True, uploaded_by=by)
    for old in waiting.filter(uploaded_at__lt=at - timedelta(days=WAITING_DAYS)):
        delete(old)
    surplus = waiting.order_by("-pk")[MOST_WAITING - 1 :]
    for old in list(surplus):
        delete(old)
    return SessionPhoto.objects.create(
        studio=studio, image=photo.image, thumb=photo.thumb, width=photo.width, height=photo.height,
        uploaded_by=by, uploaded_at=at,
    )  # fmt: skip


@transaction.atomic
def attach(session, photos):
    """Hang waiting photos onto the session. Raises Refused when there would be more than PHOTO_LIMIT."""
    photos = list(photos)
    if not photos:
        return
    if session.photos.count() + len(photos) > PHOTO_LIMIT:
        raise Refused(TOO_MANY_PHOTOS)
    waiting = SessionPhoto.objects.filter(pk__in=[photo.pk for photo in photos], session__isnull=True)
    waiting.update(session=session, studio=session.studio)


@transaction.atomic
def delete(photo):
    """Take a photo away for good, its files too once that is certain."""
    photo.delete()
    transaction.on_commit(lambda: _delete_files(photo))


def _delete_files(photo):
    photo.image.delete(save=False)
    photo.thumb.delete(save=False)
