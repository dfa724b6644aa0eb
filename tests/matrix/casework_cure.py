"""Pages of the cure of a case: the apprentice's case, the lead in the chair, both mentors asked."""

from casework.actions import consultations, followups
from tests.casework.cures import consulting, opine, reviewing, treating

from .rows import FORBIDDEN, MISSING, OK, Row

INVALID = 422
INSIDE = ("staff", "lead", "mentor", "other_mentor", "apprentice")


def only(status, *roles):
    """These roles of those who see the case get `status`, the others 403; whoever does not see it 404."""
    return {**dict.fromkeys(INSIDE, FORBIDDEN), **dict.fromkeys(roles, status), "*": MISSING}


def form(*roles, post=None):
    """GET and POST of a page with a form for these roles; `post`: the roles that may send it, if fewer."""
    return {"get": only(OK, *roles), "post": only(INVALID, *(roles if post is None else post))}


def opinion(cast):
    return (opine(consulting(cast), cast.a.mentor).pk,)


def question(cast):
    return (consultations.ask(case=consulting(cast), question="一楼住的是谁？", by=cast.a.mentor).pk,)


def prescription(cast):
    return (treating(cast)[1].pk,)


def step(cast):
    return (treating(cast)[1].steps.get().pk,)


def followup(cast):
    one = treating(cast)[1].steps.get()
    return (followups.report(step=one, state="doing", text="约好了", by=cast.a.apprentice).pk,)


def case(make):
    return lambda cast: (make(cast).pk,)


READ = {"get": {**dict.fromkeys(INSIDE, OK), "*": MISSING}}
ASKED = ("lead", "mentor", "other_mentor")
LOOKS = ("staff", "lead", "mentor")

ROWS = [
    Row("casework:case-consult", args=case(consulting), **form("staff", *ASKED, post=ASKED)),
    Row("casework:case-similar", args=case(consulting), **READ),
    Row("casework:opinion-told", args=case(consulting), **form("staff")),
    Row("casework:case-ask", args=case(consulting), **form("staff", *ASKED)),
    # An opinion is not there for whoever has not given one.
    Row(
        "casework:opinion-edit",
        get={"mentor": OK, "staff": FORBIDDEN, "lead": FORBIDDEN, "*": MISSING},
        post={"mentor": INVALID, "staff": FORBIDDEN, "lead": FORBIDDEN, "*": MISSING},
        args=opinion,
    ),
    Row("casework:clarification-answer", args=question, **form("staff", "apprentice")),
    Row("casework:case-prescribe", args=case(consulting), **form("staff", "lead")),
    Row("casework:prescription-detail", args=prescription, **READ),
    Row("casework:prescription-history", args=prescription, **READ),
    Row("casework:step-edit", args=step, **form(*LOOKS)),
    Row("casework:step-later", args=step, **form("apprentice", *LOOKS)),
    Row("casework:step-followup", args=step, **form("apprentice")),
    Row("casework:step-photo", get={"*": 405}, post=only(INVALID, "apprentice"), args=step),
    Row("casework:followup-judge", args=followup, get=READ["get"], post=only(INVALID, *LOOKS)),
    Row(
        "casework:case-checkup",
        args=lambda cast: (treating(cast)[0].pk,),
        **form(*LOOKS),
    ),
    Row(
        "casework:case-close",
        args=case(reviewing),
        **form("apprentice", *LOOKS, post=("apprentice", "mentor", "lead")),
    ),
    Row("casework:case-finish", get={"*": 405}, post=only(INVALID, "staff", "lead"), args=case(reviewing)),
]
