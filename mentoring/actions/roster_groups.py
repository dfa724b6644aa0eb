"""From an imported roster to a cohort with its groups and pairs."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from people.actions.roster_import import Imported, RosterDesk, import_people
from people.roster import Roster
from people.stale import Refused

from ..models import Cohort, Pairing
from .pairings import open_cohort, pair


@dataclass
class Paired:
    """How many groups and pairs were made; `left` are (name, sentence) of those who were not paired."""

    groups: int = 0
    pairs: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def bring_in(
    *, desk: RosterDesk, roster: Roster, choices, by, cohort=None, new_cohort=None, pairing=True, at=None
):
    """Write the people, the cohort and the pairs of a roster, or nothing.

    `new_cohort` is {"name", "starts_on", "ends_on"}; with neither it nor `cohort` only people are written.
    Returns (Imported, Cohort | None, Paired). Raises Refused.
    """
    at = at or timezone.now()
    studio = desk.studio
    imported = import_people(desk=desk, roster=roster, choices=choices, by=by, at=at)
    if cohort is None and new_cohort:
        cohort = Cohort.objects.filter(studio=studio, name=new_cohort["name"]).first()
        cohort = cohort or open_cohort(studio=studio, **new_cohort)
    paired = Paired()
    if cohort and pairing:
        paired = pair_up(cohort=cohort, roster=roster, imported=imported, by=by, at=at)
    return imported, cohort, paired


@transaction.atomic
def pair_up(*, cohort, roster: Roster, imported: Imported, by, at=None) -> Paired:
    """Pair as the roster says, from the first day of the cohort. A refused pair leaves the others be."""
    done = Paired()
    before = cohort.groups.count()
    standing = set(Pairing.objects.current().filter(cohort=cohort).values_list("mentor", "apprentice"))
    for group in roster.groups:
        mentor = imported.people.get(group.mentor.mobile if group.mentor else group.known_mobile)
        apprentices = [imported.people[entry.mobile] for entry in group.apprentices if mentor]
        for apprentice in apprentices:
            if (mentor.pk, apprentice.pk) in standing:
                continue
            try:
                pair(
                    cohort=cohort,
                    mentor=mentor,
                    apprentice=apprentice,
                    by=by,
                    starts_on=cohort.starts_on,
                    at=at,
                )
                done.pairs += 1
            except Refused as refusal:
                done.left.append((apprentice.name, str(refusal)))
    done.groups = cohort.groups.count() - before
    return done
