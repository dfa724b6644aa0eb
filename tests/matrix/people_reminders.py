"""提醒."""

from people.models import Channel

from .rows import FORBIDDEN, OK, Row

SENT_BACK = 422
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}
STAFF_FORM = {"staff": SENT_BACK, "b_staff": SENT_BACK, "*": FORBIDDEN}


def switched_on(cast):
    """Street A is reminded by mail: there is something to try."""
    Channel.objects.get_or_create(
        studio=cast.a.studio, defaults={"mail_to": "a@example.org", "mail_on": True}
    )
    return ()


ROWS = [
    Row("people:reminders", STAFF, STAFF_FORM),
    Row("people:reminders-try", STAFF, STAFF_FORM, args=switched_on),
    Row("people:own-reminders", {"*": OK}, {"*": SENT_BACK}),
]
