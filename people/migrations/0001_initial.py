import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
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
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(
        ),
        migrations.CreateModel(
            name='Street',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province', models.CharField(max_length=30, verbose_name='省（市）')),
                ('city', models.CharField(max_length=30, verbose_name='市')),
                ('district', models.CharField(max_length=30, verbose_name='区')),
                ('name', models.CharField(max_length=40, verbose_name='街道（镇）')),
                ('code', models.CharField(max_length=12, unique=True, verbose_name='编码')),
            ],
            options={
                'verbose_name': '街道（镇）',
                'ordering': ('code',),
            },
        ),
        migrations.CreateModel(
            name='Neighbourhood',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('code', models.CharField(max_length=15, unique=True, verbose_name='编码')),
                ('kind', models.CharField(blank=True, choices=[('old', '老旧小区'), ('commodity', '商品房小区'), ('mixed', '混合型'), ('scattered', '小小区多'), ('new', '新建小区'), ('village', '村')], max_length=12, verbose_name='类型')),
                ('has_committee', models.BooleanField(default=True, verbose_name='已成立居委会')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('street', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='neighbourhoods', to='people.street', verbose_name='街道（镇）')),
            ],
            options={
                'verbose_name': '居民区',
                'ordering': ('code',),
                'constraints': [models.UniqueConstraint(fields=('street', 'name'), name='neighbourhood_once_in_street')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('mobile', models.CharField(max_length=11, unique=True, validators=[django.core.validators.RegexValidator('^1\\d{10}$', '手机号码是1开头的11位数字，请再看看')], verbose_name='手机号码')),
                ('name', models.CharField(max_length=20, verbose_name='姓名')),
                ('salutation', models.CharField(blank=True, help_text='不填就用姓加“书记”', max_length=20, verbose_name='称呼')),
                ('unit', models.CharField(blank=True, max_length=60, verbose_name='所在单位')),
                ('post', models.CharField(blank=True, max_length=40, verbose_name='职务')),
                ('post_since', models.DateField(blank=True, null=True, verbose_name='任职起始')),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1930), django.core.validators.MaxValueValidator(2020)], verbose_name='出生年')),
                ('party_work_years', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(70)], verbose_name='党务年限')),
                ('expertise', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='专长')),
                ('weak_points', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('party', '党建业务知识'), ('governance', '社区治理经验'), ('team', '干部队伍建设'), ('communication', '沟通协调技巧'), ('emergency', '应急情况处置')], max_length=15), blank=True, default=list, size=2, verbose_name='自评最弱两项')),
                ('text_size', models.CharField(blank=True, choices=[('', '标准'), ('lg', '大字'), ('xl', '特大'), ('xxl', '超大')], default='', max_length=3, verbose_name='字号')),
                ('text_size_chosen', models.BooleanField(default=False, editable=False, verbose_name='选过字号')),
                ('is_active', models.BooleanField(default=True, verbose_name='可以登录')),
                ('is_staff', models.BooleanField(default=False, editable=False, verbose_name='系统管理')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='加入时间')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('neighbourhood', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.neighbourhood', verbose_name='所在居民区')),
            ],
            options={
                'verbose_name': '人员',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Studio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('level', models.CharField(choices=[('district', '区级'), ('street', '街道（镇）级')], max_length=10, verbose_name='级别')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('brand_name', models.CharField(blank=True, max_length=30, verbose_name='品牌名')),
                ('contact_name', models.CharField(blank=True, max_length=20, verbose_name='联系人称呼')),
                ('contact_phone', models.CharField(max_length=20, verbose_name='联系电话')),
                ('pair_capacity', models.PositiveSmallIntegerField(default=5, verbose_name='每位师傅最多带几名')),
                ('quiet_days', models.PositiveSmallIntegerField(default=30, verbose_name='多少天没有带教算久')),
                ('edit_hours', models.PositiveSmallIntegerField(default=24, verbose_name='记录后几小时内可以改')),
                ('accept_workdays', models.PositiveSmallIntegerField(default=3, verbose_name='受理用几个工作日')),
                ('return_workdays', models.PositiveSmallIntegerField(default=5, verbose_name='补充用几个工作日')),
                ('consult_days', models.PositiveSmallIntegerField(default=7, verbose_name='会诊用几天')),
                ('review_days', models.PositiveSmallIntegerField(default=7, verbose_name='评价用几天')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.studio', verbose_name='上级工作室')),
                ('street', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.street', verbose_name='街道（镇）')),
            ],
            options={
                'verbose_name': '工作室',
                'ordering': ('level', 'street__code', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('level', 'district'), ('street__isnull', True)), models.Q(('level', 'street'), ('street__isnull', False)), _connector='OR'), name='studio_street_matches_level'), models.CheckConstraint(condition=models.Q(('pair_capacity__gte', 1)), name='studio_capacity_at_least_one')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=1000, verbose_name='意见建议')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='答复')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('answered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁提的')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
            ],
            options={
                'verbose_name': '意见建议',
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['studio', '-at', '-id'], name='feedback_newest_first')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='feedback_answered_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='FormToken',
            fields=[
                ('token', models.UUIDField(primary_key=True, serialize=False)),
                ('path', models.CharField(blank=True, help_text='the page of what was made', max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '已交的表',
            },
        ),
        migrations.CreateModel(
            name='LoginCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='login_cards', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.studio')),
            ],
            options={
                'verbose_name': '登录卡',
                'ordering': ('-issued_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='login_card_revoked_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('staff', '街道工作人员'), ('lead', '领衔人'), ('mentor', '带教书记'), ('apprentice', '学员'), ('district', '区级查看'), ('consultant', '会诊专家')], max_length=12, verbose_name='角色')),
                ('apprentice_kind', models.CharField(blank=True, choices=[('secretary', '书记'), ('deputy', '副书记'), ('director', '居委会主任'), ('deputy_director', '居委会副主任'), ('reserve', '后备干部'), ('new_worker', '新任党务工作者')], max_length=16, verbose_name='学员类别')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='开始')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.studio', verbose_name='工作室')),
            ],
            options={
                'verbose_name': '角色',
                'ordering': ('studio', 'role', 'pk'),
                'indexes': [models.Index(fields=['studio', 'role', 'person'], name='membership_by_role')],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('studio', '='), ('person', '='), ('role', '='), (people.models.membership.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='membership_periods_do_not_overlap'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_start'), models.CheckConstraint(condition=models.Q(('role', 'apprentice'), ('apprentice_kind', ''), _connector='OR'), name='only_apprentices_have_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='内容')),
                ('link', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.studio')),
            ],
            options={
                'verbose_name': '通知',
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['person', '-at', '-id'], name='notices_newest_first')],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.studio')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('studio', 'series', 'year'), name='one_counter_per_series')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='which form: session-new, opinion-12, …', max_length=60)),
                ('device', models.CharField(blank=True, max_length=32)),
                ('data', models.JSONField(default=dict, help_text='field name → list of values, as posted')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '草稿',
                'ordering': ('-saved_at',),
                'constraints': [models.UniqueConstraint(fields=('person', 'key', 'device'), name='one_draft_per_form_and_device')],
            },
        ),
        migrations.CreateModel(
            name='PersonEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('mobile', models.CharField(max_length=11, validators=[django.core.validators.RegexValidator('^1\\d{10}$', '手机号码是1开头的11位数字，请再看看')], verbose_name='手机号码')),
                ('name', models.CharField(max_length=20, verbose_name='姓名')),
                ('salutation', models.CharField(blank=True, help_text='不填就用姓加“书记”', max_length=20, verbose_name='称呼')),
                ('unit', models.CharField(blank=True, max_length=60, verbose_name='所在单位')),
                ('post', models.CharField(blank=True, max_length=40, verbose_name='职务')),
                ('post_since', models.DateField(blank=True, null=True, verbose_name='任职起始')),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1930), django.core.validators.MaxValueValidator(2020)], verbose_name='出生年')),
                ('party_work_years', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(70)], verbose_name='党务年限')),
                ('expertise', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None, verbose_name='专长')),
                ('weak_points', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('party', '党建业务知识'), ('governance', '社区治理经验'), ('team', '干部队伍建设'), ('communication', '沟通协调技巧'), ('emergency', '应急情况处置')], max_length=15), blank=True, default=list, size=2, verbose_name='自评最弱两项')),
                ('text_size', models.CharField(blank=True, choices=[('', '标准'), ('lg', '大字'), ('xl', '特大'), ('xxl', '超大')], default='', max_length=3, verbose_name='字号')),
                ('text_size_chosen', models.BooleanField(default=False, editable=False, verbose_name='选过字号')),
                ('is_active', models.BooleanField(default=True, verbose_name='可以登录')),
                ('is_staff', models.BooleanField(default=False, editable=False, verbose_name='系统管理')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='加入时间')),
                ('neighbourhood', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.neighbourhood', verbose_name='所在居民区')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('staff', '街道工作人员'), ('lead', '领衔人'), ('mentor', '带教书记'), ('apprentice', '学员'), ('district', '区级查看'), ('consultant', '会诊专家')], max_length=12, verbose_name='角色')),
                ('apprentice_kind', models.CharField(blank=True, choices=[('secretary', '书记'), ('deputy', '副书记'), ('director', '居委会主任'), ('deputy_director', '居委会副主任'), ('reserve', '后备干部'), ('new_worker', '新任党务工作者')], max_length=16, verbose_name='学员类别')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='开始')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.membership')),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio', verbose_name='工作室')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LoginCardEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('issued_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.logincard')),
                ('revoked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FeedbackEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('text', models.TextField(max_length=1000, verbose_name='意见建议')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='答复')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁提的')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.feedback')),
                ('studio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StudioEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='版本')),
                ('level', models.CharField(choices=[('district', '区级'), ('street', '街道（镇）级')], max_length=10, verbose_name='级别')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('brand_name', models.CharField(blank=True, max_length=30, verbose_name='品牌名')),
                ('contact_name', models.CharField(blank=True, max_length=20, verbose_name='联系人称呼')),
                ('contact_phone', models.CharField(max_length=20, verbose_name='联系电话')),
                ('pair_capacity', models.PositiveSmallIntegerField(default=5, verbose_name='每位师傅最多带几名')),
                ('quiet_days', models.PositiveSmallIntegerField(default=30, verbose_name='多少天没有带教算久')),
                ('edit_hours', models.PositiveSmallIntegerField(default=24, verbose_name='记录后几小时内可以改')),
                ('accept_workdays', models.PositiveSmallIntegerField(default=3, verbose_name='受理用几个工作日')),
                ('return_workdays', models.PositiveSmallIntegerField(default=5, verbose_name='补充用几个工作日')),
                ('consult_days', models.PositiveSmallIntegerField(default=7, verbose_name='会诊用几天')),
                ('review_days', models.PositiveSmallIntegerField(default=7, verbose_name='评价用几天')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.studio', verbose_name='上级工作室')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.studio')),
                ('street', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.street', verbose_name='街道（镇）')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_personevent" ("birth_year", "created_at", "expertise", "id", "is_active", "is_staff", "is_superuser", "mobile", "name", "neighbourhood_id", "party_work_years", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "post_since", "salutation", "text_size", "text_size_chosen", "unit", "version", "weak_points") VALUES (NEW."birth_year", NEW."created_at", NEW."expertise", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."mobile", NEW."name", NEW."neighbourhood_id", NEW."party_work_years", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post", NEW."post_since", NEW."salutation", NEW."text_size", NEW."text_size_chosen", NEW."unit", NEW."version", NEW."weak_points"); RETURN NULL;', hash='e27abec18693848ec4804cb1a4b62409628ead44', operation='INSERT', pgid='pgtrigger_insert_insert_65688', table='people_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."birth_year" IS DISTINCT FROM (NEW."birth_year") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."expertise" IS DISTINCT FROM (NEW."expertise") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."mobile" IS DISTINCT FROM (NEW."mobile") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."neighbourhood_id" IS DISTINCT FROM (NEW."neighbourhood_id") OR OLD."party_work_years" IS DISTINCT FROM (NEW."party_work_years") OR OLD."post" IS DISTINCT FROM (NEW."post") OR OLD."post_since" IS DISTINCT FROM (NEW."post_since") OR OLD."salutation" IS DISTINCT FROM (NEW."salutation") OR OLD."text_size" IS DISTINCT FROM (NEW."text_size") OR OLD."text_size_chosen" IS DISTINCT FROM (NEW."text_size_chosen") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."weak_points" IS DISTINCT FROM (NEW."weak_points"))', func='INSERT INTO "people_personevent" ("birth_year", "created_at", "expertise", "id", "is_active", "is_staff", "is_superuser", "mobile", "name", "neighbourhood_id", "party_work_years", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "post_since", "salutation", "text_size", "text_size_chosen", "unit", "version", "weak_points") VALUES (NEW."birth_year", NEW."created_at", NEW."expertise", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."mobile", NEW."name", NEW."neighbourhood_id", NEW."party_work_years", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post", NEW."post_since", NEW."salutation", NEW."text_size", NEW."text_size_chosen", NEW."unit", NEW."version", NEW."weak_points"); RETURN NULL;', hash='9c6875e4375324dcdfd4b7b1663b44448d088679', operation='UPDATE', pgid='pgtrigger_update_update_de829', table='people_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='35abda29df77c17d89d5efdc2f5d2acf63e59c13', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1d49f', table='people_personevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='studio',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_studioevent" ("accept_workdays", "brand_name", "consult_days", "contact_name", "contact_phone", "edit_hours", "id", "level", "name", "pair_capacity", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_days", "return_workdays", "review_days", "street_id", "version") VALUES (NEW."accept_workdays", NEW."brand_name", NEW."consult_days", NEW."contact_name", NEW."contact_phone", NEW."edit_hours", NEW."id", NEW."level", NEW."name", NEW."pair_capacity", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quiet_days", NEW."return_workdays", NEW."review_days", NEW."street_id", NEW."version"); RETURN NULL;', hash='a0bb353effc04ebb257eae3135a1af3b6673dedc', operation='INSERT', pgid='pgtrigger_insert_insert_55d53', table='people_studio', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='studio',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_studioevent" ("accept_workdays", "brand_name", "consult_days", "contact_name", "contact_phone", "edit_hours", "id", "level", "name", "pair_capacity", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_days", "return_workdays", "review_days", "street_id", "version") VALUES (NEW."accept_workdays", NEW."brand_name", NEW."consult_days", NEW."contact_name", NEW."contact_phone", NEW."edit_hours", NEW."id", NEW."level", NEW."name", NEW."pair_capacity", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quiet_days", NEW."return_workdays", NEW."review_days", NEW."street_id", NEW."version"); RETURN NULL;', hash='5d7ad40f65df2ae564d0813a0c453457b016f95b', operation='UPDATE', pgid='pgtrigger_update_update_4c17b', table='people_studio', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membershipevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f22365c09e76ac49145de3ef9be99f0c2407bd7b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3b09f', table='people_membershipevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_membershipevent" ("apprentice_kind", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "studio_id") VALUES (NEW."apprentice_kind", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."starts_on", NEW."studio_id"); RETURN NULL;', hash='1561c98204cafbcd1e72149374ca8820fb5d358a', operation='INSERT', pgid='pgtrigger_insert_insert_6bbf7', table='people_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_membershipevent" ("apprentice_kind", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "studio_id") VALUES (NEW."apprentice_kind", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."starts_on", NEW."studio_id"); RETURN NULL;', hash='ab9e97c65aa49fe70514ce6590a20b8978109299', operation='UPDATE', pgid='pgtrigger_update_update_c12bb', table='people_membership', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='logincardevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dc6002be8f18ac987dbc81ab68a95c7b8ada24c1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7e443', table='people_logincardevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='logincard',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_logincardevent" ("id", "issued_at", "issued_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "studio_id", "used_at") VALUES (NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."studio_id", NEW."used_at"); RETURN NULL;', hash='a6675e7acc57420242ecaa8f363b8f5aededae54', operation='INSERT', pgid='pgtrigger_insert_insert_e8fb3', table='people_logincard', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='logincard',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id") OR OLD."studio_id" IS DISTINCT FROM (NEW."studio_id") OR OLD."used_at" IS DISTINCT FROM (NEW."used_at"))', func='INSERT INTO "people_logincardevent" ("id", "issued_at", "issued_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "studio_id", "used_at") VALUES (NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."studio_id", NEW."used_at"); RETURN NULL;', hash='9c82cdb1d6251c8005233861540815a55ad4bdbf', operation='UPDATE', pgid='pgtrigger_update_update_08e75', table='people_logincard', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedbackevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='66df70b29a56d43ece0950f6430a2b57404a813c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_11786', table='people_feedbackevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedback',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_feedbackevent" ("answer", "answered_at", "answered_by_id", "at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "studio_id", "text") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."at", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."studio_id", NEW."text"); RETURN NULL;', hash='27b59e4568621c78951e614490c11232aed7defe', operation='INSERT', pgid='pgtrigger_insert_insert_682be', table='people_feedback', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedback',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_feedbackevent" ("answer", "answered_at", "answered_by_id", "at", "by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "studio_id", "text") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."at", NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."studio_id", NEW."text"); RETURN NULL;', hash='23b90bef1e829aad035f9fa5afa478937e6f885d', operation='UPDATE', pgid='pgtrigger_update_update_a3bb2', table='people_feedback', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='studioevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cf7d712c81fd3b5ef255c7856ad267fed9b84170', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fe448', table='people_studioevent', when='BEFORE')),
        ),
    ]
