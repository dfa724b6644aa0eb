"""问师傅."""

from mentoring.models import Question
from tests.study_factories import QuestionFactory

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
MEMBERS = dict.fromkeys(
    ("staff", "lead", "mentor", "other_mentor", "apprentice", "peer", "other_apprentice"), OK
)
B_MEMBERS = dict.fromkeys(("b_staff", "b_mentor", "b_apprentice"), OK)


def waiting(cast):
    """A private question of the apprentice; browser tests ask for it several times on one database."""
    found = Question.objects.filter(asker=cast.a.apprentice, answered_at=None).first()
    made = found or QuestionFactory(studio=cast.a.studio, asker=cast.a.apprentice, mentor=cast.a.mentor)
    return (made.pk,)


def of_two(staff, mentor, apprentice):
    return {"staff": staff, "mentor": mentor, "apprentice": apprentice, "*": MISSING}


def answered(cast):
    made = QuestionFactory(studio=cast.a.studio, asker=cast.a.apprentice, mentor=cast.a.mentor, answered=True)
    return (made.pk,)


ASKING = {"apprentice": OK, "peer": OK, "other_apprentice": OK, "b_apprentice": OK, "*": FORBIDDEN}

ROWS = [
    Row("mentoring:question-list", {**MEMBERS, **B_MEMBERS, "district": OK, "*": FORBIDDEN}),
    Row(
        "mentoring:question-new",
        ASKING,
        {role: SENT_BACK if status == OK else status for role, status in ASKING.items()},
    ),
    Row(
        "mentoring:question-detail",
        of_two(OK, OK, OK),
        of_two(FORBIDDEN, SENT_BACK, FORBIDDEN),
        args=waiting,
    ),
    Row(
        "mentoring:question-edit",
        of_two(FORBIDDEN, FORBIDDEN, OK),
        of_two(FORBIDDEN, FORBIDDEN, SENT_BACK),
        args=waiting,
    ),
    Row(
        "mentoring:question-method",
        of_two(FORBIDDEN, OK, FORBIDDEN),
        of_two(FORBIDDEN, SENT_BACK, FORBIDDEN),
        args=answered,
    ),
    Row(
        "mentoring:question-hand",
        of_two(FORBIDDEN, OK, OK),
        of_two(FORBIDDEN, SENT_BACK, SENT_BACK),
        args=waiting,
    ),
    Row(
        "mentoring:question-remove",
        of_two(FORBIDDEN, FORBIDDEN, OK),
        of_two(FORBIDDEN, FORBIDDEN, SENT_BACK),
        args=waiting,
    ),
]
