"""Who may import a roster: staff only, and each only the own draft."""

from people.actions.roster_drafts import RosterDraft
from people.roster import Grid, Sheet

from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

STAFF_ONLY = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}
OWN_DRAFT = {"staff": OK, "b_staff": MISSING, "*": FORBIDDEN}


def draft(cast, result=None):
    grid = Grid([Sheet.from_rows([["姓名", "手机"], ["张三", "13800138000"]])])
    plan = {"studio": cast.a.studio.pk, "cohort": None, "new": None}
    kept = RosterDraft.start(grid=grid, plan=plan, by=cast.a.staff)
    if result:
        kept.finish(result)
    return (kept.pk,)


ROWS = [
    Row("mentoring:roster-upload", get=STAFF_ONLY, post={"staff": 422, "b_staff": 422, "*": FORBIDDEN}),
    Row("mentoring:roster-blank", get=STAFF_ONLY),
    Row(
        "mentoring:roster-preview",
        args=draft,
        get=OWN_DRAFT,
        post={"staff": AWAY, "b_staff": MISSING, "*": FORBIDDEN},
    ),
    Row(
        "mentoring:roster-result",
        args=lambda cast: draft(cast, {"wrote": False, "unchanged": 1, "left": []}),
        get=OWN_DRAFT,
    ),
]
