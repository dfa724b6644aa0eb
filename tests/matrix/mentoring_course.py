"""带教计划, 应知必会, 四训的名单."""

from mentoring.actions import course
from mentoring.course import topics_of
from people.models import Person
from tests.factories import SessionFactory

from .mentoring_pairings import STAFF, STAFF_SENDS
from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
LEARNERS = ("apprentice", "peer", "other_apprentice", "b_apprentice")
MENTORS = ("lead", "mentor", "other_mentor", "b_mentor")
LIST = {"staff": OK, "*": MISSING}


def pupil(cast):
    return (cast.a.apprentice.pk,)


def topic(cast):
    return ("lift",)


def invitation(cast):
    return (cast.a.cohort.pk, "class", "lift")


def training(cast):
    lift = [one for one in topics_of(cast.a.studio.pk) if one.key == "lift"]
    chosen, staff = [(cast.a.apprentice, "还没讲到")], Person.objects.get(pk=cast.a.staff.pk)
    return (course.confirm(cohort=cast.a.cohort, kind="class", topics=lift, chosen=chosen, by=staff).pk,)


def session(cast):
    return (SessionFactory(group=cast.a.group, present=[cast.a.apprentice]).pk,)


ROWS = [
    Row(
        "mentoring:course-plan",
        {"staff": OK, "b_staff": OK}
        | dict.fromkeys(MENTORS, OK)
        | dict.fromkeys(LEARNERS, AWAY)
        | {"*": FORBIDDEN},
    ),
    Row("mentoring:course-mine", dict.fromkeys(LEARNERS, OK) | {"*": FORBIDDEN}),
    Row(
        "mentoring:course-of",
        {"staff": OK, "mentor": OK, "apprentice": OK, "*": MISSING},
        args=pupil,
    ),
    Row("mentoring:topic-list", STAFF),
    Row("mentoring:topic-new", STAFF, STAFF_SENDS),
    Row("mentoring:topic-edit", STAFF, STAFF_SENDS, args=topic),
    Row("mentoring:training-list", STAFF),
    Row("mentoring:training-list-new", STAFF),
    Row(
        "mentoring:training-list-invite",
        {"staff": OK, "b_staff": MISSING, "*": FORBIDDEN},
        {"staff": SENT_BACK, "b_staff": MISSING, "*": FORBIDDEN},
        args=invitation,
    ),
    Row("mentoring:training-list-detail", LIST, args=training),
    Row("mentoring:training-list-plan", LIST, {**LIST, "staff": SENT_BACK}, args=training),
    Row("mentoring:training-list-drop", LIST, {**LIST, "staff": SENT_BACK}, args=training),
    Row(
        "mentoring:session-topics",
        {"staff": OK, "mentor": OK, "apprentice": FORBIDDEN, "*": MISSING},
        {"staff": SENT_BACK, "mentor": SENT_BACK, "apprentice": FORBIDDEN, "*": MISSING},
        args=session,
    ),
]
