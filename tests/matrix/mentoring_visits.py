"""Series, study visits, practices."""

from django.core.files.base import ContentFile

from mentoring.models import Practice, Series, Uptake, Visit, VisitPhoto
from tests.study_factories import PracticeFactory, SeriesFactory, UptakeFactory, VisitFactory

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK, AWAY = 422, 302
WORKERS = ("staff", "lead", "mentor", "other_mentor", "apprentice", "peer", "other_apprentice")
MEMBERS = dict.fromkeys(WORKERS, OK)
B_MEMBERS = dict.fromkeys(("b_staff", "b_mentor", "b_apprentice"), OK)
EVERYBODY = {**MEMBERS, **B_MEMBERS, "*": FORBIDDEN}
TEACHERS = ("staff", "lead", "mentor", "other_mentor", "b_staff", "b_mentor")
LEARNERS = ("lead", "mentor", "other_mentor", "apprentice", "peer", "other_apprentice")
READS = {**MEMBERS, "*": MISSING}
PRACTICE_READERS = {**MEMBERS, "district": OK, "*": MISSING}
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}


def only(roles, status, others=FORBIDDEN, among=WORKERS):
    """`status` for these roles, `others` for the rest of the studio, 404 for strangers."""
    return {**dict.fromkeys(among, others), **dict.fromkeys(roles, status), "*": MISSING}


def one_series(cast):
    found = Series.objects.filter(studio=cast.a.studio).first()
    return ((found or SeriesFactory(studio=cast.a.studio)).pk,)


def _visit(cast, title, **fields):
    found = Visit.objects.filter(studio=cast.a.studio, title=title).first()
    along = [cast.a.mentor, cast.a.apprentice, cast.a.peer]
    return found or VisitFactory(studio=cast.a.studio, by=cast.a.staff, title=title, along=along, **fields)


def visit(cast):
    return (_visit(cast, "去梅川学六维关怀").pk,)


def photo(cast):
    there = _visit(cast, "去看生境花园")
    found = there.photos.first() or VisitPhoto.objects.create(
        studio=there.studio, visit=there, width=1, height=1, uploaded_by=cast.a.apprentice,
        image=ContentFile(b"x", "a.jpg"), thumb=ContentFile(b"x", "b.jpg"),
    )  # fmt: skip
    return (found.pk,)


def practice(cast):
    """Brought back by the peer, tried by the apprentice."""
    found = Practice.objects.filter(studio=cast.a.studio, seen_by=cast.a.peer).first()
    return ((found or PracticeFactory(studio=cast.a.studio, seen_by=cast.a.peer)).pk,)


def uptake(cast):
    made = Practice.objects.get(pk=practice(cast)[0])
    found = Uptake.objects.filter(practice=made, person=cast.a.apprentice).first()
    return ((found or UptakeFactory(practice=made, person=cast.a.apprentice)).pk,)


def sent(table):
    return {role: SENT_BACK if status == OK else status for role, status in table.items()}


ARRANGE = {**dict.fromkeys(TEACHERS, OK), "*": FORBIDDEN}
BRINGS = {**dict.fromkeys((*LEARNERS, "b_mentor", "b_apprentice"), OK), "*": FORBIDDEN}
ADDERS = only(("staff", "mentor", "apprentice", "peer"), OK)
TRIES = only(LEARNERS, OK) | {"district": FORBIDDEN}
EDITS = only(("staff", "peer"), OK) | {"district": FORBIDDEN}
CHECKS = only(("apprentice",), OK) | {"district": FORBIDDEN}
GONE_ALONG = only(("mentor", "apprentice", "peer"), OK)

ROWS = [
    Row("mentoring:series-list", EVERYBODY),
    Row("mentoring:series-new", STAFF, sent(STAFF)),
    Row(
        "mentoring:series-detail",
        READS,
        only(("staff", "lead", "mentor", "other_mentor"), SENT_BACK),
        args=one_series,
    ),
    Row("mentoring:series-edit", only(("staff",), OK), only(("staff",), SENT_BACK), args=one_series),
    Row("mentoring:visit-list", EVERYBODY),
    Row("mentoring:visit-new", ARRANGE, sent(ARRANGE)),
    Row("mentoring:visit-detail", READS, args=visit),
    Row("mentoring:visit-edit", only(("staff",), OK), only(("staff",), SENT_BACK), args=visit),
    Row("mentoring:visit-cancel", only(("staff",), OK), only(("staff",), SENT_BACK), args=visit),
    Row("mentoring:visit-hold", only(("staff",), OK), only(("staff",), SENT_BACK), args=visit),
    Row("mentoring:visit-bring", GONE_ALONG, sent(GONE_ALONG), args=visit),
    Row("mentoring:visit-photos", ADDERS, sent(ADDERS), args=visit),
    Row(
        "mentoring:visit-photo-upload",
        {"*": 405},
        {**dict.fromkeys([*MEMBERS, *B_MEMBERS], SENT_BACK), "*": FORBIDDEN},
    ),
    Row("mentoring:visit-photo", READS, args=photo),
    Row("mentoring:visit-photo-thumb", READS, args=photo),
    Row(
        "mentoring:visit-photo-remove",
        {"*": 405},
        # The first who may takes it away for good.
        only((), OK) | {"staff": AWAY} | dict.fromkeys(WORKERS[1:], MISSING),
        args=photo,
    ),
    Row("mentoring:practice-list", {**EVERYBODY, "district": OK}),
    Row("mentoring:practice-new", BRINGS, sent(BRINGS)),
    Row("mentoring:practice-detail", PRACTICE_READERS, args=practice),
    Row("mentoring:practice-edit", EDITS, sent(EDITS), args=practice),
    Row("mentoring:practice-try", TRIES, sent(TRIES), args=practice),
    Row("mentoring:uptake-check", CHECKS, sent(CHECKS), args=uptake),
]
