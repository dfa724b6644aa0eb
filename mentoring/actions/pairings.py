"""结对 and 调整结对: cohorts, groups, and which apprentice learns from whom."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from growth.actions import ledger
from people.actions.notices import tell
from people.models import Membership, Studio
from people.roles import MENTOR_ROLES, Role
from people.stale import Refused, save_version
from people.words import short_day

from ..models import Cohort, Group, Pairing, PairingChange
from ..models.pairing import CURRENT
from . import handovers

What = PairingChange.What


@transaction.atomic
def open_cohort(*, studio, name, starts_on, ends_on, capacity=None):
    """A new cohort; `capacity` defaults to the studio's."""
    return Cohort.objects.create(
        studio=studio,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        capacity=capacity or studio.pair_capacity,
    )


@transaction.atomic
def group_of(*, cohort, mentor):
    """The mentor's group in the cohort, made with the next number when there is none."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    found = Group.objects.filter(studio=cohort.studio_id, cohort=cohort, mentor=mentor).first()
    if found:
        return found
    _must_hold(mentor, cohort, MENTOR_ROLES, f"{mentor.name}不是本工作室的带教书记，请先在人员名册里加上")
    last = Group.objects.filter(cohort=cohort).aggregate(last=Max("number"))["last"] or 0
    return Group.objects.create(studio=cohort.studio, cohort=cohort, mentor=mentor, number=last + 1)


@transaction.atomic
def pair(
    *, cohort, mentor, apprentice, by, starts_on=None, goal="", kind=Pairing.Kind.GROUP, station=None,
    state=Pairing.State.ACTIVE, at=None,
):  # fmt: skip
    """Pair an apprentice with a mentor from `starts_on` (default: today, or the cohort's first day if later).

    `station`: the neighbourhood of a stationed mentor; left out, it is the apprentice's own.
    Refused when the apprentice has a mentor already, the mentor has no place left, the day lies outside the
    cohort, or one of the two has no such role in the studio.
    """
    starts_on = starts_on or max(cohort.starts_on, timezone.localdate(at))
    _must_lie_in(cohort, starts_on)
    _must_hold(apprentice, cohort, (Role.APPRENTICE,), f"{apprentice.name}还不是学员，请先在人员名册里加上")
    return _make(
        cohort=cohort,
        mentor=mentor,
        apprentice=apprentice,
        by=by,
        starts_on=starts_on,
        goal=goal,
        kind=kind,
        station=station_for(kind, apprentice, station),
        state=state,
        at=at or timezone.now(),
    )


@transaction.atomic
def pair_all(*, cohort, wanted, by, starts_on=None, kind=Pairing.Kind.GROUP, at=None):
    """Pair many at once, all or none. `wanted`: (mentor, apprentice); standing pairs are left."""
    made = []
    for mentor, apprentice in wanted:
        standing = Pairing.objects.current().filter(cohort=cohort, apprentice=apprentice).first()
        if standing is None or standing.mentor_id != mentor.pk:
            one = {"mentor": mentor, "apprentice": apprentice, "starts_on": starts_on, "kind": kind}
            made.append(pair(cohort=cohort, by=by, at=at, **one))
    return made


def station_for(kind, apprentice, station=None):
    """The neighbourhood of a stationed mentor, None for other kinds. Refused where it has a committee."""
    if kind != Pairing.Kind.STATIONED:
        return None
    place = station or apprentice.neighbourhood
    if place is None:
        raise Refused(f"{apprentice.name}还没有写居民区，不知道师傅驻在哪里，请先在人员名册里补上")
    if place.has_committee:
        raise Refused(f"{place.short_name}已经成立居委会了，驻点是给还没成立的居民区的")
    return place


@transaction.atomic
def set_kind(pairing, *, kind, station=None):
    """How the apprentice is taught: in the group, alone, or where the mentor is stationed."""
    if not pairing.is_current:
        raise Refused("这一对已经结束了，不用再改")
    keeps = station and station.pk == pairing.station_id
    pairing.station = station if keeps else station_for(kind, pairing.apprentice, station)
    pairing.station = pairing.station if kind == Pairing.Kind.STATIONED else None
    pairing.kind = kind
    with _sentences(pairing.apprentice, pairing.mentor, pairing.cohort):
        save_version(pairing, ("kind", "station"))
    return pairing


# --- 动态式调整 ---------------------------------------------------------------------------------------------


@transaction.atomic
def change_mentor(pairing, *, mentor, reason, by, note="", on=None, at=None):
    """换师傅: end this pair and begin the next one on the same day; returns the new pairing.

    The old mentor is asked for a hand-over note. A pair taught alone or on the spot stays so.
    """
    if mentor.pk == pairing.mentor_id:
        raise Refused(f"现在的师傅就是{mentor.called}，请换一位")
    on, at = on or timezone.localdate(at), at or timezone.now()
    _end(pairing, What.CHANGED, reason=reason, note=note, on=on, by=by, at=at)
    new = _make(
        cohort=pairing.cohort,
        mentor=mentor,
        apprentice=pairing.apprentice,
        by=by,
        starts_on=on,
        goal=pairing.goal,
        kind=pairing.kind,
        station=pairing.station,
        state=Pairing.State.ACTIVE,
        at=at,
        previous=pairing,
    )
    note = handovers.ask(new, by=by, at=at)
    text = f"{pairing.apprentice.name}从{on.month}月{on.day}日起改由{mentor.called}带教，请写几句交接"
    tell([pairing.mentor], text, link=note.get_absolute_url(), studio=pairing.studio, at=at)
    return new


@transaction.atomic
def pause(pairing, *, reason, by, note="", on=None, at=None):
    on = on or timezone.localdate(at)
    _not_ahead(on, at)
    _change(pairing, What.PAUSED, reason=reason, note=note, on=on, by=by, at=at)
    _tell_both(pairing, "结对暂停", at)


@transaction.atomic
def resume(pairing, *, by, reason=Pairing.Reason.BACK, note="", on=None, at=None):
    on = on or timezone.localdate(at)
    _not_ahead(on, at)
    _change(pairing, What.RESUMED, reason=reason, note=note, on=on, by=by, at=at)
    _tell_both(pairing, "结对继续", at)


@transaction.atomic
def end(pairing, *, reason, by, note="", on=None, at=None):
    """提前结束: `on` is the first day without."""
    _end(pairing, What.ENDED, reason=reason, note=note, on=on or timezone.localdate(at), by=by, at=at)
    _tell_both(pairing, "结对提前结束", at)


@transaction.atomic
def finish(pairing, *, by, note="", at=None):
    """期满: the pair has lasted to the last day of the cohort. Refused before that day has come."""
    last = pairing.cohort.ends_on
    if timezone.localdate(at) < last:
        raise Refused(f"本期到{short_day(last)}才期满。早于那天，请办“提前结束”")
    term = {"reason": Pairing.Reason.TERM, "note": note, "by": by, "at": at}
    pairing.ends_on = last + timedelta(days=1)
    _change(pairing, What.FINISHED, on=last, more=("ends_on",), **term)
    _tell_both(pairing, "结对期满", at)


@transaction.atomic
def finish_all(cohort, *, by, at=None):
    """期满 for every pair of the cohort that still stands; returns how many."""
    pairs = list(Pairing.objects.current().filter(cohort=cohort).select_related(*TOLD))
    for pairing in pairs:
        finish(pairing, by=by, at=at)
    return len(pairs)


# --- parts --------------------------------------------------------------------------------------------------

# What telling people about a pair needs.
TOLD = ("studio", "cohort", "mentor", "apprentice", "station")
# From which states, and to which, a change leads.
MOVES = {
    What.PAUSED: ({Pairing.State.ACTIVE}, Pairing.State.PAUSED),
    What.RESUMED: ({Pairing.State.PAUSED}, Pairing.State.ACTIVE),
    What.CHANGED: (set(CURRENT), Pairing.State.CHANGED),
    What.ENDED: (set(CURRENT), Pairing.State.CHANGED),
    What.FINISHED: (set(CURRENT), Pairing.State.ENDED),
}


def _make(*, cohort, mentor, apprentice, by, at, **fields):
    # Who pairs and who ends a mentor's role wait for each other: nobody is left with one who has gone.
    Studio.objects.select_for_update(no_key=True).get(pk=cohort.studio_id)
    gone = f"{mentor.name}不是本工作室的带教书记，请先在人员名册里加上"
    _must_hold(mentor, cohort, MENTOR_ROLES, gone, still=True)
    group = group_of(cohort=cohort, mentor=mentor)
    _must_be_free(apprentice, cohort)
    _must_have_room(group, cohort, mentor, fields["kind"])
    with _sentences(apprentice, mentor, cohort):
        pairing = Pairing.objects.create(
            studio=cohort.studio, cohort=cohort, group=group, mentor=mentor, apprentice=apprentice,
            made_by=by, made_at=at, **fields,
        )  # fmt: skip
    ledger.record(pairing)
    _tell_both(pairing, "结对了", at)
    return pairing


def _must_be_free(apprentice, cohort):
    current = Pairing.objects.current().filter(studio=cohort.studio_id, apprentice=apprentice)
    standing = current.select_related("mentor", "cohort").first()
    if standing and standing.cohort_id == cohort.pk:
        raise Refused(f"{apprentice.name}在本期已经有师傅了（{standing.mentor.called}），要换请用“调整结对”")
    if standing:
        raise Refused(
            f"{apprentice.name}在{standing.cohort}还跟着{standing.mentor.called}，请先把那一期的结对结束"
        )


def _must_have_room(group, cohort, mentor, kind):
    kinds = list(Pairing.objects.current().filter(group=group).values_list("kind", flat=True))
    if len(kinds) >= cohort.capacity:
        raise Refused(f"{mentor.called}已经带了{cohort.capacity}位，满了。请换一位师傅，或在期次里改人数")
    if kinds and Pairing.Kind.SINGLE in (kind, *kinds):
        raise Refused(f"一对一的师傅只带一位，{mentor.called}已经带了{len(kinds)}位")


def _end(pairing, what, *, on, **why):
    pairing.ends_on = on
    _change(pairing, what, on=on, more=("ends_on",), **why)


def _change(pairing, what, *, reason, note, on, by, at, more=()):
    allowed, state = MOVES[what]
    if pairing.state not in allowed:
        raise Refused(f"这一对现在是“{pairing.get_state_display()}”，不能改成“{what.label}”")
    if on < pairing.starts_on:
        raise Refused(f"日子不能早于结对开始的{short_day(pairing.starts_on)}")
    before = pairing.changes.order_by("-on", "-pk").first()
    if before and on < before.on:
        raise Refused(f"日子不能早于上一次调整的{short_day(before.on)}")
    pairing.state, pairing.end_reason, pairing.end_note = state, reason, note
    if what == What.RESUMED:
        pairing.end_reason = pairing.end_note = ""
    save_version(pairing, ("state", "end_reason", "end_note", *more))
    change = PairingChange.objects.create(
        studio=pairing.studio, pairing=pairing, what=what, on=on, reason=reason, note=note, by=by,
        at=at or timezone.now(),
    )  # fmt: skip
    ledger.record(pairing)
    ledger.record(change)


def _not_ahead(on, at):
    if on > timezone.localdate(at):
        raise Refused("这一天还没有到，请到那天再办")


def _tell_both(pairing, what, at):
    link, mentor, apprentice = pairing.get_absolute_url(), pairing.mentor, pairing.apprentice
    tell([mentor], f"您和{apprentice.name}{what}", link=link, studio=pairing.studio, at=at)
    tell([apprentice], f"您和{mentor.called}{what}", link=link, studio=pairing.studio, at=at)


def _must_lie_in(cohort, day):
    if not cohort.starts_on <= day <= cohort.ends_on:
        first, last = cohort.starts_on, cohort.ends_on
        raise Refused(
            f"开始的日子要在本期里面（{first.year}年{first.month}月{first.day}日到{last.year}年{last.month}月{last.day}日）"
        )


def _must_hold(person, cohort, roles, sentence, *, still=False):
    """Refused unless the person holds one of the roles at some time of the cohort; `still`: even now."""
    since = max(cohort.starts_on, timezone.localdate()) if still else cohort.starts_on
    held = Membership.objects.filter(person=person, studio=cohort.studio_id, role__in=roles)
    if not any(one.ends_on is None or one.ends_on >= since for one in held):
        raise Refused(sentence)


@contextmanager
def _sentences(apprentice, mentor, cohort):
    """The database has the last word when two people pair at once; say it in a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "pairing_capacity" in str(error):
            raise Refused(f"{mentor.called}已经带满{cohort.capacity}位了，请换一位师傅") from error
        if "pairing_single" in str(error):
            raise Refused(f"一对一的师傅只带一位，{mentor.called}已经有徒弟了") from error
        if "one_current_mentor_per_apprentice" in str(error):
            raise Refused(f"{apprentice.name}已经有师傅了，请看看结对记录") from error
        if "pairing_periods_do_not_overlap" in str(error):
            raise Refused(f"{apprentice.name}这段时间已经有师傅了，请看看结对记录") from error
        raise
