"""What stood in the record of a 谈心 becomes the note of the mentor and of each apprentice who was there.

It goes out of the history as well, where staff could still read it; the history's own guard stands aside for
that, and for nothing else.
"""

from django.db import migrations

from people import migrating

MOVE = """
    ALTER TABLE mentoring_session DISABLE TRIGGER USER;
    ALTER TABLE mentoring_sessionevent DISABLE TRIGGER USER;
    INSERT INTO mentoring_talknote (studio_id, session_id, mentor_id, apprentice_id, text, written_at)
    SELECT s.studio_id, s.id, s.mentor_id, a.apprentice_id, s.note, coalesce(s.logged_at, now())
      FROM mentoring_session s JOIN mentoring_attendance a ON a.session_id = s.id
     WHERE s.mode = 'talk' AND s.note <> '';
    UPDATE mentoring_session SET note = '' WHERE mode = 'talk' AND note <> '';
    UPDATE mentoring_sessionevent SET note = ''
     WHERE note <> '' AND id IN (SELECT id FROM mentoring_session WHERE mode = 'talk');
    ALTER TABLE mentoring_session ENABLE TRIGGER USER;
    ALTER TABLE mentoring_sessionevent ENABLE TRIGGER USER;
"""
BACK = """
    ALTER TABLE mentoring_session DISABLE TRIGGER USER;
    UPDATE mentoring_session s SET note = t.text
      FROM (SELECT DISTINCT ON (session_id) session_id, text FROM mentoring_talknote ORDER BY session_id, id) t
     WHERE t.session_id = s.id AND s.mode = 'talk';
    DELETE FROM mentoring_talknote;
    ALTER TABLE mentoring_session ENABLE TRIGGER USER;
"""


class Migration(migrating.Migration):
    dependencies = [("mentoring", "0005_ways_of_teaching")]

    operations = [migrations.RunSQL(MOVE, BACK)]
