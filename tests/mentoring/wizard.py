"""Going through 「给学员结对」 as a browser without script does, or with the pages kept already."""

from django.http import QueryDict
from django.utils.http import urlencode

from mentoring.pairing_wizard import Wizard
from people.actions import drafts
from tests.factories import days_ago
from tests.forms import send

PAGE = "/pairings/new/{}/".format
COHORT, MENTORS, APPRENTICES, GROUPS, CHECK = range(1, 6)


def pages(cohort, *, mentors, apprentices, groups=None):
    """{page: fields} as posted. `groups`: {apprentice: mentor or None}, or None for "not there yet"."""
    said = {
        COHORT: {"cohort": cohort.pk, "starts_on": days_ago(0).isoformat()},
        MENTORS: {"people": [one.pk for one in mentors]},
        APPRENTICES: {"people": [one.pk for one in apprentices]},
    }
    if groups is not None:
        said[GROUPS] = chosen(groups)
    return said


def chosen(groups):
    """{apprentice: mentor or None} as the fields of page 4."""
    return {f"to_{one.pk}": mentor.pk if mentor else "" for one, mentor in groups.items()}


def keep_pages(person, cohort, **people):
    """What `person` would have kept after these pages."""
    for page, fields in pages(cohort, **people).items():
        drafts.save(person, Wizard(person).key(page), QueryDict(urlencode(fields, doseq=True)))


def go_through(client, cohort, **people):
    """Post page by page as each answer leads on; returns the path of the page arrived at."""
    path = PAGE(COHORT)
    for page, fields in pages(cohort, **people).items():
        assert path == PAGE(page)
        answer = send(client, path, fields)
        assert answer.status_code == 302, answer.context["form"].errors
        path = answer["Location"]
    return path
