"""动态式调整: 怎么带, 结对的经过, 交接, 师傅离开, 期满."""

from mentoring.actions import pairings
from mentoring.models import Pairing
from people.models import Person
from tests.factories import days_ago

from .mentoring_pairings import of_house
from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
SEEN = {"stranger": MISSING, "guest": MISSING, "district": MISSING}
SEEN |= {"b_staff": MISSING, "b_mentor": MISSING, "b_apprentice": MISSING, "*": OK}


def pair(cast):
    return (Pairing.objects.get(apprentice=cast.a.apprentice).pk,)


def mentor(cast):
    return (cast.a.mentor.pk,)


def handover(cast):
    """`other_mentor` takes the apprentice over from `mentor`, who is asked for a note."""
    found = Pairing.objects.select_related(*pairings.TOLD).get(apprentice=cast.a.apprentice)
    staff = Person.objects.get(pk=cast.a.staff.pk)
    return (pairings.change_mentor(found, mentor=cast.a.other_mentor, reason="work", by=staff).pk,)


def over(cast):
    cast.a.cohort.ends_on = days_ago(1)
    cast.a.cohort.save()
    return (cast.a.cohort.pk,)


STAFF_OF_A = {"staff": OK, "b_staff": MISSING, "*": FORBIDDEN}

ROWS = [
    Row(
        "mentoring:pairing-kind",
        {"staff": OK, "mentor": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING},
        {"staff": SENT_BACK, "mentor": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING},
        args=pair,
    ),
    Row("mentoring:pairing-story", SEEN, args=mentor),
    Row("mentoring:mentor-leaving", STAFF_OF_A, {**STAFF_OF_A, "staff": SENT_BACK}, args=mentor),
    Row(
        "mentoring:handover-detail",
        {"staff": OK, "mentor": OK, "other_mentor": OK, "*": MISSING},
        args=handover,
    ),
    Row(
        "mentoring:handover-write",
        {"staff": OK, "mentor": OK, "other_mentor": FORBIDDEN, "*": MISSING},
        {"staff": SENT_BACK, "mentor": SENT_BACK, "other_mentor": FORBIDDEN, "*": MISSING},
        args=handover,
    ),
    Row(
        "mentoring:handover-waive",
        {"staff": OK, "mentor": FORBIDDEN, "other_mentor": FORBIDDEN, "*": MISSING},
        {"staff": SENT_BACK, "mentor": FORBIDDEN, "other_mentor": FORBIDDEN, "*": MISSING},
        args=handover,
    ),
    Row("mentoring:cohort-finish", of_house(OK), of_house(SENT_BACK), args=over),
]
