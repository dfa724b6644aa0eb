"""Asking guests from outside; what a guest opens without an account (tests/casework/test_guests.py)."""

from casework.actions import guests
from tests.casework.cures import consulting

from .casework_cure import case, form, only
from .rows import AWAY, MISSING, Row


def guest(cast):
    asked = {"organisation": "区房管所", "name": "王志明", "by": cast.a.lead}
    return (guests.invite(case=consulting(cast), **asked)[0].pk,)


ROWS = [
    Row("casework:case-guests", args=case(consulting), **form("staff", "lead")),
    Row("casework:guest-link", get={"*": 405}, post=only(AWAY, "staff", "lead"), args=guest),
    Row("casework:guest-case", get={"*": MISSING}, post={"*": MISSING}, args=lambda cast: (1,), public=True),
    Row("casework:guest-draft", get={"*": 405}, post={"*": MISSING}, args=lambda cast: (1,), public=True),
    Row("casework:guest-ask", get={"*": MISSING}, post={"*": MISSING}, args=lambda cast: (1,), public=True),
]
