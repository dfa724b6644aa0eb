"""楼栋党小组: founding, the leader's election, 议事厅 and rules, activities, 公示栏 and 便民联系卡 on
paper.
"""

from collections import Counter

from django.db.models import Count, F, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people import scoped_links
from people.access import require
from people.addresses import address_of
from people.history import history_of
from people.kept import KeptQuery
from people.models import Neighbourhood
from people.once import once, sent_before
from people.paging import first_page, newest, page_of
from people.stale import Refused
from people.views.base import id_of, show_form

from .. import todo_slips
from ..actions import buildings
from ..forms.buildings import ActivityForm, ElectionForm, GroupEditForm, GroupForm, NominateForm
from ..forms.visits import places_of
from ..models import (
    Building,
    BuildingGroup,
    BuildingMember,
    Candidate,
    GroupActivity,
    LeaderElection,
    Slip,
)
from ..slip_links import LEADER
from .buildings import studio_of_keeper

NOT_TO_KEEP = "党小组由居民区书记和街道工作人员来管"
SHOWN_ACTIVITIES, MOST_ACTIVITIES, MOST_WAITING = 20, 500, 100
LEADER_DAYS = 60


def _listed(person):
    found = BuildingGroup.objects.visible_to(person).active()
    return found.select_related("neighbourhood", "leader__resident")


_FIRST_PAGE = KeptQuery(lambda person: newest(_listed(person), by="founded_on"))


@require_safe
def group_list(request):
    if "page" in request.GET:
        page = page_of(request, _listed(request.user), by="founded_on")
    else:
        page = first_page(_FIRST_PAGE.all(request.user), by="founded_on")
    keeper = bool(request.standing.staff or request.standing.apprentice)
    context = {"page": page, "is_keeper": keeper, "place": request.user.neighbourhood_id}
    if request.standing.staff:
        context["waiting"] = waiting_places(request)
    return render(request, "casework/building_group/list.html", context)


def waiting_places(request):
    """[{url, place, houses}]: buildings with enough members and no group yet, by neighbourhood."""
    places = {}
    for place, name, estate, house, members in _WAITING.all(request.user):
        places.setdefault((place, name), []).append(f"{estate}{house}{members}名")
    return [
        {
            "url": address_of("casework:building-proposals", place),
            "place": Neighbourhood(name=name),
            "houses": "、".join(houses),
        }
        for (place, name), houses in places.items()
    ]


def _ask_waiting(person):
    found = todo_slips.to_found(person)[:MOST_WAITING]
    return found.values_list("neighbourhood", "neighbourhood__name", "estate", "name", "members")


_WAITING = KeptQuery(_ask_waiting)


