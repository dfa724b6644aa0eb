"""培养晋级: proposing, signing, the apprentice's word, the decision, and all that it changes at once."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from growth.actions import career, ledger
from growth.models import Entry
from people.actions import drafts, persons
from people.actions.notices import tell
from people.models import Membership
from people.roles import ApprenticeKind, Role
from people.stale import Refused, save_version
from people.words import exact_moment, short_day

from ..models import Advancement, Pairing
from . import pairings

Proposal, State, Decision = Advancement.Proposal, Advancement.State, Advancement.Decision
DETAILS = ("proposal", "reasons", "starts_on", "rank", "title", "next_cohort", "next_mentor")
# Who said nothing for so many days is not waited for any longer.
WORD_DAYS = 7
MOST_EVIDENCE = 30


def draft_key(apprentice):
    return f"advancement-{apprentice.pk}"


@transaction.atomic
def propose(*, pairing, entries, by, at=None, **details):
    """Begin for the apprentice of `pairing`. `entries`: ledger lines as evidence; `details`: DETAILS."""
    at = at or timezone.now()
    try:
        with transaction.atomic():
            made = Advancement.objects.create(
                studio=pairing.studio,
                cohort=pairing.cohort,
                apprentice=pairing.apprentice,
                mentor=pairing.mentor,
                evidence=evidence_of(entries),
                proposed_by=by,
                proposed_at=at,
                **details,
            )
    except IntegrityError as twin:
        if "one_advancement_under_way" not in str(twin):
            raise
        raise Refused(f"{pairing.apprentice.name}已经有一份培养晋级在办，请先把那份定下来或撤回") from twin
    drafts.clear(by, draft_key(pairing.apprentice))
    told = {"link": made.get_absolute_url(), "studio": made.studio, "at": at}
    tell([made.apprentice], f"街道提了您的培养晋级：{made.what}，请说说您的想法", **told)
    tell([made.mentor], f"{made.apprentice.name}的培养晋级等您签字：{made.what}", **told)
    return made


def evidence_of(entries):
    """Lines of the ledger as they stand now, with who wrote each."""
    rows = Entry.objects.filter(pk__in=[entry.pk for entry in entries]).select_related("by")
    return [
        {
            "entry": row.pk,
            "on": row.on.isoformat(),
            "day": f"{row.on.year}年{row.on.month}月{row.on.day}日",
            "kind": row.get_kind_display(),
            "text": row.text,
            "link": row.link,
            "by": row.by.name if row.by else "",
        }
        for row in rows.order_by("on", "pk")[:MOST_EVIDENCE]
    ]


@transaction.atomic
def sign(advancement, *, side, words, by, at=None):
    """The signature of the mentor ("mentor") or of the street ("street"). Raises StaleEdit."""
    _must_be_open(advancement)
    if getattr(advancement, f"{side}_signed_at"):
        raise Refused("这一边已经签过字了")
    other = "street" if side == "mentor" else "mentor"
    if getattr(advancement, f"{other}_signed_by_id") == by.pk:
        raise Refused("两个签字要由两个人来签")
    names = (f"{side}_words", f"{side}_signed_at", f"{side}_signed_by")
    for name, value in zip(names, (words, at or timezone.now(), by), strict=True):
        setattr(advancement, name, value)
    save_version(advancement, names)
    return advancement


@transaction.atomic
def say(advancement, *, word, by, at=None):
    """本人的话; saying it again replaces it while nothing is decided."""
    _must_be_open(advancement)
    advancement.word, advancement.word_at, advancement.word_by = word, at or timezone.now(), by
    save_version(advancement, ("word", "word_at", "word_by"))
    text = f"{advancement.apprentice.name}说了对培养晋级的想法"
    link = advancement.get_absolute_url()
    tell([advancement.mentor], text, link=link, studio=advancement.studio, at=at)
    return advancement


@transaction.atomic
def drop(advancement, *, by, at=None):
    """撤回: nothing was decided, nothing changes."""
    _must_be_open(advancement)
    advancement.state = State.DROPPED
    save_version(advancement, ("state",))
    both = [advancement.apprentice, advancement.mentor]
    text, link = f"{advancement.apprentice.name}的培养晋级撤回了", advancement.get_absolute_url()
    tell(both, text, link=link, studio=advancement.studio, at=at)
    return advancement


@transaction.atomic
def decide(advancement, *, decision, words, by, at=None):
    """定下来: carry out what was proposed and freeze the packet, or leave all as it is and say why.

    Refused while a signature is missing, or the apprentice was not yet heard and WORD_DAYS are not over, or
    where the change itself is refused; then nothing is written.
    """
    at = at or timezone.now()
    _must_be_open(advancement)
    if not advancement.is_ready:
        raise Refused("还缺签字：师傅和街道都签了才能定")
    day = timezone.localdate(advancement.proposed_at) + timedelta(days=WORD_DAYS)
    if not advancement.word_at and timezone.localdate(at) < day:
        raise Refused(f"还没有听到本人的话。请等他说了再定，到{short_day(day)}还没有说的，也可以定")
    approved = decision == Decision.APPROVED
    changes = carry_out(advancement, by=by, at=at) if approved else ["一切照旧"]
    advancement.state, advancement.decision, advancement.decision_words = State.DECIDED, decision, words
    advancement.decided_at, advancement.decided_by = at, by
    advancement.frozen = packet(advancement, changes)
    save_version(advancement, ("state", "decision", "decision_words", "decided_at", "decided_by", "frozen"))
    ledger.record(advancement)
    both = [advancement.apprentice, advancement.mentor]
    text = f"{advancement.apprentice.name}的培养晋级定了：{advancement.what}，{Decision(decision).label}"
    tell(both, text, link=advancement.get_absolute_url(), studio=advancement.studio, at=at)
    return advancement


def packet(advancement, changes):
    """The whole packet in words, as it will be read for ever."""
    one = advancement

    def signed(side):
        by, moment = getattr(one, f"{side}_signed_by"), getattr(one, f"{side}_signed_at")
        return {"by": by.name, "at": _moment(moment), "words": getattr(one, f"{side}_words")}

    return {
        "apprentice": one.apprentice.name,
        "place": one.apprentice.place,
        "cohort": one.cohort.name,
        "mentor": one.mentor.name,
        "proposal": one.what,
        "starts_on": one.starts_on.isoformat(),
        "reasons": one.reasons,
        "evidence": one.evidence,
        "proposed": {"by": one.proposed_by.name, "at": _moment(one.proposed_at)},
        "mentor_signed": signed("mentor"),
        "street_signed": signed("street"),
        "word": {"text": one.word, "at": _moment(one.word_at) if one.word_at else ""},
        "decision": {
            "label": one.get_decision_display(),
            "words": one.decision_words,
            "by": one.decided_by.name,
            "at": _moment(one.decided_at),
        },
        "changes": changes,
    }


def _moment(value):
    local = timezone.localtime(value)
    return f"{local.year}年{exact_moment(value).removeprefix(f'{local.year}年')}"


# --- what a decision changes --------------------------------------------------------------------------------


def carry_out(advancement, *, by, at):
    """Do what was proposed; returns sentences about what changed."""
    act = {
        Proposal.NEXT: _into_next,
        Proposal.RESERVE: _as_reserve,
        Proposal.POST: _into_post,
        Proposal.MENTOR: _as_mentor,
        Proposal.LEAVE: _leave,
    }.get(advancement.proposal)
    if act:
        return act(advancement, by, at)
    said = "成为骨干，继续跟师傅学" if advancement.proposal == Proposal.BACKBONE else "继续做学员"
    return [f"{advancement.apprentice.name}{said}"]


def _into_next(one, by, at):
    ended = _end_pair(one, "进入下一期", by, at)
    first = max(one.starts_on, one.next_cohort.starts_on)
    if one.next_mentor is None:
        return [*ended, f"进入{one.next_cohort}，师傅等结对时再定"]
    pairings.pair(
        cohort=one.next_cohort,
        mentor=one.next_mentor,
        apprentice=one.apprentice,
        by=by,
        starts_on=first,
        at=at,
    )
    return [*ended, f"{short_day(first)}起进入{one.next_cohort}，跟{one.next_mentor.called}"]


def _as_reserve(one, by, at):
    _set_kind(one, ApprenticeKind.RESERVE)
    return ["学员类别改为后备干部"]


def _into_post(one, by, at):
    career.add_post(
        studio=one.studio,
        person=one.apprentice,
        rank=one.rank,
        title=one.title,
        starts_on=one.starts_on,
        counted=True,
        note="培养晋级",
        by=by,
        at=at,
    )
    changed = [f"{short_day(one.starts_on)}起任{one.title}，算作培养成果"]
    if one.rank in ApprenticeKind.values:
        _set_kind(one, one.rank)
        changed.append(f"学员类别改为{ApprenticeKind(one.rank).label}")
    return changed


def _as_mentor(one, by, at):
    ended = _end_pair(one, "转为带教书记", by, at)
    ended += _end_learning(one, by, at)
    persons.add_role(
        person=one.apprentice, studio=one.studio, role=Role.MENTOR, by=by, starts_on=one.starts_on, at=at
    )
    return [*ended, f"{short_day(one.starts_on)}起是带教书记"]


def _leave(one, by, at):
    return [*_end_pair(one, "退出", by, at), *_end_learning(one, by, at)]


def _end_pair(one, why, by, at):
    """End the apprentice's current pair, if there is one, on the day of the decision's effect."""
    pairs = Pairing.objects.current().filter(studio=one.studio, apprentice=one.apprentice)
    pairing = pairs.select_related(*pairings.TOLD).first()
    if pairing is None:
        return []
    reason = Pairing.Reason.REVIEW
    day = max(one.starts_on, pairing.starts_on)
    pairings.end(pairing, reason=reason, note=f"培养晋级：{why}", on=day, by=by, at=at)
    return [f"{pairing.mentor.called}和{one.apprentice.name}的结对{short_day(day)}结束"]


def _learning(one):
    return (
        Membership.objects.filter(studio=one.studio, person=one.apprentice, role=Role.APPRENTICE)
        .filter(ends_on__isnull=True)
        .select_related("studio")
        .first()
    )


def _end_learning(one, by, at):
    membership = _learning(one)
    if membership is None:
        return []
    last = max(one.starts_on - timedelta(days=1), membership.starts_on)
    persons.end_role(membership, on=last, by=by, at=at)
    return [f"学员的角色到{short_day(last)}为止"]


def _set_kind(one, kind):
    membership = _learning(one)
    if membership:
        persons.set_apprentice_kind(membership, kind)


def _must_be_open(advancement):
    if not advancement.is_open:
        raise Refused(f"这份培养晋级{advancement.get_state_display()}，不能再改")
