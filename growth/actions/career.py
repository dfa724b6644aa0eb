"""任职 and 荣誉: written into the ledger; the newest post is the one that stands under the name."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from people.actions.notices import tell
from people.actions.removal import remove
from people.models import Membership, Person
from people.roles import Role
from people.stale import save_version

from ..models import Honour, Post
from . import ledger

POST_FIELDS = ("rank", "title", "starts_on", "ends_on", "counted", "note")
HONOUR_FIELDS = ("title", "given_by", "on")


@transaction.atomic
def add_post(*, studio, person, rank, title, starts_on, by, ends_on=None, counted=False, note="", at=None):
    """A post of the person; `counted`: it is a result of the training here (培养成果)."""
    post = Post.objects.create(
        studio=studio, person=person, rank=rank, title=title, starts_on=starts_on, ends_on=ends_on,
        counted=counted and rank != Post.Rank.OTHER, note=note, by=by, at=at or timezone.now(),
    )  # fmt: skip
    _settle(post)
    if person.pk != by.pk:
        tell([person], f"街道记下了您的任职：{title}", link=post.get_absolute_url(), studio=studio, at=at)
    return post


@transaction.atomic
def change_post(post, fields):
    """Put a post right, or end it; `fields`: values for POST_FIELDS. Raises StaleEdit."""
    for name in POST_FIELDS:
        setattr(post, name, fields[name])
    post.counted = post.counted and post.rank != Post.Rank.OTHER
    save_version(post, POST_FIELDS)
    _settle(post)
    return post


@transaction.atomic
def remove_post(post, *, by, at=None):
    remove(post, by=by, at=at)


def after_post(post, **facts):
    """After a removal or its undoing (people.actions.removal calls this)."""
    _settle(post)


def _settle(post):
    ledger.record(post)
    show_newest(post.person_id, post.title)


def show_newest(person, *titles):
    """The post held now stands in the roster. One that has ended or gone does not stay there."""
    today = timezone.localdate()
    held = Post.objects.filter(person=person, removed_at__isnull=True, starts_on__lte=today)
    held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)).order_by("-starts_on", "-pk")
    newest = held.first()
    shown = {"version": F("version") + 1}
    if newest:
        Person.objects.filter(pk=person).exclude(post=newest.title, post_since=newest.starts_on).update(
            post=newest.title, post_since=newest.starts_on, **shown
        )
    else:
        Person.objects.filter(pk=person, post__in=titles).update(post="", post_since=None, **shown)


def counts_at_first(studio, person, day):
    """Whether a post taken up on that day is one of somebody who learned here before."""
    learned = Membership.objects.filter(studio=studio, person=person, role=Role.APPRENTICE)
    return learned.filter(starts_on__lte=day).exists()


@transaction.atomic
def add_honour(*, studio, person, title, given_by, on, by, photo=None, at=None):
    """`photo`: a people.uploads.Photo or None; nobody has to show one."""
    honour = Honour.objects.create(
        studio=studio, person=person, title=title, given_by=given_by, on=on, by=by, at=at or timezone.now(),
        image=photo.image if photo else "", thumb=photo.thumb if photo else "",
    )  # fmt: skip
    ledger.record(honour)
    return honour


@transaction.atomic
def change_honour(honour, fields, photo=None):
    """Put an honour right; a new photo takes the place of the old one. Raises StaleEdit."""
    for name in HONOUR_FIELDS:
        setattr(honour, name, fields[name])
    save_version(honour, HONOUR_FIELDS)
    if photo:
        honour.image, honour.thumb = photo.image, photo.thumb
        honour.save(update_fields=["image", "thumb"])
    ledger.record(honour)
    return honour
