"""Who reaches the pages of the ways of teaching: questions and answers, one line about a call."""

from tests.factories import SessionFactory

from .rows import FORBIDDEN, MISSING, OK, Row

INVALID = 422


def answers(cast):
    present = [cast.a.apprentice]
    return (SessionFactory(group=cast.a.group, present=present, mode="answers", units=["房管所"]).pk,)


def pair(cast):
    return (cast.a.group.pairings.get(apprentice=cast.a.apprentice).pk,)


ROWS = [
    Row(
        "mentoring:session-answers",
        args=answers,
        get={"*": MISSING, "staff": OK, "mentor": OK, "apprentice": FORBIDDEN},
        post={"*": MISSING, "staff": INVALID, "mentor": INVALID, "apprentice": FORBIDDEN},
    ),
    Row(
        "mentoring:contact-new",
        args=pair,
        get={"*": MISSING, "staff": OK, "mentor": OK, "apprentice": FORBIDDEN},
        post={"*": MISSING, "staff": INVALID, "mentor": INVALID, "apprentice": FORBIDDEN},
    ),
]
