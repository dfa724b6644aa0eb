"""疗效评价 and 结案."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from people.actions import notices
from people.models import Person
from people.stale import Refused, save_version

from ..models import Opinion, Outcome, State
from .ground import move
from .locking import locked

FIELDS = ("result", "residents", "best_move", "learned")


@transaction.atomic
def evaluate(*, case, side, result, by, residents="", best_move="", learned=(), at=None):
    """One side's evaluation of this round. Raises Refused when it is there already or the case moved on."""
    case, at = locked(case), at or timezone.now()
    _still_reviewing(case)
    if case.outcomes.filter(round=case.round, side=side).exists():
        raise Refused("这一方已经评过了")
    outcome = Outcome.objects.create(
        studio=case.studio, case=case, round=case.round, side=side, result=result, residents=residents,
        best_move=best_move, learned=list(learned), by=by, at=at,
    )  # fmt: skip
    given = list(case.outcomes.filter(round=case.round))
    for one in given:  # with the second one, the first may be told in full
        one.case = case
        ledger.record(one)
    if len(given) == len(Outcome.Side):
        text = f"“{case.title}”两边都评过疗效了，可以结案"
        notices.tell([case.chair], text, link=outcome.get_absolute_url(), studio=case.studio, at=at)
    return outcome


@transaction.atomic
def change(*, outcome, by, at=None, **values):
    """Change one's own evaluation while the other side has not spoken. `outcome.version` is the editor's."""
    case = locked(outcome.case)
    _still_reviewing(case)
    if outcome.round != case.round or case.outcomes.filter(round=case.round).exclude(pk=outcome.pk).exists():
        raise Refused("另一方也评过了，这份评价不能再改")
    for name in FIELDS:
        setattr(outcome, name, values[name])
    save_version(outcome, FIELDS)
    outcome.case = case
    ledger.record(outcome)
    return outcome


@transaction.atomic
def close(*, case, by, reason="", at=None):
    """结案. Both sides have evaluated; or the time for it is over, and then with a reason. Raises Refused."""
    case, at = locked(case), at or timezone.now()
    _still_reviewing(case)
    sides = case.outcomes.filter(round=case.round).count()
    if sides < len(Outcome.Side):
        if case.due_on and timezone.localdate(at) <= case.due_on:
            raise Refused("还有一方没有评疗效，等两边都评了再结案")
        if not reason.strip():
            raise Refused("有一方没有评疗效，请写一句为什么现在结案")
    move(case, State.CLOSED, by=by, note=reason, at=at)
    spoke = Person.objects.filter(pk__in=Opinion.objects.filter(case=case).values("author"))
    looks = Person.objects.filter(pk__in=case.prescriptions.values("followup_by"))
    told = {case.owner, case.chair, *spoke, *looks} - {by, None}
    notices.tell(told, f"“{case.title}”结案了", link=case.get_absolute_url(), studio=case.studio, at=at)
    return case


def _still_reviewing(case):
    if case.state != State.REVIEWING:
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，不在评疗效")
