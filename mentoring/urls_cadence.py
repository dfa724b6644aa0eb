"""三个一."""

from django.urls import path

from .views import cadence

CELL = "cadence/<int:year>/<slug:kind>/<int:period>/<int:group>/"
urlpatterns = [
    path("cadence/", cadence.cadence_board, name="cadence-board"),
    path("cadence/<int:year>/fill/<slug:how>/<int:group>/", cadence.cadence_fill, name="cadence-fill"),
    path(CELL, cadence.cadence_cell, name="cadence-cell"),
    path(f"{CELL}plan/", cadence.cadence_plan, name="cadence-plan"),
    path(f"{CELL}link/", cadence.cadence_link, name="cadence-link"),
    path(f"{CELL}unlink/", cadence.cadence_unlink, name="cadence-unlink"),
    path(f"{CELL}report/", cadence.cadence_report, name="cadence-report"),
]
