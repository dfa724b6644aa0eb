"""楼栋, members, the survey, and 楼栋党小组."""

from casework.actions import buildings
from casework.models import Building, BuildingGroup

from .rows import AWAY, FORBIDDEN, MISSING, OK, Row

REFUSED = 422
KEEPERS = {
    "staff": OK, "b_staff": OK, "apprentice": OK, "peer": OK, "other_apprentice": OK, "b_apprentice": OK,
    "*": FORBIDDEN,
}  # fmt: skip
KEEPERS_FORM = {role: REFUSED if status == OK else status for role, status in KEEPERS.items()}
PLACE = {"staff": OK, "apprentice": OK, "*": MISSING}
PLACE_FORM = {"staff": REFUSED, "apprentice": REFUSED, "*": MISSING}
# A neighbourhood by its id: keepers of other places do not find it, others keep none.
KEPT_PLACE = {
    "staff": OK, "apprentice": OK, "b_staff": MISSING, "peer": MISSING, "other_apprentice": MISSING,
    "b_apprentice": MISSING, "*": FORBIDDEN,
}  # fmt: skip
KEPT_FORM = {role: REFUSED if status == OK else status for role, status in KEPT_PLACE.items()}


def place(cast):
    return (cast.a.apprentice.neighbourhood_id,)


def house(cast):
    where = {"studio": cast.a.studio, "neighbourhood": cast.a.apprentice.neighbourhood, "name": "3号楼"}
    return Building.objects.filter(**where).first() or buildings.add_building(**where)


def building(cast):
    return (house(cast).pk,)


def someone(cast):
    return buildings.add_member(building=house(cast), name="王大明", phone="13800000000", by=cast.a.staff)


def member(cast):
    return (someone(cast).pk,)


def a_group(cast):
    found = BuildingGroup.objects.filter(studio=cast.a.studio).first()
    someone(cast)
    return found or buildings.found_group(
        studio=cast.a.studio, neighbourhood=cast.a.apprentice.neighbourhood, name="3号楼党小组",
        buildings=[house(cast)], by=cast.a.staff,
    )  # fmt: skip


def group(cast):
    return (a_group(cast).pk,)


def election(cast):
    found = a_group(cast)
    open_one = found.elections.filter(recorded_at=None).first()
    return ((open_one or buildings.nominate(found, members=found.members()[:1], by=cast.a.staff)).pk,)


ROWS = [
    Row("casework:building-list", KEEPERS),
    Row("casework:building-new", KEEPERS, KEEPERS_FORM),
    Row("casework:building-survey", KEEPERS, KEEPERS_FORM),
    Row("casework:building-proposals", KEPT_PLACE, args=place),
    Row("casework:building-detail", PLACE, args=building),
    Row("casework:building-edit", PLACE, PLACE_FORM, args=building),
    Row("casework:member-new", PLACE, PLACE_FORM, args=building),
    Row("casework:member-edit", PLACE, PLACE_FORM, args=member),
    Row("casework:group-list", {"*": OK}),
    Row("casework:group-new", KEPT_PLACE, KEPT_FORM, args=place),
    Row("casework:group-detail", PLACE, args=group),
    Row("casework:group-edit", PLACE, PLACE_FORM, args=group),
    Row("casework:group-nominate", PLACE, PLACE_FORM, args=group),
    Row("casework:group-election", PLACE, PLACE_FORM, args=election),
    Row("casework:group-activity", PLACE, PLACE_FORM, args=group),
    Row(
        "casework:group-link",
        {"staff": AWAY, "apprentice": AWAY, "*": MISSING},
        {"staff": AWAY, "apprentice": AWAY, "*": MISSING},
        args=group,
    ),
    Row("casework:group-board", PLACE, args=group),
    Row("casework:group-cards", PLACE, args=group),
]
