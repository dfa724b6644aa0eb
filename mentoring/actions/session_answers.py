"""现场答疑: questions and answers of a session, noted down and taken off again."""

from django.db import transaction
from django.utils import timezone

from people.stale import Refused

from ..models import Session, SessionAnswer

MOST = 60


@transaction.atomic
def note(session, *, unit, question, answer, by, at=None):
    """Note down one question and its answer; a department that was not named before is named now."""
    locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if locked.mode != Session.Mode.ANSWERS:
        raise Refused("问答记在“现场答疑”里，请先把方式改过来")
    if locked.answers.count() >= MOST:
        raise Refused(f"一次最多记{MOST}条问答")
    if unit not in locked.units:
        locked.units = [*locked.units, unit]
        locked.version += 1
        locked.save(update_fields=["units", "version"])
    return SessionAnswer.objects.create(
        studio_id=locked.studio_id, session=locked, unit=unit, question=question, answer=answer, by=by,
        at=at or timezone.now(),
    )  # fmt: skip


@transaction.atomic
def drop(session, pk):
    """Take one off; one that is gone already stays gone."""
    SessionAnswer.objects.filter(session=session, pk=pk).delete()
