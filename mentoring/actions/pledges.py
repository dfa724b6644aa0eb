"""拜师帖: writing, sending, the mentor's words, day and witness, and doing without."""

from django.db import transaction
from django.utils import timezone

from growth.actions import ledger
from people.actions import drafts
from people.actions.notices import tell
from people.models import Membership
from people.roles import Role
from people.stale import Refused, StaleEdit, save_version

from ..models import Pledge

State = Pledge.State


def pledge_of(pairing):
    """The pair's pledge; one that is not in the database yet, of version 0, where nobody has begun."""
    found = Pledge.objects.filter(pairing=pairing).first()
    pledge = found or Pledge(studio_id=pairing.studio_id, pairing=pairing, version=0)
    pledge.pairing = pairing
    return pledge


def draft_key(pairing):
    """Name of the apprentice's autosaved draft."""
    return f"pledge-{pairing.pk}"


@transaction.atomic
def write(pledge, *, text, by):
    """Keep the apprentice's words: of a draft for later, of a letter that was sent as its new words."""
    _must_be(pledge, State.DRAFT, State.SENT)
    if pledge.held_on:
        raise Refused("日期和见证人已经定了，要改请找街道工作人员")
    pledge.text = text
    _save(pledge, "text")
    drafts.clear(by, draft_key(pledge.pairing))
    return pledge


@transaction.atomic
def send(pledge, *, text, by, at=None):
    """递上拜师帖: from now on the mentor and the staff read it."""
    at = at or timezone.now()
    _must_be(pledge, State.DRAFT)
    pledge.text, pledge.state, pledge.sent_at = text, State.SENT, at
    _save(pledge, "text", unshown=("state", "sent_at"))
    pair = pledge.pairing
    drafts.clear(by, draft_key(pair))
    staff = Membership.objects.current().filter(studio=pair.studio_id, role=Role.STAFF)
    told = {"link": pledge.get_absolute_url(), "studio": pair.studio, "at": at}
    tell([pair.mentor], f"{pair.apprentice.name}给您写了拜师帖，您可以写几句寄语", **told)
    holders = [membership.person for membership in staff.select_related("person")]
    tell(holders, f"{pledge}写好了，请定日期和见证人", **told)
    return pledge


@transaction.atomic
def add_words(pledge, *, words, by, at=None):
    """师傅寄语; writing again replaces them."""
    _must_be(pledge, State.SENT)
    pledge.words = words
    _save(pledge, "words")
    pair, link = pledge.pairing, pledge.get_absolute_url()
    tell([pair.apprentice], f"{by.called}在您的拜师帖上写了寄语", link=link, studio=pair.studio, at=at)
    return pledge


@transaction.atomic
def settle(pledge, *, held_on, witness, by, at=None):
    """Day and witness, set by staff; 拜师 goes into both files. Setting again moves it."""
    _must_be(pledge, State.SENT)
    pledge.held_on, pledge.witness, pledge.settled_by = held_on, witness, by
    _save(pledge, "held_on", "witness", unshown=("settled_by",))
    ledger.record(pledge)
    pair, day = pledge.pairing, f"{held_on.month}月{held_on.day}日"
    text, link = f"拜师的日期定在{day}，见证人是{witness}", pledge.get_absolute_url()
    tell([pair.mentor, pair.apprentice], text, link=link, studio=pair.studio, at=at)
    return pledge


@transaction.atomic
def waive(pledge):
    """这一对不用拜师帖: nobody is asked any more. What was begun is kept."""
    _must_be(pledge, State.DRAFT)
    pledge.state = State.WAIVED
    _save(pledge, "state")
    return pledge


@transaction.atomic
def ask_again(pledge):
    """还是要写: the other way round."""
    _must_be(pledge, State.WAIVED)
    pledge.state = State.DRAFT
    _save(pledge, "state")
    return pledge


def _must_be(pledge, *states):
    if pledge.state not in states:
        raise Refused(f"这张拜师帖现在是“{pledge.get_state_display()}”，不能这样改")
    if not pledge.pairing.is_current:
        raise Refused("这一对已经结束了，拜师帖不再改")


def _save(pledge, *fields, unshown=()):
    """The first writing makes the row; two first writings at once are told apart by the database.

    A stale edit shows both texts of `fields`; what goes with them is in `unshown`.
    """
    if pledge.pk is None:
        pledge.version = 1
        pledge.save(force_insert=True)
        return
    try:
        save_version(pledge, (*fields, *unshown))
    except StaleEdit as stale:
        raise StaleEdit(stale.current, fields) from stale
