"""A mentor leaves: every apprentice gets a successor or an end, then role and letter may be closed."""

from datetime import timedelta

from django.db import transaction

from people.actions import persons
from people.stale import Refused

from ..models import Pairing
from . import appointments, pairings


@transaction.atomic
def settle(*, mentor, studio, settled, on, reason, by, note="", roles=(), letters=(), at=None):
    """All or nothing. `settled`: (pairing, successor or None for an end); `on`: the first day without him.

    `roles` (memberships) and `letters` (appointments) are closed with the day before. Refused when an
    apprentice is left out; StaleEdit when somebody changed a pair meanwhile.
    """
    why = {"reason": reason, "note": note, "on": on, "by": by, "at": at}
    for pairing, successor in settled:
        if successor is None:
            pairings.end(pairing, **why)
        else:
            pairings.change_mentor(pairing, mentor=successor, **why)
    left = Pairing.objects.current().filter(studio=studio, mentor=mentor).select_related("apprentice")
    names = "、".join(pairing.apprentice.name for pairing in left)
    if names:
        raise Refused(f"{names}刚刚也跟了{mentor.called}，还没有安排。请再看一遍名单")
    last = on - timedelta(days=1)
    said = note or Pairing.Reason(reason).label
    for letter in letters:
        appointments.end(letter, on=last, reason=said, at=at)
    for membership in roles:
        persons.end_role(membership, on=max(last, membership.starts_on), by=by, at=at)
    return mentor
