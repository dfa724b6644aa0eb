"""请区里协调: asking the district, its answer, and going on with it."""

from django.db import transaction
from django.utils import timezone

from people.actions import notices
from people.models import Person
from people.roles import Role
from people.stale import Refused

from .. import roles
from ..models import DistrictRequest
from .locking import locked

TO = "区里"


def viewers(studio):
    """People of the district above this street."""
    return roles.holding(studio.parent, Role.DISTRICT) if studio.parent_id else Person.objects.none()


def ask(*, case, reason, by, at):
    """Inside the transaction that hands the case over (actions/triage.transfer)."""
    if not case.studio.parent_id:
        raise Refused("工作室上面还没有区级工作室，请转给别的部门")
    request = DistrictRequest.objects.create(
        studio=case.studio, case=case, round=case.round, reason=reason, asked_by=by, asked_at=at
    )
    text = f"{case.studio}有一件案例请区里协调：{reason}"
    notices.tell(viewers(case.studio), text, link=request.get_absolute_url(), studio=case.studio, at=at)
    return request


@transaction.atomic
def answer(*, request, answer, by, at=None):
    """The district says what it can do; those in the case are told. Once."""
    case, at = locked(request.case), at or timezone.now()
    done = DistrictRequest.objects.filter(pk=request.pk, answered_at__isnull=True).update(
        answer=answer, answered_at=at, answered_by=by
    )
    if not done:
        raise Refused("区里已经答复过了")
    asked = Person.objects.filter(pk__in=case.consultants.filter(round=case.round).values("person"))
    told = [case.owner, case.chair, *asked, *roles.staff_of(case.studio)]
    text = f"“{case.title}”区里答复了：{answer}"
    notices.tell(told, text, link=case.get_absolute_url(), studio=case.studio, at=at)
    request.refresh_from_db()
    return request
