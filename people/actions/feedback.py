"""意见建议: saying and answering."""

from django.db import transaction
from django.utils import timezone

from ..models import Feedback, Membership
from ..roles import Role
from ..stale import Refused
from .notices import tell


@transaction.atomic
def say(*, studio, text, by, at=None):
    """Keep what somebody said and tell those who answer: the studio's staff and the district."""
    at = at or timezone.now()
    feedback = Feedback.objects.create(studio=studio, by=by, text=text, at=at)
    tell(
        _answerers(studio, by),
        f"{by.called}提了一条意见建议",
        link=feedback.get_absolute_url(),
        studio=studio,
        at=at,
    )
    return feedback


def _answerers(studio, by):
    holders = Membership.objects.current().filter(studio=studio, role=Role.STAFF)
    if studio.parent_id:
        holders = holders | Membership.objects.current().filter(studio=studio.parent_id, role=Role.DISTRICT)
    return [
        membership.person for membership in holders.select_related("person") if membership.person_id != by.pk
    ]


@transaction.atomic
def answer(feedback, *, text, by, at=None):
    """Answer once; the author is told. A second answer is refused, so that nobody's words disappear."""
    at = at or timezone.now()
    first = Feedback.objects.filter(pk=feedback.pk, answered_at=None).update(
        answer=text, answered_at=at, answered_by=by
    )
    if not first:
        raise Refused("这一条刚才已经有人答复了")
    if feedback.by_id != by.pk:
        tell(
            [feedback.by],
            "您提的意见建议有答复了",
            link=feedback.get_absolute_url(),
            studio=feedback.studio,
            at=at,
        )
