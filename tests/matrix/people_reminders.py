"""提醒."""

from .rows import FORBIDDEN, OK, Row

SENT_BACK = 422
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}
STAFF_FORM = {"staff": SENT_BACK, "b_staff": SENT_BACK, "*": FORBIDDEN}

ROWS = [
    Row("people:reminders", STAFF, STAFF_FORM),
    Row("people:reminders-try", STAFF, STAFF_FORM),
    Row("people:own-reminders", {"*": OK}, {"*": SENT_BACK}),
]
