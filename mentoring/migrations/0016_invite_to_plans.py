"""Whoever is to come to a session that is planned already is asked as well."""

from django.db import migrations

from people import migrating

ASK = """
    INSERT INTO mentoring_invitation (studio_id, session_id, person_id, answer, reason)
    SELECT a.studio_id, a.session_id, a.apprentice_id, '', ''
      FROM mentoring_attendance a JOIN mentoring_session s ON s.id = a.session_id
     WHERE s.state = 'planned'
"""


class Migration(migrating.Migration):
    dependencies = [("mentoring", "0015_invitations")]

    operations = [migrations.RunSQL(ASK, migrations.RunSQL.noop)]
