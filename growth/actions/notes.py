"""学习笔记 written and corrected."""

from django.db import transaction
from django.utils import timezone

from people.stale import save_version

from ..models import StudyNote
from . import ledger

WRITTEN = ("on", "learned_from", "title", "words", "shared")


@transaction.atomic
def write(*, studio, person, at=None, **words):
    """`words`: on, learned_from, title, words, shared."""
    note = StudyNote.objects.create(studio=studio, person=person, at=at or timezone.now(), **words)
    ledger.record(note)
    return note


@transaction.atomic
def edit(note, **words):
    """Raises StaleEdit."""
    for name in WRITTEN:
        setattr(note, name, words[name])
    save_version(note, WRITTEN)
    ledger.record(note)
    return note
