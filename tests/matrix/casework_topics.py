"""课题."""

from casework.actions import topics

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
HOUSE = ("mentor", "other_mentor", "apprentice", "peer", "other_apprentice")
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}


def topic(cast):
    made = topics.begin(
        studio=cast.a.studio, by=cast.a.staff, title="老小区停车", why="都在吵", lead=cast.a.lead
    )
    return (made.pk,)


def sends(table):
    return {role: SENT_BACK if status == OK else status for role, status in table.items()}


READERS = dict.fromkeys((*HOUSE, "staff", "lead", "district"), OK) | {"*": MISSING}
WRITERS = dict.fromkeys((*HOUSE, "district"), FORBIDDEN) | {"staff": OK, "lead": OK, "*": MISSING}

ROWS = [
    Row("casework:topic-list", {"stranger": FORBIDDEN, "guest": FORBIDDEN, "*": OK}),
    Row("casework:topic-new", STAFF, sends(STAFF)),
    Row("casework:topic-detail", READERS, args=topic),
    Row("casework:topic-edit", WRITERS, sends(WRITERS), args=topic),
    Row("casework:topic-note", WRITERS, sends(WRITERS), args=topic),
    Row("casework:topic-close", WRITERS, sends(WRITERS), args=topic),
]
