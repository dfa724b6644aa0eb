"""擂台比武 that waits for a judge's marks."""

from growth.models import ContestSheet
from people.addresses import address_of

from .source import Source, Waiting

READ = {ContestSheet: ("entry__brand__name", "contest__name", "contest__held_on")}


def to_mark(person):
    open_ones = ContestSheet.objects.filter(
        judge__person=person, judge__absent="", contest__closed_at__isnull=True, sent_at__isnull=True
    )
    return open_ones.order_by("pk")


def _tell(sheet):
    url = address_of("growth:contest-sheet", sheet.pk)
    return Waiting(
        f"给“{sheet.entry.brand.name}”打分", sheet.contest.name, "去打分", url, sheet.contest.held_on
    )


SOURCES = (Source("contest", to_mark, _tell, ContestSheet),)
