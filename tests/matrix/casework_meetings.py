"""会诊会: called by staff, presided over by the lead, over the apprentice's case."""

from datetime import timedelta

from django.utils import timezone

from casework.actions import meetings
from tests.casework.cures import consulting

from .casework_cure import INSIDE, INVALID, form, only
from .rows import AWAY, FORBIDDEN, MISSING, OK, Row


def made(cast):
    return meetings.call(
        studio=cast.a.studio, at=timezone.now() + timedelta(days=1), place="红色议事厅", chair=cast.a.lead,
        cases=[consulting(cast)], by=cast.a.staff,
    )  # fmt: skip


def meeting(cast):
    return (made(cast).pk,)


def item(cast):
    return (made(cast).items.get().pk,)


READ = {**dict.fromkeys(INSIDE, OK), "*": MISSING}
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}
STAFF_FORM = {"staff": INVALID, "b_staff": INVALID, "*": FORBIDDEN}

ROWS = [
    Row("casework:meeting-list", {"*": OK}),
    Row("casework:meeting-new", STAFF, STAFF_FORM),
    Row("casework:meeting-detail", READ, args=meeting),
    Row("casework:meeting-edit", args=meeting, **form("staff")),
    Row("casework:meeting-seats", args=meeting, **form("staff", "lead")),
    Row("casework:meeting-end", {"*": 405}, only(AWAY, "staff", "lead"), args=meeting),
    Row("casework:meeting-go-on", {"*": 405}, only(AWAY, "staff", "lead"), args=meeting),
    Row("casework:meeting-minutes", READ, args=meeting),
    Row("casework:minutes-word", READ, args=meeting),
    Row("casework:meeting-host", args=item, **form("staff", "lead")),
    Row("casework:meeting-save", {"*": 405}, only(OK, "staff", "lead"), args=item),
    Row("casework:meeting-idea", {"*": 405}, only(INVALID, "staff", "lead"), args=item),
    Row("casework:meeting-screen", READ, args=item),
    Row("casework:meeting-earlier", {"*": 405}, only(AWAY, "staff", "lead"), args=item),
]
