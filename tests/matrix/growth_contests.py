"""擂台比武."""

from django.utils import timezone

from growth.actions import contests
from growth.models import Contest

from .growth_brands import brand
from .rows import FORBIDDEN, MISSING, OK, Row

SENT_BACK = 422
STAFF = {"staff": OK, "b_staff": OK, "*": FORBIDDEN}


def contest(cast):
    """An open one over the closed project of street A, judged by the other mentor."""
    a = cast.a
    found = Contest.objects.filter(studio=a.studio).first()
    if found is None:
        (pk,) = brand("closed")(cast)
        of_year = a.apprentice.brands.get(pk=pk)
        # Another one waits to be taken up by the next contest.
        waiting = a.apprentice.brands.get(pk=brand("debriefed")(cast)[0])
        type(waiting).objects.filter(pk=waiting.pk).update(year=timezone.localdate().year)
        found = contests.open_contest(
            studio=a.studio, year=of_year.year, name="擂台比武", held_on=timezone.localdate(), places=1,
            judges=[a.other_mentor], brands=[of_year], by=a.staff,
        )  # fmt: skip
    return (found.pk,)


def sheet(cast):
    (pk,) = contest(cast)
    return (Contest.objects.get(pk=pk).sheets.get().pk,)


def judge(cast):
    (pk,) = contest(cast)
    return (Contest.objects.get(pk=pk).judges.get().pk,)


def nothing(cast):
    """What is new needs a project that may take part."""
    contest(cast)
    return ()


ROWS = [
    Row(
        "growth:contest-new", STAFF, {"staff": SENT_BACK, "b_staff": SENT_BACK, "*": FORBIDDEN}, args=nothing
    ),
    Row("growth:contest-detail", {"staff": OK, "other_mentor": OK, "*": MISSING}, args=contest),
    Row(
        "growth:contest-close",
        {"staff": OK, "other_mentor": FORBIDDEN, "*": MISSING},
        {"staff": SENT_BACK, "other_mentor": FORBIDDEN, "*": MISSING},
        args=contest,
    ),
    Row(
        "growth:judge-absent",
        {"staff": OK, "b_staff": MISSING, "*": FORBIDDEN},
        {"staff": SENT_BACK, "b_staff": MISSING, "*": FORBIDDEN},
        args=judge,
    ),
    Row(
        "growth:contest-sheet",
        {"other_mentor": OK, "*": MISSING},
        {"other_mentor": SENT_BACK, "*": MISSING},
        args=sheet,
    ),
]