def group_new(request, place):
    """`?b=1&b=2&w=…`: the proposal that was pressed."""
    studio = studio_of_keeper(request)
    neighbourhood = get_object_or_404(places_of(request.user, studio), pk=place)
    done = sent_before(request)
    if done:
        return redirect(done)
    chosen = [pk for pk in (id_of(one) for one in request.GET.getlist("b")[:20]) if pk]
    initial = {
        "buildings": chosen,
        "stairwell": request.GET.get("w", "")[:10],
        "name": request.GET.get("n", "")[:40],
    }  # fmt: skip
    form = GroupForm(request.POST or None, studio=studio, neighbourhood=neighbourhood, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "studio": studio, "neighbourhood": neighbourhood, "by": request.user}
        try:
            return redirect(once(request, lambda: buildings.found_group(**given)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, "casework/building_group/new.html", form, place=neighbourhood)


def _ask_group(person, pk):
    linked = (
        "neighbourhood",
        "studio",
        "leader__resident",
        "leader__building",
        "leader_account",
        "founded_by",
    )
    return BuildingGroup.objects.visible_to(person).filter(pk=pk).select_related(*linked)


_GROUP = KeptQuery(_ask_group)


def found_group(request, pk):
    return _GROUP.get_or_404(request.user, pk=pk)


def keeps(request, group):
    """Staff, and the apprentice of the neighbourhood; the leader writes activities down."""
    local = group.neighbourhood_id == request.user.neighbourhood_id
    return group.studio_id in request.standing.staff or (
        local and group.studio_id in request.standing.apprentice
    )


def _ask_members(person, group):
    """As `BuildingGroup.members`: of its stairwell, where it looks after one."""
    stairwell = Q(building__groups__stairwell="") | Q(stairwell=F("building__groups__stairwell"))
    living = BuildingMember.objects.living().filter(stairwell, building__groups=group)
    return living.select_related("resident", "building")


def _ask_this_year(person, group):
    year = timezone.localdate().year
    return GroupActivity.objects.filter(group=group, held_on__year=year)[:MOST_ACTIVITIES]


def _ask_slips(person, group):
    counted = Slip.objects.filter(group=group).order_by().values("group")
    return counted.annotate(all=Count("*"), finished=Count("finished_at"))


def _ask_elections(person, group):
    candidates = Prefetch("candidates", Candidate.objects.select_related("member__resident"))
    found = LeaderElection.objects.filter(group=group).select_related("recorded_by")
    return found.prefetch_related(candidates)


_MEMBERS, _THIS_YEAR = KeptQuery(_ask_members), KeptQuery(_ask_this_year)
_SLIPS, _ELECTIONS = KeptQuery(_ask_slips), KeptQuery(_ask_elections)
_BUILDINGS = KeptQuery(lambda person, group: Building.objects.filter(groups=group))


@require_safe
def group_detail(request, pk):
    group = found_group(request, pk)
    members, this_year = _MEMBERS.all(group=pk), _THIS_YEAR.all(group=pk)
    done = Counter(one.get_kind_display() for one in this_year)
    slips = next(iter(_SLIPS.all(group=pk)), {"all": 0, "finished": 0})
    elections = _ELECTIONS.all(group=pk)
    keeper = keeps(request, group)
    context = {
        "group": group,
        "members": members,
        "buildings": _BUILDINGS.all(group=pk),
        "activities": this_year[:SHOWN_ACTIVITIES],
        "counts": [{"label": kind, "value": n, "unit": "次", "note": "今年"} for kind, n in done.items()],
        "slip_counts": slips,
        "elections": elections,
        "open_election": next((one for one in elections if one.recorded_at is None), None),
        "is_keeper": keeper,
        "links": scoped_links.links_of(LEADER.code, group) if keeper else (),
        "can_log": keeper or group.leader_account_id == request.user.pk,
    }
    return render(request, "casework/building_group/detail.html", context)


def _keeper_act(request, group, form, act, template, **context):
    """Run `act()` once when the form is good; a refusal stands on the form; back to the group's page."""
    if request.method == "POST" and form.is_valid():
        try:
            once(request, act, path=lambda made: group.get_absolute_url())
            return redirect(group)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show_form(request, template, form, group=group, **context)


def group_edit(request, pk):
    group = found_group(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(keeps(request, group), NOT_TO_KEEP)
    form = GroupEditForm(request.POST or None, group=group)

    def change():
        given = dict(form.cleaned_data)
        group.version = given.pop("version") or 0
        return buildings.change_group(group, **given)

    history = history_of(group) if request.method == "GET" else ()
    return _keeper_act(request, group, form, change, "casework/building_group/edit.html", history=history)


def group_nominate(request, pk):
    group = found_group(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(keeps(request, group), NOT_TO_KEEP)
    form = NominateForm(request.POST or None, group=group)

    def nominate():
        return buildings.nominate(group, members=form.cleaned_data["members"], by=request.user)

    return _keeper_act(request, group, form, nominate, "casework/building_group/nominate.html")


def group_election(request, pk):
    """The result of the vote on an open nomination."""
    elections = LeaderElection.objects.select_related("group__studio", "group__neighbourhood")
    election = get_object_or_404(elections, pk=pk, group__in=BuildingGroup.objects.visible_to(request.user))
    group = election.group
    done = sent_before(request)
    if done:
        return redirect(done)
    require(keeps(request, group), NOT_TO_KEEP)
    if election.recorded_at:
        return redirect(group)
    form = ElectionForm(request.POST or None, election=election)

    def record():
        return buildings.record_election(election, **form.given(), by=request.user)

    return _keeper_act(
        request, group, form, record, "casework/building_group/election.html", election=election
    )


def group_link(request, pk):
    """The address on which a leader without an account writes orders down: made by a POST, shown once."""
    group = found_group(request, pk)
    require(keeps(request, group), NOT_TO_KEEP)
    if request.method != "POST" or group.leader_id is None or group.ended_on:
        return redirect(group)
    fresh = scoped_links.issue(
        purpose=LEADER.code, target=group, holder=f"{group}组长", days=LEADER_DAYS, by=request.user
    )
    words = f"{group}组长您好，居民跟您说的事，点开这里就能登记，不用登录："
    return scoped_links.show(request, fresh, back=group.get_absolute_url(), words=words)


def group_activity(request, pk):
    group = found_group(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    require(keeps(request, group) or group.leader_account_id == request.user.pk, NOT_TO_KEEP)
    form = ActivityForm(request.POST or None)

    def add():
        return buildings.add_activity(group, **form.cleaned_data, by=request.user)

    return _keeper_act(request, group, form, add, "casework/building_group/activity.html")


# --- On paper: only what each member agreed to -------------------------------------------------------------


def agreed(member):
    """What may be printed of a member: {name, phone, services, post}; None when nothing may."""
    if not (member.shows_name or member.shows_phone or member.shows_services) or member.resident.erased_at:
        return None
    secret = member.resident.secret
    return {
        "name": secret.get("name", "") if member.shows_name else member.resident.masked_name,
        "phone": secret.get("phone", "") if member.shows_phone else "",
        "services": member.services if member.shows_services else "",
        "post": member.post if member.shows_name else "",
    }


def _printed(group):
    members = list(group.members().select_related("resident", "building"))
    rows = [(member, agreed(member)) for member in members]
    leader = next((told for member, told in rows if member.pk == group.leader_id), None)
    others = [told for member, told in rows if told and member.pk != group.leader_id]
    return {"leader": leader, "shown": others, "silent": sum(told is None for _, told in rows)}


@require_safe
def group_board(request, pk):
    group = found_group(request, pk)
    context = {"group": group, "buildings": group.buildings.all(), **_printed(group)}
    return render(request, "casework/building_group/board.html", context)


@require_safe
def group_cards(request, pk):
    """便民联系卡, eight on a sheet."""
    group = found_group(request, pk)
    context = {"group": group, "buildings": list(group.buildings.all()), "eight": range(8), **_printed(group)}
    return render(request, "casework/building_group/cards.html", context)
