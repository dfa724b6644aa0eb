"""口述 and the items of 五必."""

from .rows import FORBIDDEN, OK, Row

SENT_BACK = 422
TELLERS = ("lead", "mentor", "other_mentor", "b_mentor")
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}

ROWS = [
    Row(
        "growth:method-tell",
        dict.fromkeys(TELLERS, OK) | {"*": FORBIDDEN},
        dict.fromkeys(TELLERS, SENT_BACK) | {"*": FORBIDDEN},
    ),
    Row("growth:method-items", STAFF, {"staff": SENT_BACK, "b_staff": SENT_BACK, "*": FORBIDDEN}),
]
