"""The states of a case and MOVES, the one table of what may follow what; Case.move_to is the one door."""

from django.db import models


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待受理"
    RETURNED = "returned", "退回补充"
    CONSULTING = "consulting", "会诊中"
    TREATING = "treating", "执行药方"
    REVIEWING = "reviewing", "待评价"
    CLOSED = "closed", "已结案"
    PUBLISHED = "published", "已入库"
    TRANSFERRED = "transferred", "已转办"
    WITHDRAWN = "withdrawn", "撤回"
    HELD = "held", "暂缓"
    MERGED = "merged", "已合并"


# From which state to which. HELD goes back to where it came from (`held_from`), checked in move_to.
MOVES = {
    State.DRAFT: {State.SUBMITTED},
    # Straight to REVIEWING: answered directly (直接答复), nothing to prescribe.
    State.SUBMITTED: {
        State.CONSULTING,
        State.TREATING,
        State.REVIEWING,
        State.RETURNED,
        State.TRANSFERRED,
        State.WITHDRAWN,
        State.HELD,
        State.MERGED,
    },
    State.RETURNED: {State.SUBMITTED, State.TRANSFERRED, State.WITHDRAWN, State.HELD, State.MERGED},
    State.CONSULTING: {State.TREATING, State.TRANSFERRED, State.HELD, State.MERGED},
    State.TREATING: {State.REVIEWING, State.CONSULTING, State.TRANSFERRED, State.HELD},
    State.REVIEWING: {State.CLOSED, State.CONSULTING, State.TRANSFERRED, State.HELD},
    State.CLOSED: {State.PUBLISHED, State.CONSULTING},
    # Back to CLOSED: taken out of the library.
    State.PUBLISHED: {State.CONSULTING, State.CLOSED},
    State.HELD: {
        State.SUBMITTED,
        State.RETURNED,
        State.CONSULTING,
        State.TREATING,
        State.REVIEWING,
        State.TRANSFERRED,
    },
    # Back again only with the district's answer (actions/triage.resume).
    State.TRANSFERRED: {State.SUBMITTED, State.CONSULTING},
    State.WITHDRAWN: set(),
    State.MERGED: set(),
}
OPEN_STATES = (
    State.SUBMITTED,
    State.RETURNED,
    State.CONSULTING,
    State.TREATING,
    State.REVIEWING,
    State.HELD,
)
NOT_SUBMITTED = (State.DRAFT,)
# While the words may still be changed by whoever wrote them.
WRITABLE_STATES = (State.DRAFT, State.SUBMITTED, State.RETURNED)
