"""案例库 and 入库."""

from casework.models import LibraryCase
from tests.casework.libraries import closed, handed_over, published

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
IN_CASE = dict.fromkeys(("mentor", "other_mentor", "apprentice"), FORBIDDEN)
WRITERS = {**IN_CASE, "staff": OK, "lead": OK, "*": MISSING}
OUTSIDE = dict.fromkeys(("guest", "stranger"), MISSING)


def sends(table):
    return {role: SENT_BACK if status == OK else status for role, status in table.items()}


def case(cast):
    return (closed(cast).pk,)


def in_library(cast):
    found = LibraryCase.objects.published().first() or published(cast)
    return (found.pk,)


def waiting(cast):
    return (handed_over(cast).pk,)


READER = {"lead": OK, "staff": FORBIDDEN, "*": MISSING}
TAKES_OUT = {"staff": OK, "lead": OK, **OUTSIDE, "*": FORBIDDEN}

ROWS = [
    Row("casework:library-list", {"*": OK}),
    Row("casework:library-detail", {**OUTSIDE, "*": OK}, args=in_library),
    Row("casework:case-publish", WRITERS, sends(WRITERS), args=case),
    Row("casework:library-read", READER, sends(READER), args=waiting),
    Row("casework:library-withdraw", TAKES_OUT, sends(TAKES_OUT), args=in_library),
]
