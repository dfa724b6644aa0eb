"""楼栋, members, the survey, and 楼栋党小组."""

from django.urls import path

from .views import building_groups, buildings

urlpatterns = [
    path("buildings/", buildings.building_list, name="building-list"),
    path("buildings/new/", buildings.building_new, name="building-new"),
    path("buildings/survey/", buildings.survey, name="building-survey"),
    path("buildings/proposals/<int:pk>/", buildings.proposals, name="building-proposals"),
    path("buildings/<int:pk>/", buildings.building_detail, name="building-detail"),
    path("buildings/<int:pk>/edit/", buildings.building_edit, name="building-edit"),
    path("buildings/<int:pk>/members/new/", buildings.member_new, name="member-new"),
    path("buildings/members/<int:pk>/", buildings.member_edit, name="member-edit"),
    path("building-groups/", building_groups.group_list, name="group-list"),
    path("building-groups/new/<int:place>/", building_groups.group_new, name="group-new"),
    path("building-groups/<int:pk>/", building_groups.group_detail, name="group-detail"),
    path("building-groups/<int:pk>/edit/", building_groups.group_edit, name="group-edit"),
    path("building-groups/<int:pk>/nominate/", building_groups.group_nominate, name="group-nominate"),
    path("building-groups/election/<int:pk>/", building_groups.group_election, name="group-election"),
    path("building-groups/<int:pk>/link/", building_groups.group_link, name="group-link"),
    path("building-groups/<int:pk>/activity/", building_groups.group_activity, name="group-activity"),
    path("building-groups/<int:pk>/board/", building_groups.group_board, name="group-board"),
    path("building-groups/<int:pk>/cards/", building_groups.group_cards, name="group-cards"),
]
