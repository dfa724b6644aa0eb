"""Fills an empty, migrated database by bulk SQL: the files of `sql/` in their order, then VACUUM and ANALYZE.

Triggers rest, and foreign keys, unique keys and indexes are taken down and built again afterwards: that
is several times as fast as keeping them for millions of rows, needs no superuser, and still proves at
the end that every rule holds. CHECK constraints stay throughout.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone

from people import vault

from .sizes import Size

SQL = Path(__file__).parent / "sql"
OURS = ("people", "growth", "mentoring", "casework")
SOURCES = {
    "session": "mentoring.Session",
    "pairing": "mentoring.Pairing",
    "reflection": "growth.Reflection",
    "case": "casework.Case",
    "opinion": "casework.Opinion",
    "prescription": "casework.Prescription",
    "step": "casework.Step",
    "followup": "casework.Followup",
}
# Whose history has pages: each row gets the event of its making.
WITH_HISTORY = ("mentoring.Session", "casework.Case", "casework.Prescription")
KEEP_PRIMARY = "contype IN ('f', 'u', 'x')"


def fill(size: Size) -> None:
    """Fill the connected database, which holds nothing but what migrations brought, to `size`."""
    _write(size)
    with connection.cursor() as cursor:
        # As autovacuum leaves it: with statistics, and pages marked as visible to all.
        cursor.execute("VACUUM (ANALYZE)")


@transaction.atomic
def _write(size):
    now = timezone.now()
    params = {**size.params(), "now": now, "today": timezone.localdate(now)}
    params["sealed"] = vault.seal({"name": "王阿姨", "phone": "13800000000"})
    for name, label in SOURCES.items():
        params[f"{name}_type"] = ContentType.objects.get_for_model(apps.get_model(label)).pk
    with connection.cursor() as cursor:
        with unguarded(cursor), django_defaults(cursor):
            for path in sorted(SQL.glob("*.sql")):
                cursor.execute(path.read_text(), params)
            for label in WITH_HISTORY:
                _write_history(cursor, apps.get_model(label))
        _advance_sequences(cursor)
        cursor.execute(
            "DROP TABLE IF EXISTS bench_class, bench_group, bench_pupil, bench_session, bench_attendance"
        )
        cursor.execute("DROP TABLE IF EXISTS bench_case, bench_asked, bench_consultation")


def _tables() -> list[str]:
    """Every table of our apps, those between two models and those of the history included."""
    found = (
        model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)
    )
    return sorted({model._meta.db_table for model in found if model._meta.managed})


@contextlib.contextmanager
def django_defaults(cursor) -> Iterator[None]:
    """Inside the block a column that the SQL does not name takes the value that Django would give it."""
    given = list(_defaults())
    for table, column, value in given:
        cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET DEFAULT %s', [value])
    yield
    for table, column, _ in given:
        cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" DROP DEFAULT')


def _defaults():
    """(table, column, value) of the columns that need one and have none in the database."""
    for app in OURS:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            for field in model._meta.local_concrete_fields:
                told = field.null or field.primary_key or field.generated or field.has_db_default()
                plain_text = isinstance(field, models.CharField | models.TextField) and field.blank
                if not told and (field.has_default() or plain_text):
                    value = field.get_default() if field.has_default() else ""
                    yield model._meta.db_table, field.column, field.get_db_prep_save(value, connection)


@contextlib.contextmanager
def unguarded(cursor) -> Iterator[None]:
    """No triggers, foreign keys, unique keys or indexes inside the block; all of them again after it."""
    tables = _tables()
    for table in tables:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    constraints, indexes = _constraints(cursor, tables), _indexes(cursor, tables)
    for table, name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in sorted(constraints, key=lambda row: "FOREIGN" in row[2]):
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for table in tables:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def _constraints(cursor, tables):
    """[(table, name, definition)] of foreign keys, unique keys and exclusions. Foreign keys go first: they
    need the unique keys."""
    cursor.execute(
        f"SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        f"WHERE conrelid::regclass::text = ANY(%s) AND {KEEP_PRIMARY} ORDER BY contype = 'f' DESC, conname",
        [tables],
    )
    return cursor.fetchall()


def _indexes(cursor, tables):
    """[(name, definition)] of the indexes that no constraint owns."""
    cursor.execute(
        "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisprimary "
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)",
        [tables],
    )
    return cursor.fetchall()


def _write_history(cursor, model):
    """One event of making for every row, as the trigger would have written it."""
    event = model._meta.apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    names = {field.column for field in event._meta.concrete_fields if not field.column.startswith("pgh_")}
    columns = ", ".join(f'"{name}"' for name in sorted(names))
    cursor.execute(
        f'INSERT INTO "{event._meta.db_table}" (pgh_created_at, pgh_label, pgh_obj_id, {columns}) '
        f"SELECT now(), 'insert', id, {columns} FROM \"{model._meta.db_table}\" ORDER BY id"
    )


def _advance_sequences(cursor):
    """Ids were given by the SQL files: let the counters go on behind the last one."""
    cursor.execute(
        "SELECT table_name, pg_get_serial_sequence(table_name, 'id') FROM information_schema.columns "
        "WHERE table_name = ANY(%s) AND column_name = 'id'",
        [_tables()],
    )
    for table, sequence in cursor.fetchall():
        if sequence:
            cursor.execute(f'SELECT setval(%s, (SELECT COALESCE(max(id), 1) FROM "{table}"))', [sequence])
