"""What waits around residents: 三联单, and what residents asked to have copied, corrected, deleted."""

from casework import todo_slips as slips
from casework.models import Building, Slip
from people.addresses import address_of
from people.models import ResidentRequest

from .source import Source, Waiting

READ = {
    Slip: ("problem", "year", "number", "due_on", "state", "neighbourhood__name"),
    Building: ("estate", "name", "neighbourhood__name"),
    ResidentRequest: ("kind", "due_on", "asked_on"),
}


def _source(key, find, action, page):
    def tell(slip):
        origin = f"三联单{slip.no}" + (f"，{slip.neighbourhood}" if slip.neighbourhood else "")
        return Waiting(slip.problem[:40], origin, action, address_of(page, slip.pk), slip.due_on)

    return Source(key, find, tell, Slip)


def _asked(person):
    return ResidentRequest.objects.open().filter(studio__in=person.standing.staff).order_by("due_on", "pk")


def _tell_asked(asked):
    name = f"居民要求{asked.get_kind_display()}"
    return Waiting(name, "居民的要求", "去答复", asked.get_absolute_url(), asked.due_on)


def _tell_found(house):
    url = address_of("casework:building-proposals", house.neighbourhood_id)
    return Waiting(f"{house}够人数了，可以建党小组", str(house.neighbourhood), "去看看", url)


SOURCES = (
    _source("slip_send", slips.to_send, "去派单", "casework:slip-send"),
    _source("slip_accept", slips.to_accept, "去接单", "casework:slip-detail"),
    _source("slip_finish", slips.to_finish, "去办结", "casework:slip-finish"),
    _source("slip_call_back", slips.to_call_back, "去回访", "casework:slip-call-back"),
    Source("found_group", slips.to_found, _tell_found, Building),
    Source("resident_request", _asked, _tell_asked, ResidentRequest),
)
