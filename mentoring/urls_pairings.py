"""师徒结对, 期次 and 教学基地."""

from django.urls import path

from .views import cohorts, handovers, leaving, pairing_wizard, pairings

urlpatterns = [
    path("cohorts/", cohorts.cohort_list, name="cohort-list"),
    path("cohorts/new/", cohorts.cohort_new, name="cohort-new"),
    path("cohorts/<int:pk>/", cohorts.cohort_detail, name="cohort-detail"),
    path("cohorts/<int:pk>/files/", cohorts.cohort_files, name="cohort-files"),
    path("cohorts/<int:pk>/edit/", cohorts.cohort_edit, name="cohort-edit"),
    path("cohorts/<int:pk>/finish/", cohorts.cohort_finish, name="cohort-finish"),
    path("pairings/", pairings.pairing_list, name="pairing-list"),
    path("pairings/new/1/", pairing_wizard.pairing_new, name="pairing-new"),
    path("pairings/new/2/", pairing_wizard.pairing_new_mentors, name="pairing-new-mentors"),
    path("pairings/new/3/", pairing_wizard.pairing_new_apprentices, name="pairing-new-apprentices"),
    path("pairings/new/4/", pairing_wizard.pairing_new_groups, name="pairing-new-groups"),
    path("pairings/new/5/", pairing_wizard.pairing_new_check, name="pairing-new-check"),
    path("pairings/<int:pk>/", pairings.pairing_detail, name="pairing-detail"),
    path("pairings/<int:pk>/goal/", pairings.pairing_goal, name="pairing-goal"),
    path("pairings/<int:pk>/change/", pairings.pairing_change, name="pairing-change"),
    path("pairings/<int:pk>/kind/", pairings.pairing_kind, name="pairing-kind"),
    path("pairings/<int:pk>/handover/", handovers.handover_detail, name="handover-detail"),
    path("pairings/<int:pk>/handover/write/", handovers.handover_write, name="handover-write"),
    path("pairings/<int:pk>/handover/waive/", handovers.handover_waive, name="handover-waive"),
    path("pairings/of/<int:pk>/", pairings.pairing_story, name="pairing-story"),
    path("pairings/leaving/<int:pk>/", leaving.mentor_leaving, name="mentor-leaving"),
    path("bases/", cohorts.base_list, name="base-list"),
    path("bases/new/", cohorts.base_new, name="base-new"),
    path("bases/<int:pk>/", cohorts.base_detail, name="base-detail"),
    path("bases/<int:pk>/edit/", cohorts.base_edit, name="base-edit"),
]
