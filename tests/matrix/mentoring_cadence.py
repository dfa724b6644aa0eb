"""三个一."""

from django.utils import timezone

from mentoring.models import CadenceCell
from tests.factories import CadenceCellFactory, SessionFactory

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
MEMBERS = {"guest": FORBIDDEN, "stranger": FORBIDDEN, "district": FORBIDDEN, "*": OK}


def _at(cast, kind, period, group):
    return (timezone.localdate().year, kind, period, group.pk if group else 0)


def cell(cast):
    """This month of the mentor's group, set and with a session that could stand behind it."""
    today = timezone.localdate()
    place = {
        "group": cast.a.group,
        "kind": "exchange",
        "year": today.year,
        "period": (today.month - 1) // 3 + 1,
    }
    if not CadenceCell.objects.filter(**place).exists():
        CadenceCellFactory(studio=cast.a.studio, planned_by=cast.a.staff, **place)
        SessionFactory(group=cast.a.group, held_on=today)
    return _at(cast, "exchange", place["period"], cast.a.group)


def open_cell(cast):
    return _at(cast, "theme", timezone.localdate().month, cast.a.group)


def fill(cast):
    """The whole studio's theme of December waits for the groups."""
    year = timezone.localdate().year
    for kind, period in (("theme", 12), ("exchange", 4), ("theme", timezone.localdate().month)):
        place = {"studio": cast.a.studio, "group": None, "kind": kind, "year": year, "period": period}
        if not CadenceCell.objects.filter(**place).exists():
            CadenceCellFactory(planned_by=cast.a.staff, **place)
    return (year, "same", 0)


def of_group(staff, mentor, apprentice):
    """Whoever is of no studio is told who may look; other studios and groups find nothing."""
    outside = {"guest": FORBIDDEN, "stranger": FORBIDDEN, "district": FORBIDDEN, "*": MISSING}
    return outside | {"staff": staff, "mentor": mentor, "apprentice": apprentice, "peer": apprentice}


SETS = of_group(OK, OK, FORBIDDEN), of_group(SENT_BACK, SENT_BACK, FORBIDDEN)

ROWS = [
    Row("mentoring:cadence-board", MEMBERS),
    Row("mentoring:cadence-cell", of_group(OK, OK, OK), args=cell),
    Row("mentoring:cadence-plan", *SETS, args=open_cell),
    Row("mentoring:cadence-link", *SETS, args=cell),
    Row("mentoring:cadence-unlink", *SETS, args=cell),
    Row("mentoring:cadence-report", *SETS, args=cell),
    Row(
        "mentoring:cadence-fill",
        {"staff": OK, "b_staff": OK, "*": FORBIDDEN},
        {"staff": SENT_BACK, "b_staff": SENT_BACK, "*": FORBIDDEN},
        args=fill,
    ),
]
