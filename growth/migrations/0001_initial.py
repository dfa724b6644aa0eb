import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from people import migrating


class Migration(migrating.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('session', '带教'), ('reflection', '心得'), ('case', '会诊'), ('assessment', '考核'), ('brand', '项目'), ('honour', '荣誉'), ('pairing', '结对'), ('advancement', '晋级')], max_length=12, verbose_name='类别')),
                ('on', models.DateField(verbose_name='日期')),
                ('text', models.CharField(max_length=200, verbose_name='一句话')),
                ('link', models.CharField(blank=True, max_length=200)),
                ('milestone', models.BooleanField(default=False, verbose_name='里程碑')),
                ('competencies', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('party', '党建业务知识'), ('governance', '社区治理经验'), ('team', '干部队伍建设'), ('communication', '沟通协调技巧'), ('emergency', '应急情况处置')], max_length=15), blank=True, default=list, size=None, verbose_name='本领')),
                ('source_id', models.BigIntegerField()),
                ('aspect', models.CharField(blank=True, help_text='tells lines of one source for one person apart', max_length=20)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁记的')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ledger', to=settings.AUTH_USER_MODEL, verbose_name='谁的')),
                ('source_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
            ],
            options={
                'verbose_name': '成长台账',
                'ordering': ('-on', '-pk'),
                'indexes': [models.Index(fields=['person', '-on', '-id'], name='ledger_of_a_person'), models.Index(fields=['studio', '-on', '-id'], name='ledger_of_a_studio')],
                'constraints': [models.UniqueConstraint(fields=('studio', 'source_type', 'source_id', 'person', 'aspect'), name='one_line_per_source_and_person')],
            },
        ),
        migrations.CreateModel(
            name='Method',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('name', models.CharField(max_length=30, verbose_name='名称')),
                ('summed_up_by', models.CharField(blank=True, max_length=40, verbose_name='谁总结的')),
                ('summary', models.CharField(max_length=120, verbose_name='一句话')),
                ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='三到五步')),
                ('fits', models.CharField(blank=True, max_length=200, verbose_name='适合什么情况')),
                ('studio', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '工作法',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('studio', 'name'), name='method_name_once_per_studio', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='NextStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='做什么')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='几号前')),
                ('origin', models.CharField(choices=[('session', '师傅布置的事'), ('reminder', '师傅提个醒'), ('step', '药方'), ('own', '自己定的')], max_length=10, verbose_name='从哪来')),
                ('link', models.CharField(blank=True, help_text='where it came from', max_length=200)),
                ('report_link', models.CharField(blank=True, help_text='the page on which it is reported; empty: ticked off in the list', max_length=200)),
                ('source_id', models.BigIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', '还没做'), ('done', '做好了'), ('dropped', '不做了')], default='open', max_length=8, verbose_name='状态')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁提的')),
                ('closed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='next_steps', to=settings.AUTH_USER_MODEL, verbose_name='谁来做')),
                ('source_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
            ],
            options={
                'verbose_name': '接下来',
                'ordering': (models.OrderBy(models.F('due_on'), nulls_last=True), 'pk'),
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['person', 'due_on', 'id'], name='open_next_steps'), models.Index(fields=['studio', 'source_type', 'source_id'], name='next_steps_of_a_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='next_step_closed_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='next_step_closed_when_not_open')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('competency', models.CharField(choices=[('party', '党建业务知识'), ('governance', '社区治理经验'), ('team', '干部队伍建设'), ('communication', '沟通协调技巧'), ('emergency', '应急情况处置')], max_length=15, verbose_name='本领')),
                ('level', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='到哪一步')),
                ('on', models.DateField(default=django.utils.timezone.localdate, verbose_name='日期')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to=settings.AUTH_USER_MODEL)),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
            ],
            options={
                'verbose_name': '本领',
                'ordering': ('-on', 'competency'),
                'constraints': [models.UniqueConstraint(fields=('studio', 'person', 'competency', 'on', 'by'), name='one_rating_a_day'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='rating_level_one_to_five')],
            },
        ),
        migrations.CreateModel(
            name='Reflection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='去掉的时间')),
                ('session_id', models.BigIntegerField(blank=True, null=True, verbose_name='带教活动')),
                ('session_link', models.CharField(blank=True, max_length=200)),
                ('session_text', models.CharField(blank=True, help_text='the session in words, as it was when chosen', max_length=120)),
                ('on', models.DateField(default=django.utils.timezone.localdate, verbose_name='日期')),
                ('learned', models.TextField(max_length=2000, verbose_name='今天学到一招')),
                ('plan', models.TextField(blank=True, max_length=2000, verbose_name='准备用在哪')),
                ('puzzle', models.TextField(blank=True, max_length=2000, verbose_name='还没想通的')),
                ('shared', models.BooleanField(default=False, verbose_name='同组也能看')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reply', models.TextField(blank=True, max_length=1000, verbose_name='师傅回话')),
                ('quick_reply', models.CharField(blank=True, choices=[('solid', '写得实在'), ('think', '这里再想想'), ('talk', '当面聊聊')], max_length=6, verbose_name='一句回话')),
                ('replied_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('mentor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='师傅')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reflections', to=settings.AUTH_USER_MODEL, verbose_name='谁写的')),
                ('removed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁去掉的')),
                ('replied_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
            ],
            options={
                'verbose_name': '心得',
                'ordering': ('-on', '-pk'),
                'indexes': [models.Index(fields=['studio', '-on', '-id'], name='reflections_of_a_studio'), models.Index(fields=['person', '-on', '-id'], name='reflections_of_a_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', True), ('replied_by__isnull', True)), models.Q(('replied_at__isnull', False), ('replied_by__isnull', False)), _connector='OR'), name='reflection_replied_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='MethodEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('name', models.CharField(max_length=30, verbose_name='名称')),
                ('summed_up_by', models.CharField(blank=True, max_length=40, verbose_name='谁总结的')),
                ('summary', models.CharField(max_length=120, verbose_name='一句话')),
                ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='三到五步')),
                ('fits', models.CharField(blank=True, max_length=200, verbose_name='适合什么情况')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='growth.method')),
                ('studio', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio', verbose_name='工作室')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NextStepEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.CharField(max_length=200, verbose_name='做什么')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='几号前')),
                ('origin', models.CharField(choices=[('session', '师傅布置的事'), ('reminder', '师傅提个醒'), ('step', '药方'), ('own', '自己定的')], max_length=10, verbose_name='从哪来')),
                ('link', models.CharField(blank=True, help_text='where it came from', max_length=200)),
                ('report_link', models.CharField(blank=True, help_text='the page on which it is reported; empty: ticked off in the list', max_length=200)),
                ('source_id', models.BigIntegerField(blank=True, null=True)),
                ('state', models.CharField(choices=[('open', '还没做'), ('done', '做好了'), ('dropped', '不做了')], default='open', max_length=8, verbose_name='状态')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁提的')),
                ('closed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁来做')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='growth.nextstep')),
                ('source_type', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RatingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('competency', models.CharField(choices=[('party', '党建业务知识'), ('governance', '社区治理经验'), ('team', '干部队伍建设'), ('communication', '沟通协调技巧'), ('emergency', '应急情况处置')], max_length=15, verbose_name='本领')),
                ('level', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='到哪一步')),
                ('on', models.DateField(default=django.utils.timezone.localdate, verbose_name='日期')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='growth.rating')),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReflectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='去掉的时间')),
                ('session_id', models.BigIntegerField(blank=True, null=True, verbose_name='带教活动')),
                ('session_link', models.CharField(blank=True, max_length=200)),
                ('session_text', models.CharField(blank=True, help_text='the session in words, as it was when chosen', max_length=120)),
                ('on', models.DateField(default=django.utils.timezone.localdate, verbose_name='日期')),
                ('learned', models.TextField(max_length=2000, verbose_name='今天学到一招')),
                ('plan', models.TextField(blank=True, max_length=2000, verbose_name='准备用在哪')),
                ('puzzle', models.TextField(blank=True, max_length=2000, verbose_name='还没想通的')),
                ('shared', models.BooleanField(default=False, verbose_name='同组也能看')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reply', models.TextField(blank=True, max_length=1000, verbose_name='师傅回话')),
                ('quick_reply', models.CharField(blank=True, choices=[('solid', '写得实在'), ('think', '这里再想想'), ('talk', '当面聊聊')], max_length=6, verbose_name='一句回话')),
                ('replied_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('mentor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='师傅')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁写的')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='growth.reflection')),
                ('removed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁去掉的')),
                ('replied_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='method',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "growth_methodevent" ("fits", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "steps", "studio_id", "summary", "summed_up_by", "version") VALUES (NEW."fits", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."steps", NEW."studio_id", NEW."summary", NEW."summed_up_by", NEW."version"); RETURN NULL;', hash='98e7962d4c068e850a8f01608d303bf78559de92', operation='INSERT', pgid='pgtrigger_insert_insert_f256c', table='growth_method', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='method',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "growth_methodevent" ("fits", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "steps", "studio_id", "summary", "summed_up_by", "version") VALUES (NEW."fits", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."steps", NEW."studio_id", NEW."summary", NEW."summed_up_by", NEW."version"); RETURN NULL;', hash='f49a45f8def870d0c1da6cdfd0ab39a59519728d', operation='UPDATE', pgid='pgtrigger_update_update_095d1', table='growth_method', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='methodevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='885ea688ee082fcfaee75bbefc40799c63603df2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5a5e0', table='growth_methodevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nextstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "growth_nextstepevent" ("at", "by_id", "closed_at", "closed_by_id", "due_on", "id", "link", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_link", "source_id", "source_type_id", "state", "studio_id", "text") VALUES (NEW."at", NEW."by_id", NEW."closed_at", NEW."closed_by_id", NEW."due_on", NEW."id", NEW."link", NEW."origin", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report_link", NEW."source_id", NEW."source_type_id", NEW."state", NEW."studio_id", NEW."text"); RETURN NULL;', hash='344f6c4a2f3a40c38004e78ed61bf4a4d7bba6df', operation='INSERT', pgid='pgtrigger_insert_insert_61139', table='growth_nextstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nextstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "growth_nextstepevent" ("at", "by_id", "closed_at", "closed_by_id", "due_on", "id", "link", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_link", "source_id", "source_type_id", "state", "studio_id", "text") VALUES (NEW."at", NEW."by_id", NEW."closed_at", NEW."closed_by_id", NEW."due_on", NEW."id", NEW."link", NEW."origin", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report_link", NEW."source_id", NEW."source_type_id", NEW."state", NEW."studio_id", NEW."text"); RETURN NULL;', hash='7118a7877855c79a80116bdd98dcab9a832c7ac3', operation='UPDATE', pgid='pgtrigger_update_update_74888', table='growth_nextstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='nextstepevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e75c52346eac4aba7091237b2c437024cf178b5e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_883cf', table='growth_nextstepevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "growth_ratingevent" ("by_id", "competency", "id", "level", "on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "studio_id") VALUES (NEW."by_id", NEW."competency", NEW."id", NEW."level", NEW."on", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."studio_id"); RETURN NULL;', hash='85afff85418fef5f6fdaad311e16930340cee6f5', operation='INSERT', pgid='pgtrigger_insert_insert_1bf9c', table='growth_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "growth_ratingevent" ("by_id", "competency", "id", "level", "on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "studio_id") VALUES (NEW."by_id", NEW."competency", NEW."id", NEW."level", NEW."on", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."studio_id"); RETURN NULL;', hash='254c60a03e5d4fb6ccff62fe2beabf3f2ab7221e', operation='UPDATE', pgid='pgtrigger_update_update_ce83a', table='growth_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e1c5bd0b299f0bff271de006352da0050ad256c5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8c413', table='growth_ratingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reflection',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "growth_reflectionevent" ("at", "id", "learned", "mentor_id", "on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "puzzle", "quick_reply", "removed_at", "removed_by_id", "replied_at", "replied_by_id", "reply", "session_id", "session_link", "session_text", "shared", "studio_id", "version") VALUES (NEW."at", NEW."id", NEW."learned", NEW."mentor_id", NEW."on", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan", NEW."puzzle", NEW."quick_reply", NEW."removed_at", NEW."removed_by_id", NEW."replied_at", NEW."replied_by_id", NEW."reply", NEW."session_id", NEW."session_link", NEW."session_text", NEW."shared", NEW."studio_id", NEW."version"); RETURN NULL;', hash='e43652480efc348d0fa07da08678bb59b9ff0967', operation='INSERT', pgid='pgtrigger_insert_insert_a7866', table='growth_reflection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reflection',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "growth_reflectionevent" ("at", "id", "learned", "mentor_id", "on", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "puzzle", "quick_reply", "removed_at", "removed_by_id", "replied_at", "replied_by_id", "reply", "session_id", "session_link", "session_text", "shared", "studio_id", "version") VALUES (NEW."at", NEW."id", NEW."learned", NEW."mentor_id", NEW."on", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan", NEW."puzzle", NEW."quick_reply", NEW."removed_at", NEW."removed_by_id", NEW."replied_at", NEW."replied_by_id", NEW."reply", NEW."session_id", NEW."session_link", NEW."session_text", NEW."shared", NEW."studio_id", NEW."version"); RETURN NULL;', hash='a8337d991a0728df4f759c4a95cb7a5dca7ad6d1', operation='UPDATE', pgid='pgtrigger_update_update_d1620', table='growth_reflection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reflectionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9b8822fa29ff27228019fe2e70f367a517ca2060', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_51daf', table='growth_reflectionevent', when='BEFORE')),
        ),
    ]
