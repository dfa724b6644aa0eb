"""Queries that nearly every page asks: put together once per process, planned once per connection.

Putting a query together from Django's parts and planning it costs far more than running it. A Prepared query
is written once for a stand-in whose ids are placeholders; then PostgreSQL keeps its plan (PREPARE) and only the
real ids are sent. The querysets stay the one place that says what is asked.
"""

import re
from weakref import WeakKeyDictionary

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone
from psycopg2.extensions import AsIs

# Numbers that no row has as its id: each stands for a parameter in the text of the query.
FIRST = 9007199254740000
# Names of the statements that each open connection keeps.
_kept = WeakKeyDictionary()


class _StandInStanding:
    """The declared sets only, so that reading another one fails; a placeholder where there is any id."""

    def __init__(self, filled):
        for place, (name, some) in enumerate(filled.items(), start=1):
            setattr(self, name, frozenset({FIRST + place} if some else ()))


class Prepared:
    """`write(person) -> (sql, params)` reads the person's id, the day, and the `sets` of the standing.

    A set that is empty is empty in the text, too: there is one text for each shape of standing, made anew each
    day.
    """

    def __init__(self, name, write, *, sets):
        self.name, self.write, self.sets = name, write, sets
        self._day, self._texts = None, {}

    def fetch(self, person):
        """All rows for this person."""
        with connection.cursor() as cursor:
            name, (text, used) = self._text(cursor, person)
            given = {one: list(getattr(person.standing, one)) for one in used if one != "pk"} | {
                "pk": person.pk
            }
            # Behind a pooler nothing can be kept on a connection; this is the setting that says so.
            if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
                cursor.execute(text, given)
            else:
                self._keep(cursor, name, text, used)
                slots = ", ".join(f"%({one})s" for one in used)
                cursor.execute(f"EXECUTE {name}({slots})" if used else f"EXECUTE {name}", given)
            return cursor.fetchall()

    def _text(self, cursor, person):
        """(name of the statement, (text with named slots, names of the slots)) for this person's shape."""
        filled = {name: bool(getattr(person.standing, name)) for name in self.sets}
        day, shape = timezone.localdate(), "".join("01"[some] for some in filled.values())
        if day != self._day:
            self._day, self._texts = day, {}
        if shape not in self._texts:
            self._texts[shape] = self._compose(cursor, filled)
        return f"{self.name}_{shape}_{day:%m%d}", self._texts[shape]

    def _compose(self, cursor, filled):
        stand_in = get_user_model()(pk=FIRST)
        stand_in.standing = _StandInStanding(filled)
        literal = cursor.mogrify(*self.write(stand_in))
        literal = (literal.decode() if isinstance(literal, bytes) else literal).replace("%", "%%")
        for place, name in enumerate(("pk", *self.sets)):
            literal = literal.replace(f"IN ({FIRST + place})", f"= ANY(%({name})s)")
            literal = re.sub(rf"{FIRST + place}\b", f"%({name})s", literal)
        return literal, [name for name in ("pk", *self.sets) if f"%({name})s" in literal]

    def _keep(self, cursor, name, text, used):
        names = _kept.setdefault(connection.connection, set())
        if name not in names:
            numbers = {one: AsIs(f"${place}") for place, one in enumerate(used, start=1)}
            cursor.execute(f"PREPARE {name} AS {text}", numbers)
            names.add(name)
