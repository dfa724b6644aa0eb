"""The residents of a case move into the vault and back; nothing of them stays in clear."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection

from casework.models import CaseResident
from people.models import Resident
from tests.factories import CaseFactory


def migration_named(app, ending):
    """Numbers change when branches meet."""
    [path] = (settings.BASE_DIR / app / "migrations").glob(f"*_{ending}.py")
    return import_module(f"{app}.migrations.{path.stem}")


migration = migration_named("casework", "residents_into_the_vault")
drafts = migration_named("people", "seal_drafts")
AS_BEFORE = (
    "ALTER TABLE casework_caseresident ALTER COLUMN resident_id DROP NOT NULL,"
    " ADD COLUMN salutation varchar(20), ADD COLUMN phone varchar(20)"
)


@pytest.fixture
def editor():
    return SimpleNamespace(connection=connection)


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_residents_move_over_and_back(cast, editor):
    case = CaseFactory(studio=cast.a.studio, owner=cast.a.apprentice)
    rows(AS_BEFORE)
    rows(
        "INSERT INTO casework_caseresident (studio_id, case_id, salutation, phone)"
        f" VALUES ({case.studio_id}, {case.pk}, '周阿姨', '13912345678')"
    )
    migration.seal(None, editor)
    assert rows("SELECT salutation, phone FROM casework_caseresident") == [("", "")]
    resident = CaseResident.objects.get(case=case).resident
    assert resident.secret == {"name": "周阿姨", "phone": "13912345678"}
    assert Resident.objects.called(phone="139-1234-5678").get() == resident
    migration.unseal(None, editor)
    assert rows("SELECT salutation, phone FROM casework_caseresident") == [("周阿姨", "13912345678")]
    assert not Resident.objects.exists()


def test_drafts_are_sealed_and_opened_again(cast, editor):
    rows(
        "INSERT INTO people_draft (person_id, key, device, data, rev, saved_at)"
        f""" VALUES ({cast.a.staff.pk}, 'a', '', '{{"note": ["周阿姨"]}}', 0, now()),"""
        f" ({cast.a.staff.pk}, 'b', '', '{{}}', 0, now())"
    )
    drafts.seal(None, editor)
    assert all("周阿姨" not in data for (data,) in rows("SELECT data FROM people_draft"))
    drafts.unseal(None, editor)
    assert rows("SELECT data FROM people_draft ORDER BY key") == [('{"note": ["周阿姨"]}',), ("{}",)]
