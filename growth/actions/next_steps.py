"""Giving next steps and closing them."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from people.stale import Refused

from ..models import NextStep


@transaction.atomic
def assign(
    *,
    studio,
    person,
    text,
    origin,
    by,
    due_on=None,
    source=None,
    link="",
    report_link="",
    at=None,
):
    """Put one line into the person's 接下来. `source` is the row it comes from, if any."""
    return NextStep.objects.create(
        studio=studio, person=person, text=text, origin=origin, by=by, due_on=due_on, link=link, report_link=report_link,
        source_type=ContentType.objects.get_for_model(source) if source else None,
        source_id=source.pk if source else None, at=at or timezone.now(),
    )  # fmt: skip


@transaction.atomic
def close(step, *, by, state=NextStep.State.DONE, at=None):
    """Tick a step off, or drop it. A step that is closed already stays as it is."""
    if step.report_link and state == NextStep.State.DONE and step.source_id is None:
        raise Refused("这件事请到它自己那一页去报")
    NextStep.objects.filter(pk=step.pk, state=NextStep.State.OPEN).update(
        state=state, closed_at=at or timezone.now(), closed_by=by
    )


def of_source(source):
    """The next steps that came from `source`, as a queryset."""
    return NextStep.objects.filter(
        studio=source.studio_id,
        source_type=ContentType.objects.get_for_model(source),
        source_id=source.pk,
    )
