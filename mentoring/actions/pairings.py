"""结对 and 调整结对: cohorts, groups, and which apprentice learns from whom."""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from growth.actions import ledger
from people.actions.notices import tell
from people.models import Membership
from people.roles import MENTOR_ROLES, Role
from people.stale import Refused, save_version

from ..models import Cohort, Group, Pairing
from ..models.pairing import CURRENT


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
def pair(*, cohort, mentor, apprentice, by, starts_on=None, goal="", state=Pairing.State.ACTIVE, at=None):
    """Pair an apprentice with a mentor from `starts_on` (default: today, or the cohort's first day if later).

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
        state=state,
        at=at or timezone.now(),
    )


@transaction.atomic
def pair_all(*, cohort, wanted, by, starts_on=None, at=None):
    """Pair many at once, all or none. `wanted`: (mentor, apprentice); standing pairs are left."""
    made = []
    for mentor, apprentice in wanted:
        standing = Pairing.objects.current().filter(cohort=cohort, apprentice=apprentice).first()
        if standing is None or standing.mentor_id != mentor.pk:
            made.append(
                pair(cohort=cohort, mentor=mentor, apprentice=apprentice, by=by, starts_on=starts_on, at=at)
            )
    return made


@transaction.atomic
def change_mentor(pairing, *, mentor, reason, by, note="", on=None, at=None):
    """换师傅: end this pair and begin the next one on the same day; returns the new pairing."""
    if mentor.pk == pairing.mentor_id:
        raise Refused(f"现在的师傅就是{mentor.called}，请换一位")
    on = on or timezone.localdate(at)
    _end(pairing, Pairing.State.CHANGED, reason=reason, note=note, on=on)
    new = _make(
        cohort=pairing.cohort,
        mentor=mentor,
        apprentice=pairing.apprentice,
        by=by,
        starts_on=on,
        goal=pairing.goal,
        state=Pairing.State.ACTIVE,
        at=at or timezone.now(),
        previous=pairing,
    )
    text = f"{pairing.apprentice.name}从{on.month}月{on.day}日起改由{mentor.called}带教"
    tell([pairing.mentor], text, link=pairing.get_absolute_url(), studio=pairing.studio, at=at)
    return new


@transaction.atomic
def pause(pairing, *, reason, by, note="", at=None):
    _change(pairing, {Pairing.State.ACTIVE}, Pairing.State.PAUSED, reason=reason, note=note)
    _tell_both(pairing, "结对暂停", at)


@transaction.atomic
def resume(pairing, *, by, at=None):
    _change(pairing, {Pairing.State.PAUSED}, Pairing.State.ACTIVE, reason="", note="")
    _tell_both(pairing, "结对继续", at)


@transaction.atomic
def end(pairing, *, reason, by, note="", on=None, at=None):
    """提前结束."""
    _end(pairing, Pairing.State.ENDED, reason=reason, note=note, on=on or timezone.localdate(at))
    _tell_both(pairing, "结对结束", at)


# --- parts --------------------------------------------------------------------------------------------------


def _make(*, cohort, mentor, apprentice, by, at, **fields):
    group = group_of(cohort=cohort, mentor=mentor)
    standing = (
        Pairing.objects.current()
        .filter(cohort=cohort, apprentice=apprentice)
        .select_related("mentor")
        .first()
    )
    if standing:
        raise Refused(f"{apprentice.name}在本期已经有师傅了（{standing.mentor.called}），要换请用“调整结对”")
    if Pairing.objects.current().filter(group=group).count() >= cohort.capacity:
        raise Refused(f"{mentor.called}已经带了{cohort.capacity}位，满了。请换一位师傅，或在期次里改人数")
    with _sentences(apprentice, mentor, cohort):
        pairing = Pairing.objects.create(
            studio=cohort.studio, cohort=cohort, group=group, mentor=mentor, apprentice=apprentice,
            made_by=by, made_at=at, **fields,
        )  # fmt: skip
    ledger.record(pairing)
    _tell_both(pairing, "结对了", at)
    return pairing


def _end(pairing, state, *, reason, note, on):
    if on < pairing.starts_on:
        raise Refused(f"结束的日子不能早于开始的{pairing.starts_on.month}月{pairing.starts_on.day}日")
    pairing.ends_on = on
    _change(pairing, set(CURRENT), state, reason=reason, note=note, more=("ends_on",))


def _change(pairing, allowed, state, *, reason, note, more=()):
    if pairing.state not in allowed:
        raise Refused(f"这一对现在是“{pairing.get_state_display()}”，不能改成“{Pairing.State(state).label}”")
    pairing.state, pairing.end_reason, pairing.end_note = state, reason, note
    save_version(pairing, ("state", "end_reason", "end_note", *more))
    ledger.record(pairing)


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


def _must_hold(person, cohort, roles, sentence):
    """Refused unless the person holds one of the roles in the studio at some time of the cohort."""
    held = Membership.objects.filter(person=person, studio=cohort.studio_id, role__in=roles)
    if not any(one.ends_on is None or one.ends_on >= cohort.starts_on for one in held):
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
        if "pairing_periods_do_not_overlap" in str(error):
            raise Refused(f"{apprentice.name}这段时间已经有师傅了，请看看结对记录") from error
        raise
