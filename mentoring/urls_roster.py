"""Pages of the roster import; part of mentoring/urls.py."""

from django.urls import path

from .views import roster

urlpatterns = [
    path("people/import/", roster.roster_upload, name="roster-upload"),
    path("people/import/blank/", roster.roster_blank, name="roster-blank"),
    path("people/import/<int:pk>/", roster.roster_preview, name="roster-preview"),
    path("people/import/<int:pk>/done/", roster.roster_result, name="roster-result"),
]
