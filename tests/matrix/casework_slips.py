"""三联单: at a desk, by link, on paper; the public page of a neighbourhood."""

from casework.actions import slips
from casework.models import OrderPage, Slip
from tests.factories import days_ahead

from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

REFUSED = 422
# Staff, the apprentice of the neighbourhood (the mentor's first) and nobody else.
LOCAL = {"staff": OK, "apprentice": OK, "*": MISSING}
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}
STAFF_FORM = {"staff": REFUSED, "b_staff": REFUSED, "*": FORBIDDEN}
WRITERS = {
    "staff": OK, "b_staff": OK, "apprentice": OK, "peer": OK, "other_apprentice": OK, "b_apprentice": OK,
    "*": FORBIDDEN,
}  # fmt: skip
WRITERS_FORM = {role: REFUSED if status == OK else status for role, status in WRITERS.items()}


def made(cast, **fields):
    kind = slips.categories_of(cast.a.studio)[0]
    place = cast.a.apprentice.neighbourhood
    given = {
        "category": kind,
        "neighbourhood": place,
        "problem": "楼道灯不亮",
        "name": "王阿姨",
        "phone": "13800000000",
    }
    return slips.register(studio=cast.a.studio, by=cast.a.staff, **given | fields)


def open_slip(cast):
    return (made(cast).pk,)


def sent_slip(cast):
    slip = made(cast)
    slips.dispatch(slip, handler_name="三楼党小组", due_on=days_ahead(3), by=cast.a.staff)
    return (slip.pk,)


def finished_slip(cast):
    (pk,) = sent_slip(cast)
    slips.finish(Slip.objects.get(pk=pk), way="errand", result="换了灯", by_name="三楼党小组")
    return (pk,)


def kind(cast):
    return (slips.categories_of(cast.a.studio)[0].pk,)


def place(cast):
    return (cast.a.apprentice.neighbourhood_id,)


def opened(cast):
    pk = cast.a.apprentice.neighbourhood_id
    OrderPage.objects.update_or_create(
        neighbourhood_id=pk, defaults={"studio": cast.a.studio, "is_open": True}
    )
    return (pk,)


def code(cast):
    kind = slips.categories_of(cast.a.studio)[0]
    return (slips.register(studio=cast.a.studio, category=kind, problem="楼道灯不亮", public=True).ask_code,)


def by(status, others=FORBIDDEN):
    """The staff may; the apprentice of the place sees it and may not."""
    return {"staff": status, "apprentice": others, "*": MISSING}


ROWS = [
    Row("casework:slip-list", {"*": OK}),
    Row("casework:slip-new", WRITERS, WRITERS_FORM),
    Row("casework:slip-print", {"*": AWAY}, {"*": AWAY}),
    Row("casework:slip-blank", WRITERS),
    Row("casework:slip-settings", STAFF),
    Row("casework:slip-category-new", STAFF, STAFF_FORM),
    Row(
        "casework:slip-category",
        {"staff": OK, "b_staff": MISSING, "*": FORBIDDEN},
        {"staff": REFUSED, "b_staff": MISSING, "*": FORBIDDEN},
        args=kind,
    ),
    Row(
        "casework:order-switch",
        {"staff": OK, "b_staff": MISSING, "*": FORBIDDEN},
        {"staff": AWAY, "b_staff": MISSING, "*": FORBIDDEN},
        args=place,
    ),
    Row("casework:slip-detail", LOCAL, args=open_slip),
    Row("casework:slip-send", LOCAL, by(REFUSED, REFUSED), args=open_slip),
    Row("casework:slip-accept", by(AWAY), by(AWAY), args=sent_slip),
    Row("casework:slip-finish", by(OK), by(REFUSED), args=sent_slip),
    Row("casework:slip-give-back", by(OK), by(REFUSED), args=sent_slip),
    Row("casework:slip-call-back", LOCAL, by(REFUSED, REFUSED), args=finished_slip),
    Row("casework:slip-drop", by(OK), by(REFUSED), args=open_slip),
    Row("casework:slip-give-link", by(AWAY, AWAY), by(OK, OK), args=sent_slip),
    Row("casework:slip-print-one", by(AWAY, AWAY), args=open_slip),
    # Without the link's own session nobody gets anywhere, signed in or not.
    Row("casework:slip-link", {"*": MISSING}, {"*": MISSING}, args=lambda cast: (1,), public=True),
    Row("casework:slip-link-back", {"*": MISSING}, {"*": MISSING}, args=lambda cast: (1,), public=True),
    Row("casework:slip-link-resident", {"*": MISSING}, {"*": MISSING}, args=lambda cast: (1,), public=True),
    Row("casework:leader-order", {"*": MISSING}, {"*": MISSING}, args=lambda cast: (1,), public=True),
    Row("casework:order-ask", {"*": OK}, {"*": REFUSED}, public=True),
    Row("casework:order-page", {"*": OK}, {"*": REFUSED}, args=opened, public=True),
    Row("casework:order-told", {"*": OK}, args=code, public=True),
]
