"""卡住的."""

from people.actions import set_asides
from people.models import SetAside
from tests.factories import AppointmentFactory, days_ahead

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}
ONE_OF_A = {"staff": OK, "b_staff": MISSING, "*": FORBIDDEN}


def letter(cast):
    """A 聘书 that runs out."""
    mentor = cast.a.mentor
    found = mentor.appointments.filter(ends_on=days_ahead(10)).first()
    made = found or AppointmentFactory(
        studio=cast.a.studio, mentor=mentor, issued_by=cast.a.staff, ends_on=days_ahead(10)
    )
    return ("letter", made.pk)


def aside(cast):
    rule, pk = "letter", 12345
    made = SetAside.objects.filter(studio=cast.a.studio, target=pk).first() or set_asides.set_aside(
        studio=cast.a.studio, rule=rule, target=pk, told="聘书快到期", reason="不续了",
        until=days_ahead(9), by=cast.a.staff,
    )  # fmt: skip
    return (made.pk,)


ROWS = [
    Row("studio:stuck", STAFF),
    Row("studio:stuck-leave", ONE_OF_A, ONE_OF_A | {"staff": SENT_BACK}, args=letter),
    Row("studio:stuck-back", ONE_OF_A, ONE_OF_A | {"staff": SENT_BACK}, args=aside),
]
