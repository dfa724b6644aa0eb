"""Indexes that hold all that is counted over a round, and each scorer's sheets in the order of the people."""

from django.conf import settings
from django.db import migrations, models

from people import migrating


class Migration(migrating.Migration):

    dependencies = [
        ('growth', '0016_removed_rows_are_found'),
        ('people', '0013_household_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='sheet',
            name='sheets_of_a_scorer',
        ),
        migrations.RemoveIndex(
            model_name='sheet',
            name='sheets_of_a_round',
        ),
        migrations.AddIndex(
            model_name='assessed',
            index=models.Index(condition=models.Q(('dropped_at__isnull', False)), fields=['round', 'id'], name='assessed_dropped'),
        ),
        migrations.AddIndex(
            model_name='sheet',
            index=models.Index(fields=['scorer', 'round', 'assessed'], name='sheets_of_a_scorer'),
        ),
        migrations.AddIndex(
            model_name='sheet',
            index=models.Index(fields=['studio', 'round', 'assessed'], include=('sent_at',), name='sheets_of_a_round'),
        ),
        migrations.AddIndex(
            model_name='sheet',
            index=models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['round', 'scorer', 'assessed'], name='sheets_to_send'),
        ),
    ]
