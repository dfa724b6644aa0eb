"""拜师帖 and 聘书."""

from mentoring.models import Appointment, Pairing, Pledge
from tests.factories import AppointmentFactory, PledgeFactory

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}


def pair(cast):
    return (Pairing.objects.get(apprentice=cast.a.apprentice).pk,)


def sent(cast):
    """Another pair, whose letter was sent; browser tests ask several rows for it on one database."""
    pk = Pairing.objects.get(apprentice=cast.a.peer).pk
    if not Pledge.objects.filter(pairing=pk).exists():
        PledgeFactory(pairing_id=pk, studio=cast.a.studio)
    return (pk,)


def letter(cast):
    found = Appointment.objects.filter(mentor=cast.a.mentor).first()
    made = found or AppointmentFactory(studio=cast.a.studio, mentor=cast.a.mentor, issued_by=cast.a.staff)
    return (made.pk,)


def of_pair(staff, mentor, apprentice):
    return {"staff": staff, "mentor": mentor, "apprentice": apprentice, "*": MISSING}


def of_sent(staff, mentor, peer):
    return {"staff": staff, "mentor": mentor, "peer": peer, "*": MISSING}


def of_letter(staff, mentor):
    return {"staff": staff, "mentor": mentor, "*": MISSING}


ALL = of_pair(OK, OK, OK)
READS = of_letter(OK, OK)

ROWS = [
    Row("mentoring:pledge-detail", ALL, args=pair),
    Row("mentoring:pledge-print", of_sent(OK, OK, OK), args=sent),
    Row(
        "mentoring:pledge-write",
        of_pair(FORBIDDEN, FORBIDDEN, OK),
        of_pair(FORBIDDEN, FORBIDDEN, SENT_BACK),
        args=pair,
    ),
    Row(
        "mentoring:pledge-words",
        of_sent(FORBIDDEN, OK, FORBIDDEN),
        of_sent(FORBIDDEN, SENT_BACK, FORBIDDEN),
        args=sent,
    ),
    Row(
        "mentoring:pledge-settle",
        of_sent(OK, FORBIDDEN, FORBIDDEN),
        of_sent(SENT_BACK, FORBIDDEN, FORBIDDEN),
        args=sent,
    ),
    Row(
        "mentoring:pledge-waive",
        of_pair(OK, FORBIDDEN, FORBIDDEN),
        of_pair(SENT_BACK, FORBIDDEN, FORBIDDEN),
        args=pair,
    ),
    Row("mentoring:appointment-list", STAFF),
    Row("mentoring:appointment-new", STAFF, {"staff": SENT_BACK, "b_staff": SENT_BACK, "*": FORBIDDEN}),
    Row("mentoring:appointment-detail", READS, args=letter),
    Row("mentoring:appointment-print", READS, args=letter),
    Row("mentoring:appointment-word", READS, args=letter),
    Row(
        "mentoring:appointment-edit",
        of_letter(OK, FORBIDDEN),
        of_letter(SENT_BACK, FORBIDDEN),
        args=letter,
    ),
    Row(
        "mentoring:appointment-end",
        of_letter(OK, FORBIDDEN),
        of_letter(SENT_BACK, FORBIDDEN),
        args=letter,
    ),
]
