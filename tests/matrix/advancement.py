"""任职, 荣誉, 培养成果, 培养晋级."""

from django.core.files.base import ContentFile

from growth.actions import ledger
from growth.models import Entry
from mentoring.actions import advancements
from mentoring.models import Pairing
from people.models import Person
from tests.factories import HonourFactory, PostFactory, days_ago

from .mentoring_pairings import STAFF
from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
INSIDE = ("lead", "other_mentor", "peer", "other_apprentice")
# Those of the house who know the person but may not open the file.
CLOSED = dict.fromkeys(INSIDE, FORBIDDEN)
FILE = CLOSED | {"staff": OK, "mentor": OK, "apprentice": OK, "*": MISSING}
BY_STAFF = CLOSED | {"staff": OK, "mentor": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING}
BY_BOTH = BY_STAFF | {"apprentice": OK}
OWN_POST = {"staff": OK, "mentor": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING}
OWN_HONOUR = OWN_POST | {"apprentice": OK}
PACKET = {"staff": OK, "mentor": OK, "apprentice": OK, "*": MISSING}


def sends(table):
    return {role: SENT_BACK if status == OK else status for role, status in table.items()}


def learner(cast):
    return (cast.a.apprentice.pk,)


def post(cast):
    return (PostFactory(studio=cast.a.studio, person=cast.a.apprentice, by=cast.a.staff).pk,)


def honour(cast):
    return (HonourFactory(studio=cast.a.studio, person=cast.a.apprentice).pk,)


def pictured(cast):
    picture = ContentFile(b"jpeg", name="p.jpg")
    made = HonourFactory(studio=cast.a.studio, person=cast.a.apprentice, image=picture, thumb=picture)
    return (made.pk, "large")


def proposed(cast):
    pair = Pairing.objects.select_related("studio", "cohort", "mentor", "apprentice").get(
        apprentice=cast.a.apprentice
    )
    ledger.record(pair)
    staff = Person.objects.get(pk=cast.a.staff.pk)
    lines = list(Entry.objects.of(pair.apprentice))
    said = {"proposal": "stay", "reasons": "还要再学一期", "starts_on": days_ago(0)}
    return advancements.propose(pairing=pair, entries=lines, by=staff, **said)


def packet(cast):
    return (proposed(cast).pk,)


def ready(cast):
    one = proposed(cast)
    advancements.sign(one, side="mentor", words="", by=Person.objects.get(pk=cast.a.mentor.pk))
    advancements.sign(one, side="street", words="", by=Person.objects.get(pk=cast.a.staff.pk))
    return (one.pk,)


ONE_OF = {"staff": OK, "mentor": FORBIDDEN, "apprentice": FORBIDDEN, "*": MISSING}

SIGNS = {**PACKET, "apprentice": FORBIDDEN}
SAYS = {**ONE_OF, "staff": FORBIDDEN, "apprentice": OK}

ROWS = [
    Row("growth:career", FILE, args=learner),
    Row("growth:post-new", BY_STAFF, sends(BY_STAFF), args=learner),
    Row("growth:post-edit", OWN_POST, sends(OWN_POST), args=post),
    Row("growth:post-remove", OWN_POST, sends(OWN_POST), args=post),
    Row("growth:honour-new", BY_BOTH, sends(BY_BOTH), args=learner),
    Row("growth:honour-edit", OWN_HONOUR, sends(OWN_HONOUR), args=honour),
    Row("growth:honour-remove", OWN_HONOUR, sends(OWN_HONOUR), args=honour),
    Row("growth:honour-photo", PACKET, args=pictured),
    Row("growth:outcome-list", STAFF),
    Row("mentoring:advancement-list", {"stranger": FORBIDDEN, "guest": FORBIDDEN, "*": OK}),
    Row(
        "mentoring:advancement-new",
        BY_STAFF | {"mentor": OK},
        sends(BY_STAFF | {"mentor": OK}),
        args=learner,
    ),
    Row("mentoring:advancement-detail", PACKET, args=packet),
    Row("mentoring:advancement-paper", PACKET, args=packet),
    Row("mentoring:advancement-sign", SIGNS, sends(SIGNS), args=packet),
    Row("mentoring:advancement-word", SAYS, sends(SAYS), args=packet),
    Row("mentoring:advancement-decide", ONE_OF, sends(ONE_OF), args=ready),
    Row("mentoring:advancement-drop", ONE_OF, sends(ONE_OF), args=packet),
]
