"""楼栋 and its members: the list, one building, the survey file that proposes groups."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import require
from people.once import AlreadyDone, once, sent_before
from people.views.base import id_of, show_form

from ..actions import buildings
from ..forms.buildings import BuildingForm, MemberEditForm, MemberForm, SurveyForm
from ..forms.visits import places_of
from ..models import Building, BuildingMember

KEEPERS = "楼栋由居民区书记和街道工作人员来记"


def studio_of_keeper(request):
    """The studio whose buildings this person keeps: staff, and apprentices for their neighbourhood."""
    studio = request.standing.studio_as("staff") or request.standing.studio_as("apprentice")
    require(studio, KEEPERS)
    return studio


@require_safe
def building_list(request):
    """The buildings of one neighbourhood; for staff first the neighbourhoods with what is known of each."""
    studio = studio_of_keeper(request)
    places = places_of(request.user, studio)
    pk = id_of(request.GET.get("place"))
    if pk is None and not request.standing.staff:
        pk = request.user.neighbourhood_id
    if pk is None:
        houses, living = Q(buildings__in_use=True), Q(buildings__residents__left_on__isnull=True)
        counted = places.annotate(
            houses=Count("buildings", filter=houses, distinct=True),
            members=Count("buildings__residents", filter=houses & living, distinct=True),
        )
        return render(request, "casework/building/places.html", {"places": counted})
    place = get_object_or_404(places, pk=pk)
    found = Building.objects.visible_to(request.user).filter(neighbourhood=place, in_use=True).with_counts()
    context = {"place": place, "houses": found[: buildings.MOST_BUILDINGS]}
    return render(request, "casework/building/list.html", context)


def building_new(request):
    studio = studio_of_keeper(request)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = BuildingForm(request.POST or None, person=request.user, studio=studio)
    if request.method == "POST" and form.is_valid():
        return redirect(once(request, lambda: buildings.add_building(studio=studio, **form.cleaned_data)))
    return show_form(request, "casework/building/form.html", form)


def found_building(request, pk):
    found = Building.objects.visible_to(request.user).select_related("neighbourhood", "studio")
    return get_object_or_404(found, pk=pk)


@require_safe
def building_detail(request, pk):
    building = found_building(request, pk)
    members = building.residents.living().select_related("resident").order_by("stairwell", "pk")
    groups = building.groups.active()
    context = {"building": building, "members": members, "groups": groups}
    return render(request, "casework/building/detail.html", context)


def building_edit(request, pk):
    building = found_building(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = BuildingForm(request.POST or None, person=request.user, studio=building.studio, building=building)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        building.version = given.pop("version") or 0
        return redirect(once(request, lambda: buildings.change_building(building, **given)))
    return show_form(request, "casework/building/form.html", form, building=building)


def member_new(request, pk):
    building = found_building(request, pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "building": building, "by": request.user}
        once(request, lambda: buildings.add_member(**given), path=lambda made: building.get_absolute_url())
        return redirect(building)
    return show_form(request, "casework/building/member.html", form, building=building)


def member_edit(request, pk):
    members = BuildingMember.objects.visible_to(request.user).select_related("resident", "building")
    member = get_object_or_404(members, pk=pk)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = MemberEditForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        member.version = form.cleaned_data["version"] or 0
        back = member.building.get_absolute_url()
        once(request, lambda: buildings.change_member(member, **form.values()), path=lambda made: back)
        return redirect(back)
    return show_form(request, "casework/building/member.html", form, building=member.building, member=member)


# --- The survey, and what it proposes ----------------------------------------------------------------------


def survey(request):
    studio = studio_of_keeper(request)
    done = sent_before(request)
    if done:
        return redirect(done)
    form = SurveyForm(request.POST or None, request.FILES or None, person=request.user, studio=studio)
    if request.method == "POST" and form.is_valid():
        place, read = form.cleaned_data["neighbourhood"], form.survey
        address = reverse("casework:building-proposals", args=[place.pk])
        given = {"studio": studio, "neighbourhood": place, "rows": read.rows, "by": request.user}
        made = once(request, lambda: buildings.bring_in(**given), path=lambda told: address)
        if not isinstance(made, AlreadyDone):
            _tell(request, made, read.problems)
        return redirect(address)
    return show_form(request, "casework/building/survey.html", form)


def _tell(request, made, problems):
    known = f"，{made['known']}名原来就有" if made["known"] else ""
    messages.success(request, f"读好了：新记了{made['buildings']}栋楼、{made['members']}名党员{known}")
    for problem in problems[:10]:
        messages.warning(request, problem)


@require_safe
def proposals(request, pk):
    """Where a group is due in this neighbourhood, each with its button."""
    studio = studio_of_keeper(request)
    place = get_object_or_404(places_of(request.user, studio), pk=pk)
    found = buildings.proposed(studio, place)
    counted = Building.objects.filter(studio=studio, neighbourhood=place, in_use=True).aggregate(
        houses=Count("pk", distinct=True),
        members=Count("residents", filter=Q(residents__left_on__isnull=True)),
    )
    context = {"place": place, "found": found, "least": studio.group_members, **counted}
    return render(request, "casework/building/proposals.html", context)
