"""Giving next steps and closing them."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from people.actions.notices import tell
from people.stale import Refused

from ..models import NextStep


@transaction.atomic
def assign(
    *, studio, person, text, origin, by, due_on=None, source=None, link="", report_link="", at=None
):  # fmt: skip
    """Put one line into the person's 接下来. `source` is the row it comes from, if any."""
    return NextStep.objects.create(
        studio=studio,
        person=person,
        text=text,
        origin=origin,
        by=by,
        due_on=due_on,
        link=link,
        report_link=report_link,
        source_type=ContentType.objects.get_for_model(source) if source else None,
        source_id=source.pk if source else None,
        at=at or timezone.now(),
    )


@transaction.atomic
def remind(*, studio, person, text, by, due_on=None, at=None):
    """给他提个醒: a line from the mentor, told to the apprentice as well."""
    step = assign(
        studio=studio, person=person, text=text, origin=NextStep.Origin.REMINDER, by=by, due_on=due_on, at=at
    )
    tell([person], f"{by.called}给您提了个醒：{text}", link="/ledger/me/", studio=studio, at=at)
    return step


@transaction.atomic
def close(step, *, by, state=NextStep.State.DONE, at=None):
    """Tick a step off, or drop it. A step that is closed already stays as it is."""
    NextStep.objects.filter(pk=step.pk, state=NextStep.State.OPEN).update(
        state=state, closed_at=at or timezone.now(), closed_by=by
    )


@transaction.atomic
def reopen(step):
    """Take a tick back. A prescription's step is reported on its own page, not here."""
    if step.report_link:
        raise Refused("药方的步骤请到报复诊那一页去改")
    NextStep.objects.filter(pk=step.pk).update(state=NextStep.State.OPEN, closed_at=None, closed_by=None)


def of_source(source):
    """The next steps that came from `source`, as a queryset that kept queries can be built of."""
    return NextStep.objects.filter(
        studio=source.studio_id, source_type=kind_of(type(source)), source_id=source.pk
    )


def kind_of(model):
    """The content type of a model by its name: a kept query outlives the number that a database gave it."""
    return ContentType.objects.filter(app_label=model._meta.app_label, model=model._meta.model_name)[:1]
