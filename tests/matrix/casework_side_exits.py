"""合并 and 请区里协调."""

from casework.actions import triage
from casework.models import DistrictRequest
from tests.casework.cures import consulting

from .casework_cases import STAFF, form, submitted
from .rows import FORBIDDEN, MISSING, OK, Row


def handed(cast):
    case = consulting(cast)
    triage.transfer(case=case, reason="要区里定", to_district=True, by=cast.a.staff)
    return (DistrictRequest.objects.get().pk,)


INSIDE = ("staff", "lead", "mentor", "other_mentor", "apprentice")

ROWS = [
    Row("casework:case-merge", *form(STAFF), args=submitted),
    Row(
        "casework:district-request",
        {**dict.fromkeys(INSIDE, OK), "district": OK, "*": MISSING},
        {**dict.fromkeys(INSIDE, FORBIDDEN), "district": 422, "*": MISSING},
        args=handed,
    ),
]
