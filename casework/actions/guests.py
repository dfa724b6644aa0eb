"""Asking somebody from outside to one case, by a link; and what the guest says."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from people import scoped_links
from people.actions import notices
from people.actions.drafts import KEEP_DAYS
from people.stale import Refused, StaleEdit, save_version

from ..guest_link import PURPOSE
from ..models import CaseGuest, GuestDraft, Opinion, State
from .consultations import OVER
from .locking import locked


@transaction.atomic
def invite(*, case, organisation, name, post="", speaks_for=CaseGuest.SpeaksFor.SELF, by, days=0, at=None):
    """(guest, FreshLink or None). Without `days` no link is made: for who speaks at a meeting.

    Somebody who was asked in this round already is not asked twice; a fresh link is made all the same.
    """
    case, at = locked(case), at or timezone.now()
    if case.state != State.CONSULTING:
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，不在会诊里，不用再请人")
    guest, _ = CaseGuest.objects.get_or_create(
        studio=case.studio, case=case, round=case.round, organisation=organisation, name=name,
        defaults={"post": post, "speaks_for": speaks_for, "invited_by": by, "invited_at": at},
    )  # fmt: skip
    guest.case = case
    return guest, _link(guest, days, by, at) if days else None


@transaction.atomic
def new_link(*, guest, days, by, at=None):
    """Another link for a guest whose first one is lost; the older ones stop working."""
    case, at = locked(guest.case), at or timezone.now()
    if case.state != State.CONSULTING or guest.round != case.round:
        raise Refused("这一轮会诊已经结束了，不用再发链接")
    scoped_links.revoke_all(PURPOSE, guest, by=by, at=at)
    return _link(guest, days, by, at)


def _link(guest, days, by, at):
    return scoped_links.issue(purpose=PURPOSE, target=guest, holder=guest.called, days=days, by=by, at=at)


@transaction.atomic
def say(*, guest, text, version=0, by=None, at=None):
    """The guest's one opinion of the round: given, or changed until the prescription.

    `version` is that of the text the guest began from, 0 for the first; `by` is who writes it down for the
    guest at a meeting. Raises Refused, StaleEdit.
    """
    case, at = locked(guest.case), at or timezone.now()
    if case.state != State.CONSULTING or guest.round != case.round:
        raise Refused(OVER)
    GuestDraft.objects.filter(guest=guest).delete()
    opinion = case.opinions.filter(round=case.round, guest=guest).first()
    if opinion is None:
        opinion = Opinion.objects.create(
            studio=case.studio, case=case, round=case.round, guest=guest, text=text, written_by=by, at=at
        )
        told = f"{guest.called}给“{case.title}”出了主意"
        notices.tell([case.chair], told, link=opinion.get_absolute_url(), studio=case.studio, at=at)
        return opinion
    if opinion.text == text:
        return opinion
    if version != opinion.version:
        raise StaleEdit(opinion, ("text",))
    opinion.text = text
    save_version(opinion, ("text",))
    return opinion


@transaction.atomic
def keep_draft(*, guest, text, rev, at=None):
    """What the guest has typed so far; an older text never replaces a newer one. Nothing once it is sent."""
    at = at or timezone.now()
    sent = Opinion.objects.filter(guest=guest, round=guest.round, text=text.strip()).exists()
    if sent or not text.strip():
        return
    GuestDraft.objects.filter(saved_at__lt=at - timedelta(days=KEEP_DAYS)).delete()
    kept = {"data": {"text": text}, "rev": rev, "saved_at": at}
    draft, made = GuestDraft.objects.get_or_create(
        guest=guest, defaults={"studio_id": guest.studio_id, **kept}
    )
    if not made:
        GuestDraft.objects.filter(pk=draft.pk, rev__lte=rev).update(**kept)


def draft_of(guest):
    """The words that were typed and not sent, or ""."""
    draft = GuestDraft.objects.filter(guest=guest).first()
    return draft.data.get("text", "") if draft else ""
