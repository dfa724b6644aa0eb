"""What became of the methods that prescriptions ticked: told to growth/worked.py."""

from django.db import connection

from growth.worked import Worked

from .models import LibraryCase

_SQL = """
SELECT method_id, count(*), count(*) FILTER (WHERE well)
  FROM (SELECT used.method_id, p.case_id, p.round, bool_and(o.result IN ('solved', 'better')) AS well
          FROM casework_prescription_methods used
          JOIN casework_prescription p ON p.id = used.prescription_id
          JOIN casework_outcome o ON o.case_id = p.case_id AND o.round = p.round
          JOIN casework_case c ON c.id = p.case_id
         WHERE used.method_id = ANY(%s) AND c.state IN ('closed', 'published') AND c.removed_at IS NULL
         GROUP BY used.method_id, p.case_id, p.round) told
 GROUP BY method_id
"""
MOST_CASES = 10


def counts(ids):
    """{method id: Worked}; a round of a finished case counts once, and as well when both sides say so."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [ids])
        return {pk: Worked(used, well) for pk, used, well in cursor.fetchall()}


def cases(person, method):
    """[(title, address, result)] of the library's cases in which it was used, the newest first."""
    found = LibraryCase.objects.visible_to(person).published().filter(methods=method).order_by("-read_at")
    rows = found.only("title", "result")[:MOST_CASES]
    return [(entry.title, entry.get_absolute_url(), entry.get_result_display()) for entry in rows]
