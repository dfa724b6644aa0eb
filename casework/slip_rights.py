"""Who may do what with a slip; for views and for the `can_*` flags of its page."""

from .models import BuildingGroup, SlipState
from .models.slip import TO_SEND, UNDER_WAY


def is_staff(slip, person):
    return slip.studio_id in person.standing.staff


def is_local(slip, person):
    """Who sends slips there: the apprentice of the neighbourhood, the leader of the building's group; and
    for a step of a prescription whoever brought the case or is in its chair.
    """
    if slip.of_case_id and person.pk in (slip.of_case.owner_id, slip.of_case.chair_id):
        return True
    own = slip.neighbourhood_id and slip.neighbourhood_id == person.neighbourhood_id
    if own and slip.studio_id in person.standing.apprentice:
        return True
    return bool(slip.building_id) and leads_at(person, slip.building_id)


def leads_at(person, building):
    return BuildingGroup.objects.active().filter(leader_account=person, buildings=building).exists()


def may_dispatch(slip, person):
    return slip.state in (*TO_SEND, *UNDER_WAY) and (is_staff(slip, person) or is_local(slip, person))


def may_work(slip, person):
    """Accept, give back, finish: whoever has it; staff write it down for somebody without an account."""
    return slip.state in UNDER_WAY and (slip.handler_id == person.pk or is_staff(slip, person))


def may_call_back(slip, person):
    able = is_staff(slip, person) or is_local(slip, person) or slip.registered_by_id == person.pk
    return slip.state == SlipState.FINISHED and able


def may_drop(slip, person):
    return slip.state in (*TO_SEND, *UNDER_WAY) and is_staff(slip, person)


def may_register(person):
    """Who writes down what residents order: staff, the apprentices for their place, group leaders."""
    standing = person.standing
    return bool(standing.staff or standing.apprentice or _led(person).exists())


def _led(person):
    return BuildingGroup.objects.active().filter(leader_account=person, studio__in=person.standing.studios)


def studio_to_register(person):
    """The studio whose numbers a new slip of this person takes, or None."""
    standing = person.standing
    own = standing.studio_as("staff") or standing.studio_as("apprentice")
    if own:
        return own
    group = _led(person).select_related("studio").first()
    return group.studio if group else None
