"""结对的经过: pairs and their changes told in sentences, the first one first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from people.kept import KeptQuery
from people.words import short_day

from .models import Pairing, PairingChange

What = PairingChange.What
# What a story reads of each pair; its changes are asked beside it.
ALONG = ("mentor", "apprentice", "station", "cohort")


@dataclass(frozen=True)
class Sentence:
    on: date
    text: str
    url: str = ""


def pairs_in(queryset):
    """The queryset with all that `story` needs, in order."""
    return queryset.select_related(*ALONG).order_by("starts_on", "pk")


_CHANGES = KeptQuery(
    lambda person, pairs: PairingChange.objects.filter(pairing__in=[pairs]).order_by("pairing", "pk")
)


def story(pairs):
    """Sentences about these pairs. Where both are there, the successor's tells of a change of mentor."""
    pairs, changes = list(pairs), defaultdict(list)
    for change in _CHANGES.all(pairs=[pair.pk for pair in pairs]):
        changes[change.pairing_id].append(change)
    ended = {pk: one for pk, found in changes.items() for one in found if one.what == What.CHANGED}
    followed = {pair.previous_id for pair in pairs}
    found = []
    for pair in pairs:
        if pair.state != Pairing.State.PROPOSED:
            found.append(Sentence(pair.starts_on, _began(pair, ended), pair.get_absolute_url()))
        for change in changes[pair.pk]:
            if change.what != What.CHANGED or pair.pk not in followed:
                found.append(Sentence(change.on, _changed(pair, change)))
    return sorted(found, key=lambda one: one.on)


def _began(pair, ended):
    day, mentor, apprentice = short_day(pair.starts_on), pair.mentor.called, pair.apprentice.name
    how = {
        Pairing.Kind.SINGLE: "，一对一带",
        Pairing.Kind.STATIONED: f"，师傅驻在{pair.station}" if pair.station_id else "",
    }.get(pair.kind, "")
    if pair.previous_id is None:
        return f"{day}起，{apprentice}跟{mentor}结对{how}。"
    change = ended.get(pair.previous_id)
    return f"{day}起，{apprentice}改由{mentor}带教{how}{_why(change)}。"


def _changed(pair, change):
    day, both = short_day(change.on), f"{pair.mentor.called}和{pair.apprentice.name}的结对"
    return {
        What.PAUSED: f"{day}起，{both}暂停{_why(change)}。",
        What.RESUMED: f"{day}起，{both}继续{_why(change)}。",
        What.ENDED: f"{day}，{both}提前结束{_why(change)}。",
        What.FINISHED: f"{day}，{both}期满。",
        What.CHANGED: f"{day}，{both}结束，改由别的师傅带教{_why(change)}。",
    }[change.what]


def _why(change):
    return f"（{change.why}）" if change and change.why else ""
