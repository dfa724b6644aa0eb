"""短板 named, aims proposed, agreed on and closed."""

from django.db import transaction
from django.utils import timezone

from people.actions.notices import tell
from people.models import Person
from people.stale import Refused, save_version

from ..models import Aim, NextStep, Weakness
from ..models.aim import MOST_AIMS
from . import ledger, next_steps

WEAKNESS = ("against", "measure", "text", "competency")
NO_MORE = f"这半年已经有{MOST_AIMS}个目标了。先做好这几个，或者放下一个再加"


@transaction.atomic
def name_weakness(*, studio, person, against, text, measure="", competency="", on=None):
    return Weakness.objects.create(
        studio=studio,
        person=person,
        against=against,
        text=text,
        measure=measure,
        competency=competency,
        named_on=on or timezone.localdate(),
    )


@transaction.atomic
def correct_weakness(weakness, **given):
    for name in WEAKNESS:
        setattr(weakness, name, given[name])
    save_version(weakness, WEAKNESS)
    for aim in weakness.aims.all():
        ledger.record(aim)
    return weakness


@transaction.atomic
def overcome(weakness, *, on=None):
    """The person found that it is made good."""
    weakness.overcome_on = max(on or timezone.localdate(), weakness.named_on)
    save_version(weakness, ("overcome_on",))
    return weakness


@transaction.atomic
def propose(*, studio, person, year, half, text, sign, weakness=None, by, at=None):
    """An aim the mentor is asked about. Refused when the half-year holds three already."""
    at = at or timezone.now()
    # One after the other: two tabs must not take the same place.
    Person.objects.select_for_update().only("pk").get(pk=person.pk)
    taken = set(
        Aim.objects.filter(studio=studio, person=person)
        .in_half(year, half)
        .exclude(state=Aim.State.DROPPED)
        .values_list("slot", flat=True)
    )
    free = [slot for slot in range(1, MOST_AIMS + 1) if slot not in taken]
    if not free:
        raise Refused(NO_MORE)
    aim = Aim.objects.create(
        studio=studio,
        person=person,
        year=year,
        half=half,
        slot=free[0],
        text=text,
        sign=sign,
        weakness=weakness,
        proposed_at=at,
    )
    told = [one for one in person.standing.mentors if one.pk != by.pk]
    tell(
        told,
        f"{person.name}想和您商定一个目标：{text[:40]}",
        link=aim.get_absolute_url(),
        studio=studio,
        at=at,
    )
    return aim


@transaction.atomic
def agree(aim, *, text, sign, by, at=None):
    """The mentor's yes, perhaps in other words; from now on it stands in 接下来."""
    at = at or timezone.now()
    if aim.state != Aim.State.PROPOSED:
        raise Refused("这个目标已经商定过了")
    aim.text, aim.sign = text, sign
    aim.state, aim.agreed_at, aim.agreed_by = Aim.State.AGREED, at, by
    save_version(aim, ("text", "sign", "state", "agreed_at", "agreed_by"))
    ledger.record(aim)
    next_steps.assign(
        studio=aim.studio,
        person=aim.person,
        text=f"{aim.text}（{aim.sign}）"[:200],
        origin=NextStep.Origin.AIM,
        by=by,
        due_on=aim.due_on,
        source=aim,
        link=aim.get_absolute_url(),
        report_link=aim.get_absolute_url(),
        at=at,
    )
    said = f"{by.called}和您商定了目标：{aim.text[:40]}"
    tell([aim.person], said, link=aim.get_absolute_url(), studio=aim.studio, at=at)
    return aim


@transaction.atomic
def close(aim, *, state, word="", by, at=None):
    """做到了, 还没做到, or 不做了; the next step goes with it."""
    at = at or timezone.now()
    if not aim.is_open:
        raise Refused("这个目标已经收好了")
    if state != Aim.State.DROPPED and aim.state != Aim.State.AGREED:
        raise Refused("这个目标还没商定，先和师傅说定再收")
    aim.state, aim.word, aim.closed_at, aim.closed_by = state, word, at, by
    save_version(aim, ("state", "word", "closed_at", "closed_by"))
    ledger.record(aim)
    done = NextStep.State.DONE if state == Aim.State.REACHED else NextStep.State.DROPPED
    for step in next_steps.of_source(aim).open():
        next_steps.close(step, by=by, state=done, at=at)
    if by.pk != aim.person_id:
        said = f"{by.called}看了您的目标：{aim.get_state_display()}"
        tell([aim.person], said, link=aim.get_absolute_url(), studio=aim.studio, at=at)
    return aim
