"""The growth floor's URLs."""

from growth.models import Method
from tests.factories import MethodFactory, NextStepFactory, ReflectionFactory

from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
HOUSE = ("staff", "lead", "mentor", "other_mentor", "apprentice", "peer", "other_apprentice")


def where(status, *roles):
    return dict.fromkeys(roles, status)


LEARNERS = where(OK, "apprentice", "peer", "other_apprentice", "b_apprentice") | {"*": FORBIDDEN}
LEARNERS_POST = {role: SENT_BACK if status == OK else status for role, status in LEARNERS.items()}


def step(cast):
    return (NextStepFactory(studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.mentor).pk,)


def reflection(cast):
    return (ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice, mentor=cast.a.mentor).pk,)


def own_method(cast):
    return (MethodFactory(studio=cast.a.studio).pk,)


def apprentice(cast):
    return (cast.a.apprentice.pk,)


FILE = where(OK, "staff", "mentor", "apprentice") | where(FORBIDDEN, *HOUSE) | {"*": MISSING}
FILE = {role: OK if role in ("staff", "mentor", "apprentice") else status for role, status in FILE.items()}
REFLECTION = where(OK, "staff", "mentor", "apprentice") | {"*": MISSING}
OWN_REFLECTION = {"apprentice": OK, "staff": FORBIDDEN, "mentor": FORBIDDEN, "*": MISSING}

ROWS = [
    Row(
        "growth:file-list",
        where(OK, "staff", "lead", "mentor", "other_mentor", "b_staff", "b_mentor") | {"*": FORBIDDEN},
        {"*": 405},
    ),
    Row("growth:my-file", {"*": OK}),
    Row("growth:file-detail", FILE | {"district": MISSING, "guest": MISSING}, args=apprentice),
    Row("growth:rating-new", LEARNERS, LEARNERS_POST),
    Row("growth:next-step-new", LEARNERS, LEARNERS_POST),
    Row(
        "growth:remind",
        FILE | where(FORBIDDEN, "staff", "apprentice") | {"mentor": OK},
        FILE | where(FORBIDDEN, "staff", "apprentice") | {"mentor": SENT_BACK},
        args=apprentice,
    ),
    Row(
        "growth:next-step-close",
        {"*": 405},
        {"apprentice": AWAY, "mentor": AWAY, "staff": FORBIDDEN, "*": MISSING},
        args=step,
    ),
    Row(
        "growth:next-step-reopen",
        {"*": 405},
        {"apprentice": AWAY, "mentor": FORBIDDEN, "staff": FORBIDDEN, "*": MISSING},
        args=step,
    ),
    Row("growth:reflection-list", where(FORBIDDEN, "guest", "stranger") | {"*": OK}),
    Row("growth:reflection-new", LEARNERS, LEARNERS_POST),
    Row(
        "growth:reflection-detail",
        REFLECTION,
        {"mentor": SENT_BACK, "staff": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING},
        args=reflection,
    ),
    Row(
        "growth:reflection-edit", OWN_REFLECTION, OWN_REFLECTION | {"apprentice": SENT_BACK}, args=reflection
    ),
    Row("growth:reflection-remove", OWN_REFLECTION, OWN_REFLECTION | {"apprentice": AWAY}, args=reflection),
    Row("growth:method-list", {"*": OK}),
    Row(
        "growth:method-new",
        where(OK, "staff", "b_staff") | {"*": FORBIDDEN},
        where(SENT_BACK, "staff", "b_staff") | {"*": FORBIDDEN},
    ),
    Row("growth:method-detail", {"*": OK}, args=lambda cast: (Method.objects.get(name="三法").pk,)),
    Row(
        "growth:method-edit",
        {"staff": OK, "district": FORBIDDEN, "guest": FORBIDDEN}
        | where(FORBIDDEN, *HOUSE[1:])
        | {"*": MISSING},
        {"staff": SENT_BACK, "district": FORBIDDEN, "guest": FORBIDDEN}
        | where(FORBIDDEN, *HOUSE[1:])
        | {"*": MISSING},
        args=own_method,
    ),
]
