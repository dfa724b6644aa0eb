"""Who reaches 日历, and the address for a calendar program."""

from mentoring.actions import calendar_feeds

from .rows import AWAY, MISSING, OK, Row

NO_METHOD = 405
OUTSIDE = dict.fromkeys(("stranger", "guest", "district"), MISSING)
MINE = {"*": OK, **OUTSIDE}


def address(cast):
    return (calendar_feeds.make(cast.a.mentor),)


ROWS = [
    Row("mentoring:calendar", get=MINE, post={"*": NO_METHOD}),
    Row("mentoring:calendar-feed", get=MINE, post={"*": 422, **OUTSIDE}),
    Row("mentoring:calendar-revoke", get={"*": NO_METHOD}, post={"*": AWAY}),
    Row(
        "mentoring:calendar-file", args=address, get={"*": OK, "anonymous": OK}, post={"*": NO_METHOD},
        public=True,
    ),
]  # fmt: skip
