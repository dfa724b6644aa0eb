"""Writing a 心得 and answering it."""

from django.db import transaction
from django.utils import timezone

from people.actions.notices import tell
from people.stale import save_version

from ..models import Reflection
from . import ledger

WRITTEN = ("learned", "plan", "puzzle", "shared")


@transaction.atomic
def write(
    *, studio, person, mentor, learned, plan="", puzzle="", shared=False, session=None, on=None, at=None
):
    """A new reflection. `session`: the ledger entry of the session it is about. Both may be None."""
    at = at or timezone.now()
    reflection = Reflection.objects.create(
        studio=studio,
        person=person,
        mentor=mentor,
        learned=learned,
        plan=plan,
        puzzle=puzzle,
        shared=shared,
        session_id=session.source_id if session else None,
        session_link=session.link if session else "",
        session_text=session.text[:120] if session else "",
        on=on or timezone.localdate(at),
        at=at,
    )
    ledger.record(reflection)
    tell([mentor], f"{person.name}写了一条心得", link=reflection.get_absolute_url(), studio=studio, at=at)
    return reflection


@transaction.atomic
def edit(reflection, *, learned, plan, puzzle, shared):
    """Change the author's words; raises StaleEdit."""
    reflection.learned, reflection.plan, reflection.puzzle, reflection.shared = learned, plan, puzzle, shared
    save_version(reflection, WRITTEN)
    ledger.record(reflection)
    return reflection


@transaction.atomic
def reply(reflection, *, by, text="", quick="", at=None):
    """The mentor's answer: one tap, words, or both. Answering again replaces the answer."""
    at = at or timezone.now()
    reflection.reply, reflection.quick_reply = text, quick
    reflection.replied_at, reflection.replied_by = at, by
    save_version(reflection, ("reply", "quick_reply", "replied_at", "replied_by"))
    said = text or reflection.get_quick_reply_display()
    tell(
        [reflection.person],
        f"{by.called}回话了：{said[:60]}",
        link=reflection.get_absolute_url(),
        studio=reflection.studio,
        at=at,
    )
    return reflection
