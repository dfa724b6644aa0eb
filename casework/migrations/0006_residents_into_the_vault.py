"""The residents of a case move into the vault; nothing of them stays in clear.

No event table ever held them: CaseResident is not tracked. The old columns are emptied before they go, so that
no old row version keeps them longer than the next vacuum.
"""

import hashlib
import hmac
import json
import re

import django.db.models.deletion
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import migrations, models

from people import migrating


def _mark(text):
    plain = re.sub(r"[\s+()（）-]", "", text).lower()
    if not plain:
        return ""
    key = settings.VAULT_KEYS[0].encode()
    return hmac.new(key, f"resident:{plain}".encode(), hashlib.sha256).hexdigest()[:32]


def _ring():
    return MultiFernet([Fernet(key) for key in settings.VAULT_KEYS])


MAKE = (
    "INSERT INTO people_resident (studio_id, secret, name_mark, phone_mark, kept_on, erased_why)"
    " VALUES (%s, %s, %s, %s, %s, '') RETURNING id"
)


def seal(apps, schema_editor):
    ring = _ring()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, r.studio_id, r.salutation, r.phone, c.created_at::date"
            " FROM casework_caseresident r JOIN casework_case c ON c.id = r.case_id"
        )
        for pk, studio, name, phone, day in cursor.fetchall():
            secret = ring.encrypt(json.dumps({"name": name, "phone": phone}, ensure_ascii=False).encode())
            cursor.execute(MAKE, [studio, secret.decode(), _mark(name), _mark(phone), day])
            made = cursor.fetchone()[0]
            cursor.execute(
                "UPDATE casework_caseresident SET resident_id = %s, salutation = '', phone = '' WHERE id = %s",
                [made, pk],
            )


def unseal(apps, schema_editor):
    ring = _ring()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, s.id, s.secret FROM casework_caseresident r JOIN people_resident s ON s.id = r.resident_id"
        )
        for pk, resident, secret in cursor.fetchall():
            told = json.loads(ring.decrypt(secret.encode())) if secret else {"name": "居民", "phone": ""}
            cursor.execute(
                "UPDATE casework_caseresident SET salutation = %s, phone = %s, resident_id = NULL WHERE id = %s",
                [told["name"], told["phone"], pk],
            )
            cursor.execute("DELETE FROM people_resident WHERE id = %s", [resident])


def checked_now():
    """Deferred foreign keys are checked before the table is changed again."""
    sql = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
    return migrations.RunSQL(sql, sql)


class Migration(migrating.Migration):
    dependencies = [("casework", "0005_counting_indexes"), ("people", "0007_seal_drafts")]

    operations = [
        checked_now(),
        migrations.AddField(
            "caseresident",
            "resident",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.resident",
            ),
        ),
        checked_now(),
        migrations.AlterField("caseresident", "salutation", models.CharField("称呼", max_length=20, default="")),
        migrations.RunPython(seal, unseal),
        checked_now(),
        migrations.AlterField(
            "caseresident",
            "resident",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.resident"
            ),
        ),
        migrations.RemoveField("caseresident", "salutation"),
        migrations.RemoveField("caseresident", "phone"),
        migrations.AddConstraint(
            "caseresident",
            models.UniqueConstraint(fields=("studio", "case", "resident"), name="resident_once_in_a_case"),
        ),
    ]
