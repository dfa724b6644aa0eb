"""Statements that a connection keeps, so that PostgreSQL plans them once and not at every request.

A text comes from people/kept.py or people/prepared.py with placeholder numbers (people/stand_in.py)
where ids belong. For a short query planning takes several times as long as the query itself.
"""

import re
from datetime import date
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg2.extensions import AsIs

# Without the first PostgreSQL may plan anew for each person: ten times the work, for the same plan. The
# second tells that a page far off costs hardly more than the next one, which holds in memory and on flash;
# otherwise a whole table of people is read to find twenty names.
PLANNING = "SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1.1"
# Names of the statements that each open connection keeps.
_kept = WeakKeyDictionary()


class Statement:
    """`sql` and `params` with placeholders: numbers, days, words; `names`: {placeholder: name of the slot}.

    `lists` are the slots that take a list of ids wherever the text says `IN (…)`; the others take one id.
    """

    def __init__(self, sql, params, names, lists=()):
        with connection.cursor() as cursor:
            text = cursor.mogrify(sql, params)
        text = (text.decode() if isinstance(text, bytes) else text).replace("%", "%%")
        for slot, name in names.items():
            if name in lists:
                text = text.replace(f"IN ({slot})", f"= ANY(%({name})s)")
            text = re.sub(_written(slot), f"%({name})s", text)
        self.text, self.slots = text, [name for name in names.values() if f"%({name})s" in text]

    def call(self, name):
        """What to execute, with the slots as named parameters. Makes the connection keep the statement.

        `name` is the statement's own: letters, digits and underscores, at most 63.
        """
        # Behind a pooler nothing can be kept on a connection; this is the setting that says so.
        if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            return self.text
        connection.ensure_connection()
        names = _kept.setdefault(connection.connection, set())
        if name not in names:
            numbers = {slot: AsIs(f"${place}") for place, slot in enumerate(self.slots, start=1)}
            # The driver's own cursor: planning once is no query of the page that happens to come first.
            with connection.wrap_database_errors, connection.connection.cursor() as cursor:
                cursor.execute(f"{PLANNING}; PREPARE {name} AS {self.text}", numbers)
            names.add(name)
        given = ", ".join(f"%({slot})s" for slot in self.slots)
        return f"EXECUTE {name}({given})" if given else f"EXECUTE {name}"


def _written(slot):
    """The pattern of a placeholder as it stands in the text."""
    if isinstance(slot, str):
        return f"'{slot}'"
    return rf"'{slot:%Y-%m-%d}'::date" if isinstance(slot, date) else rf"\b{slot}\b"
