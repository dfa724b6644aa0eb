"""The URLs of a case from its first page to 受理 and its side exits."""

from django.core.files.base import ContentFile
from django.utils import timezone

from casework.models import Attachment, Case, State
from tests.factories import CaseFactory, ConsultingCaseFactory

from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422


def of_apprentice(cast, factory=CaseFactory, **fields):
    return factory(studio=cast.a.studio, owner=cast.a.apprentice, **fields)


def draft(cast):
    return (of_apprentice(cast, state=State.DRAFT, number=None, year=None, submitted_at=None).pk,)


def first_page(cast):
    return (*draft(cast), 1)


def submitted(cast):
    return (of_apprentice(cast).pk,)


def consulting(cast):
    return (of_apprentice(cast, ConsultingCaseFactory, chair=cast.a.lead).pk,)


def held(cast):
    return (of_apprentice(cast, state=State.HELD, held_from=State.SUBMITTED).pk,)


def closed(cast):
    at = {"state": State.CLOSED, "closed_at": timezone.now()}
    return (of_apprentice(cast, ConsultingCaseFactory, chair=cast.a.lead, **at).pk,)


def removed(cast):
    (pk,) = draft(cast)
    Case.objects.filter(pk=pk).update(removed_at=timezone.now(), removed_by=cast.a.apprentice)
    return (pk,)


def file(cast):
    case = of_apprentice(cast, ConsultingCaseFactory, chair=cast.a.lead)
    content = ContentFile(b"words", name="words.txt")
    kept = Attachment.objects.create(
        studio=case.studio, case=case, file=content, thumb=content, name="情况.txt", is_image=True, size=5,
        uploaded_by=case.owner,
    )  # fmt: skip
    return (kept.pk,)


def only(status, *roles, otherwise=MISSING):
    return dict.fromkeys(roles, status) | {"*": otherwise}


def form(get, post=None):
    """The POST of a form page: an empty one is sent back where the page opens."""
    return get, post or {role: SENT_BACK if status == OK else status for role, status in get.items()}


MEMBERS = only(FORBIDDEN, "stranger", "guest", "district", otherwise=OK)
WRITER = only(OK, "apprentice")
STAFF = only(OK, "staff") | {"apprentice": FORBIDDEN}
OWNER = only(OK, "apprentice") | {"staff": FORBIDDEN}
IN_CASE = only(OK, "staff", "lead", "mentor", "apprentice")

ROWS = [
    Row("casework:case-list", {"*": OK}),
    Row("casework:case-new", *form(MEMBERS)),
    Row("casework:case-detail", IN_CASE, args=consulting),
    Row(
        "casework:case-history",
        only(OK, "staff", "apprentice") | {"lead": FORBIDDEN, "mentor": FORBIDDEN},
        args=consulting,
    ),
    Row("casework:case-write", *form(WRITER), args=first_page),
    Row("casework:case-check", *form(WRITER), args=draft),
    Row("casework:case-remove", WRITER, only(AWAY, "apprentice"), args=draft),
    Row("casework:case-restore", {"*": 405}, only(AWAY, "apprentice"), args=removed),
    Row("casework:case-triage", *form(STAFF), args=submitted),
    Row("casework:case-withdraw", *form(OWNER), args=submitted),
    Row("casework:case-transfer", *form(STAFF), args=submitted),
    Row("casework:case-hold", *form(STAFF), args=submitted),
    Row("casework:case-resume", *form(STAFF), args=held),
    Row(
        "casework:case-reopen",
        *form(only(OK, "staff", "lead") | {"mentor": FORBIDDEN, "apprentice": FORBIDDEN}),
        args=closed,
    ),
    Row("casework:case-file", IN_CASE, args=file),
    Row("casework:case-thumb", IN_CASE, args=file),
]
