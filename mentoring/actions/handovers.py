"""交接: the old mentor is asked, writes, and the new one reads."""

from django.db import transaction
from django.utils import timezone

from people.actions import drafts
from people.actions.notices import tell
from people.stale import Refused, save_version

from ..models import Handover

State = Handover.State
PARTS = ("taught", "unfinished", "care")


@transaction.atomic
def ask(pairing, *, by, at=None):
    """Ask the mentor of the pair before this one for a note to the mentor of this one."""
    return Handover.objects.create(
        studio=pairing.studio,
        pairing=pairing,
        from_mentor=pairing.previous.mentor,
        to_mentor=pairing.mentor,
        asked_by=by,
        asked_at=at or timezone.now(),
    )


def draft_key(handover):
    return f"handover-{handover.pk}"


@transaction.atomic
def write(handover, *, by, at=None, **parts):
    """Send the note, or change what was sent. `parts`: words for PARTS; staff write what the mentor says."""
    if handover.state == State.WAIVED:
        raise Refused("街道说这次不用写交接了")
    first, at = not handover.is_sent, at or timezone.now()
    for name in PARTS:
        setattr(handover, name, parts.get(name, "").strip())
    if not any(getattr(handover, name) for name in PARTS):
        raise Refused("请至少写一样：带到哪里了、还没做完的，或者要留意的")
    handover.state, handover.sent_by = State.SENT, by
    handover.sent_at = at
    save_version(handover, (*PARTS, "state", "sent_by", "sent_at"))
    drafts.clear(by, draft_key(handover))
    apprentice = handover.pairing.apprentice.name
    what = f"{handover.from_mentor.called}写了{apprentice}的交接" + ("" if first else "，后来又改过")
    tell([handover.to_mentor], what, link=handover.get_absolute_url(), studio=handover.studio, at=at)
    return handover


@transaction.atomic
def waive(handover):
    """不用写了: the old mentor is not asked any more."""
    if handover.state != State.ASKED:
        raise Refused("交接已经写好了，或者已经说过不用写")
    handover.state = State.WAIVED
    save_version(handover, ("state",))
    return handover
