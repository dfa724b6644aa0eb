"""Databases of the bench's own: made empty and migrated, copied, visited, dropped."""

import contextlib
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from psycopg2 import sql

# A query that runs on several processes would hide CPU time from the measurement of one backend.
OPTIONS = {"options": "-c max_parallel_workers_per_gather=0"}


@contextlib.contextmanager
def scratch(name: str, *, template: str = "", keep: bool = False) -> Iterator[str]:
    """The database `name` for the block, freshly made: migrated, or a copy of the database `template`.

    One of the same name is dropped first: it is the rest of a bench that was killed. `keep` leaves it behind.
    """
    drop(name)
    _send_home(template)
    _on("CREATE DATABASE {} TEMPLATE {}", name, template or "template0")
    try:
        if not template:
            with visiting(name):
                call_command("migrate", interactive=False, verbosity=0)
                call_command("createcachetable", verbosity=0)
        yield name
    finally:
        if not keep:
            drop(name)


@contextlib.contextmanager
def visiting(name: str) -> Iterator[None]:
    """Django's connection points at the database `name` for the length of the block."""
    home = dict(connection.settings_dict)
    _point_at({**home, "NAME": name, "OPTIONS": {**home["OPTIONS"], **OPTIONS}})
    try:
        yield
    finally:
        _point_at(home)


def exists(name: str) -> bool:
    """Whether there is a database of this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def drop(name: str) -> None:
    """Drop the database; sessions that a killed bench left in it end first."""
    _send_home(name)
    _on("DROP DATABASE IF EXISTS {}", name)


def _send_home(name: str) -> None:
    """End our role's other sessions in the database: one with visitors can be neither copied nor dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND usename = current_user AND pid <> pg_backend_pid()",
            [name],
        )


def _on(statement: str, *names: str) -> None:
    """Run a statement about databases from `postgres`: the one that is copied must have no visitors."""
    connection.close()
    with visiting("postgres"), connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _point_at(settings: dict) -> None:
    connection.close()
    connection.settings_dict.update(settings)
    ContentType.objects.clear_cache()
