"""安排带教: asking people to come, their answers, and marking who came."""

from django.db import transaction
from django.utils import timezone

from people import words
from people.actions.notices import tell
from people.stale import Refused

from .. import session_rules as rules
from ..models import Invitation, Session
from ..models.invitation import Asked

OVER = "这次带教已经记过，或者取消了，不用再答"
GONE_BY = "这次带教的日子已经过了，不用再答"
NOT_YET = "还没到那天，到了再点谁来了"
NOT_ASKED = "这次带教没有请您参加"


def invite(session, persons):
    """Make those who are asked exactly these; what the others answered stays."""
    wanted = {person.pk for person in persons}
    there = set(session.invitations.values_list("person", flat=True))
    session.invitations.filter(person__in=there - wanted).delete()
    Invitation.objects.bulk_create(
        Invitation(studio=session.studio, session=session, person=person)
        for person in persons
        if person.pk not in there
    )


def ask_again(session):
    """Day or place changed: earlier answers no longer hold."""
    session.invitations.exclude(answer="").update(answer="", reason="", answered_at=None)


@transaction.atomic
def answer(session, *, person, coming, reason="", at=None):
    """能来, or 来不了 with a reason, which the mentor and whoever planned it are told. May be changed until
    the day is over. Raises Refused."""
    at = at or timezone.now()
    session = Session.objects.select_for_update(of=("self",)).select_related(
        "studio", "mentor", "planned_by"
    ).get(pk=session.pk)  # fmt: skip
    if session.state != Session.State.PLANNED or session.removed_at:
        raise Refused(OVER)
    if session.held_on < rules.today_of(at):
        raise Refused(GONE_BY)
    row = session.invitations.filter(person=person).first()
    if row is None:
        raise Refused(NOT_ASKED)
    before, changed = row.take(coming=coming, reason=reason, at=at)
    if changed:
        day = words.day(session.held_on, rules.today_of(at))
        told = [one for one in (session.mentor, session.planned_by) if one.pk != person.pk]
        text = told_of(row, before, f"{person.name}{day}的带教")
        tell(told if text else (), text, link=session.get_absolute_url(), studio=session.studio, at=at)
    return row


@transaction.atomic
def mark_came(session, *, came, at=None):
    """Whoever was there; the log is then filled in with them. Raises Refused."""
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.state != Session.State.PLANNED or session.removed_at:
        raise Refused(OVER)
    if session.held_on > rules.today_of(at or timezone.now()):
        raise Refused(NOT_YET)
    there = [person.pk for person in came]
    session.invitations.filter(person__in=there).exclude(came=True).update(came=True)
    session.invitations.exclude(person__in=there).exclude(came=False).update(came=False)
    return session


def told_of(row, before, what):
    """A refusal is told, and one taken back; that somebody comes as asked is not: then ""."""
    if row.answer == Asked.Answer.NO:
        return f"{what}来不了：{row.reason}"
    return f"{what}又能来了" if before == Asked.Answer.NO else ""
