"""Making a .zip of growth files step by step: no worker, flat memory, nothing lost when a page is closed."""

import secrets
import zipfile
from datetime import timedelta
from time import monotonic

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from people.models import Person
from people.stale import Refused

from ..file_book import book_of
from ..file_word import book_document
from ..models import FileBundle
from ..models.file_bundle import KEEP_DAYS

# One answer makes as many files as fit in this time, at least one.
SECONDS = 2.0


@transaction.atomic
def start(*, studio, people, name, by, at=None):
    """`people`: ids in their fixed order. Refused when there is nobody."""
    if not people:
        raise Refused("这里还没有学员，没有档案可以导出")
    bundle = FileBundle(
        studio=studio, name=name[:60], people=people, made_by=by, made_at=at or timezone.now()
    )
    bundle.file.save(f"{secrets.token_hex(16)}.zip", ContentFile(b""), save=False)
    bundle.save()
    return bundle


@transaction.atomic
def go_on(bundle, *, by, seconds=SECONDS):
    """Put the next files in. Two open pages take turns; what was put in is never put in twice."""
    bundle = FileBundle.objects.select_for_update().select_related("studio").get(pk=bundle.pk)
    until = monotonic() + seconds
    while not bundle.ready:
        _add(bundle, bundle.done, by)
        bundle.done += 1
        if monotonic() > until:
            break
    bundle.save(update_fields=["done"])
    return bundle


def _add(bundle, place, by):
    person = Person.objects.select_related("neighbourhood").get(pk=bundle.people[place])
    name = f"{place + 1:03d}_{person.name}.docx"
    with zipfile.ZipFile(bundle.file.path, "a", zipfile.ZIP_STORED) as packed:
        # A file whose turn was undone by the database may be in already.
        if name not in packed.namelist():
            with packed.open(name, "w") as out:
                book_document(book_of(by, person, full=True), bundle.studio.name).save(out)


@transaction.atomic
def forget_old(today):
    """Daily: bundles older than KEEP_DAYS days go, their files too. Returns how many."""
    old = list(FileBundle.objects.filter(made_at__date__lt=today - timedelta(days=KEEP_DAYS)))
    for bundle in old:
        bundle.delete()
        transaction.on_commit(lambda kept=bundle.file: kept.delete(save=False))
    return len(old)
