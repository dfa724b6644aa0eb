"""入库: writing the public text of a finished case, the second reader, and taking it out again."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from growth.models import Method
from people import privacy
from people.actions.notices import tell
from people.kept import KeptQuery
from people.models import Person
from people.stale import Refused, StaleEdit, save_version

from .. import masking
from ..models import LibraryCase, LibraryState, State
from ..models.library import first_of_month
from ..roles import leads_of, staff_of
from .ground import move
from .locking import locked

WRITTEN = ("title", "category", *masking.FIELDS[1:], "named")


def entry_of(case, known=None):
    """The case's public text; one that is not in the database yet, of version 0, where nobody has begun.

    `known`: a masking.Known, where the page needs it, too.
    """
    found = next(iter(_ENTRY.all(case=case.pk)), None)
    if found:
        found.case = case
        return found
    return LibraryCase(
        studio_id=case.studio_id, case=case, category=case.category, commented_by=case.chair, version=0,
        **masking.proposal(case, known),
    )  # fmt: skip


_ENTRY = KeptQuery(lambda person, case: LibraryCase.objects.filter(case=case).select_related("commented_by"))


@transaction.atomic
def write(entry, *, values, by, kept=(), at=None):
    """Keep the public text as a draft. `kept`: fingerprints of findings that are none. StaleEdit, Refused."""
    at = at or timezone.now()
    case = locked(entry.case)
    if case.state != State.CLOSED:
        raise Refused("结案以后才能入库")
    if entry.is_published:
        raise Refused("这个案例已经在案例库里，要改请先撤下来")
    for name, value in values.items():
        setattr(entry, name, value)
    entry.kept_findings = sorted({*entry.kept_findings, *kept})
    _take_from(entry, case)
    entry.state, entry.edited_by, entry.edited_at = LibraryState.DRAFT, by, at
    entry.withdrawn_at, entry.withdrawn_by, entry.reason = None, None, ""
    _save(entry, *values)
    entry.editors.add(by)
    entry.methods.set(_methods_of(case))
    return entry


def _take_from(entry, case):
    """What is not written but known: when, what kind of place, what came of it."""
    entry.month = first_of_month(case.closed_at)
    entry.place_kind = case.neighbourhood.kind if case.neighbourhood_id else ""
    entry.result = masking.result_of(case)


def _methods_of(case):
    used = case.prescriptions.order_by("-round").values("pk")[:1]
    return Method.objects.filter(pk__in=case.prescriptions.filter(pk__in=used).values("methods"))


def _save(entry, *shown):
    """The first writing makes the row; of two first ones the database lets one through."""
    unshown = (
        "kept_findings", "month", "place_kind", "result", "state", "edited_by", "edited_at",
        "withdrawn_at", "withdrawn_by", "reason",
    )  # fmt: skip
    if entry.pk is None:
        there = LibraryCase.objects.filter(case=entry.case).first()
        if there:
            raise StaleEdit(there, shown)
        entry.version = 1
        entry.save(force_insert=True)
        return
    try:
        save_version(entry, (*shown, *unshown))
    except StaleEdit as stale:
        raise StaleEdit(stale.current, shown) from stale


@transaction.atomic
def replace_finding(entry, name, fingerprint, *, by, at=None):
    """「帮我换」: change these words of one field of a draft. Nothing when they are gone already."""
    for field, _label, finding in masking.hints(entry):
        if (field, finding.fingerprint) == (name, fingerprint):
            text = privacy.replaced(getattr(entry, name), finding)
            most = entry._meta.get_field(name).max_length
            return write(entry, values={name: text[:most]}, by=by, at=at)
    return entry


@transaction.atomic
def hand_over(entry, *, by, at=None):
    """交给第二个人看: whoever has not written in it is told."""
    at = at or timezone.now()
    if entry.state != LibraryState.DRAFT:
        raise Refused(f"这份公开稿现在是“{entry.get_state_display()}”，不用再交")
    entry.state, entry.returned = LibraryState.READING, ""
    save_version(entry, ("state", "returned"))
    text = f"“{entry.title}”的公开稿写好了，请您再看一遍"
    tell(readers_of(entry), text, link=entry.get_absolute_url(), studio=entry.studio, at=at)
    return entry


def readers_of(entry):
    """Who can be the second reader: staff, lead mentors and the chair, unless they wrote in it."""
    wrote = set(entry.editors.values_list("pk", flat=True))
    found = {person.pk: person for person in (*staff_of(entry.studio), *leads_of(entry.studio))}
    if entry.case.chair_id:
        found.setdefault(entry.case.chair_id, entry.case.chair)
    return [person for pk, person in found.items() if pk not in wrote]


def may_write(case, person):
    return case.studio_id in person.standing.staff or case.chair_id == person.pk


def may_read(entry, person):
    """Be the second reader: inside the street, with a say, and no word of one's own in the text."""
    inside = entry.studio_id in person.standing.staff | person.standing.lead
    chairs = entry.case.chair_id == person.pk
    return (inside or chairs) and not entry.editors.filter(pk=person.pk).exists()


