"""Queries that nearly every page asks: put together once per process, planned once per connection.

Putting a query together from Django's parts and planning it costs far more than running it. A Prepared
query is written once for a stand-in (people/stand_in.py); then PostgreSQL keeps its plan
(people/statements.py) and only the real ids are sent. The querysets stay the one place that says what
is asked.
"""

from django.db import connection
from django.utils import timezone

from .stand_in import NAMES, PERSON, Texts
from .statements import Statement


class Prepared:
    """`write(person) -> (sql, params)` reads the person's id, the sets of the standing, and the day.

    A set that is empty is empty in the text, too. Texts are made anew each day.
    """

    def __init__(self, name, write):
        self.name, self.write = name, write
        self._known = None, None

    def fetch(self, person):
        """All rows for this person."""
        day, texts = self._known
        if day != timezone.localdate():
            day, texts = self._known = timezone.localdate(), Texts(self._compose)
        shape, statement = texts.of(person)
        given = {name: list(getattr(person.standing, name)) for name in statement.slots if name != "pk"}
        asked = statement.call("_".join([self.name, f"{day:%m%d}", *sorted(shape)]))
        with connection.cursor() as cursor:
            cursor.execute(asked, given | {"pk": person.pk})
            return cursor.fetchall()

    def _compose(self, stand_in):
        return Statement(*self.write(stand_in), {PERSON: "pk", **NAMES}, lists=NAMES.values())
