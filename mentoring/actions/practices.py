"""做法: bringing one back, trying one, saying what came of it. Each writes the ledger and the next step."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from growth.actions import ledger, next_steps
from growth.models import NextStep
from people.actions import drafts
from people.actions.notices import tell
from people.stale import Refused, save_version

from ..models import Pairing, Practice, Uptake
from ..models.practice import CHECK_DAYS

WRITTEN = ("name", "what", "place")
NEW = "practice-new"
ALREADY = "您已经在试这个做法了"


def bring_key(visit):
    """Name of the autosaved draft of 带回一条."""
    return f"visit-{visit.pk}-bring" if visit else NEW


def check_key(uptake):
    return f"uptake-{uptake.pk}-check"


@transaction.atomic
def bring_back(*, studio, person, name, what, place, plan, visit=None, seen_on=None, at=None):
    """带回一条: a practice and what its seer will try at home; the own mentors are told.

    One for each participant of a visit: raises Refused for a second.
    """
    at = at or timezone.now()
    if visit and Practice.objects.filter(visit=visit, seen_by=person).exists():
        raise Refused("这次观摩您已经带回一条了，可以去改")
    practice = Practice.objects.create(
        studio=studio, name=name, what=what, place=place, seen_by=person, visit=visit, at=at,
        seen_on=seen_on or (visit.on if visit else timezone.localdate(at)),
    )  # fmt: skip
    ledger.record(practice)
    _begin(practice, person, plan, at)
    drafts.clear(person, bring_key(visit))
    pairs = Pairing.objects.current().filter(studio=studio, apprentice=person).select_related("mentor")
    text = f"{person.name}带回一条做法：{name}"
    tell([pair.mentor for pair in pairs], text, link=practice.get_absolute_url(), studio=studio, at=at)
    return practice


@transaction.atomic
def edit(practice, *, name, what, place):
    practice.name, practice.what, practice.place = name, what, place
    save_version(practice, WRITTEN)
    ledger.record(practice)
    return practice


@transaction.atomic
def take_up(practice, *, person, plan, at=None):
    """我也试试: a plan and a day of one's own; who brought it back is told."""
    at = at or timezone.now()
    if Uptake.objects.filter(practice=practice, person=person).exists():
        raise Refused(ALREADY)
    uptake = _begin(practice, person, plan, at)
    if practice.seen_by_id != person.pk:
        text = f"{person.called}也来试您带回的“{practice.name}”"
        tell([practice.seen_by], text, link=practice.get_absolute_url(), studio=practice.studio, at=at)
    return uptake


@transaction.atomic
def check(uptake, *, result, told, by, at=None):
    """What came of it. The next step is done; who brought the practice back hears of it."""
    at = at or timezone.now()
    if uptake.checked_at:
        raise Refused("这个做法的结果已经说过了")
    uptake.result, uptake.told, uptake.checked_at, uptake.checked_by = result, told, at, by
    save_version(uptake, ("result", "told", "checked_at", "checked_by"))
    for step in next_steps.of_source(uptake):
        next_steps.close(step, by=by, state=NextStep.State.DONE, at=at)
    ledger.record(uptake)
    drafts.clear(by, check_key(uptake))
    practice = uptake.practice
    if practice.seen_by_id != by.pk:
        text = f"{by.called}试了“{practice.name}”：{uptake.get_result_display()}"
        tell([practice.seen_by], text, link=practice.get_absolute_url(), studio=practice.studio, at=at)
    return uptake


@transaction.atomic
def check_later(uptake, *, on, told="", by):
    """还在试: another day to look at it; what is known so far is kept."""
    if uptake.checked_at:
        raise Refused("这个做法的结果已经说过了")
    uptake.check_on, uptake.told = on, told
    save_version(uptake, ("check_on", "told"))
    next_steps.of_source(uptake).update(due_on=on)
    drafts.clear(by, check_key(uptake))
    return uptake


def _begin(practice, person, plan, at):
    check_on = timezone.localdate(at) + timedelta(days=CHECK_DAYS)
    uptake = Uptake.objects.create(
        studio=practice.studio, practice=practice, person=person, plan=plan, check_on=check_on, at=at
    )
    next_steps.assign(
        studio=practice.studio, person=person, text=f"试“{practice.name}”，到时候说说怎么样",
        origin=NextStep.Origin.STUDY, by=person, due_on=check_on, source=uptake,
        link=practice.get_absolute_url(), report_link=reverse("mentoring:uptake-check", args=[uptake.pk]),
        at=at,
    )  # fmt: skip
    ledger.record(uptake)
    return uptake
