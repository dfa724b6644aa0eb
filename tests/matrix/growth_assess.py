"""考核评估: every page in the state in which it is used."""

from growth.actions import results
from growth.models import Appeal, Round, Sheet
from tests.growth import assessing

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}
SCORERS = ("mentor", "other_mentor", "apprentice", "peer", "other_apprentice")


def where(status, *roles):
    return dict.fromkeys(roles, status)


def staff_only(status, others=MISSING):
    """Of an open round: its scorers may not, the rest do not see it."""
    return {"staff": status, **where(FORBIDDEN, *SCORERS), "*": others}


def staff_alone(status):
    """Of a round in preparation, which nobody else sees, or of a person in it."""
    return {"staff": status, "*": MISSING}


def made(name, make):
    """A round of its own for each state; the browser asks several rows for it on one database."""

    def find(cast):
        known = Round.objects.filter(studio=cast.a.studio, name=name).first()
        return known or make(cast.a, name=name)

    return find


PREPARING = made("准备的一轮", assessing.prepared)
SCORING = made("打分的一轮", assessing.opened)
MODERATING = made("汇总的一轮", assessing.moderating)
PUBLICISED = made("公示的一轮", assessing.publicised)
PUBLISHED = made("公布的一轮", assessing.published)


def round_in(state):
    return lambda cast: (state(cast).pk,)


def person_in(state):
    return lambda cast: (assessing.of(state(cast), cast.a.apprentice).pk,)


def sheet_in(state, side="mentor"):
    return lambda cast: (assessing.sheet_of(state(cast), cast.a.apprentice, side).pk,)


def indicator(cast):
    round_ = MODERATING(cast)
    person = assessing.of(round_, cast.a.apprentice)
    return (person.pk, round_.indicators.indicators.first().pk)


def open_appeal(cast):
    person = assessing.of(PUBLICISED(cast), cast.a.apprentice)
    found = Appeal.objects.filter(assessed=person, answered_at__isnull=True).first()
    return ((found or results.appeal(person, text="这一项不同意", by=cast.a.apprentice)).pk,)


def to_appeal(cast):
    """A round of its own: one appeal at a time waits."""
    round_ = made("可以申诉的一轮", assessing.publicised)(cast)
    return (assessing.of(round_, cast.a.apprentice).pk,)


def unsent(cast):
    """An open round with sheets that were not sent, so that closing has something to ask."""
    round_ = SCORING(cast)
    sheet = Sheet.objects.select_related("round", "scorer").filter(round=round_, sent_at__isnull=True)[0]
    assert sheet
    return (round_.pk,)


OWN_RESULT = {"staff": OK, "apprentice": OK, "mentor": OK, "*": MISSING}
OWN_RESULT_NOT_STAFF = {"staff": FORBIDDEN, "mentor": FORBIDDEN, "*": MISSING}
AROUND = {**where(OK, "staff", *SCORERS), "*": MISSING}

ROWS = [
    Row("growth:round-list", {"*": OK}),
    Row("growth:my-results", {"*": OK}),
    Row("growth:round-new", STAFF, {"staff": SENT_BACK, "b_staff": SENT_BACK, "*": FORBIDDEN}),
    Row("growth:round-detail", {**AROUND, "district": OK}, args=round_in(PUBLISHED)),
    Row("growth:round-edit", staff_alone(OK), staff_alone(SENT_BACK), args=round_in(PREPARING)),
    Row("growth:round-indicators", staff_alone(OK), staff_alone(SENT_BACK), args=round_in(PREPARING)),
    Row("growth:round-people", staff_alone(OK), staff_alone(SENT_BACK), args=round_in(PREPARING)),
    Row("growth:round-scorers", staff_alone(OK), staff_alone(SENT_BACK), args=round_in(PREPARING)),
    Row("growth:round-open", staff_alone(OK), staff_alone(SENT_BACK), args=round_in(PREPARING)),
    Row("growth:round-withdraw", staff_only(OK), staff_only(SENT_BACK), args=round_in(SCORING)),
    Row("growth:round-matrix", staff_only(OK), args=round_in(SCORING)),
    Row("growth:round-close", staff_only(OK), staff_only(SENT_BACK), args=unsent),
    Row("growth:round-prolong", staff_only(OK), staff_only(SENT_BACK), args=round_in(SCORING)),
    Row("growth:round-moderate", staff_only(OK), args=round_in(MODERATING)),
    Row("growth:round-publicise", staff_only(OK), staff_only(SENT_BACK), args=round_in(MODERATING)),
    Row("growth:round-publish", staff_only(OK), staff_only(SENT_BACK), args=round_in(PUBLICISED)),
    Row("growth:my-sheets", {**AROUND}, {"*": 405}, args=round_in(SCORING)),
    Row(
        "growth:sheet",
        {"mentor": OK, "*": MISSING},
        {"mentor": SENT_BACK, "*": MISSING},
        args=sheet_in(SCORING),
    ),
    Row("growth:sheet-reassign", staff_only(OK), staff_only(SENT_BACK), args=sheet_in(SCORING)),
    Row("growth:assessed-moderate", staff_alone(OK), args=person_in(MODERATING)),
    Row("growth:assessed-mentor", staff_alone(OK), staff_alone(SENT_BACK), args=person_in(PREPARING)),
    Row("growth:assessed-remove", staff_alone(OK), staff_alone(SENT_BACK), args=person_in(PREPARING)),
    Row("growth:assessed-ballots", staff_alone(OK), staff_alone(SENT_BACK), args=person_in(SCORING)),
    Row("growth:assessed-words", staff_alone(OK), staff_alone(SENT_BACK), args=person_in(MODERATING)),
    Row("growth:assessed-drop", staff_alone(OK), staff_alone(SENT_BACK), args=person_in(MODERATING)),
    Row("growth:assessed-adjust", staff_alone(OK), staff_alone(SENT_BACK), args=indicator),
    Row("growth:result-detail", OWN_RESULT, args=person_in(PUBLISHED)),
    Row(
        "growth:appeal-new",
        {**OWN_RESULT_NOT_STAFF, "apprentice": OK},
        {**OWN_RESULT_NOT_STAFF, "apprentice": SENT_BACK},
        args=to_appeal,
    ),
    Row(
        "growth:result-correct",
        {"staff": OK, "apprentice": FORBIDDEN, "mentor": FORBIDDEN, "*": MISSING},
        {"staff": SENT_BACK, "apprentice": FORBIDDEN, "mentor": FORBIDDEN, "*": MISSING},
        args=person_in(PUBLISHED),
    ),
    Row(
        "growth:appeal-answer",
        {"staff": OK, "apprentice": FORBIDDEN, "*": MISSING},
        {"staff": SENT_BACK, "apprentice": FORBIDDEN, "*": MISSING},
        args=open_appeal,
    ),
]
