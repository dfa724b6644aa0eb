"""Drafts that were kept in clear are sealed: a form may hold what a resident said."""

import json

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import migrations

from people import migrating


def _each(schema_editor, change):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, data FROM people_draft")
        for pk, text in cursor.fetchall():
            cursor.execute("UPDATE people_draft SET data = %s WHERE id = %s", [change(text), pk])


def _ring():
    return MultiFernet([Fernet(key) for key in settings.VAULT_KEYS])


def seal(apps, schema_editor):
    ring = _ring()
    _each(schema_editor, lambda text: "" if text in ("", "{}") else ring.encrypt(_flat(text).encode()).decode())


def _flat(text):
    return json.dumps(json.loads(text), ensure_ascii=False)


def unseal(apps, schema_editor):
    ring = _ring()
    _each(schema_editor, lambda text: ring.decrypt(text.encode()).decode() if text else "{}")


class Migration(migrating.Migration):
    dependencies = [("people", "0006_residents")]

    operations = [migrations.RunPython(seal, unseal)]
