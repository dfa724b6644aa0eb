"""Pairs that were paused, changed or ended before changes had rows of their own get theirs."""

from django.db import migrations

from people import migrating

WHAT = {"paused": "paused", "changed": "changed", "ended": "finished"}


def tell(apps, schema_editor):
    pairing_model = apps.get_model("mentoring", "Pairing")
    change_model = apps.get_model("mentoring", "PairingChange")
    pairs = pairing_model.objects.filter(state__in=WHAT, changes__isnull=True)
    change_model.objects.bulk_create(
        change_model(
            studio_id=pairing.studio_id,
            pairing=pairing,
            what="ended" if pairing.state == "ended" and pairing.end_reason else WHAT[pairing.state],
            on=pairing.ends_on or pairing.starts_on,
            reason=pairing.end_reason or ("term" if pairing.state == "ended" else "other"),
            note=pairing.end_note,
            by_id=pairing.made_by_id,
            at=pairing.made_at,
        )
        for pairing in pairs.iterator(500)
    )


class Migration(migrating.Migration):
    dependencies = [("mentoring", "0009_pairing_changes")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
