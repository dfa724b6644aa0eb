"""What is taken down at a 会诊会: notes of five blocks, opinions in the sixth.

Notes are kept while they are typed, and two who write at once never overwrite each other: every block names
the text that its page began from (`was`, a digest). A block that was not touched is left alone; one that was
changed is written when nobody else wrote it meanwhile; else the writer is told whose text stands there.
"""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from people.stale import Refused

from ..models import AgendaItem, BlockNote, CaseGuest, State
from ..models.meeting import NOTED
from . import consultations, guests
from .inviting import invite
from .meetings import locked_meeting

MOST = 2000
AGAIN = "会上又说："


@dataclass(frozen=True)
class Clash:
    """A block that somebody else wrote meanwhile: the note as it is now."""

    block: str
    note: BlockNote


def mark(text):
    """Short digest of the text that a page began from."""
    return hashlib.sha256(plain(text).encode()).hexdigest()[:16]


def plain(text):
    return (text or "").replace("\r\n", "\n").strip()


@transaction.atomic
def keep(*, item, values, was, by, minutes=None, device="", at=None):
    """Keep what changed of `values` {block: text}. Returns the Clashes, of which nothing was written.

    `was`: {block: mark of the text the page began from}; `device`: the browser, whose own earlier saving of
    this page is no clash; `minutes`: {block: planned minutes or None}, when they were asked for.
    """
    meeting, at = locked_meeting(item.meeting), at or timezone.now()
    if meeting.ended_at:
        raise Refused("这个会已经开完了。还要记的话，请先点“再打开”")
    notes = {note.block: note for note in item.notes.select_related("written_by")}
    clashes = []
    for block in NOTED:
        if block not in values:
            continue
        text, note = plain(values[block]), notes.get(block)
        stored = note.text if note else ""
        if text == stored or mark(text) == was.get(block):
            continue
        ours = note is None or mark(stored) == was.get(block)
        if not ours and not (device and note.device == device and note.written_by_id == by.pk):
            clashes.append(Clash(block, note))
            continue
        BlockNote.objects.update_or_create(
            studio=item.studio, item=item, block=block,
            defaults={"text": text, "device": device, "written_at": at, "written_by": by},
        )  # fmt: skip
    _keep_minutes(item, minutes or {}, by, at)
    return clashes


def _keep_minutes(item, minutes, by, at):
    for block, number in minutes.items():
        note = item.notes.filter(block=block).first()
        if note and note.minutes != number:
            note.minutes = number
            note.save(update_fields=("minutes",))
        elif note is None and number:
            BlockNote.objects.create(
                studio=item.studio, item=item, block=block, minutes=number, written_by=by, written_at=at
            )


@transaction.atomic
def set_followup(item, day):
    """⑥: the day to look again, proposed to the prescription."""
    AgendaItem.objects.filter(pk=item.pk).update(followup_on=day)


@transaction.atomic
def take_down(*, item, speaker, text, by, at=None):
    """④: one row of the meeting is one opinion of the case. `speaker`: a Person, a CaseGuest or a Seat.

    Who has spoken in this round already, online or earlier in the meeting, has the new words added to the one
    opinion. Raises Refused when the round is over.
    """
    meeting, at = locked_meeting(item.meeting), at or timezone.now()
    case = item.case
    if meeting.ended_at or case.state != State.CONSULTING or case.round != item.round:
        raise Refused(consultations.OVER)
    guest = _as_guest(speaker, case, by, at)
    who = {"guest": guest} if guest else {"author": getattr(speaker, "person", None) or speaker}
    said = case.opinions.filter(round=case.round, **who).first()
    if said:
        return _add_words(said, item, text)
    if guest:
        opinion = guests.say(guest=guest, text=text, by=by, at=at)
    else:
        invite(case, [who["author"]], by=by, at=at)
        opinion = consultations.give_opinion(case=case, author=who["author"], text=text, by=by, at=at)
    opinion.item = item
    opinion.save(update_fields=("item",))
    return opinion


def _as_guest(speaker, case, by, at):
    """The guest of the case that a speaker from outside is; None for a person of the studio."""
    if isinstance(speaker, CaseGuest):
        return speaker
    if getattr(speaker, "organisation", "") and not speaker.person_id:
        named = {"organisation": speaker.organisation, "name": speaker.name, "post": speaker.post}
        return guests.invite(case=case, by=by, at=at, **named)[0]
    return None


def _add_words(opinion, item, text):
    if text in opinion.text:
        return opinion
    longer = f"{opinion.text}\n{AGAIN}{text}"
    if len(longer) > MOST:
        raise Refused(f"{opinion.speaker.called}的意见写得有点多，请留在{MOST}字以内")
    opinion.text, opinion.version, opinion.item = longer, opinion.version + 1, item
    opinion.save(update_fields=("text", "version", "item"))
    return opinion
