"""会诊 online: giving opinions, asking back, answering."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from people.actions import notices
from people.models import Person
from people.stale import Refused, save_version

from ..models import Clarification, Opinion, State
from .ground import PAUSED, due_after_pause, pause
from .locking import locked

OVER = "这一轮会诊已经结束了，意见不能再改"


@transaction.atomic
def give_opinion(*, case, author, text, by, methods=(), at=None):
    """Keep the author's opinion of the present round; `by` is the author, or the staff who wrote it down.

    Raises Refused when the consultation is over or the author has spoken in this round.
    """
    case, at = locked(case), at or timezone.now()
    _still_consulting(case)
    if case.opinions.filter(round=case.round, author=author).exists():
        who = "您" if author == by else author.called
        raise Refused(f"{who}在这一轮已经提过意见了，可以在原来的那条上改")
    opinion = Opinion.objects.create(
        studio=case.studio, case=case, round=case.round, author=author, text=text, written_by=by, at=at
    )
    opinion.methods.set(methods)
    ledger.record(opinion)
    if case.chair != author:
        text = f"{author.called}给“{case.title}”出了主意"
        notices.tell([case.chair], text, link=opinion.get_absolute_url(), studio=case.studio, at=at)
    return opinion


@transaction.atomic
def change_opinion(*, opinion, text, by, methods=(), at=None):
    """Change an opinion until it is prescribed on. Raises StaleEdit, or Refused when the round is over."""
    case = locked(opinion.case)
    _still_consulting(case)
    if opinion.round != case.round:
        raise Refused(OVER)
    opinion.text = text
    save_version(opinion, ("text",))
    opinion.methods.set(methods)
    return opinion


@transaction.atomic
def ask(*, case, question, by=None, guest=None, at=None):
    """先问清楚: one question to the owner; everybody in the consultation reads it. `guest`: asked by a link.

    A guest's second tap finds the question there already.
    """
    case, at = locked(case), at or timezone.now()
    _still_consulting(case)
    if guest:
        if guest.round != case.round:
            raise Refused("这一轮会诊已经结束了，不用再问")
        there = case.clarifications.filter(guest=guest, question=question, answered_at=None).first()
        if there:
            return there
    asked = Clarification.objects.create(
        studio=case.studio, case=case, asker=by, guest=guest, question=question, at=at
    )
    if case.meeting_at is None:  # a meeting takes place on its day
        pause(case, at=at)
        case.save(update_fields=PAUSED)
    text = f"{asked.by.called}想先问清楚一件事：{question}"[:200]
    notices.tell([case.owner], text, link=asked.get_absolute_url(), studio=case.studio, at=at)
    return asked


@transaction.atomic
def answer(*, clarification, answer, by, at=None):
    """Answer it once. Those in the consultation are told."""
    case, at = locked(clarification.case), at or timezone.now()
    _still_consulting(case)
    done = Clarification.objects.filter(pk=clarification.pk, answered_at__isnull=True).update(
        answer=answer, answered_at=at, answered_by=by
    )
    if not done:
        raise Refused("这件事已经回答过了")
    clarification.refresh_from_db()
    go_on_counting(case, at)
    text = f"“{case.title}”问的事有回话了：{answer}"[:200]
    told = [*_in_consultation(case), *([clarification.asker] if clarification.asker else [])]
    notices.tell(told, text, link=clarification.get_absolute_url(), studio=case.studio, at=at)
    return clarification


def go_on_counting(case, at):
    """When nothing waits for the owner any more, the day to give opinions by moves on and counts again."""
    waits = case.clarifications.filter(answered_at__isnull=True).exists()
    if case.paused_on and not waits:
        case.due_on = due_after_pause(case, State.CONSULTING, at)
        case.paused_on = case.paused_due = None
        case.save(update_fields=PAUSED)


def _in_consultation(case):
    invited = case.consultants.filter(round=case.round).values("person")
    return [*Person.objects.filter(pk__in=invited), case.chair]


def _still_consulting(case):
    if case.state != State.CONSULTING:
        raise Refused(
            f"这个案例现在是“{case.get_state_display()}”，不在会诊里了。写的还在这一页上，可以抄下来"
        )
