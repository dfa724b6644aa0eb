"""Who reaches the pages of the ways of teaching: questions and answers, one line about a call."""

from mentoring.actions import session_plans
from tests.factories import SessionFactory, days_ago, days_ahead

from .rows import FORBIDDEN, MISSING, OK, Row

INVALID = 422


def answers(cast):
    present = [cast.a.apprentice]
    return (SessionFactory(group=cast.a.group, present=present, mode="answers", units=["房管所"]).pk,)


def planned(held_on):
    def make(cast):
        given = {"group": cast.a.group, "participants": [cast.a.apprentice], "by": cast.a.mentor}
        return (session_plans.plan(held_on=held_on(), **given).pk,)

    return make


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
        "mentoring:session-coming",
        args=planned(lambda: days_ahead(3)),
        get={"*": MISSING, "apprentice": OK, "staff": FORBIDDEN, "mentor": FORBIDDEN},
        post={"*": MISSING, "apprentice": INVALID, "staff": FORBIDDEN, "mentor": FORBIDDEN},
    ),
    Row(
        "mentoring:session-came",
        args=planned(lambda: days_ago(0)),
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
