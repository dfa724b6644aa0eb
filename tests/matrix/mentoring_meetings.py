"""Who reaches which page of 会议."""

from mentoring.actions import meetings
from tests.factories import days_ago, days_ahead

from .rows import FORBIDDEN, MISSING, OK, Row

INVALID, NO_METHOD = 422, 405
NEVER = {"*": NO_METHOD}


def made(held_on, *, written=False):
    def make(cast):
        meeting = meetings.plan(
            studio=cast.a.studio, kind="work", held_on=held_on(), subject="带教怎么走", by=cast.a.staff,
            members=[cast.a.mentor, cast.a.apprentice],
        )  # fmt: skip
        if written:
            meetings.write_minutes(
                meeting, version=1, came=[cast.a.mentor], minutes="都说了。", by=cast.a.staff
            )
        return (meeting.pk,)

    return make


ahead, past = made(lambda: days_ahead(3)), made(lambda: days_ago(1))
held = made(lambda: days_ago(1), written=True)
SEEN = {"*": MISSING, **dict.fromkeys(("staff", "mentor", "apprentice"), OK)}
CHANGED = {"*": MISSING, "staff": OK, **dict.fromkeys(("mentor", "apprentice"), FORBIDDEN)}
SENT = {**CHANGED, "staff": INVALID}
ASKED = {"*": MISSING, "staff": FORBIDDEN, **dict.fromkeys(("mentor", "apprentice"), OK)}
ANSWERED = {**ASKED, **dict.fromkeys(("mentor", "apprentice"), INVALID)}
STAFF = {"*": FORBIDDEN, **dict.fromkeys(("staff", "b_staff"), OK)}

ROWS = [
    Row(
        "mentoring:meeting-list",
        get={"*": OK, **dict.fromkeys(("stranger", "guest", "district"), MISSING)},
        post=NEVER,
    ),
    Row("mentoring:meeting-new", get=STAFF, post={**STAFF, "staff": INVALID, "b_staff": INVALID}),
    Row("mentoring:meeting-detail", args=held, get=SEEN, post=NEVER),
    Row("mentoring:meeting-edit", args=ahead, get=CHANGED, post=SENT),
    Row("mentoring:meeting-minutes", args=past, get=CHANGED, post=SENT),
    Row("mentoring:meeting-coming", args=ahead, get=ASKED, post=ANSWERED),
    Row("mentoring:meeting-cancel", args=ahead, get=CHANGED, post=SENT),
    Row("mentoring:meeting-remove", args=held, get=CHANGED, post=SENT),
    Row("mentoring:meeting-print", args=held, get=SEEN, post=NEVER),
    Row("mentoring:meeting-word", args=held, get=SEEN, post=NEVER),
]
