"""谈心: its words are kept apart from the record, for the two who spoke."""

from people.stale import Refused

from ..models import Session, TalkNote

MODE_STAYS = "别的带教改不成“谈心”，“谈心”也改不成别的：话给谁看不一样。记错了请去掉，另记一次"
THE_TWO_STAY = "谈心记的是谁、说了什么，只有师傅自己能改"


def keep(session, present, text, *, at):
    """Make the note of a talk say `text`, for its mentor and the one apprentice. Empty: none is kept."""
    if session.mode != Session.Mode.TALK:
        return
    TalkNote.objects.filter(session=session).delete()
    if text.strip():
        TalkNote.objects.bulk_create(
            TalkNote(
                studio=session.studio,
                session=session,
                mentor=session.mentor,
                apprentice=apprentice,
                text=text.strip(),
                written_at=at,
            )
            for apprentice in present
        )


def text_for(session, person):
    """What was said, if the person is one of the two; else ""."""
    if session.mode != Session.Mode.TALK:
        return ""
    found = TalkNote.objects.visible_to(person).filter(session=session)
    return found.values_list("text", flat=True).first() or ""


def refuse_change(session, changes, present, by):
    """Nobody's words get other readers by an edit."""
    mode = changes.get("mode", session.mode)
    if (mode == Session.Mode.TALK) != session.is_talk:
        raise Refused(MODE_STAYS)
    if session.is_talk and by.pk != session.mentor_id:
        there = set(session.attendance.values_list("apprentice", flat=True))
        if there != {person.pk for person in present} or changes.get("note"):
            raise Refused(THE_TWO_STAY)
