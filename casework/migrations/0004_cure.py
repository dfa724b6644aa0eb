

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from people import migrating


class Migration(migrating.Migration):

    dependencies = [
        ('casework', '0003_attachment_thumb'),
        ('growth', '0001_initial'),
        ('people', '0002_draft_revision'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='prescription',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='prescription',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='step',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='step',
            name='update_update',
        ),
        migrations.AddField(
            model_name='prescription',
            name='followup_verdict',
            field=models.CharField(blank=True, choices=[('fine', '可以了'), ('more', '再看一次')], max_length=6, verbose_name='师傅看复诊'),
        ),
        migrations.AddField(
            model_name='prescriptionevent',
            name='followup_verdict',
            field=models.CharField(blank=True, choices=[('fine', '可以了'), ('more', '再看一次')], max_length=6, verbose_name='师傅看复诊'),
        ),
        migrations.AddField(
            model_name='step',
            name='changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='step',
            name='changed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='step',
            name='reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='为什么改'),
        ),
        migrations.AddField(
            model_name='stepevent',
            name='changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='stepevent',
            name='changed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='stepevent',
            name='reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='为什么改'),
        ),
        migrations.AddIndex(
            model_name='prescription',
            index=models.Index(condition=models.Q(('followed_up_at__isnull', True)), fields=['followup_by', 'followup_on'], name='prescriptions_to_look_at'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prescription',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_prescriptionevent" ("case_id", "cautions", "diagnosis", "followed_up_at", "followed_up_by_id", "followup_by_id", "followup_mode", "followup_note", "followup_on", "followup_verdict", "id", "issued_at", "issued_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "studio_id", "version", "year") VALUES (NEW."case_id", NEW."cautions", NEW."diagnosis", NEW."followed_up_at", NEW."followed_up_by_id", NEW."followup_by_id", NEW."followup_mode", NEW."followup_note", NEW."followup_on", NEW."followup_verdict", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round", NEW."studio_id", NEW."version", NEW."year"); RETURN NULL;', hash='60de5da8866138e31b062a313d80f53f209cd906', operation='INSERT', pgid='pgtrigger_insert_insert_6898b', table='casework_prescription', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prescription',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_prescriptionevent" ("case_id", "cautions", "diagnosis", "followed_up_at", "followed_up_by_id", "followup_by_id", "followup_mode", "followup_note", "followup_on", "followup_verdict", "id", "issued_at", "issued_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "studio_id", "version", "year") VALUES (NEW."case_id", NEW."cautions", NEW."diagnosis", NEW."followed_up_at", NEW."followed_up_by_id", NEW."followup_by_id", NEW."followup_mode", NEW."followup_note", NEW."followup_on", NEW."followup_verdict", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round", NEW."studio_id", NEW."version", NEW."year"); RETURN NULL;', hash='99214254ae878bc19862e72de8f53a60e2ab53ec', operation='UPDATE', pgid='pgtrigger_update_update_f0cdc', table='casework_prescription', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "casework_stepevent" ("changed_at", "changed_by_id", "due_on", "id", "mode", "order", "owner_id", "owner_kind", "owner_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescription_id", "reason", "state", "state_since", "studio_id", "text", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."due_on", NEW."id", NEW."mode", NEW."order", NEW."owner_id", NEW."owner_kind", NEW."owner_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prescription_id", NEW."reason", NEW."state", NEW."state_since", NEW."studio_id", NEW."text", NEW."version"); RETURN NULL;', hash='96e0fe003202fae43dd6f17adb9d02cae637f1bb', operation='INSERT', pgid='pgtrigger_insert_insert_77d27', table='casework_step', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "casework_stepevent" ("changed_at", "changed_by_id", "due_on", "id", "mode", "order", "owner_id", "owner_kind", "owner_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prescription_id", "reason", "state", "state_since", "studio_id", "text", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."due_on", NEW."id", NEW."mode", NEW."order", NEW."owner_id", NEW."owner_kind", NEW."owner_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prescription_id", NEW."reason", NEW."state", NEW."state_since", NEW."studio_id", NEW."text", NEW."version"); RETURN NULL;', hash='1820cb23f624bce6114b2a2e66dee6e2a60abaa2', operation='UPDATE', pgid='pgtrigger_update_update_39e29', table='casework_step', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('want', ''), ('state', 'stuck'), _connector='OR'), name='followup_wants_help_when_stuck'),
        ),
        migrations.AddConstraint(
            model_name='prescription',
            constraint=models.CheckConstraint(condition=models.Q(('followed_up_at__isnull', True), ('followup_verdict', 'fine'), _connector='OR'), name='prescription_followed_up_when_fine'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('changed_at__isnull', True), ('changed_by__isnull', True)), models.Q(('changed_at__isnull', False), ('changed_by__isnull', False)), _connector='OR'), name='step_changed_by_someone'),
        ),
    ]
