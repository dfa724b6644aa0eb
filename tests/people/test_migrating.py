"""Migrations of ours are written at once (people/migrating.py)."""

from django.db.migrations.loader import MigrationLoader

from people import migrating

OURS = {"people", "growth", "mentoring", "casework"}


def test_every_migration_of_ours_takes_seconds():
    found = MigrationLoader(None).disk_migrations
    slow = [key for key, one in found.items() if key[0] in OURS and not isinstance(one, migrating.Migration)]
    assert not slow, "derive from people.migrating.Migration"