@transaction.atomic
def publish(entry, *, by, at=None):
    """The second reader agrees: from now on the whole district may read it."""
    at = at or timezone.now()
    _being_read(entry, by)
    case = locked(entry.case)
    if case.state != State.CLOSED:
        raise Refused(f"这个案例现在是“{case.get_state_display()}”，结案以后才能入库")
    entry.state, entry.read_at, entry.read_by = LibraryState.PUBLISHED, at, by
    save_version(entry, ("state", "read_at", "read_by"))
    move(case, State.PUBLISHED, by=by, at=at)
    ledger.record(entry)
    told = {case.owner, case.chair, *Person.objects.filter(pk__in=entry.editors.values("pk"))} - {by, None}
    text = f"“{entry.title}”进了案例库，全区都能看"
    tell(told, text, link=entry.get_absolute_url(), studio=entry.studio, at=at)
    return entry


@transaction.atomic
def send_back(entry, *, sentence, by, at=None):
    """还要改: back to those who write, with what to change."""
    _being_read(entry, by)
    entry.state, entry.returned = LibraryState.DRAFT, sentence
    save_version(entry, ("state", "returned"))
    link = entry.case.get_absolute_url() + "publish/"
    text = f"“{entry.title}”的公开稿还要改：{sentence}"
    tell(list(entry.editors.all()), text[:200], link=link, studio=entry.studio, at=at)
    return entry


def _being_read(entry, by):
    if entry.state != LibraryState.READING:
        raise Refused(f"这份公开稿现在是“{entry.get_state_display()}”，不在等第二个人看")
    if not may_read(entry, by):
        raise Refused("公开稿要请没有动过笔的人看")


@transaction.atomic
def withdraw(entry, *, reason, by, at=None):
    """撤下: out of everybody else's sight, with a reason; the case is 已结案 again."""
    at = at or timezone.now()
    if entry.state != LibraryState.PUBLISHED:
        raise Refused(f"这份公开稿现在是“{entry.get_state_display()}”，不在案例库里")
    case = locked(entry.case)
    entry.state, entry.read_at, entry.read_by = LibraryState.WITHDRAWN, None, None
    entry.withdrawn_at, entry.withdrawn_by, entry.reason = at, by, reason
    save_version(entry, ("state", "read_at", "read_by", "withdrawn_at", "withdrawn_by", "reason"))
    if case.state == State.PUBLISHED:
        move(case, State.CLOSED, by=by, note=reason, at=at)
    ledger.record(entry)
    told = {case.owner, case.chair} - {by, None}
    text = f"“{entry.title}”从案例库撤下了：{reason}"
    tell(told, text[:200], link=case.get_absolute_url(), studio=entry.studio, at=at)
    return entry
