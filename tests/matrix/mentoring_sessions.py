"""Who reaches which page of 带教活动."""

from django.core.files.base import ContentFile

from mentoring.models import SessionPhoto
from tests.factories import SessionFactory, days_ahead

from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

INVALID, NO_METHOD = 422, 405
NONE = {"*": MISSING}
NEVER = {"*": NO_METHOD}
WRITERS = ("staff", "lead", "mentor", "other_mentor", "b_staff", "b_mentor")
APPRENTICES = ("apprentice", "peer", "other_apprentice", "b_apprentice")


def each(roles, status):
    return dict.fromkeys(roles, status)


def logged(cast, **given):
    return SessionFactory(group=cast.a.group, present=[cast.a.apprentice], **given)


def planned(cast):
    return logged(cast, state="planned", held_on=days_ahead(3), logged_at=None, logged_by=None)


def one(make):
    return lambda cast: (make(cast).pk,)


def by_proxy(cast):
    return logged(cast, logged_by=cast.a.staff)


def photo(cast, session=None):
    return SessionPhoto.objects.create(
        studio=cast.a.studio, session=session or logged(cast), uploaded_by=cast.a.mentor, width=1, height=1,
        image=ContentFile(b"photo", "matrix.jpg"), thumb=ContentFile(b"photo", "matrix-s.jpg"),
    )  # fmt: skip


# Those present, their mentor, and staff see a session; nobody else does.
SEEN = {"*": MISSING, **each(("staff", "mentor", "apprentice"), OK)}
# Of those, the mentor within the window and staff change it.
CHANGED = {"*": MISSING, **each(("staff", "mentor"), OK), "apprentice": FORBIDDEN}
INVALID_CHANGE = {"*": MISSING, **each(("staff", "mentor"), INVALID), "apprentice": FORBIDDEN}
WRITING = {"*": MISSING, **each(WRITERS, OK), **each(APPRENTICES, FORBIDDEN)}
# Where no group is named and the person leads none, the page asks for one; else an empty form is refused.
SENDING = {**WRITING, **each(("mentor", "other_mentor", "b_mentor"), INVALID)}

ROWS = [
    Row(
        "mentoring:session-list",
        get={"*": OK, **each(("stranger", "guest", "district"), MISSING)},
        post=NEVER,
    ),
    Row("mentoring:session-new", get=WRITING, post=SENDING),
    Row("mentoring:session-plan", get=WRITING, post=SENDING),
    Row(
        "mentoring:photo-upload",
        get=NEVER,
        post={"*": MISSING, **each(WRITERS, INVALID), **each(APPRENTICES, FORBIDDEN)},
    ),
    Row("mentoring:photo", args=one(photo), get=SEEN, post=NEVER),
    Row("mentoring:photo-thumb", args=one(photo), get=SEEN, post=NEVER),
    Row(
        "mentoring:photo-remove",
        args=one(photo),
        get=NEVER,
        # The first who may takes it away; for the others it is not there any more.
        post={"*": MISSING, "staff": AWAY},
    ),
    Row("mentoring:session-detail", args=one(logged), get=SEEN, post=NEVER),
    Row("mentoring:session-done", args=one(logged), get={**SEEN, "apprentice": AWAY}, post=NEVER),
    Row("mentoring:session-edit", args=one(logged), get=CHANGED, post=INVALID_CHANGE),
    Row(
        "mentoring:session-confirm",
        args=one(by_proxy),
        get=NEVER,
        post={"*": MISSING, "mentor": AWAY, **each(("staff", "apprentice"), FORBIDDEN)},
    ),
    Row("mentoring:session-photos", args=one(logged), get=CHANGED, post=INVALID_CHANGE),
    Row("mentoring:session-remove", args=one(logged), get=CHANGED, post=INVALID_CHANGE),
    Row("mentoring:session-cancel", args=one(planned), get=CHANGED, post=INVALID_CHANGE),
    Row("mentoring:session-history", args=one(logged), get=CHANGED, post=NEVER),
]
