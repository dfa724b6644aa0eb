"""Numbers without gaps, one series per studio and year."""

from django.db import connection


def next_number(studio, series, year):
    """The next number of a series, 1-based. Waits for other transactions, so a rollback leaves no gap."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_counter (studio_id, series, year, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (studio_id, series, year) DO UPDATE SET last = people_counter.last + 1"
            " RETURNING last",
            [studio.pk, series, year],
        )
        return cursor.fetchone()[0]
