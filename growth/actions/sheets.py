"""打分表: sending, and handing one over to somebody else."""

from django.db import transaction
from django.utils import timezone

from people.actions import drafts
from people.actions.notices import tell
from people.models import Draft
from people.stale import Refused

from ..models import Mark, Round, Sheet
from .rounds import my_sheets_url

CLOSED = "“{}”的打分已经结束了。要补打，请打电话给街道，街道可以再开"

# Once scoring was closed the staff have read what others marked.
SEEN = "汇总的时候街道已经看过各方的分，街道的打分表不再打、不再改。要改，请在汇总那一页调整，写明原因"


def draft_key(sheet):
    return f"sheet-{sheet.pk}"


def _open_round(sheet):
    """The sheet's round, which may not be closed while this transaction runs."""
    round_ = Round.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet.round_id)
    if round_.state != Round.State.SCORING:
        raise Refused(CLOSED.format(round_.name))
    return round_


@transaction.atomic
def send(sheet, *, marks, strengths=(), improve=(), by, at=None):
    """`marks`: {indicator id: (1–5 or None, words)}. Sending again while scoring is open replaces them."""
    sheet = Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if sheet.scorer_id != by.pk:
        raise Refused("这张打分表已经换人打了，您不用打了")
    round_ = _open_round(sheet)
    if round_.closed_at and round_.studio_id in by.standing.staff:
        raise Refused(SEEN)
    Mark.objects.bulk_create(
        [
            Mark(studio_id=sheet.studio_id, sheet=sheet, indicator_id=key, value=value, words=words)
            for key, (value, words) in marks.items()
        ],
        update_conflicts=True,
        unique_fields=("studio", "sheet", "indicator"),
        update_fields=("value", "words"),
    )
    sheet.sent_at, sheet.strengths, sheet.improve = at or timezone.now(), list(strengths), list(improve)
    sheet.version += 1
    sheet.save(update_fields=("sent_at", "strengths", "improve", "version"))
    drafts.clear(by, draft_key(sheet))
    return sheet


@transaction.atomic
def reassign(sheet, *, to, by, at=None):
    """换人打: only a sheet that was not sent; what the first one began is forgotten."""
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("assessed").get(pk=sheet.pk)
    round_ = _open_round(sheet)
    if sheet.sent_at:
        raise Refused("这张打分表已经交了，不用换人")
    if to.pk == sheet.assessed.person_id or sheet.assessed.sheets.filter(scorer=to).exists():
        raise Refused(f"{to.name}已经给这个人打分，一个人不能替两方打分，请另选一位")
    Draft.objects.filter(person=sheet.scorer_id, key=draft_key(sheet)).delete()
    sheet.scorer, sheet.version = to, sheet.version + 1
    sheet.save(update_fields=("scorer", "version"))
    text = f"考核评估“{round_.name}”有一张打分表换您来打"
    tell([to], text, link=my_sheets_url(round_), studio=round_.studio, at=at)
    return sheet
