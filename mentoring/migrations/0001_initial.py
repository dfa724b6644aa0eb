import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import people.models.membership
from people import migrating


class Migration(migrating.Migration):

    initial = True

    dependencies = [
        ('growth', '0001_initial'),
        ('people', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Base',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('address', models.CharField(blank=True, max_length=100, verbose_name='地址')),
                ('focus', models.CharField(blank=True, max_length=100, verbose_name='特色')),
                ('contact', models.CharField(blank=True, max_length=60, verbose_name='联系人和电话')),
                ('in_use', models.BooleanField(default=True, verbose_name='在用')),
                ('neighbourhood', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.neighbourhood', verbose_name='所在居民区')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bases', to='people.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '教学基地',
                'ordering': ('studio', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('studio', 'name'), name='base_name_once_per_studio')],
            },
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('name', models.CharField(help_text='如：2026年第2期', max_length=30, verbose_name='名称')),
                ('starts_on', models.DateField(verbose_name='开始')),
                ('ends_on', models.DateField(verbose_name='结束')),
                ('capacity', models.PositiveSmallIntegerField(default=5, verbose_name='每位师傅最多带几名')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='people.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '期次',
                'ordering': ('-starts_on', '-pk'),
                'constraints': [models.UniqueConstraint(fields=('studio', 'name'), name='cohort_name_once_per_studio'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='cohort_ends_after_start'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='cohort_capacity_at_least_one')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='第几组')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='mentoring.cohort', verbose_name='期次')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentor_groups', to=settings.AUTH_USER_MODEL, verbose_name='带教书记')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
            ],
            options={
                'verbose_name': '带教组',
                'ordering': ('cohort', 'number'),
                'constraints': [models.UniqueConstraint(fields=('studio', 'cohort', 'mentor'), name='one_group_per_mentor_and_cohort'), models.UniqueConstraint(fields=('studio', 'cohort', 'number'), name='group_number_once_per_cohort')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='去掉的时间')),
                ('state', models.CharField(choices=[('planned', '已安排'), ('logged', '已记录'), ('cancelled', '已取消')], default='logged', max_length=10, verbose_name='状态')),
                ('held_on', models.DateField(verbose_name='日期')),
                ('starts_at', models.TimeField(blank=True, help_text='for planned ones', null=True, verbose_name='几点')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, choices=[(30, '半小时'), (60, '1小时'), (120, '2小时'), (240, '半天')], default=60, null=True, verbose_name='时长')),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('party', '党建业务'), ('governance', '社区治理'), ('team', '队伍建设'), ('communication', '沟通协调'), ('emergency', '应急处置'), ('other', '其他')], max_length=15), blank=True, default=list, size=None, verbose_name='讲了什么')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='说一说')),
                ('mode', models.CharField(choices=[('face', '面对面'), ('visit', '走访'), ('phone', '电话'), ('wechat', '微信'), ('stationed', '驻点'), ('study', '观摩'), ('scene', '情景党课'), ('class', '集中培训'), ('research', '研讨'), ('talk', '谈心')], default='face', max_length=10, verbose_name='方式')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='地点')),
                ('theme', models.CharField(blank=True, max_length=60, verbose_name='主题')),
                ('logged_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='记录时间')),
                ('planned_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('proxy_source', models.CharField(blank=True, choices=[('phone', '电话'), ('wechat', '微信'), ('notebook', '纸质本子'), ('face', '当面')], max_length=10, verbose_name='根据什么记的')),
                ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='师傅核对的时间')),
                ('base', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring.base', verbose_name='教学基地')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring.cohort', verbose_name='期次')),
                ('confirmed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='mentoring.group', verbose_name='带教组')),
                ('logged_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁记的')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions_as_mentor', to=settings.AUTH_USER_MODEL, verbose_name='师傅')),
                ('methods', models.ManyToManyField(blank=True, related_name='+', to='growth.method', verbose_name='用到的工作法')),
                ('neighbourhood', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.neighbourhood', verbose_name='居民区')),
                ('planned_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁去掉的')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
            ],
            options={
                'verbose_name': '带教活动',
                'ordering': ('-held_on', '-pk'),
                'indexes': [models.Index(fields=['studio', '-held_on', '-id'], name='sessions_of_a_studio'), models.Index(fields=['mentor', '-held_on', '-id'], name='sessions_of_a_mentor'), models.Index(fields=['group', '-held_on', '-id'], name='sessions_of_a_group')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('logged_at__isnull', True), ('logged_by__isnull', True)), models.Q(('logged_at__isnull', False), ('logged_by__isnull', False)), _connector='OR'), name='session_logged_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('planned_at__isnull', True), ('planned_by__isnull', True)), models.Q(('planned_at__isnull', False), ('planned_by__isnull', False)), _connector='OR'), name='session_planned_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='session_confirmed_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='session_removed_by_someone'), models.CheckConstraint(condition=models.Q(models.Q(('logged_at__isnull', False), ('state', 'logged')), models.Q(models.Q(('state', 'logged'), _negated=True), ('logged_at__isnull', True)), _connector='OR'), name='session_logged_when_logged'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'logged'), _negated=True), models.Q(('topics', []), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='session_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('apprentice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance', to=settings.AUTH_USER_MODEL, verbose_name='徒弟')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='mentoring.session')),
            ],
            options={
                'verbose_name': '参加',
                'indexes': [models.Index(fields=['apprentice', 'session'], name='sessions_of_an_apprentice')],
                'constraints': [models.UniqueConstraint(fields=('studio', 'session', 'apprentice'), name='attends_once')],
            },
        ),
        migrations.CreateModel(
            name='Pairing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('state', models.CharField(choices=[('proposed', '待确认'), ('active', '在期'), ('paused', '暂停'), ('ended', '期满'), ('changed', '已调整')], default='active', max_length=10, verbose_name='状态')),
                ('goal', models.TextField(blank=True, max_length=500, verbose_name='带教目标')),
                ('starts_on', models.DateField(verbose_name='开始')),
                ('ends_on', models.DateField(blank=True, help_text='the first day on which it no longer holds', null=True, verbose_name='结束')),
                ('end_reason', models.CharField(blank=True, choices=[('work', '工作变动'), ('health', '身体原因'), ('asked', '学员申请'), ('other', '其他')], max_length=8, verbose_name='原因')),
                ('end_note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('apprentice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairings_as_apprentice', to=settings.AUTH_USER_MODEL, verbose_name='徒弟')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairings', to='mentoring.cohort', verbose_name='期次')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairings', to='mentoring.group', verbose_name='带教组')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairings_as_mentor', to=settings.AUTH_USER_MODEL, verbose_name='师傅')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='mentoring.pairing', verbose_name='接着哪一段')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
            ],
            options={
                'verbose_name': '结对',
                'ordering': ('group__number', 'pk'),
                'indexes': [models.Index(fields=['mentor', 'state'], name='pairings_of_a_mentor'), models.Index(fields=['studio', 'cohort', 'state'], name='pairings_of_a_cohort')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('proposed', 'active', 'paused'))), fields=('studio', 'cohort', 'apprentice'), name='one_current_mentor_per_apprentice'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('studio', '='), ('cohort', '='), ('apprentice', '='), (people.models.membership.DateRange('starts_on', 'ends_on'), '&&')], name='pairing_periods_do_not_overlap'), models.CheckConstraint(condition=models.Q(models.Q(('ends_on__isnull', True), ('state__in', ('proposed', 'active', 'paused'))), models.Q(('ends_on__isnull', False), ('state__in', ('ended', 'changed'))), _connector='OR'), name='pairing_ends_when_over'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='pairing_ends_after_start'), models.CheckConstraint(condition=models.Q(('mentor', models.F('apprentice')), _negated=True), name='nobody_mentors_oneself')],
            },
        ),
        migrations.CreateModel(
            name='SessionPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.FileField(upload_to='sessions/%Y/%m')),
                ('thumb', models.FileField(upload_to='sessions/%Y/%m')),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='mentoring.session')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '照片',
                'ordering': ('pk',),
                'indexes': [models.Index(condition=models.Q(('session__isnull', True)), fields=['uploaded_by', 'uploaded_at'], name='photos_waiting')],
            },
        ),
        migrations.CreateModel(
            name='AttendanceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('apprentice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='徒弟')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mentoring.attendance')),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio')),
                ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='mentoring.session')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BaseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('address', models.CharField(blank=True, max_length=100, verbose_name='地址')),
                ('focus', models.CharField(blank=True, max_length=100, verbose_name='特色')),
                ('contact', models.CharField(blank=True, max_length=60, verbose_name='联系人和电话')),
                ('in_use', models.BooleanField(default=True, verbose_name='在用')),
                ('neighbourhood', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.neighbourhood', verbose_name='所在居民区')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mentoring.base')),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio', verbose_name='工作室')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CohortEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('name', models.CharField(help_text='如：2026年第2期', max_length=30, verbose_name='名称')),
                ('starts_on', models.DateField(verbose_name='开始')),
                ('ends_on', models.DateField(verbose_name='结束')),
                ('capacity', models.PositiveSmallIntegerField(default=5, verbose_name='每位师傅最多带几名')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mentoring.cohort')),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio', verbose_name='工作室')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GroupEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(verbose_name='第几组')),
                ('cohort', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='mentoring.cohort', verbose_name='期次')),
                ('mentor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='带教书记')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mentoring.group')),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PairingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('state', models.CharField(choices=[('proposed', '待确认'), ('active', '在期'), ('paused', '暂停'), ('ended', '期满'), ('changed', '已调整')], default='active', max_length=10, verbose_name='状态')),
                ('goal', models.TextField(blank=True, max_length=500, verbose_name='带教目标')),
                ('starts_on', models.DateField(verbose_name='开始')),
                ('ends_on', models.DateField(blank=True, help_text='the first day on which it no longer holds', null=True, verbose_name='结束')),
                ('end_reason', models.CharField(blank=True, choices=[('work', '工作变动'), ('health', '身体原因'), ('asked', '学员申请'), ('other', '其他')], max_length=8, verbose_name='原因')),
                ('end_note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('apprentice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='徒弟')),
                ('cohort', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='mentoring.cohort', verbose_name='期次')),
                ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='mentoring.group', verbose_name='带教组')),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('mentor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='师傅')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mentoring.pairing')),
                ('previous', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='mentoring.pairing', verbose_name='接着哪一段')),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SessionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('removed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='去掉的时间')),
                ('state', models.CharField(choices=[('planned', '已安排'), ('logged', '已记录'), ('cancelled', '已取消')], default='logged', max_length=10, verbose_name='状态')),
                ('held_on', models.DateField(verbose_name='日期')),
                ('starts_at', models.TimeField(blank=True, help_text='for planned ones', null=True, verbose_name='几点')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, choices=[(30, '半小时'), (60, '1小时'), (120, '2小时'), (240, '半天')], default=60, null=True, verbose_name='时长')),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('party', '党建业务'), ('governance', '社区治理'), ('team', '队伍建设'), ('communication', '沟通协调'), ('emergency', '应急处置'), ('other', '其他')], max_length=15), blank=True, default=list, size=None, verbose_name='讲了什么')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='说一说')),
                ('mode', models.CharField(choices=[('face', '面对面'), ('visit', '走访'), ('phone', '电话'), ('wechat', '微信'), ('stationed', '驻点'), ('study', '观摩'), ('scene', '情景党课'), ('class', '集中培训'), ('research', '研讨'), ('talk', '谈心')], default='face', max_length=10, verbose_name='方式')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='地点')),
                ('theme', models.CharField(blank=True, max_length=60, verbose_name='主题')),
                ('logged_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='记录时间')),
                ('planned_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('proxy_source', models.CharField(blank=True, choices=[('phone', '电话'), ('wechat', '微信'), ('notebook', '纸质本子'), ('face', '当面')], max_length=10, verbose_name='根据什么记的')),
                ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='师傅核对的时间')),
                ('base', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='mentoring.base', verbose_name='教学基地')),
                ('cohort', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='mentoring.cohort', verbose_name='期次')),
                ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='mentoring.group', verbose_name='带教组')),
                ('logged_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁记的')),
                ('mentor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='师傅')),
                ('neighbourhood', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.neighbourhood', verbose_name='居民区')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='mentoring.session')),
                ('planned_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁去掉的')),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='session',
            name='apprentices',
            field=models.ManyToManyField(related_name='sessions', through='mentoring.Attendance', to=settings.AUTH_USER_MODEL, verbose_name='带了谁'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='base',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "mentoring_baseevent" ("address", "contact", "focus", "id", "in_use", "name", "neighbourhood_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "studio_id", "version") VALUES (NEW."address", NEW."contact", NEW."focus", NEW."id", NEW."in_use", NEW."name", NEW."neighbourhood_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."studio_id", NEW."version"); RETURN NULL;', hash='d0c575d3eb9877d6dd0f4b13e01d5f54ea42724b', operation='INSERT', pgid='pgtrigger_insert_insert_abd87', table='mentoring_base', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='base',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "mentoring_baseevent" ("address", "contact", "focus", "id", "in_use", "name", "neighbourhood_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "studio_id", "version") VALUES (NEW."address", NEW."contact", NEW."focus", NEW."id", NEW."in_use", NEW."name", NEW."neighbourhood_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."studio_id", NEW."version"); RETURN NULL;', hash='8aa7ffaaac6ecdc787ec2baa6752cdde249e7458', operation='UPDATE', pgid='pgtrigger_update_update_30e4d', table='mentoring_base', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='baseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e8dffb7de835c02d42234f4599ed0416480b6852', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_adee9', table='mentoring_baseevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cohort',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "mentoring_cohortevent" ("capacity", "ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "studio_id", "version") VALUES (NEW."capacity", NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."studio_id", NEW."version"); RETURN NULL;', hash='0bcb4d1dd896c03e8a54693c736dc8251257d8fe', operation='INSERT', pgid='pgtrigger_insert_insert_7db41', table='mentoring_cohort', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cohort',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "mentoring_cohortevent" ("capacity", "ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "studio_id", "version") VALUES (NEW."capacity", NEW."ends_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."studio_id", NEW."version"); RETURN NULL;', hash='ca6f95ad899e661a7b0b5f905a31aa85695445d9', operation='UPDATE', pgid='pgtrigger_update_update_0dd68', table='mentoring_cohort', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cohortevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b9eb9230cf577b9253dc6412b5f26f38dd3d6f73', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2b5bf', table='mentoring_cohortevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='group',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "mentoring_groupevent" ("cohort_id", "id", "mentor_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "studio_id") VALUES (NEW."cohort_id", NEW."id", NEW."mentor_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."studio_id"); RETURN NULL;', hash='2153670385f08c688d5a823966f821e0b1410786', operation='INSERT', pgid='pgtrigger_insert_insert_8d4e8', table='mentoring_group', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='group',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "mentoring_groupevent" ("cohort_id", "id", "mentor_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "studio_id") VALUES (NEW."cohort_id", NEW."id", NEW."mentor_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."studio_id"); RETURN NULL;', hash='e43a126cb0e8ed1965dbdee5449ed771e6eec46e', operation='UPDATE', pgid='pgtrigger_update_update_f65e9', table='mentoring_group', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2a8783043875f0d10d9fb5adc97621d2723a84d3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a868a', table='mentoring_groupevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pairing',
            trigger=pgtrigger.compiler.Trigger(name='pairing_capacity', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE room integer; taken integer;', func="\n            SELECT capacity INTO room FROM mentoring_cohort WHERE id = NEW.cohort_id FOR UPDATE;\n            SELECT count(*) INTO taken FROM mentoring_pairing\n             WHERE group_id = NEW.group_id AND state IN ('proposed', 'active', 'paused');\n            IF taken > room AND NEW.state IN ('proposed', 'active', 'paused') THEN\n                RAISE EXCEPTION 'pairing_capacity' USING ERRCODE = 'check_violation', CONSTRAINT = 'pairing_capacity';\n            END IF;\n            RETURN NULL;\n        ", hash='41ad58360cbbf45328ac4039a2bbbd53e62e3027', operation='INSERT OR UPDATE OF "state", "group_id"', pgid='pgtrigger_pairing_capacity_b8202', table='mentoring_pairing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pairing',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "mentoring_pairingevent" ("apprentice_id", "cohort_id", "end_note", "end_reason", "ends_on", "goal", "group_id", "id", "made_at", "made_by_id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "starts_on", "state", "studio_id", "version") VALUES (NEW."apprentice_id", NEW."cohort_id", NEW."end_note", NEW."end_reason", NEW."ends_on", NEW."goal", NEW."group_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."mentor_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."previous_id", NEW."starts_on", NEW."state", NEW."studio_id", NEW."version"); RETURN NULL;', hash='7555be0dab1081f1b02aa1910feb83bef71c5b0d', operation='INSERT', pgid='pgtrigger_insert_insert_c5a1a', table='mentoring_pairing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pairing',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "mentoring_pairingevent" ("apprentice_id", "cohort_id", "end_note", "end_reason", "ends_on", "goal", "group_id", "id", "made_at", "made_by_id", "mentor_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_id", "starts_on", "state", "studio_id", "version") VALUES (NEW."apprentice_id", NEW."cohort_id", NEW."end_note", NEW."end_reason", NEW."ends_on", NEW."goal", NEW."group_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."mentor_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."previous_id", NEW."starts_on", NEW."state", NEW."studio_id", NEW."version"); RETURN NULL;', hash='7699966568a27cf38b09dd93c22b1029b4257c23', operation='UPDATE', pgid='pgtrigger_update_update_d2eec', table='mentoring_pairing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pairingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='94157682efd696f79696f7af0776813d2cde79b5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f3395', table='mentoring_pairingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "mentoring_sessionevent" ("base_id", "cohort_id", "confirmed_at", "confirmed_by_id", "group_id", "held_on", "id", "logged_at", "logged_by_id", "mentor_id", "minutes", "mode", "neighbourhood_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "proxy_source", "removed_at", "removed_by_id", "starts_at", "state", "studio_id", "theme", "topics", "version") VALUES (NEW."base_id", NEW."cohort_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."group_id", NEW."held_on", NEW."id", NEW."logged_at", NEW."logged_by_id", NEW."mentor_id", NEW."minutes", NEW."mode", NEW."neighbourhood_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."proxy_source", NEW."removed_at", NEW."removed_by_id", NEW."starts_at", NEW."state", NEW."studio_id", NEW."theme", NEW."topics", NEW."version"); RETURN NULL;', hash='28b8bc88e858c9fdf206ceda1f4af7d96df185fe', operation='INSERT', pgid='pgtrigger_insert_insert_7a76e', table='mentoring_session', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='session',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "mentoring_sessionevent" ("base_id", "cohort_id", "confirmed_at", "confirmed_by_id", "group_id", "held_on", "id", "logged_at", "logged_by_id", "mentor_id", "minutes", "mode", "neighbourhood_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "planned_at", "planned_by_id", "proxy_source", "removed_at", "removed_by_id", "starts_at", "state", "studio_id", "theme", "topics", "version") VALUES (NEW."base_id", NEW."cohort_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."group_id", NEW."held_on", NEW."id", NEW."logged_at", NEW."logged_by_id", NEW."mentor_id", NEW."minutes", NEW."mode", NEW."neighbourhood_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."planned_at", NEW."planned_by_id", NEW."proxy_source", NEW."removed_at", NEW."removed_by_id", NEW."starts_at", NEW."state", NEW."studio_id", NEW."theme", NEW."topics", NEW."version"); RETURN NULL;', hash='d0f138668ab373e5a21cc1a1c84234e7a264054b', operation='UPDATE', pgid='pgtrigger_update_update_c267d', table='mentoring_session', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendanceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='75b66556cee185e19666c5a4c4ac8bfb6e3e80e7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e4b76', table='mentoring_attendanceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "mentoring_attendanceevent" ("apprentice_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "studio_id") VALUES (NEW."apprentice_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_id", NEW."studio_id"); RETURN NULL;', hash='72c41d339eb6fd125a956a8b30122ecae834f2d8', operation='INSERT', pgid='pgtrigger_insert_insert_10d94', table='mentoring_attendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "mentoring_attendanceevent" ("apprentice_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id", "studio_id") VALUES (NEW."apprentice_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_id", NEW."studio_id"); RETURN NULL;', hash='cd2c1493465ae01942a6e0517a440bf24e1816f1', operation='UPDATE', pgid='pgtrigger_update_update_90311', table='mentoring_attendance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ffa5a6940ff164cd3ee61bdd8302206d9096fd5a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_abc7b', table='mentoring_sessionevent', when='BEFORE')),
        ),
    ]
