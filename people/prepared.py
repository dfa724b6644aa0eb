"""Queries that nearly every page asks: put together once per process, planned once per connection.

Putting a query together from Django's parts and planning it costs far more than running it. A Prepared
query is written once for a stand-in (people/stand_in.py); then PostgreSQL keeps its plan
(people/statements.py) and only the real ids are sent. The querysets stay the one place that says what
is asked.

An answer is remembered for as long as nobody has written anything: PostgreSQL names the state of its data by
the transactions that are finished and those that are not (pg_current_snapshot), and whoever writes anything
changes that name. The same name means the same rows, so nothing ever needs to be forgotten by hand.
"""

from django.db import connection
from django.utils import timezone

from .stand_in import NAMES, PERSON, Texts
from .statements import Statement

# So many answers of a query are remembered by a process.
MOST = 500


class Prepared:
    """`write(person) -> (sql, params)` reads the person's id, the sets of the standing, and the day.

    A set that is empty is empty in the text, too. Texts are made anew each day.
    """

    def __init__(self, name, write):
        self.name, self.write = name, write
        self._known, self._answers = (None, None), {}

    def fetch(self, person):
        """All rows for this person; not to be changed by the caller."""
        day, texts = self._known
        if day != timezone.localdate():
            day, texts = self._known = timezone.localdate(), Texts(self._compose)
        shape, statement = texts.of(person)
        given = {name: list(getattr(person.standing, name)) for name in statement.slots if name != "pk"}
        asked = statement.call("_".join([self.name, f"{day:%m%d}", *sorted(shape)]))
        return self._remembered(asked, given | {"pk": person.pk})

    def _remembered(self, asked, given):
        key = connection.settings_dict["NAME"], asked, repr(given)
        with connection.cursor() as cursor:
            state = _state_of_data(cursor)
            known, rows = self._answers.get(key, (None, None))
            if state is None or state != known:
                cursor.execute(asked, given)
                rows = cursor.fetchall()
                self._remember(key, state, rows)
        return rows

    def _remember(self, key, state, rows):
        if len(self._answers) >= MOST:
            self._answers.clear()
        self._answers[key] = state, rows

    def _compose(self, stand_in):
        return Statement(*self.write(stand_in), {PERSON: "pk", **NAMES}, lists=NAMES.values())


def _state_of_data(cursor):
    """The name of what is committed; None within a transaction, whose own writes are in no such name."""
    if connection.in_atomic_block:
        return None
    cursor.execute("SELECT pg_current_snapshot()::text")
    return cursor.fetchone()[0]
