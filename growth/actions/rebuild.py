"""Deriving the ledger again from its sources. On a sound database this changes nothing."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from ..ledger_line import sources
from ..models import Entry
from . import ledger

CHUNK = 500


@transaction.atomic
def rebuild(studio=None):
    """Write every source's lines anew and drop lines without a source; returns the number of sources read."""
    read, known = 0, []
    for model in sources():
        content_type = ContentType.objects.get_for_model(model)
        known.append(content_type)
        rows = model._base_manager.order_by("pk")
        entries = Entry.objects.filter(source_type=content_type)
        if studio:
            rows, entries = rows.filter(studio=studio), entries.filter(studio=studio)
        entries.exclude(source_id__in=rows.values("pk")).delete()
        for row in rows.iterator(CHUNK):
            ledger.record(row)
            read += 1
    strays = Entry.objects.exclude(source_type__in=known)
    (strays.filter(studio=studio) if studio else strays).delete()
    return read
