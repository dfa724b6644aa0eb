"""结对, 期次 and 教学基地."""

from mentoring.models import Pairing
from people.roles import Role
from tests.factories import BaseFactory, make_person
from tests.mentoring.wizard import keep_pages

from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}
STAFF_SENDS = {"staff": SENT_BACK, "b_staff": SENT_BACK, "*": FORBIDDEN}
# Later pages of 给学员结对: who has not filled in the first one is led there.
FURTHER = {"staff": OK, "b_staff": AWAY, "*": FORBIDDEN}
FURTHER_SENDS = {"staff": SENT_BACK, "b_staff": AWAY, "*": FORBIDDEN}
HOUSE = dict.fromkeys(("lead", "mentor", "other_mentor", "apprentice", "peer", "other_apprentice"), FORBIDDEN)


def cohort(cast):
    return (cast.a.cohort.pk,)


def pair(cast):
    return (Pairing.objects.get(apprentice=cast.a.apprentice).pk,)


def base(cast):
    return (BaseFactory(studio=cast.a.studio).pk,)


def of_house(staff):
    """A street's own record: staff act, the house is refused, others do not find it."""
    return HOUSE | {"guest": FORBIDDEN, "district": FORBIDDEN, "staff": staff, "*": MISSING}


def kept(cast):
    """The first three pages of 给学员结对 are filled in for one apprentice."""
    one = make_person(cast.a.studio, Role.APPRENTICE)
    keep_pages(cast.a.staff, cast.a.cohort, mentors=[cast.a.mentor], apprentices=[one])
    return ()


def kept_all(cast):
    """The fourth as well."""
    one = make_person(cast.a.studio, Role.APPRENTICE)
    keep_pages(
        cast.a.staff, cast.a.cohort, mentors=[cast.a.mentor], apprentices=[one], groups={one: cast.a.mentor}
    )
    return ()


BASES = {"stranger": MISSING, "guest": MISSING, "district": MISSING}
OTHERS = {"b_staff": MISSING, "b_mentor": MISSING, "b_apprentice": MISSING}

ROWS = [
    Row("mentoring:cohort-list", STAFF),
    Row("mentoring:cohort-new", STAFF, STAFF_SENDS),
    Row("mentoring:cohort-detail", of_house(OK), args=cohort),
    Row("mentoring:cohort-edit", of_house(OK), of_house(SENT_BACK), args=cohort),
    Row("mentoring:pairing-list", {"stranger": FORBIDDEN, "guest": FORBIDDEN, "*": OK}),
    Row("mentoring:pairing-new", STAFF, STAFF_SENDS),
    Row("mentoring:pairing-new-mentors", FURTHER, FURTHER_SENDS, args=kept),
    Row("mentoring:pairing-new-apprentices", FURTHER, FURTHER_SENDS, args=kept),
    Row("mentoring:pairing-new-groups", FURTHER, FURTHER_SENDS, args=kept),
    Row("mentoring:pairing-new-check", FURTHER, FURTHER_SENDS, args=kept_all),
    Row("mentoring:pairing-detail", {"staff": OK, "mentor": OK, "apprentice": OK, "*": MISSING}, args=pair),
    Row(
        "mentoring:pairing-goal",
        {"staff": OK, "mentor": OK, "apprentice": FORBIDDEN, "*": MISSING},
        {"staff": SENT_BACK, "mentor": SENT_BACK, "apprentice": FORBIDDEN, "*": MISSING},
        args=pair,
    ),
    Row(
        "mentoring:pairing-change",
        {"staff": OK, "mentor": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING},
        {"staff": SENT_BACK, "mentor": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING},
        args=pair,
    ),
    Row("mentoring:base-list", {"stranger": FORBIDDEN, "guest": FORBIDDEN, "*": OK}),
    Row("mentoring:base-new", STAFF, STAFF_SENDS),
    Row("mentoring:base-detail", {"*": OK} | BASES | OTHERS, args=base),
    Row(
        "mentoring:base-edit",
        HOUSE | {"staff": OK, "*": MISSING},
        HOUSE | {"staff": SENT_BACK, "*": MISSING},
        args=base,
    ),
]
