"""Series, study visits, practices."""

from django.urls import path

from .views import practices, series, visit_photos, visits

urlpatterns = [
    path("series/", series.series_list, name="series-list"),
    path("series/new/", series.series_new, name="series-new"),
    path("series/<int:pk>/", series.series_detail, name="series-detail"),
    path("series/<int:pk>/edit/", series.series_edit, name="series-edit"),
    path("visits/", visits.visit_list, name="visit-list"),
    path("visits/new/", visits.visit_new, name="visit-new"),
    path("visits/<int:pk>/", visits.visit_detail, name="visit-detail"),
    path("visits/<int:pk>/edit/", visits.visit_edit, name="visit-edit"),
    path("visits/<int:pk>/cancel/", visits.visit_cancel, name="visit-cancel"),
    path("visits/<int:pk>/hold/", visits.visit_hold, name="visit-hold"),
    path("visits/<int:pk>/bring/", practices.visit_bring, name="visit-bring"),
    path("visits/<int:pk>/photos/", visit_photos.visit_photos, name="visit-photos"),
    path("visit-photos/", visit_photos.photo_upload, name="visit-photo-upload"),
    path("visit-photos/<int:pk>/", visit_photos.photo, name="visit-photo"),
    path("visit-photos/<int:pk>/thumb/", visit_photos.photo_thumb, name="visit-photo-thumb"),
    path("visit-photos/<int:pk>/remove/", visit_photos.photo_remove, name="visit-photo-remove"),
    path("practices/", practices.practice_list, name="practice-list"),
    path("practices/new/", practices.practice_new, name="practice-new"),
    path("practices/<int:pk>/", practices.practice_detail, name="practice-detail"),
    path("practices/<int:pk>/edit/", practices.practice_edit, name="practice-edit"),
    path("practices/<int:pk>/try/", practices.practice_try, name="practice-try"),
    path("uptakes/<int:pk>/check/", practices.uptake_check, name="uptake-check"),
]
