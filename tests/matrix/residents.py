"""Reading a resident's name, the record of it, and the register of what residents ask for."""

from people.actions import residents
from people.models import ResidentRequest, Reveal
from tests.factories import days_ago, days_ahead

from .rows import FORBIDDEN, MISSING, OK, Row

REFUSED = 422
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}
STAFF_FORM = {"staff": REFUSED, "b_staff": REFUSED, "*": FORBIDDEN}
OWN = {"staff": OK, "*": MISSING}


def resident(cast):
    return (residents.keep(studio=cast.a.studio, name="王阿姨", phone="13800000000").pk,)


def read(cast):
    (pk,) = resident(cast)
    made = Reveal.objects.create(studio=cast.a.studio, resident_id=pk, by=cast.a.staff, why=Reveal.Why.CALL)
    return (made.pk,)


def asked(cast):
    made = residents.register(
        studio=cast.a.studio, name="王阿姨", phone="13800000000", kind=ResidentRequest.Kind.COPY,
        way=ResidentRequest.Way.PHONE, asked_on=days_ago(1), due_on=days_ahead(20), by=cast.a.staff,
    )  # fmt: skip
    return (made.pk,)


ROWS = [
    Row("people:resident-reveal", OWN, {"staff": REFUSED, "*": MISSING}, args=resident),
    Row("people:reveal-shown", OWN, args=read),
    Row("people:reveal-list", STAFF),
    Row("people:resident-request-list", STAFF),
    Row("people:resident-request-new", STAFF, STAFF_FORM),
    Row("people:resident-request", OWN, {"staff": REFUSED, "*": MISSING}, args=asked),
]
