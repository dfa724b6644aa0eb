"""Writing the ledger. Always in the transaction of the thing itself."""

from django.contrib.contenttypes.models import ContentType

from ..models import Entry

WRITTEN = (
    "studio_id",
    "kind",
    "on",
    "text",
    "link",
    "milestone",
    "competencies",
    "by_id",
)


def record(source):
    """Make the ledger say exactly what `source.ledger_lines()` says, no more and no less."""
    content_type = ContentType.objects.get_for_model(source)
    wanted = {(line.person_id, line.aspect): line for line in source.ledger_lines()}
    present = {
        (entry.person_id, entry.aspect): entry
        for entry in Entry.objects.filter(
            source_type=content_type, source_id=source.pk, studio=source.studio_id
        )
    }
    gone = [entry.pk for key, entry in present.items() if key not in wanted]
    Entry.objects.filter(pk__in=gone).delete()
    new = []
    for key, line in wanted.items():
        values = _values(source, line)
        entry = present.get(key)
        if entry is None:
            new.append(
                Entry(
                    source_type=content_type,
                    source_id=source.pk,
                    person_id=key[0],
                    aspect=key[1],
                    **values,
                )
            )
        elif any(getattr(entry, name) != values[name] for name in WRITTEN):
            Entry.objects.filter(pk=entry.pk).update(**values)
    Entry.objects.bulk_create(new)


def record_first(pairs):
    """`record` for many sources that never wrote before: [(source, its lines)], in a few statements."""
    new = [
        Entry(
            source_type=ContentType.objects.get_for_model(source),
            source_id=source.pk,
            person_id=line.person_id,
            aspect=line.aspect,
            **_values(source, line),
        )
        for source, lines in pairs
        for line in lines
    ]
    Entry.objects.bulk_create(new, batch_size=1000)


def _values(source, line):
    return {
        "studio_id": source.studio_id,
        "kind": line.kind,
        "on": line.on,
        "text": line.text[:200],
        "link": line.link,
        "milestone": line.milestone,
        "competencies": list(line.competencies),
        "by_id": line.by_id,
    }
