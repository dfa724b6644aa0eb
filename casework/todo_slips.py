"""What waits for a person around slips: sending, accepting, finishing, calling back."""

from django.db.models import Exists, F, OuterRef, Q

from people.counting import number_of

from .models import Building, BuildingGroup, BuildingMember, Slip, SlipState
from .models.building import own_places
from .models.slip import TO_SEND


def _senders(person):
    return Q(studio__in=person.standing.staff) | own_places(person)


def to_send(person):
    """Slips that nobody has yet, or that came back."""
    slips = Slip.objects.filter(_senders(person), state__in=TO_SEND)
    return slips.select_related("neighbourhood").order_by("state_since", "pk")


def to_accept(person):
    mine = Slip.objects.filter(handler=person, state=SlipState.SENT)
    return mine.select_related("neighbourhood").order_by("due_on", "pk")


def to_finish(person):
    mine = Slip.objects.filter(handler=person, state=SlipState.ACCEPTED)
    return mine.select_related("neighbourhood").order_by("due_on", "pk")


def to_call_back(person):
    """Finished slips whose resident has not been asked."""
    slips = Slip.objects.filter(_senders(person), state=SlipState.FINISHED)
    return slips.select_related("neighbourhood").order_by("state_since", "pk")


def to_found(person):
    """Buildings with enough Party members, of the studio's own measure, that no group looks after yet."""
    grouped = BuildingGroup.objects.active().filter(buildings=OuterRef("pk"))
    # By studio and building: the index of who lives there is enough, no row is looked at.
    living = BuildingMember.objects.living().filter(studio=OuterRef("studio"), building=OuterRef("pk"))
    houses = Building.objects.filter(_senders(person), in_use=True)
    houses = houses.annotate(members=number_of(living, "building"))
    houses = houses.filter(~Exists(grouped), members__gte=F("studio__group_members"))
    return houses.select_related("neighbourhood").order_by("neighbourhood", "place", "pk")
