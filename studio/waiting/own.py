"""What waits on one's own list, and what was said to the studio."""

from django.urls import reverse

from growth.models import NextStep
from people.models import Feedback

from .source import Source, Waiting

READ = {NextStep: ("text", "due_on", "by__name", "by__salutation"), Feedback: ("text",)}


def _own_steps(person):
    """Open next steps that are ticked off in the list; prescription steps come through their own source."""
    return NextStep.objects.open().filter(person=person, report_link="")


def _tell_own_step(step):
    return Waiting(step.text, step.by.called, "去看看", reverse("growth:my-file") + "#next", step.due_on)


def _feedback(person):
    return Feedback.objects.filter(studio__in=person.standing.staff, answered_at__isnull=True).exclude(
        by=person
    )


def _tell_feedback(feedback):
    return Waiting(feedback.text[:40], "意见建议", "去答复", feedback.get_absolute_url())


SOURCES = (
    Source("next", _own_steps, _tell_own_step, NextStep),
    Source("feedback", _feedback, _tell_feedback, Feedback),
)
