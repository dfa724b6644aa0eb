"""情景党课."""

from django.utils import timezone

from casework.models import Case, State
from mentoring.models import Performance, Scene
from tests.factories import CaseFactory
from tests.study_factories import PerformanceFactory, SceneFactory

from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
WORKERS = ("staff", "lead", "mentor", "other_mentor", "apprentice", "peer", "other_apprentice")
MEMBERS = dict.fromkeys(WORKERS, OK)
EVERYBODY = {**MEMBERS, **dict.fromkeys(("b_staff", "b_mentor", "b_apprentice"), OK), "*": FORBIDDEN}
TEACHERS = ("staff", "lead", "mentor", "other_mentor")
WRITERS = {**dict.fromkeys(WORKERS, FORBIDDEN), **dict.fromkeys(TEACHERS, OK), "*": MISSING}


def scene(cast):
    found = Scene.objects.filter(studio=cast.a.studio).order_by("pk").first()
    return ((found or SceneFactory(studio=cast.a.studio, by=cast.a.mentor)).pk,)


def _performance(cast, **fields):
    found = Performance.objects.filter(studio=cast.a.studio, state=fields.get("state", "planned")).first()
    players = [cast.a.apprentice, cast.a.peer]
    made = found or PerformanceFactory(
        scene=Scene.objects.get(pk=scene(cast)[0]), by=cast.a.staff, players=players, **fields
    )
    return (made.pk,)


def planned(cast):
    return _performance(cast)


def held(cast):

    return _performance(cast, state="held", held_at=timezone.now(), held_by=cast.a.staff)


def closed_case(cast):
    found = Case.objects.filter(studio=cast.a.studio, state=State.CLOSED, owner=cast.a.apprentice).first()
    if found:
        return (found.pk,)

    made = CaseFactory(
        studio=cast.a.studio, owner=cast.a.apprentice, chair=cast.a.lead, state=State.CLOSED,
        closed_at=timezone.now(), handling=Case.Handling.ONLINE,
    )  # fmt: skip
    return (made.pk,)


def only(*roles):
    return {**dict.fromkeys(WORKERS, FORBIDDEN), **dict.fromkeys(roles, OK), "*": MISSING}


def sent(table):
    return {role: SENT_BACK if status == OK else status for role, status in table.items()}


ARRANGER, THERE = only("staff"), only("apprentice", "peer")
FROM_CASE = {"staff": OK, "lead": OK, "mentor": OK, "apprentice": OK, "*": MISSING}

ROWS = [
    Row("mentoring:scene-list", EVERYBODY),
    Row("mentoring:scene-new", EVERYBODY, sent(EVERYBODY)),
    Row("mentoring:scene-detail", {**MEMBERS, "*": MISSING}, args=scene),
    Row("mentoring:scene-edit", WRITERS, sent(WRITERS), args=scene),
    Row("mentoring:scene-ready", WRITERS, sent(WRITERS), args=scene),
    Row("mentoring:scene-print", {**MEMBERS, "*": MISSING}, args=scene),
    Row("mentoring:scene-perform", WRITERS, sent(WRITERS), args=scene),
    Row("mentoring:performance-detail", {**MEMBERS, "*": MISSING}, args=planned),
    Row("mentoring:performance-edit", ARRANGER, sent(ARRANGER), args=planned),
    Row("mentoring:performance-hold", ARRANGER, sent(ARRANGER), args=planned),
    Row("mentoring:performance-seen", ARRANGER, sent(ARRANGER), args=held),
    Row("mentoring:performance-takes", THERE, sent(THERE), args=held),
    Row("casework:case-scene", FROM_CASE, sent(FROM_CASE), args=closed_case),
]
