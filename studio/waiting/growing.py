"""What waits in the growth file: aims to agree on and to close, notebook pages to type up and to confirm."""

from django.utils import timezone

from growth.models import Aim, NotebookPage
from growth.models.aim import half_of

from .source import Source, Waiting

READ = {
    Aim: ("text", "year", "half", "state", "person__name"),
    NotebookPage: ("on", "state", "person__name"),
}


def aims_to_agree_on(person):
    """A pupil proposed it."""
    return Aim.objects.proposed().filter(person__in=person.standing.pupils)


def aims_to_close(person):
    """Agreed on for a half-year that is over."""
    year, half = half_of(timezone.localdate())
    agreed = Aim.objects.filter(state=Aim.State.AGREED, person__in=person.standing.pupils)
    return agreed.filter(year__lt=year) | agreed.filter(year=year, half__lt=half)


def pages_to_type(person):
    return NotebookPage.objects.to_type().filter(studio__in=person.standing.staff)


def pages_to_confirm(person):
    return NotebookPage.objects.to_confirm().filter(person=person)


def _tell_aim(aim):
    action = "去商定" if aim.state == Aim.State.PROPOSED else "看一看"
    due = None if aim.state == Aim.State.PROPOSED else aim.due_on
    return Waiting(aim.text, f"{aim.person.name}的{aim.when}目标", action, aim.get_absolute_url(), due)


def _tell_page(page):
    action = "去抄写" if page.state == NotebookPage.State.SENT else "去核对"
    return Waiting(str(page), page.person.name, action, page.get_absolute_url())


SOURCES = (
    Source("agree_aim", aims_to_agree_on, _tell_aim, Aim),
    Source("close_aim", aims_to_close, _tell_aim, Aim),
    Source("type_page", pages_to_type, _tell_page, NotebookPage),
    Source("confirm_page", pages_to_confirm, _tell_page, NotebookPage),
)
