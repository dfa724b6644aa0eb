"""Queries that nearly every page asks: put together once per process, planned once per connection.

Putting a query together from Django's parts and planning it costs far more than running it. A Prepared
query is written once for a stand-in (people/stand_in.py); then PostgreSQL keeps its plan (PREPARE) and
only the real ids are sent. The querysets stay the one place that says what is asked.
"""

import re
from weakref import WeakKeyDictionary

from django.db import connection
from django.utils import timezone
from psycopg2.extensions import AsIs

from .stand_in import NAMES, PERSON, PLACEHOLDERS, Texts

# Names of the statements that each open connection keeps.
_kept = WeakKeyDictionary()


class Prepared:
    """`write(person) -> (sql, params)` reads the person's id, the sets of the standing, and the day.

    A set that is empty is empty in the text, too. Texts are made anew each day.
    """

    def __init__(self, name, write):
        self.name, self.write = name, write
        self._day = self._texts = None

    def fetch(self, person):
        """All rows for this person."""
        day = timezone.localdate()
        if day != self._day:
            self._day, self._texts = day, Texts(self._compose)
        shape, (text, used) = self._texts.of(person)
        given = {name: list(getattr(person.standing, name)) for name in used if name != "pk"}
        given["pk"] = person.pk
        with connection.cursor() as cursor:
            # Behind a pooler nothing can be kept on a connection; this is the setting that says so.
            if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
                cursor.execute(text, given)
            else:
                name = "_".join([self.name, f"{day:%m%d}", *sorted(shape)])
                _keep(cursor, name, text, used)
                slots = ", ".join(f"%({one})s" for one in used)
                cursor.execute(f"EXECUTE {name}({slots})" if used else f"EXECUTE {name}", given)
            return cursor.fetchall()

    def _compose(self, stand_in):
        """(text with named slots, names of the slots)."""
        with connection.cursor() as cursor:
            literal = cursor.mogrify(*self.write(stand_in))
        literal = (literal.decode() if isinstance(literal, bytes) else literal).replace("%", "%%")
        for number, name in {PERSON: "pk", **NAMES}.items():
            literal = literal.replace(f"IN ({number})", f"= ANY(%({name})s)")
            literal = re.sub(rf"\b{number}\b", f"%({name})s", literal)
        return literal, [name for name in ("pk", *PLACEHOLDERS) if f"%({name})s" in literal]


def _keep(cursor, name, text, used):
    """Have the connection keep the statement, unless it does."""
    names = _kept.setdefault(connection.connection, set())
    if name not in names:
        numbers = {slot: AsIs(f"${place}") for place, slot in enumerate(used, start=1)}
        # Without it PostgreSQL may plan anew for each person: ten times the work, for the same plan.
        cursor.execute(f"SET plan_cache_mode = force_generic_plan; PREPARE {name} AS {text}", numbers)
        names.add(name)
