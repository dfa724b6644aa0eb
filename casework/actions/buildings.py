"""楼栋 and 楼栋党小组: files of members, the survey, founding, electing, activities."""

from collections import defaultdict

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions import residents
from people.actions.notices import tell
from people.stale import Refused, save_version

from ..group_proposals import House, proposals
from ..models import Building, BuildingGroup, BuildingMember, Candidate, GroupActivity, LeaderElection
from ..roles import staff_of
from ..survey import place_of

# Shipped with every new group; each may write its own.
MEMBER_RULES = "党员不论组织关系在哪里，都到居住地楼栋党小组亮身份。每月参加一次小组活动，有事向组长说一声。"
DUTIES = "宣传政策，听居民说事；接群众点单，办得了的当场办，办不了的报居民区；带头维护楼道卫生和邻里和气。"
CONTACT_RULES = (
    "每名党员联系三到五户居民，重点是独居老人和困难家庭，每月至少上门或打电话一次，有情况当天报组长。"
)
MOST_BUILDINGS = 500


@transaction.atomic
def add_building(*, studio, neighbourhood, name, estate="", stairwells=(), households=None):
    return Building.objects.create(
        studio=studio, neighbourhood=neighbourhood, name=name, estate=estate, place=place_of(name),
        stairwells=list(stairwells), households=households,
    )  # fmt: skip


@transaction.atomic
def change_building(building, **values):
    for name, value in values.items():
        setattr(building, name, value)
    building.place = place_of(building.name)
    save_version(building, (*values, "place"))
    return building


@transaction.atomic
def add_member(
    *, building, name, phone="", door="", stairwell="", organisation="", post="", services="", by, at=None
):
    """A Party member who lives here; nothing of it is shown to residents until agreed to."""
    at = at or timezone.now()
    resident = residents.keep(
        studio=building.studio, name=name, phone=phone, door=door, on=timezone.localdate(at)
    )
    if stairwell and stairwell not in building.stairwells:
        building.stairwells = [*building.stairwells, stairwell]
        building.save(update_fields=("stairwells",))
    return BuildingMember.objects.create(
        studio=building.studio, building=building, stairwell=stairwell, resident=resident, added_by=by,
        organisation=organisation, post=post, services=services, added_at=at,
    )  # fmt: skip


@transaction.atomic
def change_member(member, *, name="", phone="", **values):
    """Another stairwell, another post, moved away, or what the member agreed to. Names go into the vault."""
    if name or phone:
        kept = member.resident.secret
        residents.correct(
            member.resident, name=name or kept.get("name", ""), phone=phone or kept.get("phone", "")
        )
    shown = any(values.get(f"shows_{what}") for what in ("name", "phone", "services"))
    values["agreed_on"] = (member.agreed_on or timezone.localdate()) if shown else None
    for field, value in values.items():
        setattr(member, field, value)
    save_version(member, tuple(values))
    return member


@transaction.atomic
def bring_in(*, studio, neighbourhood, rows, by, at=None):
    """Write the rows of a survey. Who is in the building already under the same name is left as it is.

    Returns {"buildings": new, "members": new, "known": left as they were}.
    """
    made = {"buildings": 0, "members": 0, "known": 0}
    houses = {
        (house.estate, house.name): house
        for house in Building.objects.select_for_update(no_key=True).filter(
            studio=studio, neighbourhood=neighbourhood
        )
    }
    present = defaultdict(set)
    for member in (
        BuildingMember.objects.living().filter(building__in=houses.values()).select_related("resident")
    ):
        present[member.building_id].add(member.resident.secret.get("name"))
    for row in rows:
        key = (row.estate, row.building)
        if key not in houses:
            houses[key] = add_building(
                studio=studio, neighbourhood=neighbourhood, name=row.building, estate=row.estate
            )
            made["buildings"] += 1
        house = houses[key]
        if row.name in present[house.pk]:
            made["known"] += 1
            continue
        add_member(
            building=house, name=row.name, phone=row.phone, door=row.door, stairwell=row.stairwell[:10],
            organisation=row.organisation, post=row.post[:30], services=row.services, by=by, at=at,
        )  # fmt: skip
        present[house.pk].add(row.name)
        made["members"] += 1
    _tell_proposals(studio, neighbourhood, by, at)
    return made


def _tell_proposals(studio, neighbourhood, by, at):
    found = proposed(studio, neighbourhood)
    if found:
        address = reverse("casework:building-proposals", args=[neighbourhood.pk])
        text = f"{neighbourhood}有{len(found)}处可以建楼栋党小组：{found[0].name}{found[0].why}"
        tell(
            [one for one in staff_of(studio) if one != by],
            text,
            link=address,
            studio=studio,
            at=at,
        )


