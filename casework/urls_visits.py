"""接待与走访 and 一本账."""

from django.urls import path

from .views import visits

urlpatterns = [
    path("home-visits/", visits.visit_list, name="visit-list"),
    path("home-visits/new/", visits.visit_new, name="visit-new"),
    path("home-visits/<int:pk>/", visits.visit_detail, name="visit-detail"),
    path("home-visits/<int:pk>/case/", visits.visit_to_case, name="visit-to-case"),
    path("book/", visits.book, name="book"),
    path("book/new/", visits.household_new, name="household-new"),
    path("book/<int:pk>/", visits.household_detail, name="household-detail"),
    path("book/<int:pk>/edit/", visits.household_edit, name="household-edit"),
]
