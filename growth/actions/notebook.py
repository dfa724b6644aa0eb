"""A notebook page: its photos sent, typed up by staff, confirmed by its owner."""

from django.db import transaction
from django.utils import timezone

from people.actions.notices import tell
from people.stale import Refused, save_version

from ..models import NotebookPage, NotebookPhoto
from . import ledger


@transaction.atomic
def send(*, studio, person, photos, on, by, at=None):
    """`photos`: people.uploads.Photo, at least one."""
    page = NotebookPage.objects.create(
        studio=studio, person=person, on=on, sent_by=by, sent_at=at or timezone.now()
    )
    for photo in photos:
        NotebookPhoto.objects.create(
            studio=studio,
            page=page,
            image=photo.image,
            thumb=photo.thumb,
            width=photo.width,
            height=photo.height,
        )
    return page


@transaction.atomic
def type_up(page, *, on, text, by, at=None):
    """What staff read on the photos. Typing it again asks the owner again."""
    at = at or timezone.now()
    if page.state == NotebookPage.State.CONFIRMED:
        raise Refused("本人已经核对过了。要改请让本人来改")
    page.on, page.text, page.state = on, text, NotebookPage.State.TYPED
    page.typed_at, page.typed_by = at, by
    save_version(page, ("on", "text", "state", "typed_at", "typed_by"))
    said = "您的纸质笔记抄好了，看看对不对"
    tell([page.person], said, link=page.get_absolute_url(), studio=page.studio, at=at)
    return page


@transaction.atomic
def confirm(page, *, text, by, at=None):
    """The owner's word: right as it stands, or put right. From now on it stands in the file."""
    if page.state == NotebookPage.State.SENT:
        raise Refused("这一页还没抄写，抄好了再核对")
    page.text, page.state = text, NotebookPage.State.CONFIRMED
    page.confirmed_at, page.confirmed_by = at or timezone.now(), by
    save_version(page, ("text", "state", "confirmed_at", "confirmed_by"))
    ledger.record(page)
    return page
