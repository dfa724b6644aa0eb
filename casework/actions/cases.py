"""Writing a case and sending it: pages of a draft, 提交, 补充后再交, 撤回, and taking a draft away."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from people import privacy
from people.actions import removal
from people.actions.residents import erase, is_same, keep
from people.models import Resident
from people.numbers import next_number
from people.stale import Refused, StaleEdit, save_version
from people.words import before

from ..models import Case, CaseResident, State, TriedWay
from ..models.case_state import WRITABLE_STATES
from ..roles import mentor_of, staff_of
from .ground import move, notify
from .locking import locked

MOST_TRIED = 5
CLOSED_TO_WRITING = "这个案例已经受理，正文不能再改。要补充的话，请打电话告诉街道"
# What must be there before a case can be sent: field, page it stands on, what to say.
NEEDED = (
    ("title", 1, "请用一句话说清楚遇到了什么事"),
    ("story", 1, "请说说事情的经过"),
    ("category", 2, "请选一个类别"),
    ("urgency", 2, "请选一下急不急"),
    ("question", 4, "请写一个最想让大家帮忙的问题"),
)


@transaction.atomic
def begin(*, studio, owner, by, values, at=None):
    """Make a draft from its first page. `by` is not `owner` when staff write for somebody."""
    return Case.objects.create(
        studio=studio,
        owner=owner,
        drafted_by=by if by.pk != owner.pk else None,
        neighbourhood=owner.neighbourhood,
        created_at=at or timezone.now(),
        state_since=at or timezone.now(),
        **values,
    )


@transaction.atomic
def write(case, *, values=None, wanted=None, tried=None, residents=(), without=(), by, version=None):
    """Keep one page. `values`: columns; `tried`: (way, result) pairs; `residents`: (name, phone) pairs to be
    added; `without`: ids of CaseResidents to be taken away.

    A draft has one writer and its last page wins; what others see already is guarded by `version`:
    StaleEdit.
    Raises Refused once the case has been accepted.
    """
    row = locked(case)
    if row.state not in WRITABLE_STATES or row.removed_at:
        raise Refused(CLOSED_TO_WRITING)
    if row.state != State.DRAFT and version is not None:
        row.version = version
    for name, value in (values or {}).items():
        setattr(row, name, value)
    try:
        save_version(row, tuple(values or ()))
    except StaleEdit as stale:
        raise StaleEdit(stale.current, stale.fields, _other_rows(row, tried)) from None
    if wanted is not None:
        row.wanted.set(wanted)
    if tried is not None:
        row.tried.all().delete()
        ways = list(tried)[:MOST_TRIED]
        TriedWay.objects.bulk_create(
            TriedWay(studio=row.studio, case=row, order=n, way=way, result=result)
            for n, (way, result) in enumerate(ways, start=1)
        )
    _take_away(row, without)
    _add(row, residents)
    if tried is not None:
        row.keep_searchable()
    if row.state != State.DRAFT:
        ledger.record(row)
    return row


def _add(case, residents):
    """Put residents into the vault, except those who are there already with the same name and number."""
    present = [one.resident for one in case.residents.select_related("resident")]
    for name, phone in residents:
        if any(is_same(resident, name, phone) for resident in present):
            continue
        resident = keep(studio=case.studio, name=name, phone=phone)
        CaseResident.objects.create(studio=case.studio, case=case, resident=resident)
        present.append(resident)


def _take_away(case, ids):
    """What a case does not need any more is not kept either."""
    rows = case.residents.filter(pk__in=ids) if ids else case.residents.none()
    for row in rows.select_related("resident"):
        row.delete()
        erase(Resident.objects.filter(pk=row.resident_id), why=Resident.Erased.REQUEST)


def _other_rows(row, tried):
    """The tried ways of a stale edit as both sides have them."""
    if tried is None:
        return []
    now = [(one.way, one.result) for one in row.tried.all()]
    return [("已经试过的办法", _ways(now), _ways(tried))]


def _ways(pairs):
    return "\n".join(f"{way}：{result}" if result else way for way, result in pairs)


def missing(case):
    """[(page, sentence)] of what still has to be written before the case can be sent."""
    return [(page, sentence) for name, page, sentence in NEEDED if not getattr(case, name)]


@transaction.atomic
def submit(*, case, by, at=None):
    """提交, or 补充后再交 after it was sent back: number it, tell the staff and the mentors named for it."""
    case, at = locked(case), at or timezone.now()
    lacking = missing(case)
    if lacking or case.removed_at:
        raise Refused(lacking[0][1] if lacking else "这份草稿已经去掉了，请先找回来")
    if case.number is None:
        case.year, case.submitted_at = timezone.localdate(at).year, at
        case.number = next_number(case.studio, "case", case.year)
        case.save(update_fields=("year", "number", "submitted_at"))
    again = case.state == State.RETURNED
    move(case, State.SUBMITTED, by=by, at=at)
    told = [*staff_of(case.studio), *case.wanted.all(), case.owner]
    verb = "补充好了疑难案例" if again else "提交了疑难案例"
    until = f"请在{before(case.due_on, timezone.localdate(at))}受理"
    staff = {person.pk for person in staff_of(case.studio)}
    for person in told:
        words = f"{case.owner.called}{verb}“{case.title}”"
        notify(case, [person], f"{words}，{until}" if person.pk in staff else words, by=by, at=at)
    return case


@transaction.atomic
def withdraw(*, case, note="", by, at=None):
    """撤回, by the owner, before anybody has consulted."""
    case = locked(case)
    move(case, State.WITHDRAWN, by=by, note=note, at=at)
    told = [*staff_of(case.studio), *case.wanted.all(), case.owner]
    notify(case, told, f"{case.owner.called}撤回了疑难案例“{case.title}”", by=by, at=at)
    return case


@transaction.atomic
def remove_draft(*, case, by, at=None):
    """Take an unsent draft away; its writer can find it again for 30 days."""
    case = locked(case)
    if case.state != State.DRAFT:
        raise Refused("已经交上去的案例不能去掉，可以撤回")
    removal.remove(case, by=by, at=at)
    return case


@transaction.atomic
def restore_draft(*, case, by, at=None):
    """Find a draft again that was taken away."""
    case = locked(case)
    removal.restore(case, by=by, at=at)
    return case


# --- The privacy scanner's hints --------------------------------------------------------------------------

TEXTS = ("title", "story", "began", "question")


def hints(case):
    """[(place, label, finding)] for what is not answered yet. `place`: "story", "tried-12-way", …"""
    kept = set(case.kept_findings)
    return [
        (place, label, finding)
        for place, label, text in _texts(case)
        for finding in privacy.findings(text)
        if finding.fingerprint not in kept
    ]


def _texts(case):
    for name in TEXTS:
        yield name, case._meta.get_field(name).verbose_name, getattr(case, name)
    for tried in case.tried.all():
        yield f"tried-{tried.pk}-way", f"试过的办法{tried.order}", tried.way
        yield f"tried-{tried.pk}-result", f"试过的办法{tried.order}的结果", tried.result


@transaction.atomic
def keep_finding(case, fingerprint, *, by):
    """「不是，保留」: do not ask about these words again in this case."""
    row = locked(case)
    if fingerprint in {finding.fingerprint for _place, _label, finding in hints(row)}:
        write(row, values={"kept_findings": [*row.kept_findings, fingerprint]}, by=by)


@transaction.atomic
def replace_finding(case, place, fingerprint, *, by):
    """「帮我换」: change these words to what the scanner suggests. Nothing when they are gone already."""
    row = locked(case)
    for found_at, _label, finding in hints(row):
        if (found_at, finding.fingerprint) == (place, fingerprint):
            _write_text(row, place, finding, by=by)
            return


def _write_text(row, place, finding, *, by):
    if place in TEXTS:
        length = row._meta.get_field(place).max_length
        text = privacy.replaced(getattr(row, place), finding)[:length]
        write(row, values={place: text}, by=by)
        return
    _tried, pk, column = place.split("-")
    changed = row.tried.get(pk=pk)
    text = privacy.replaced(getattr(changed, column), finding)[:200]
    row.tried.filter(pk=changed.pk).update(**{column: text})
    write(row, by=by)


def default_wanted(case):
    """Who is ticked on the page 希望谁来会诊: those chosen, else the owner's own mentor."""
    chosen = list(case.wanted.all())
    if chosen or case.question:
        return chosen
    mentor = mentor_of(case.owner)
    return [mentor] if mentor else []