def proposed(studio, neighbourhood):
    """[Proposal] of the neighbourhood: where enough members live and no group is there yet."""
    grouped = BuildingGroup.objects.active().filter(neighbourhood=neighbourhood)
    taken = set(grouped.filter(stairwell="").values_list("buildings", flat=True))
    wells = set(grouped.exclude(stairwell="").values_list("buildings", "stairwell"))
    houses = Building.objects.filter(studio=studio, neighbourhood=neighbourhood, in_use=True)
    counted = defaultdict(lambda: defaultdict(int))
    living = BuildingMember.objects.living().filter(building__in=houses)
    for building, stairwell in living.values_list("building", "stairwell"):
        if (building, stairwell) not in wells:
            counted[building][stairwell] += 1
    rows = [
        House(one.pk, one.name, one.estate, one.place, sum(counted[one.pk].values()), dict(counted[one.pk]))
        for one in houses[:MOST_BUILDINGS]
        if one.pk not in taken
    ]
    return proposals(rows, studio.group_members)


@transaction.atomic
def found_group(*, studio, neighbourhood, name, buildings, stairwell="", founded_on=None, by):
    """建党小组. Raises Refused when one of the buildings has a group of its own already."""
    locked = list(
        Building.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in buildings])
    )
    taken = BuildingGroup.objects.active().filter(buildings__in=locked)
    taken = taken.filter(stairwell__in=("", stairwell)) if stairwell else taken.filter(stairwell="")
    if taken.exists():
        raise Refused(f"{taken.first()}已经管着这栋楼了")
    if BuildingGroup.objects.active().filter(neighbourhood=neighbourhood, name=name).exists():
        raise Refused("已经有叫这个名字的党小组了，请换一个")
    group = BuildingGroup.objects.create(
        studio=studio, neighbourhood=neighbourhood, name=name, stairwell=stairwell, founded_by=by,
        founded_on=founded_on or timezone.localdate(), member_rules=MEMBER_RULES, duties=DUTIES,
        contact_rules=CONTACT_RULES,
    )  # fmt: skip
    group.buildings.set(locked)
    return group


@transaction.atomic
def change_group(group, **values):
    for name, value in values.items():
        setattr(group, name, value)
    save_version(group, tuple(values))
    return group


@transaction.atomic
def nominate(group, *, members, by, on=None):
    """提名: a list to vote on. One list is open at a time."""
    group = BuildingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    if group.elections.filter(recorded_at__isnull=True).exists():
        raise Refused("已经有一份提名在等投票结果")
    if not members:
        raise Refused("请至少提一名候选人")
    election = LeaderElection.objects.create(
        studio_id=group.studio_id, group=group, nominated_by=by, nominated_on=on or timezone.localdate()
    )
    Candidate.objects.bulk_create(
        Candidate(studio_id=group.studio_id, election=election, member=member) for member in members
    )
    return election


@transaction.atomic
def record_election(election, *, held_on, present, votes, account=None, note="", by, at=None):
    """The result: `votes` {candidate id: number}. Whoever has more than half of those present is elected.

    `account`: the person whose account the new leader uses, if there is one. Raises Refused without a
    majority.
    """
    group = BuildingGroup.objects.select_for_update(no_key=True).get(pk=election.group_id)
    election = LeaderElection.objects.select_for_update(no_key=True).get(pk=election.pk)
    if election.recorded_at:
        raise Refused("这次选举的结果已经登记了")
    candidates = list(election.candidates.select_related("member"))
    for one in candidates:
        one.votes = votes.get(one.pk, 0)
        one.save(update_fields=("votes",))
    best = max(candidates, key=lambda one: one.votes)
    if best.votes * 2 <= present:
        raise Refused(f"得票最多的是{best.votes}票，没有过到会{present}人的一半，请再投一次")
    if sum(one.votes == best.votes for one in candidates) > 1:
        raise Refused("得票最多的有两名，请再投一次")
    election.held_on, election.present, election.elected, election.note = held_on, present, best.member, note
    election.recorded_at, election.recorded_by = at or timezone.now(), by
    election.version += 1
    election.save()
    group.leader, group.leader_account = best.member, account
    group.version += 1
    group.save(update_fields=("leader", "leader_account", "version"))
    return election


def add_activity(group, *, kind, held_on, people=None, note="", by):
    return GroupActivity.objects.create(
        studio_id=group.studio_id, group=group, kind=kind, held_on=held_on, people=people, note=note, by=by
    )
