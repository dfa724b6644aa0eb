"""课题: taking one on, the notes of its meetings, changing it, and what came of it."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from people.actions.notices import tell
from people.stale import Refused, save_version

from ..models import Topic, TopicNote

WRITTEN = ("title", "category", "place_kind", "why", "plan", "lead")


@transaction.atomic
def begin(*, studio, by, at=None, **values):
    """A new topic; its lead is told."""
    topic = Topic.objects.create(studio=studio, opened_by=by, **values)
    ledger.record(topic)
    text = f"请您领衔课题“{topic.title}”"
    tell({topic.lead} - {by}, text, link=topic.get_absolute_url(), studio=studio, at=at)
    return topic


@transaction.atomic
def change(topic, *, by, at=None):
    """Keep the words and the lead; StaleEdit when somebody was faster."""
    _still_open(topic)
    save_version(topic, WRITTEN)
    ledger.record(topic)
    return topic


@transaction.atomic
def add_note(topic, *, held_on, text, by, at=None):
    """研讨一次."""
    _still_open(topic)
    return TopicNote.objects.create(
        studio_id=topic.studio_id, topic=topic, held_on=held_on, text=text, by=by, at=at or timezone.now()
    )


@transaction.atomic
def close(topic, *, findings, by, at=None):
    """结题: what came of it, for everybody to read."""
    _still_open(topic)
    topic.findings, topic.closed_at, topic.closed_by = findings, at or timezone.now(), by
    save_version(topic, ("findings", "closed_at", "closed_by"))
    ledger.record(topic)
    text = f"课题“{topic.title}”有了结果"
    told = {topic.lead, topic.opened_by} - {by}
    tell(told, text, link=topic.get_absolute_url(), studio=topic.studio, at=at)
    return topic


def _still_open(topic):
    if not topic.is_open:
        raise Refused("这个课题已经结题了")
