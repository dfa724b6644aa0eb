"""Who may open which page of the ground floor."""

from datetime import timedelta

from django.utils import timezone

from people.actions import removal
from people.models import Feedback, LoginCard, Membership, ScopedLink
from tests.factories import ReflectionFactory

from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

REFUSED = 422
NOT_ALLOWED = 405
SIGN_IN = "sign-in"

STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}
STAFF_FORM = {"staff": REFUSED, "b_staff": REFUSED, "*": FORBIDDEN}
ALL = {"*": OK}
MENTORING = ("lead", "mentor", "other_mentor", "b_mentor")
MENTORS = {**dict.fromkeys(MENTORING, OK), "*": FORBIDDEN}
MENTORS_FORM = {**dict.fromkeys(MENTORING, REFUSED), "*": FORBIDDEN}
# Street A's people see each other; the guest, the district, the stranger and street B see none of them.
OUTSIDE = {"stranger": MISSING, "guest": MISSING, "district": MISSING}
OTHER_STREET = {"b_staff": MISSING, "b_mentor": MISSING, "b_apprentice": MISSING}
INSIDE = OUTSIDE | OTHER_STREET | {"*": OK}
BY_STAFF = OUTSIDE | OTHER_STREET | {"staff": OK, "*": FORBIDDEN}
BY_STAFF_FORM = BY_STAFF | {"staff": REFUSED}


def apprentice(cast):
    return (cast.a.apprentice.pk,)


def role(cast):
    return (Membership.objects.get(person=cast.a.apprentice).pk,)


def place(cast):
    return (cast.a.apprentice.neighbourhood_id,)


def said(cast):
    feedback = Feedback.objects.create(studio=cast.a.studio, by=cast.a.mentor, text="字再大一点")
    return (feedback.pk,)


def card(cast):
    issued = LoginCard.objects.create(
        studio=cast.a.studio, person=cast.a.mentor, digest="0" * 64, issued_by=cast.a.staff
    )
    return (issued.pk,)


def removed(cast):
    reflection = ReflectionFactory(studio=cast.a.studio, person=cast.a.apprentice)
    removal.remove(reflection, by=cast.a.apprentice)
    return ("reflection", reflection.pk)


def link(cast):
    issued = ScopedLink.objects.create(
        studio=cast.a.studio, purpose="look", target=1, digest="1" * 64, holder="房管所",
        issued_by=cast.a.lead, expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    return (issued.pk,)


ROWS = [
    # allauth
    Row("account_login", get={"anonymous": OK, "*": AWAY}, post={"anonymous": OK, "*": AWAY}, public=True),
    Row("account_logout", get=ALL, post={"*": SIGN_IN}),
    Row("account_reauthenticate", get=ALL, post=ALL),
    Row("mfa_authenticate", get={"*": AWAY}, post={"*": AWAY}),
    Row("mfa_reauthenticate", get={"*": AWAY}, post={"*": AWAY}),
    Row("mfa_index", get=ALL),
    Row("mfa_activate_totp", get={"*": AWAY}, post={"*": AWAY}),
    Row("mfa_deactivate_totp", get={"*": MISSING}, post={"*": MISSING}),
    Row("mfa_view_recovery_codes", get={"*": MISSING}),
    Row("mfa_generate_recovery_codes", get={"*": AWAY}, post={"*": AWAY}),
    # everybody
    Row("people:help", get=ALL, public=True),
    Row("people:text-size", get=ALL, post=ALL, public=True),
    Row(
        "people:card",
        get={"*": MISSING},
        post={"*": MISSING},
        args=lambda cast: ("no-such-code",),
        public=True,
    ),
    Row(
        "people:link",
        get={"*": MISSING},
        post={"*": MISSING},
        args=lambda cast: (cast.a.studio.pk, "no-such-token"),
        public=True,
    ),
    Row("people:welcome", get=ALL, post=ALL),
    Row("people:draft", get={"*": NOT_ALLOWED}, post=ALL, args=lambda cast: ("session-new",)),
    Row("people:me", get=ALL),
    Row("people:desk", get={"*": NOT_ALLOWED}, post={"*": AWAY}),
    Row("people:password", get=ALL, post={"*": REFUSED}),
    Row("people:salutation", get=ALL, post={"*": REFUSED}),
    Row("people:expertise", get=MENTORS, post=MENTORS_FORM),
    Row("people:weak-points", get=ALL, post={"*": REFUSED}),
    Row("people:notice-list", get=ALL),
    Row("people:removed-list", get=ALL),
    Row("people:feedback-list", get=ALL, post={"*": REFUSED}),
    Row(
        "people:feedback-detail",
        get={"mentor": OK, "staff": OK, "district": OK, "*": MISSING},
        post={"mentor": FORBIDDEN, "staff": REFUSED, "district": REFUSED, "*": MISSING},
        args=said,
    ),
    Row(
        "people:removed-restore",
        get={"*": NOT_ALLOWED},
        # Staff come first and bring it back, so that the apprentice finds nothing to restore any more.
        post={"staff": AWAY, "*": MISSING},
        args=removed,
    ),
    # staff
    Row("people:options", get=STAFF),
    Row("people:options-part", get=STAFF, post=STAFF_FORM, args=lambda cast: ("contact",)),
    Row("people:neighbourhood-list", get=STAFF),
    Row("people:neighbourhood-new", get=STAFF, post=STAFF_FORM),
    Row(
        "people:neighbourhood-edit",
        get=STAFF | {"b_staff": MISSING},
        post=STAFF_FORM | {"b_staff": MISSING},
        args=place,
    ),
    Row("people:person-list", get=STAFF),
    Row("people:person-new", get=STAFF, post=STAFF_FORM),
    Row("people:person-detail", get=INSIDE, args=apprentice),
    Row("people:person-edit", get=BY_STAFF, post=BY_STAFF_FORM, args=apprentice),
    Row("people:person-password", get=BY_STAFF, post=BY_STAFF_FORM, args=apprentice),
    Row(
        "people:sign-in-switch",
        get={"*": NOT_ALLOWED},
        post=BY_STAFF | {"staff": AWAY},
        args=apprentice,
        data=lambda cast: {"open": "1"},
    ),
    Row("people:role-new", get=BY_STAFF, post=BY_STAFF_FORM, args=apprentice),
    Row("people:role-end", get=BY_STAFF, post=BY_STAFF_FORM, args=role),
    Row("people:card-list", get=STAFF, post=STAFF | {"staff": AWAY, "b_staff": AWAY}),
    Row("people:card-revoke", get={"*": NOT_ALLOWED}, post={"staff": AWAY, "*": MISSING}, args=card),
    Row(
        "people:link-revoke",
        get={"*": NOT_ALLOWED},
        post={"staff": AWAY, "lead": AWAY, "*": MISSING},
        args=link,
    ),
]
