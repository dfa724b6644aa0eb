"""接待与走访 and 一本账."""

from casework.actions import visits
from tests.factories import days_ago

from .rows import FORBIDDEN, MISSING, OK, Row

REFUSED = 422
WRITERS = {"stranger": FORBIDDEN, "guest": FORBIDDEN, "district": FORBIDDEN, "*": OK}
WRITERS_FORM = {"stranger": FORBIDDEN, "guest": FORBIDDEN, "district": FORBIDDEN, "*": REFUSED}
KEEPERS = {
    "staff": OK, "b_staff": OK, "apprentice": OK, "peer": OK, "other_apprentice": OK, "b_apprentice": OK,
    "*": FORBIDDEN,
}  # fmt: skip
KEEPERS_FORM = {role: REFUSED if status == OK else status for role, status in KEEPERS.items()}
# The apprentice went; her mentor and the staff read it.
READERS = {"staff": OK, "apprentice": OK, "mentor": OK, "*": MISSING}
OF_THE_PLACE = {"staff": OK, "apprentice": OK, "*": MISSING}


def visit(cast):
    made = visits.log(
        studio=cast.a.studio, way="visited", held_on=days_ago(1), kind="alone", by=cast.a.apprentice,
        neighbourhood=cast.a.apprentice.neighbourhood, problem="楼道灯不亮", name="王阿姨",
    )  # fmt: skip
    return (made.pk,)


def household(cast):
    made = visits.add_household(
        studio=cast.a.studio, neighbourhood=cast.a.apprentice.neighbourhood, kind="alone", name="王阿姨",
        phone="13800000000", by=cast.a.apprentice,
    )  # fmt: skip
    return (made.pk,)


def once_more(cast):
    """A visit without a problem: whoever may is told so, and every role can try."""
    made = visits.log(
        studio=cast.a.studio, way="visited", held_on=days_ago(1), kind="alone", by=cast.a.apprentice,
        neighbourhood=cast.a.apprentice.neighbourhood,
    )  # fmt: skip
    return (made.pk,)


ROWS = [
    Row("casework:visit-list", {"*": OK}),
    Row("casework:visit-new", WRITERS, WRITERS_FORM),
    Row("casework:visit-detail", READERS, args=visit),
    Row(
        "casework:visit-to-case",
        {"*": 405},
        {"staff": 409, "apprentice": 409, "mentor": FORBIDDEN, "*": MISSING},
        args=once_more,
    ),
    Row("casework:book", KEEPERS),
    Row("casework:household-new", KEEPERS, KEEPERS_FORM),
    Row("casework:household-detail", OF_THE_PLACE, args=household),
    Row(
        "casework:household-edit",
        OF_THE_PLACE,
        {"staff": REFUSED, "apprentice": REFUSED, "*": MISSING},
        args=household,
    ),
]
